/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** Median of the ratios of values measured in the same round: what slows a whole round down cancels out. */
export function ratio(values: readonly number[], base: readonly number[]): number {
  return median(values.map((value, round) => value / (base[round] as number)));
}

/** One thing that was measured against a goal. */
export interface Goal {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  /** Whether the limit is the most (default) or the least. */
  readonly least?: true;
  readonly met: boolean;
}

/** Holds a value against its limit: the most it may be, or with `least` the least. */
export function goal(name: string, value: number, limit: number, least?: "least"): Goal {
  const met = least ? value >= limit : value <= limit;
  return { name, value, limit, met, ...(least && { least: true }) };
}
