/** What the comparisons of two versions share: the direction of a value, and a walk that ends and stays small. */
import { type Direction, type Finding, join } from "./change.ts";

/** Which way a value travels. */
export type Way = Exclude<Direction, "service">;

/** What one pair of nodes says, and the pairs below it, each with its place. */
export interface Step<T> {
  findings: readonly Finding[];
  children: readonly (readonly [place: string, before: T, after: T])[];
  /** The children's keys, filled in by the walk. */
  keys?: readonly string[];
}

interface Visit<T> {
  place: string;
  before: T;
  after: T;
  key: string;
  parent: Visit<T> | undefined;
}

/** A pair that is reached by many ways is told at so many of its places; the first are the shortest. */
const MOST_PLACES = 3;

/**
 * Compares everything below a pair, nearest first. A pair inside itself is not entered again, and no pair is entered
 * more than three times: work and findings grow with the schemas there are, not with the ways to reach them.
 *
 * @param step compares one pair; called again for the same pair, so it should remember
 * @param keyOf equal for pairs that have nothing new to say
 */
export function walk<T>(
  before: T,
  after: T,
  step: (before: T, after: T) => Step<T>,
  keyOf: (before: T, after: T) => string,
): Finding[] {
  const visits = new Map<string, number>();
  const found: Finding[] = [];
  const queue: Visit<T>[] = [{ place: "", before, after, key: keyOf(before, after), parent: undefined }];
  for (const visit of queue) {
    const count = visits.get(visit.key) ?? 0;
    if (count === MOST_PLACES || (count > 0 && isInsideItself(visit))) continue;
    visits.set(visit.key, count + 1);
    const made = step(visit.before, visit.after);
    const { findings, children } = made;
    made.keys ??= children.map(([, old, now]) => keyOf(old, now));
    for (const one of findings) found.push({ ...one, field: join(visit.place, one.field) });
    for (const [index, [place, old, now]] of children.entries())
      queue.push({
        place: join(visit.place, place),
        before: old,
        after: now,
        key: made.keys[index] ?? "",
        parent: visit,
      });
  }
  return found;
}

function isInsideItself<T>(visit: Visit<T>): boolean {
  for (let { parent } = visit; parent; { parent } = parent) if (parent.key === visit.key) return true;
  return false;
}
