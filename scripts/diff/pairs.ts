/** What walks over two versions share: the direction of a value, and that cycles end. */
import type { Direction, Found } from "./change.ts";

/** Which way a value travels. */
export type Way = Exclude<Direction, "service">;

type Compare<T> = (old: T, now: T, way: Way) => Found[];

/** Makes a comparison remember: equal pairs are compared once, and a pair met again below itself has nothing to add. */
export function oncePerPair<T extends object>(compare: Compare<T>): Compare<T> {
  const known: Record<Way, Map<T, Map<T, Found[]>>> = { request: new Map(), response: new Map() };
  return (old, now, way) => {
    const row = known[way].get(old) ?? new Map<T, Found[]>();
    known[way].set(old, row);
    const before = row.get(now);
    if (before) return before;
    row.set(now, []);
    const found = compare(old, now, way);
    row.set(now, found);
    return found;
  };
}
