import type { Calls } from "./requests.ts";

/**
 * How `verify` makes up for what vendors lack, a conditional write. Whoever overwrites us has read before our write, and its
 * own write lands after our last look. So we look late (`settleTime`), and keep our own writes close to their reads: we do
 * not build on an old read (`isOld`), and say so when a write took too long all the same (`isLate`).
 */

/** Allows for two exchanges of half a second; a look costs that much time, never a request more. */
const SETTLE_MS = 1000;
const SLOWER = 4;
/** A single exchange that hung must not hold up everything: `settleMs` is stretched no further than this. */
const LONGEST = 5;

type Timing = Pick<Calls, "provider" | "options" | "slowestMs" | "readAt">;

const settleMs = ({ options: { verify } }: Timing): number =>
  (typeof verify === "object" ? verify.settleMs : undefined) ?? SETTLE_MS;

/** Whether it is up to timing that nothing is lost. */
const counts = ({ provider, options }: Timing): boolean => Boolean(options.verify) && !provider.options.lock;

/** How long to wait between a write and the look at it. Exchanges of others take about as long as ours: where ours are slow we wait longer. */
export function settleTime(calls: Timing): number {
  if (!counts(calls)) return 0;
  const least = settleMs(calls);
  const ms = Math.min(Math.max(least, SLOWER * calls.slowestMs), LONGEST * least);
  return ms * (1 + Math.random() / 2);
}

/** Whether what was read last is too old to be built on. */
export function isOld(calls: Timing): boolean {
  return counts(calls) && age(calls.readAt, performance.now()) > Math.max(settleMs(calls), SETTLE_MS) / 2;
}

/** Whether a write that was made from the read at `readAt` and landed by `end` may have undone what others had already looked at. */
export function isLate(calls: Timing, readAt: number | undefined, end: number): boolean {
  return counts(calls) && age(readAt, end) > settleMs(calls);
}

const age = (from: number | undefined, to: number): number => (from === undefined ? 0 : to - from);
