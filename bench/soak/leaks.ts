import type { Rest } from "./worker.ts";

/** Least-squares slope of the heap over the calls, in bytes per call. */
export function slopeOf(rests: readonly Rest[]): number {
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const [calls, bytes] = [mean(rests.map((one) => one.calls)), mean(rests.map((one) => one.bytes))];
  const up = rests.reduce((sum, one) => sum + (one.calls - calls) * (one.bytes - bytes), 0);
  return up / rests.reduce((sum, one) => sum + (one.calls - calls) ** 2, 0);
}

/**
 * What was left behind. `rests` and `sockets`: before the first call, after each quarter, and at the end, when the
 * server has closed its idle connections. Memory is judged apart: a few thousand calls say nothing about it.
 */
export function leaksOf(rests: readonly Rest[], sockets: readonly number[], concurrency: number): string[] {
  const [before, first, last] = [rests[0], rests[1], rests.at(-1)] as [Rest, Rest, Rest];
  const quarters = rests.slice(1, -1);
  const leaks = [...last.wrong];
  for (const [kind, count] of Object.entries(last.resources)) {
    const more = count - (before.resources[kind] ?? 0);
    if (more > 0) leaks.push(`${more} ${kind} left when all connections were closed`);
  }
  const open = Math.max(...sockets);
  // A pool opens another connection rather than wait for one that is about to be free.
  if (open > 2 * concurrency) leaks.push(`${open} connections for ${concurrency} calls at a time`);
  if (sockets.at(-1)) leaks.push(`${sockets.at(-1)} connections that never became idle`);
  for (const { calls, signalListeners, resources } of quarters) {
    if (signalListeners > 0) leaks.push(`${signalListeners} listeners on the signal after ${calls} calls`);
    const timers = (resources.Timeout ?? 0) - (before.resources.Timeout ?? 0);
    if (timers > 0) leaks.push(`${timers} timers after ${calls} calls`);
  }
  const growth = Math.max(...quarters.map((one) => one.socketListeners)) - first.socketListeners;
  if (growth > 0) leaks.push(`${growth} more listeners on a socket than after the first quarter`);
  if (last.processListeners > before.processListeners) leaks.push("listeners left on process");
  return leaks;
}
