import type { Provider } from "../provider/provider.ts";
import type { UpdateOptions } from "../types/update.ts";

/**
 * How `verify` makes up for what vendors lack, a conditional write. Whoever overwrites us has read before our write, and its
 * own write lands after our last read. So we read back late (`verifyDelayMs`), and keep our own writes close to their reads: we do
 * not build on an old read (`isReadStale`), and say so when a write took too long anyway (`isWriteLate`).
 */

/** Allows for two requests of half a second; reading back costs that much time, never a request more. */
const SETTLE_MS = 1000;
const SLOWER = 4;
/** A single request that hung must not hold up everything: `settleMs` is stretched no further than this. */
const LONGEST = 5;

/** What of a batch its timing depends on. */
export interface Timing {
  readonly provider: Pick<Provider, "options">;
  readonly options: Pick<UpdateOptions, "verify">;
  /** The longest request so far, in milliseconds. */
  readonly slowestMs: number;
  /** When the last read began. */
  readonly readAt: number | undefined;
}

const settleMs = ({ options: { verify } }: Timing): number =>
  (typeof verify === "object" ? verify.settleMs : undefined) ?? SETTLE_MS;

/** Whether it is up to timing that nothing is lost. */
const timingMatters = ({ provider, options }: Timing): boolean =>
  Boolean(options.verify) && !provider.options.lock;

/** How long to wait between a write and reading it back. Requests of others take about as long as ours: where ours are slow we wait longer. */
export function verifyDelayMs(timing: Timing): number {
  if (!timingMatters(timing)) return 0;
  const least = settleMs(timing);
  const ms = Math.min(Math.max(least, SLOWER * timing.slowestMs), LONGEST * least);
  return ms * (1 + Math.random() / 2);
}

/** Whether what was read last is too old to be built on. */
export function isReadStale(timing: Timing): boolean {
  return (
    timingMatters(timing) && age(timing.readAt, performance.now()) > Math.max(settleMs(timing), SETTLE_MS) / 2
  );
}

/** Whether a write that was made from the read at `readAt` and landed by `end` may have undone what others had already read back. */
export function isWriteLate(timing: Timing, readAt: number | undefined, end: number): boolean {
  return timingMatters(timing) && age(readAt, end) > settleMs(timing);
}

const age = (from: number | undefined, to: number): number => (from === undefined ? 0 : to - from);
