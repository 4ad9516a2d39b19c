/**
 * A bulk run in a process of its own, to be killed: `<baseUrl> <journal> <lines> <conversations> <update|undo>`. Resumes what
 * the journal says, and tells the progress when it is through.
 */
import { createConvo, openai } from "@convo/core";
import { fileJournal } from "@convo/core/journal";

const [baseUrl = "", path = "", lines, conversations, what] = process.argv.slice(2);
const convo = createConvo({ openai: openai({ apiKey: "sk-bench", baseUrl }) });
const journal = fileJournal(path);

function* source() {
  for (let n = 0; n < Number(lines); n++)
    yield {
      id: `conv_${n % Number(conversations)}`,
      changes: { metadata: { seq: String(n), [`k${n % 8}`]: String(n) } },
    };
}

if (what === "undo") {
  const statuses: Record<string, number> = {};
  for await (const { status } of convo.openai.undo(journal)) statuses[status] = (statuses[status] ?? 0) + 1;
  process.send?.(statuses);
} else {
  process.send?.("begun");
  process.send?.(await convo.openai.updateMany(source(), { journal, concurrency: 16 }).finish());
}
await journal.close();
process.disconnect?.();
