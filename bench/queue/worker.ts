/**
 * A worker in a process of its own: `<database> <baseUrl> <concurrency> <heartbeatSeconds> <requestsPerSecond or 0>`. Tells
 * "ready", and works until it is killed or told "stop".
 */
import { createConvo, openai } from "@convo/core";
import { createQueue } from "@convo/queue";

const [database = "", baseUrl = "", concurrency, heartbeatSeconds, perSecond] = process.argv.slice(2);
const convo = createConvo({
  openai: openai({
    apiKey: "sk-bench",
    baseUrl,
    headers: { "x-worker": String(process.pid) },
    // When it was begun, however long it is on its way, also by a process that stands still meanwhile.
    fetch(url, init) {
      return fetch(url, { ...init, headers: { ...init.headers, "x-begun": String(Date.now()) } });
    },
  }),
});
const queue = createQueue<typeof convo>({
  database,
  heartbeatSeconds: Number(heartbeatSeconds),
  onError: (error) => console.error(String(error)),
});
const limits = Number(perSecond) > 0 ? { openai: { requests: Number(perSecond), perMs: 1000 } } : {};
await queue.status();
process.once("message", async () => {
  const worker = await queue.work(convo, { concurrency: Number(concurrency), limits });
  process.once("message", async () => {
    await worker.stop();
    await queue.close();
    process.disconnect?.();
  });
});
process.send?.("ready");
