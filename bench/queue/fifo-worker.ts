/**
 * What one would write without patches: one pg-boss job per update, strictly in order per conversation (`key_strict_fifo`).
 * `<database> <baseUrl>`; tells "ready", works until it is killed.
 */
import { createConvo, openai } from "@convo/core";
import { PgBoss } from "pg-boss";

const [connectionString = "", baseUrl = ""] = process.argv.slice(2);
const convo = createConvo({ openai: openai({ apiKey: "sk-bench", baseUrl }) });
const boss = new PgBoss({ connectionString, schema: "fifo", supervise: false, schedule: false });
boss.on("error", (error) => console.error(String(error)));
await boss.start();
process.once("message", async () => {
  await boss.work<{ id: string; metadata: Record<string, string> }>(
    "updates",
    { batchSize: 20, burstWhenBatchFull: true, pollingIntervalSeconds: 0.5 },
    async (jobs) => {
      await Promise.all(jobs.map(({ data }) => convo.openai.update(data.id, { metadata: data.metadata })));
    },
  );
});
process.send?.("ready");
