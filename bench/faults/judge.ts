import { isOurs } from "../clients.ts";
import type { Observation, Outcome } from "./observe.ts";
import type { Scenario, Seen } from "./scenario.ts";

/** `good`: what a careful client does. `weak`: no harm, but poor. `bad`: harm. */
export type Verdict = "good" | "weak" | "bad";

export interface Judgement {
  readonly verdict: Verdict;
  /** What was not good, worst first. */
  readonly why: readonly string[];
}

/** A process that died or stopped talking. */
export interface Casualty {
  readonly crash: string;
}

interface Case {
  readonly scenario: Scenario;
  readonly observation: Observation;
  readonly ours: boolean;
}

/** A look at one aspect: what is bad or weak about it, or nothing. */
type Rule = (one: Case) => readonly [Exclude<Verdict, "good">, string] | undefined | false;

/** Says how a client did. Ours are held to kinds, outcomes and waits as well. */
export function judge(client: string, scenario: Scenario, observation: Observation | Casualty): Judgement {
  if ("crash" in observation) return { verdict: "bad", why: [observation.crash] };
  const one = { scenario, observation, ours: isOurs(client) };
  const found = [
    ...RULES.map((rule) => rule(one)),
    ...observation.outcomes.map((outcome) => judgeOutcome(one, outcome)),
  ];
  const faults = found.filter((fault) => fault !== undefined && fault !== false);
  const why = (grade: Verdict): string[] => [
    ...new Set(faults.filter(([as]) => as === grade).map(([, text]) => text)),
  ];
  const [bad, weak] = [why("bad"), why("weak")];
  return { verdict: bad.length ? "bad" : weak.length ? "weak" : "good", why: [...bad, ...weak] };
}

const isWrite = ({ method }: Seen): boolean => method !== "GET";

const RULES: readonly Rule[] = [
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
    if (seen.length > most + 10) return ["bad", `${seen.length} requests instead of ${most}: a storm`];
    return (
      (seen.length < least || seen.length > most) && [
        "weak",
        `${seen.length} requests instead of ${least}-${most}`,
      ]
    );
  },
  ({ scenario: { expect }, observation: { seen } }) => {
    const gap = Math.min(...seen.slice(1).map((one, index) => one.at - (seen[index]?.at ?? 0)));
    if (gap >= (expect.gapMs ?? 0)) return undefined;
    return [
      gap < 50 && (expect.gapMs ?? 0) >= 100 ? "bad" : "weak",
      `sent again after ${Math.round(gap)} ms`,
    ];
  },
  ({ scenario: { expect }, observation: { seen } }) => {
    const again = seen.filter(({ sameId }) => sameId > 0).map(({ at }) => at);
    const spread = Math.max(...again) - Math.min(...again);
    return (
      spread < (expect.spreadMs ?? Number.NEGATIVE_INFINITY) && [
        "weak",
        `retries within ${Math.round(spread)} ms`,
      ]
    );
  },
  ({ scenario: { expect }, observation: { seen } }) => {
    const sockets = new Set(seen.map(({ socket }) => socket)).size;
    return (
      sockets > (expect.sockets ?? Number.POSITIVE_INFINITY) && [
        "bad",
        `${sockets} sockets for one after the other`,
      ]
    );
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

function judgeOutcome({ scenario: { expect }, ours }: Case, outcome: Outcome): ReturnType<Rule> {
  const { result, orRight, status, withinMs } = expect;
  if (outcome.as === "hang") {
    if (!ours && expect.retryAfterMs) return ["weak", `still waiting after ${outcome.ms} ms`];
    return ["bad", `hangs: not settled after ${outcome.ms} ms`];
  }
  if (ours && withinMs !== undefined && outcome.ms > withinMs)
    return ["weak", `settled after ${outcome.ms} ms`];
  if (outcome.as === "value") {
    if (!outcome.right) return ["bad", `wrong result: ${outcome.value}`];
    return result !== "right" && !orRight && ["weak", "accepted"];
  }
  const { fact, message, sync } = outcome;
  if (result === "right") return ["weak", `failed: ${fact.name}: ${message.slice(0, 80)}`];
  if (sync) return ["weak", "throws instead of rejecting"];
  if (!fact.typed) return ["weak", `untyped ${fact.name}: ${message.slice(0, 60)}`];
  if (status !== undefined && fact.status !== status)
    return ["weak", `status ${fact.status} instead of ${status}`];
  if (!ours) return undefined;
  if (!fact.kind || !result.includes(fact.kind))
    return ["weak", `kind ${fact.kind} instead of ${result}: ${message.slice(0, 160)}`];
  if (expect.outcome && fact.outcome !== (expect.outcome === "unknown" ? "unknown" : undefined))
    return ["weak", `outcome ${fact.outcome} instead of ${expect.outcome}`];
  const waits = expect.retryAfterMs !== undefined && fact.retryAfterMs !== expect.retryAfterMs;
  return waits && ["weak", `retryAfterMs ${fact.retryAfterMs} instead of ${expect.retryAfterMs}`];
}
