/**
 * A worker that gives no sign of life, and stops its own process (SIGSTOP) right after the first statement that matches:
 * `<database> <baseUrl> <pattern>`. Tells "frozen" right before; told anything, it does what is left and ends.
 */
import { createConvo, openai } from "@convo/core";
import pg from "pg";
import { createQueue } from "../src/index.ts";

const [database = "", baseUrl = "", pattern = ""] = process.argv.slice(2);
type Query = (text: string, values?: unknown[]) => Promise<unknown>;
let frozen = false;
// A pool asks for its own statements through the pool, for a transaction's through the client.
for (const owner of [pg.Pool.prototype, pg.Client.prototype]) {
  const query = owner.query as Query;
  owner.query = async function (this: typeof owner, text: string, values?: unknown[], ...callback: []) {
    if (/set heartbeat_on/i.test(text)) throw new Error("no sign of life");
    const result = await query.call(this, text, values, ...callback);
    if (!frozen && callback.length === 0 && new RegExp(pattern).test(text)) {
      frozen = true;
      await new Promise((told) => process.send?.("frozen", undefined, undefined, told));
      process.kill(process.pid, "SIGSTOP");
    }
    return result;
  } as never;
}

const headers = { "x-worker": "frozen" };
const convo = createConvo({ openai: openai({ apiKey: "sk-test", baseUrl, headers }) });
const queue = createQueue<typeof convo>({ database, heartbeatSeconds: 10, onError: () => {} });
const worker = await queue.work(convo);
process.once("message", async () => {
  await worker.drain();
  await queue.close();
  process.disconnect?.();
});
