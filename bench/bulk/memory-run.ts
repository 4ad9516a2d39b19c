/** A bulk run without a network, with a journal: `<lines> <journal>`; tells the most memory it needed. */
import type { FetchInit } from "@convo/client";
import { createConvo, openai } from "@convo/core";
import { fileJournal } from "@convo/core/journal";

const [lines, path = ""] = process.argv.slice(2);
const encoder = new TextEncoder();

/** A vendor that answers at once and shows what it was sent. */
async function answer(url: string, { body }: FetchInit) {
  const { metadata } = body
    ? (JSON.parse(String(body)) as { metadata: object })
    : { metadata: { kept: "yes" } };
  const id = url.split("/").at(-1);
  const text = JSON.stringify({ id, object: "conversation", created_at: 1, metadata });
  return new Response(encoder.encode(text), { headers: { "content-type": "application/json" } }) as never;
}

function* source() {
  for (let n = 0; n < Number(lines); n++)
    yield { id: `conv_${n}`, changes: { metadata: { topic: `project-${n}` } } };
}

const convo = createConvo({
  openai: openai({ apiKey: "sk-bench", baseUrl: "http://127.0.0.1:9/v1", fetch: answer }),
});
const journal = fileJournal(path);
const start = performance.now();
const { updated } = await convo.openai.updateMany(source(), { journal }).finish();
await journal.close();
const { maxRSS } = process.resourceUsage();
const ms = performance.now() - start;
// What is held when nothing is left to collect.
globalThis.gc?.();
process.send?.({
  updated,
  megabytes: maxRSS / 1024,
  liveMegabytes: process.memoryUsage().heapUsed / 2 ** 20,
  ms,
});
process.disconnect?.();
