/**
 * The rules, the same for every client:
 *
 * - **good**: the right result, or an error of a class of the client's own (an `AbortError` or `TimeoutError` counts) that
 *   carries the server's status; no more requests and writes than the scenario needs; no retry before the server's time;
 *   nothing left behind.
 * - **weak**: no harm, but poor: an untyped error, a needless or missing retry, an update repeated with the same value, a
 *   synchronous throw, an invalid option accepted.
 * - **bad**: harm: a wrong result, a wrong URL, a create done twice, a hang, a crash, an unhandled rejection, a leaked socket
 *   or listener, a secret shown, another origin believed, a retry storm, memory without bound.
 *
 * Ours are held to more, never to less: the error's kind, `outcome`, `retryAfterMs`, the time until it settles, and the
 * deadline. A client without a deadline hangs only when three whole timeouts with their waits are over. A client that has no
 * timeout hangs when others time out: that is what its caller gets. In `body: another conversation ..` ours is called
 * through `@convo/core`, the layer that knows what it asked for; the others have none.
 */
import { isOurs } from "../clients/index.ts";
import type { Outcome } from "./call.ts";
import type { Observation } from "./observe.ts";
import { type Case, type Fault, RULES, type Verdict } from "./rules.ts";
import type { Scenario } from "./scenario.ts";

export interface Judgement {
  readonly verdict: Verdict;
  /** What was not good, worst first. */
  readonly why: readonly string[];
}

/** A process that died or stopped talking. */
export interface Casualty {
  readonly crash: string;
}

/** Says how a client did. */
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

function judgeOutcome({ scenario: { expect }, ours }: Case, outcome: Outcome): Fault {
  const { result, orRight, status, withinMs } = expect;
  if (outcome.as === "hang") {
    // The server did ask for it; only to have no way of knowing is poor.
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
  return ours && judgeFacts(expect, outcome);
}

/** What only ours are asked for. */
function judgeFacts(expect: Scenario["expect"], { fact, message }: Extract<Outcome, { as: "error" }>): Fault {
  if (expect.result === "right" || !fact.kind || !expect.result.includes(fact.kind))
    return ["weak", `kind ${fact.kind} instead of ${expect.result}: ${message.slice(0, 160)}`];
  if (expect.outcome && fact.outcome !== (expect.outcome === "unknown" ? "unknown" : undefined))
    return ["weak", `outcome ${fact.outcome} instead of ${expect.outcome}`];
  const waits = expect.retryAfterMs !== undefined && fact.retryAfterMs !== expect.retryAfterMs;
  return waits && ["weak", `retryAfterMs ${fact.retryAfterMs} instead of ${expect.retryAfterMs}`];
}
