import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { LATENCY_MS } from "./concurrent.ts";
import { openFront } from "./front.ts";
import { openLockServer } from "./lock.ts";
import { openStore } from "./store.ts";
import { type Tally, tally } from "./tally.ts";
import { targetAt, type VendorName } from "./vendors.ts";
import type { Task } from "./writer.ts";
import type { Told } from "./writers.ts";

/** What core waits before it looks again, by default. */
const SETTLE_MS = 1000;

/** What protects the writers from each other. */
export type Guard = "verify" | "lock" | "nothing";

/** What several processes achieved. */
export interface ProcessesRow extends Tally {
  readonly part: "processes";
  readonly vendor: VendorName;
  readonly guard: Guard;
  readonly processes: number;
  readonly spreadMs: number;
  /** Milliseconds by which one request in twenty is held up. */
  readonly heldMs: number;
  readonly ms: number;
  readonly goal: "met" | "missed" | "none";
}

/** How many processes write how many keys each, all at once (`spreadMs` 0) or spread over a time, over a line that holds some requests up. */
export interface Load {
  readonly processes: number;
  readonly merges: number;
  readonly spreadMs: number;
  readonly heldMs?: number;
}

/** Lets several processes merge distinct keys into one conversation. */
export async function runProcesses(vendor: VendorName, guard: Guard, load: Load): Promise<ProcessesRow> {
  const store = openStore(vendor);
  const { processes, spreadMs, heldMs = 0 } = load;
  const front = await openFront(store, { latencyMs: LATENCY_MS, slow: { share: 0.05, ms: heldMs } });
  const lock = guard === "lock" ? await openLockServer() : undefined;
  const children: ChildProcess[] = [];
  try {
    for (let n = 0; n < processes; n++) {
      const task: Task = {
        target: targetAt(vendor, front.origin),
        keys: Array.from({ length: load.merges }, (_, m) => `p${n}_${m}`),
        spreadMs,
        verify: guard === "verify",
        ...(lock && { lockPort: lock.port }),
      };
      children.push(fork(new URL("./writer.ts", import.meta.url), [JSON.stringify(task)]));
    }
    await Promise.all(children.map(message));
    const start = performance.now();
    const answers = children.map(message);
    for (const child of children) child.send("go");
    const told = (await Promise.all(answers)).flat() as Told[];
    const ms = Math.round(performance.now() - start);
    const found = tally(told, store, front.counts);
    const goal = judge(guard, heldMs, found);
    return { part: "processes", vendor, guard, processes, spreadMs, heldMs, ms, ...found, goal };
  } finally {
    for (const child of children) child.kill();
    lock?.close();
    await front.close();
  }
}

/** The next message of a child; rejects when it ends without one. */
async function message(child: ChildProcess): Promise<unknown> {
  const ended = once(child, "exit").then(() => {
    throw new Error("a writer process ended early");
  });
  const [value] = await Promise.race([once(child, "message"), ended]);
  return value;
}

/**
 * Each key is there, or its writer was told of a conflict. Under a lock all are there. Where requests are held up for longer
 * than writers wait before they look again, `verify` promises only that somebody is told.
 */
function judge(guard: Guard, heldMs: number, found: Tally): ProcessesRow["goal"] {
  if (guard === "nothing") return "none";
  if (guard === "verify" && heldMs > SETTLE_MS && found.late > 0) return "met";
  const conflicts = guard === "verify" ? (found.reported.conflict ?? 0) : 0;
  const whole = found.lost === 0 && found.damaged === 0 && found.present + conflicts === found.merges;
  return whole ? "met" : "missed";
}
