import { type ApiResponse, type ConvoError, DEFAULTS, isConvoError } from "@convo/client";
import { type Base, bodyOf, type Folded, type State, stateOf } from "../merge/combine.ts";
import { contradicted, type Judgement, judge, showsAll } from "../merge/compare.ts";
import { tell } from "../observe/operation.ts";
import type { Provider } from "../provider/provider.ts";
import { checkFit } from "../schema.ts";
import type { VerifyOptions } from "../types/update.ts";
import { changedAt, type Reading } from "../wire/from-wire.ts";
import { cannotTell, gaveUp, noRoom, notApplied, unchecked } from "./errors.ts";
import type { Calls, Look, Seen } from "./requests.ts";
import { isLate, settleTime } from "./timing.ts";

/** How the write of a batch ended. */
export interface Outcome {
  readonly confirmed: "echo" | "read" | "none";
  /** The last answer. */
  readonly reply: ApiResponse<unknown>;
  /** The conversation as that answer shows it. */
  readonly reading: Reading | undefined;
  /** Paths that another writer has changed since. */
  readonly superseded: readonly string[];
  /** Native fields that the answer to the write shows with another value. */
  readonly notEchoed: readonly string[];
  /** What was written whole, too long after it was read (see `isLate`): `metadata`, or lists. */
  readonly late: readonly string[];
  /** Paths that are not as asked, and what those who asked for them are told. */
  readonly failed: readonly string[];
  readonly error?: ConvoError;
}

/** Nothing was written: the vendor turned the first write away, for a reason that passes. */
export interface TurnedAway {
  readonly turnedAway: ConvoError;
}

const MAX_ROUNDS = 5;

/**
 * Writes what was folded and finds out whether it is there, writing again on top of what is there now where that is needed.
 * One request where the vendor's answer shows the change and nothing else was asked for.
 */
export async function prove(
  calls: Calls,
  { base: first, target: wanted, kept }: Folded,
): Promise<Outcome | TurnedAway> {
  const { verify, retry = calls.provider.options.retry } = calls.options;
  const { maxRounds = MAX_ROUNDS } = Object(verify) as VerifyOptions;
  const lists = kept.flatMap(({ job }) => Object.keys(job.wire.lists));
  const deep = kept.some(({ job }) => job.wire.metadata?.merge === "deep");
  const native = kept.flatMap(({ job }) => job.wire.native);
  const superseded: string[] = [];
  const late = new Set<string>();
  const since = performance.now();
  let base = first;
  let target = wanted;
  for (let round = 1; ; round++) {
    const { readAt, shown } = calls;
    const { look, failure } = await writeOnce(calls, target);
    if (failure && round === 1 && isTurnedAway(calls, failure)) return { turnedAway: failure };
    let landed = performance.now();
    const answer = look && judgeAnswer(calls, look, base, target, lists, native);
    if (answer?.error || (answer && !verify && !needsProof(calls, base, target)))
      return { ...answer, superseded, late: [] };
    const { seen, judgement } = await lookAgain(calls, round, failure, (seen) => {
      const judgement = judge(base, target, stateOf(seen.reading, target), lists, deep);
      const isOld = judgement.lost.length > 0 && isOlder(calls.provider, seen.reading, look, shown);
      return { seen, judgement, isOld };
    });
    const { lost } = judgement;
    superseded.push(...judgement.superseded);
    // A write that got no answer and is not to be seen may land yet.
    if (failure?.outcome) landed = lost.length > 0 ? Number.POSITIVE_INFINITY : performance.now();
    if (isLate(calls, readAt, landed)) for (const place of placesOf(target, lists)) late.add(place);
    const known = { ...seen, confirmed: "read" as const, superseded, notEchoed: [], late: [...late] };
    if (lost.length === 0) return { ...known, failed: [] };
    const failed = (error: ConvoError): Outcome => ({ ...known, failed: lost, error });
    if (failure && judgement.unsure.length > 0 && !untouched(calls.provider, seen, since))
      return failed(cannotTell(calls, judgement, seen, failure));
    if (round >= maxRounds || retry === "never" || !(verify || failure))
      return failed(failure ?? gaveUp(calls, judgement, seen, round));
    base = stateOf(seen.reading, target);
    target = await again(calls, judgement);
    tell(calls.jobs, "retry", performance.now());
  }
}

/** What a write sets whole, though only a part of it is its own. */
function placesOf({ document }: State, lists: readonly string[]): string[] {
  return document ? ["metadata", ...lists] : [...lists];
}

/** What the vendor's own answer to a write says of it. */
function judgeAnswer(
  calls: Calls,
  look: Look,
  base: Base,
  target: State,
  lists: readonly string[],
  native: readonly string[],
): Omit<Outcome, "superseded" | "late"> {
  if (!look.reading) return { ...look, confirmed: "none", notEchoed: [], failed: [] };
  const echo = stateOf(look.reading, target);
  const differs = contradicted(base, target, echo, lists);
  // Vendors may spell native values in their own way; what they mean is not ours to judge.
  const failed = differs.filter((path) => !native.includes(path));
  const notEchoed = differs.filter((path) => native.includes(path));
  const confirmed = showsAll(target, echo) ? "echo" : "none";
  const error = failed.length > 0 && notApplied(calls, failed, target, echo);
  return { ...look, confirmed, notEchoed, failed, ...(error && { error }) };
}

/** One write; a failure after which a look at the conversation decides what comes next is a value here. */
async function writeOnce(calls: Calls, target: State): Promise<{ look?: Look; failure?: ConvoError }> {
  try {
    return { look: await calls.write(bodyOf(calls.provider, target)) };
  } catch (error) {
    const unknown = isConvoError(error) && error.outcome === "unknown" && error.kind !== "aborted";
    if (unknown || isTurnedAway(calls, error)) return { failure: error };
    throw error;
  }
}

/** Removed keys are there still if the vendor merges; where it does not say, and answers nothing, only a read can tell. */
function needsProof({ provider }: Calls, base: Base, { document }: State): boolean {
  if (provider.data.returnsConversation) return false;
  const { document: before } = base;
  const removes = document && before && Object.keys(before).some((key) => !Object.hasOwn(document, key));
  return Boolean(removes) && provider.metadata?.write !== "replace";
}

/** What is to be written next, if it still fits onto what others have written. */
async function again(calls: Calls, { again: target }: Judgement): Promise<State> {
  const fit = target.document && (await checkFit(calls.provider, target.document, calls.signal));
  if (!fit?.violations.length) return target;
  throw noRoom(calls, fit);
}

const MAX_LOOKS = 3;
const BACKOFF_MS = 25;

/**
 * Waits, then reads: waiting comes before the look, never between it and the next write, so that what was seen is not old.
 *
 * @param judge what to make of a look; if it is of an old copy, as one of several servers may hold it, there is another, up to three
 */
export async function lookAgain<T extends { readonly isOld: boolean }>(
  calls: Calls,
  round: number,
  failure: ConvoError | undefined,
  judge: (seen: Seen) => T,
): Promise<T> {
  const unsent = failure && !failure.outcome;
  const ms = failure ? (unsent ? waitBefore(calls, failure, round) : backoff(round)) : settleTime(calls);
  if (ms === undefined) throw failure;
  await calls.wait(ms);
  try {
    for (let looks = 1; ; looks++) {
      const judged = judge(await calls.read("verify"));
      if (looks === MAX_LOOKS || !judged.isOld) return judged;
      await calls.wait(backoff(looks));
    }
  } catch (error) {
    if (failure || !isConvoError(error)) throw failure ?? error;
    throw unchecked(calls, error);
  }
}

/**
 * Whether a look is older than a write, by the vendor's own times: the answer to the write, or else the read before it, tells
 * a later one, or none that a write in between has moved. False where the vendor tells none.
 */
export function isOlder(
  provider: Provider,
  seen: Reading,
  answer: Look | undefined,
  before: Reading | undefined,
): boolean {
  const shown = changedAt(provider, seen);
  if (answer?.reading) return shown < changedAt(provider, answer.reading);
  const earlier = changedAt(provider, before);
  return answer ? shown <= earlier : shown < earlier;
}

const backoff = (times: number): number => BACKOFF_MS * 2 ** times * (1 + Math.random() / 2);

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

const REJECTED_BACKOFF_MS = 250;

/**
 * Whether a write was certainly not applied, for a reason that passes (429, no connection). One that was made from a read is
 * not sent again as it was: while it waited, perhaps for a long `Retry-After`, others may have written.
 */
export function isTurnedAway({ provider, options }: Calls, error: unknown): error is ConvoError {
  const retry = options.retry ?? provider.options.retry;
  const passes = isConvoError(error) && error.retryable && error.outcome === undefined;
  return passes && retry !== "never";
}

/** Milliseconds until a write that was turned away may be made anew; undefined if it is to be given up. */
export function waitBefore(calls: Calls, { retryAfterMs }: ConvoError, times: number): number | undefined {
  const { maxRetryAfterMs = DEFAULTS.maxRetryAfterMs, ...provided } = calls.provider.options;
  const maxRetries = calls.options.maxRetries ?? provided.maxRetries ?? DEFAULTS.maxRetries;
  const own = REJECTED_BACKOFF_MS * 2 ** times;
  const ms = (retryAfterMs ?? own) + (Math.random() * Math.max(own, retryAfterMs ?? 0)) / 10;
  if (times > maxRetries || (retryAfterMs ?? 0) > maxRetryAfterMs || ms > calls.left()) return undefined;
  return ms;
}
