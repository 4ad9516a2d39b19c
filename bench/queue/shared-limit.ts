import { setTimeout as pause } from "node:timers/promises";
import { openVendor } from "../limited/vendor.ts";
import { end, freshQueue, patchesOf, startWorkers } from "./load.ts";

/** The limit of one account over several processes. */
export interface SharedLimitRow {
  readonly part: "shared limit";
  readonly processes: number;
  readonly perSecond: number;
  readonly seconds: number;
  readonly measuredPerSecond: number;
  /** Measured to allowed. */
  readonly ratio: number;
  readonly goal: "met" | "missed";
}

/** Lets several processes work at a limit for some seconds, and counts what reaches the vendor. */
export async function runSharedLimit(
  database: string,
  processes: number,
  perSecond: number,
  seconds: number,
): Promise<SharedLimitRow> {
  const queue = await freshQueue(database, 30);
  const vendor = await openVendor(10);
  try {
    await vendor.set({ kind: "none", requests: 0, perMs: 1 });
    const conversations = perSecond * (seconds + 5);
    await queue.enqueueMany("openai" as never, patchesOf(conversations, conversations) as never);
    const workers = await startWorkers(processes, database, vendor, {
      concurrency: 16,
      heartbeatSeconds: 30,
      perSecond,
    });
    try {
      for (const worker of workers) worker.send("go");
      // From the middle, when all of them are at it.
      await pause(2000);
      const [first, begun] = [(await vendor.report()).requests, performance.now()];
      await pause(seconds * 1000);
      const measured = (((await vendor.report()).requests - first) * 1000) / (performance.now() - begun);
      const ratio = measured / perSecond;
      return {
        part: "shared limit",
        processes,
        perSecond,
        seconds,
        measuredPerSecond: measured,
        ratio,
        goal: Math.abs(ratio - 1) <= 0.05 ? "met" : "missed",
      };
    } finally {
      await end(workers);
    }
  } finally {
    vendor.stop();
    await queue.close();
  }
}
