import type { Observation } from "./observe.ts";
import type { Scenario, Seen } from "./scenario.ts";

export type Verdict = "good" | "weak" | "bad";

/** What is bad or weak about one aspect, or nothing. */
export type Fault = readonly [Exclude<Verdict, "good">, string] | undefined | false;

export interface Case {
  readonly scenario: Scenario;
  readonly observation: Observation;
  readonly ours: boolean;
}

/** One aspect of how a client behaved. */
type Rule = (one: Case) => Fault;

const isWrite = ({ method }: Seen): boolean => method !== "GET";

/** Everything that is judged besides how the calls ended. */
export const RULES: readonly Rule[] = [
  ({ observation: { unhandled } }) => unhandled.length > 0 && ["bad", `unhandled rejection: ${unhandled[0]}`],
  ({ observation: { shown } }) => shown.length > 0 && ["bad", `secret shown in ${shown.join(", ")}`],
  ({ observation: { polluted } }) => polluted && ["bad", "prototype polluted"],
  ({ observation: { leaked, outcomes } }) =>
    leaked > 0 && !outcomes.some(({ as }) => as === "hang") && ["bad", `${leaked} sockets left waiting`],
  ({ observation: { seen } }) =>
    seen.some(({ origin }) => origin === "other") && ["bad", "went to another origin"],
  ({ scenario, observation: { seen } }) => {
    const astray = "id" in scenario && seen.find((one) => !reaches(one, scenario.id));
    return astray && ["bad", `wrong URL ${JSON.stringify(astray.target.slice(0, 60))}`];
  },
  ({ scenario: { op, expect }, observation: { seen } }) => {
    const writes = seen.filter(isWrite).length;
    const over = writes > (expect.writes ?? Number.POSITIVE_INFINITY);
    return over && [op === "create" ? "bad" : "weak", `${writes} writes instead of ${expect.writes}`];
  },
  ({ scenario: { expect }, observation: { seen } }) => {
    const [least, most] = expect.requests ?? [0, Number.POSITIVE_INFINITY];
    // The usual two retries are poor where they cannot help; more than five times the need is a storm.
    if (seen.length > 5 * most + 5) return ["bad", `${seen.length} requests instead of ${most}: a storm`];
    const text = `${seen.length} requests instead of ${least === most ? least : `${least}-${most}`}`;
    return (seen.length < least || seen.length > most) && ["weak", text];
  },
  ({ scenario: { expect }, observation: { seen } }) => {
    const gap = Math.min(...seen.slice(1).map((one, index) => one.at - (seen[index]?.at ?? 0)));
    if (gap >= (expect.gapMs ?? 0)) return undefined;
    const atOnce = gap < 90 && (expect.gapMs ?? 0) >= 100;
    return [atOnce ? "bad" : "weak", `sent again after ${Math.round(gap)} ms`];
  },
  ({ scenario: { expect }, observation: { seen } }) => {
    const again = seen.filter(({ sameId }) => sameId > 0).map(({ at }) => at);
    const spread = Math.max(...again) - Math.min(...again);
    const tight = spread < (expect.spreadMs ?? Number.NEGATIVE_INFINITY);
    return tight && ["weak", `all retries within ${Math.round(spread)} ms`];
  },
  ({ scenario: { expect }, observation: { seen } }) => {
    const sockets = new Set(seen.map(({ socket }) => socket)).size;
    const many = sockets > (expect.sockets ?? Number.POSITIVE_INFINITY);
    return many && ["bad", `${sockets} sockets for one after the other`];
  },
  ({ scenario: { expect }, observation: { listeners } }) =>
    listeners > (expect.listeners ?? 10) && ["bad", `${listeners} listeners left on the signal`],
  ({ scenario: { expect }, observation: { peakMb } }) =>
    peakMb > (expect.peakMb ?? Number.POSITIVE_INFINITY) && ["bad", `${Math.round(peakMb)} MB of memory`],
];

/** One segment that stands for this id and no other. */
function reaches({ target }: Seen, id: unknown): boolean {
  const [, segment] = /^\/v1\/conversations\/([^/?#]+)$/.exec(target) ?? [];
  try {
    return segment !== undefined && decodeURIComponent(segment) === String(id);
  } catch {
    return false;
  }
}
