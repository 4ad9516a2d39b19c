import { openFront } from "./front.ts";
import { openStore } from "./store.ts";
import { type Tally, tally } from "./tally.ts";
import { targetAt, type VendorName } from "./vendors.ts";
import { convoWriter, naiveWriter, type Write, writeAll } from "./writers.ts";

/** Server latency of all runs, in milliseconds. */
export const LATENCY_MS: readonly [number, number] = [5, 20];

/** Who writes, in one process. */
export type Writer = "convo" | "convo, 16 keys" | "read then write";

/** What one process achieved; `goal` says whether it was asked for and reached. */
export interface ConcurrentRow extends Tally {
  readonly part: "one process";
  readonly vendor: VendorName;
  readonly writer: string;
  readonly spreadMs: number;
  readonly ms: number;
  readonly goal: "met" | "missed" | "none";
}

/** Lets one process merge `merges` distinct keys into one conversation. */
export async function runConcurrent(
  vendor: VendorName,
  writer: Writer,
  merges: number,
  spreadMs = 0,
): Promise<ConcurrentRow> {
  const limited = writer === "convo, 16 keys";
  const store = openStore(vendor, limited);
  const front = await openFront(store, { latencyMs: LATENCY_MS });
  const target = targetAt(vendor, front.origin);
  const write: Write = writer === "read then write" ? naiveWriter(target) : convoWriter(target, { limited });
  const keys = Array.from({ length: merges }, (_, n) => `key_${n}`);
  const start = performance.now();
  try {
    const told = await writeAll(write, keys, spreadMs);
    const ms = Math.round(performance.now() - start);
    const found = tally(told, store, front.counts);
    const sdk = vendor === "openai" ? "openai SDK" : "plain fetch";
    const limits = vendor === "openai" && !limited ? ", no 16-key limit" : "";
    const shown = (writer === "read then write" ? `${sdk}, read then write` : writer) + limits;
    return {
      part: "one process",
      vendor,
      writer: shown,
      spreadMs,
      ms,
      ...found,
      goal: judge(writer, spreadMs, found),
    };
  } finally {
    await front.close();
  }
}

/** Nothing lost, nothing else touched, few requests; with a limit, only what has no room is refused. */
function judge(writer: Writer, spreadMs: number, found: Tally): ConcurrentRow["goal"] {
  if (writer === "read then write") return "none";
  const refused = found.reported.limit ?? 0;
  const whole = found.lost === 0 && found.damaged === 0 && found.present + refused === found.merges;
  const room = writer === "convo" ? refused === 0 : found.present === 14;
  return whole && room && (spreadMs > 0 || found.requests < 10) ? "met" : "missed";
}
