import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { createQueue, type Queue } from "@convo/queue";
import pg from "pg";
import { ask, start } from "../child.ts";
import type { Vendor } from "../limited/vendor.ts";

/** Patches for a bench: `seq` says their order, `k...` that none is lost. */
export function* patchesOf(patches: number, conversations: number) {
  for (let n = 0; n < patches; n++) {
    const seq = Math.floor(n / conversations);
    yield {
      id: `conv_${n % conversations}`,
      changes: { metadata: { seq: String(seq), [`k${seq % 12}`]: String(seq) } },
    };
  }
}

/** Keys of final documents that are not what the patches make of them. */
export function countWrong(
  documents: Readonly<Record<string, Record<string, string>>>,
  patches: number,
  conversations: number,
): number {
  const expected = new Map<string, Record<string, string>>();
  for (const { id, changes } of patchesOf(patches, conversations))
    expected.set(id, { ...expected.get(id), ...(changes.metadata as Record<string, string>) });
  let wrong = 0;
  for (const [id, values] of expected)
    for (const [key, value] of Object.entries(values)) if (documents[id]?.[key] !== value) wrong++;
  return wrong;
}

/** Worker processes that are ready. */
export async function startWorkers(
  count: number,
  database: string,
  vendor: Vendor,
  options: { readonly concurrency: number; readonly heartbeatSeconds: number; readonly perSecond?: number },
): Promise<ChildProcess[]> {
  const { concurrency, heartbeatSeconds, perSecond = 0 } = options;
  const args = [database, vendor.baseUrl, concurrency, heartbeatSeconds, perSecond].map(String);
  const workers = Array.from({ length: count }, () =>
    start(new URL("./worker.ts", import.meta.url).pathname, ...args),
  );
  await Promise.all(workers.map((worker) => ask(worker)));
  return workers;
}

/** Ends processes and waits until they are gone. */
export async function end(workers: readonly ChildProcess[]): Promise<void> {
  await Promise.all(
    workers.map(async (worker) => {
      if (worker.exitCode !== null || worker.signalCode !== null) return;
      const gone = once(worker, "exit");
      worker.kill("SIGKILL");
      await gone;
    }),
  );
}

/** Waits until no patch is open; throws after `ms`. */
export async function untilDone(queue: Queue<never>, ms: number): Promise<void> {
  const start = performance.now();
  for (;;) {
    const open = (await queue.status()).reduce((sum, counts) => sum + counts.open, 0);
    if (open === 0) return;
    if (performance.now() - start > ms) throw new Error(`${open} patches are still open`);
    await pause(100);
  }
}

/** An empty database, and the queue in it. */
export async function freshQueue(database: string, heartbeatSeconds: number): Promise<Queue<never>> {
  const client = new pg.Client(database);
  await client.connect();
  await client.query(
    "drop schema if exists convo cascade; drop schema if exists convo_boss cascade; drop schema if exists fifo cascade",
  );
  await client.end();
  const queue = createQueue<never>({ database, heartbeatSeconds, onError: () => {} });
  await queue.status();
  return queue;
}
