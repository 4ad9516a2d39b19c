import type { Look } from "./exchange.ts";
import { changedAt } from "./from-wire.ts";
import type { Provider } from "./provider.ts";

/** Servers cut times off at the second, and a vendor's may differ by a little. */
const CLOCK_MS = 2000;

/**
 * Whether nobody, and so not we either, has changed the conversation since a request of ours left: by the vendor's own clocks,
 * the time of the last change against that of the answer that shows it. False where the vendor tells neither.
 *
 * @param since when the request left, on `performance.now()`'s clock
 */
export function untouched(provider: Provider, { reading, reply }: Look, since: number): boolean {
  const left = Date.parse(reply.headers.get("date") ?? "") - (performance.now() - since);
  return changedAt(provider, reading) + CLOCK_MS < left;
}
