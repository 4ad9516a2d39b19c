import type { Counts } from "./front.ts";
import type { Store } from "./store.ts";
import { SEED } from "./vendors.ts";
import type { Told } from "./writers.ts";

/** What became of many writers' keys. */
export interface Tally {
  readonly merges: number;
  /** Told to be done. */
  readonly acknowledged: number;
  /** There in the end. */
  readonly present: number;
  /** Told to be done, and not there. */
  readonly lost: number;
  /** Writers who were told that their write may have undone what others had verified. */
  readonly late: number;
  /** Not there, and their writers were told so, by kind of error. */
  readonly reported: Readonly<Record<string, number>>;
  /** Metadata from before that is gone or changed. */
  readonly damaged: number;
  readonly requests: number;
}

/** Compares what the writers were told with what is stored. */
export function tally(told: readonly Told[], store: Store, { reads, writes }: Counts): Tally {
  const document = store.document();
  const isThere = ({ key }: Told): boolean => document[key] === `value of ${key}`;
  const reported: Record<string, number> = {};
  for (const one of told)
    if (one.error && !isThere(one)) reported[one.error] = (reported[one.error] ?? 0) + 1;
  return {
    merges: told.length,
    acknowledged: told.filter(({ error }) => !error).length,
    present: told.filter(isThere).length,
    lost: told.filter((one) => !one.error && !isThere(one)).length,
    late: told.filter(({ late }) => late).length,
    reported,
    damaged: Object.entries(SEED).filter(([key, value]) => document[key] !== value).length,
    requests: reads + writes,
  };
}
