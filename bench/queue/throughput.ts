import { setTimeout as pause } from "node:timers/promises";
import { PgBoss } from "pg-boss";
import { ask, start } from "../child.ts";
import { openVendor } from "../limited/vendor.ts";
import { countWrong, end, freshQueue, patchesOf, startWorkers, untilDone } from "./load.ts";

/** Many patches of many conversations, by several processes. */
export interface ThroughputRow {
  readonly part: "throughput";
  readonly way: string;
  readonly processes: number;
  readonly patches: number;
  readonly conversations: number;
  readonly enqueuedPerSecond: number;
  readonly seconds: number;
  readonly patchesPerSecond: number;
  readonly vendorWrites: number;
  readonly outOfOrder: number;
  readonly overlapping: number;
  readonly wrong: number;
  readonly goal: "met" | "missed" | "none";
}

interface Load {
  readonly processes: number;
  readonly patches: number;
  readonly conversations: number;
}

/** Our queue. */
export async function runThroughput(database: string, load: Load): Promise<ThroughputRow> {
  const { processes, patches, conversations } = load;
  const queue = await freshQueue(database, 30);
  const vendor = await openVendor(10);
  try {
    await vendor.set({ kind: "none", requests: 0, perMs: 1 });
    const workers = await startWorkers(processes, database, vendor, {
      concurrency: 32,
      heartbeatSeconds: 30,
    });
    try {
      const begun = performance.now();
      await queue.enqueueMany("openai" as never, patchesOf(patches, conversations) as never);
      const enqueued = performance.now();
      for (const worker of workers) worker.send("go");
      await untilDone(queue, 600_000);
      const ms = performance.now() - enqueued;
      const { writes, outOfOrder, overlapping } = await vendor.report();
      const wrong = countWrong(await vendor.documents(), patches, conversations);
      const good = wrong === 0 && outOfOrder === 0 && overlapping === 0 && writes <= conversations * 1.2;
      return {
        part: "throughput",
        way: "@convo/queue",
        ...load,
        enqueuedPerSecond: (patches * 1000) / (enqueued - begun),
        seconds: ms / 1000,
        patchesPerSecond: (patches * 1000) / ms,
        vendorWrites: writes,
        outOfOrder,
        overlapping,
        wrong,
        goal: good ? "met" : "missed",
      };
    } finally {
      await end(workers);
    }
  } finally {
    vendor.stop();
    await queue.close();
  }
}

/** One job per update, in order per key, on the same Postgres. Given up after some time. */
export async function runFifo(database: string, load: Load, limitMs: number): Promise<ThroughputRow> {
  const { processes, patches, conversations } = load;
  await (await freshQueue(database, 30)).close();
  const vendor = await openVendor(10);
  const boss = new PgBoss({ connectionString: database, schema: "fifo", supervise: false, schedule: false });
  boss.on("error", () => {});
  await boss.start();
  try {
    await vendor.set({ kind: "none", requests: 0, perMs: 1 });
    await boss.createQueue("updates", { policy: "key_strict_fifo" });
    const begun = performance.now();
    let batch: object[] = [];
    const flush = async () => {
      await boss.insert("updates", batch);
      batch = [];
    };
    for (const { id, changes } of patchesOf(patches, conversations)) {
      batch.push({ singletonKey: id, data: { id, metadata: changes.metadata } });
      // A conversation at most once per insert: within one, their order would be by chance.
      if (batch.length === Math.min(conversations, 1000)) await flush();
    }
    if (batch.length > 0) await flush();
    const enqueued = performance.now();
    const program = new URL("./fifo-worker.ts", import.meta.url).pathname;
    const workers = Array.from({ length: processes }, () => start(program, database, vendor.baseUrl));
    try {
      await Promise.all(workers.map((worker) => ask(worker)));
      const started = performance.now();
      for (const worker of workers) worker.send("go");
      let writes = 0;
      while (writes < patches && performance.now() - started < limitMs) {
        await pause(200);
        writes = (await vendor.report()).writes;
      }
      const ms = performance.now() - started;
      const { outOfOrder, overlapping } = await vendor.report();
      return {
        part: "throughput",
        way:
          writes < patches
            ? `one job per update (given up after ${Math.round(limitMs / 1000)} s)`
            : "one job per update",
        ...load,
        enqueuedPerSecond: (patches * 1000) / (enqueued - begun),
        seconds: ms / 1000,
        patchesPerSecond: (writes * 1000) / ms,
        vendorWrites: writes,
        outOfOrder,
        overlapping,
        wrong:
          writes < patches ? patches - writes : countWrong(await vendor.documents(), patches, conversations),
        goal: "none",
      };
    } finally {
      await end(workers);
    }
  } finally {
    vendor.stop();
    await boss.stop({ graceful: false });
  }
}
