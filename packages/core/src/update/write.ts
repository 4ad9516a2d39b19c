import { type ConvoError, DEFAULTS, isConvoError } from "@convo/client";
import { createError, describeId } from "../errors.ts";
import { type Base, type CombinedUpdate, combineChanges, mustRead, pickState } from "../merge/combine.ts";
import { type Comparison, compareEcho, compareWithTarget, isTouchedBy } from "../merge/compare.ts";
import type { Provider } from "../provider/provider.ts";
import { toUpdateBody } from "../wire/body.ts";
import type { State } from "../wire/change.ts";
import {
  changedAt,
  type ParsedConversation,
  type ReadResponse,
  type VendorResponse,
} from "../wire/from-wire.ts";
import { checkFit } from "../wire/validate.ts";
import type { Batch, Sending } from "./batch.ts";
import {
  ambiguousOutcome,
  noLongerFits,
  notApplied,
  notSeen,
  readBackFailed,
  stillDiffers,
} from "./errors.ts";
import type { Job } from "./job.ts";
import { isWriteLate, verifyDelayMs } from "./timing.ts";

/** How the write of a batch ended. */
export interface WriteOutcome {
  /** What was written in the end. */
  readonly combined: CombinedUpdate<Job>;
  readonly confirmed: "echo" | "read" | "none";
  /** The response to the last write; not there if it got none. */
  readonly written?: VendorResponse | undefined;
  /** The last read, if it came after the write. */
  readonly readBack?: ReadResponse | undefined;
  /** Whether that read came when slower writers had had their time (see `verifyDelayMs`). */
  readonly verified: boolean;
  /** Paths that another writer has changed since. */
  readonly superseded: readonly string[];
  /** Native fields that the response to the write shows with another value. */
  readonly notEchoed: readonly string[];
  /** What was written whole, too long after it was read (see `isWriteLate`): `metadata`, or lists. */
  readonly late: readonly string[];
  /** Paths that are not as requested, and what those who asked for them are told. */
  readonly failed: readonly string[];
  readonly error?: ConvoError | undefined;
}

const MAX_ROUNDS = 5;
const MAX_LOOKS = 3;
const LOOK_AGAIN_MS = 25;

/** A write on its way: what is still to be written, and onto what. */
interface Progress {
  combined: CombinedUpdate<Job>;
  base: Base;
  target: State;
  round: number;
  /** When the first request left, on `performance.now()`'s clock. */
  readonly since: number;
  readonly superseded: Set<string>;
  readonly late: Set<string>;
}

/** Ends a call of the client from within, since there is nothing more to send: counted and reported as the failure before it. */
class Finished {
  readonly found: WriteOutcome;
  readonly kind: ConvoError["kind"];
  readonly outcome: ConvoError["outcome"];
  readonly httpRequests: ConvoError["httpRequests"];

  constructor(found: WriteOutcome, { kind, outcome, httpRequests }: ConvoError) {
    this.found = found;
    this.kind = kind;
    this.outcome = outcome;
    this.httpRequests = httpRequests;
  }
}

/**
 * Writes what was combined and finds out whether it is there, writing again on top of what is there now where that is needed.
 * One request where the vendor's response shows the change and nothing else was asked for.
 *
 * @param vanished whether it has been sent already, by a caller that has ended since
 */
export async function writeAndVerify(
  batch: Batch,
  combined: CombinedUpdate<Job>,
  vanished = false,
): Promise<WriteOutcome> {
  const { verify, retry = batch.provider.options.retry } = batch.options;
  const maxRounds = (typeof verify === "object" ? verify.maxRounds : undefined) ?? MAX_ROUNDS;
  const { base, target } = combined;
  const [superseded, late] = [new Set<string>(), new Set<string>()];
  const progress: Progress = { combined, base, target, round: 0, since: performance.now(), superseded, late };
  let sent = vanished ? await lookForVanished(batch, progress) : undefined;
  for (;;) {
    progress.round += 1;
    const outcome = sent ?? (await writeOnce(batch, progress));
    if (isFinal(batch, progress, outcome)) return outcome;
    const { written, failed, error } = outcome;
    if (written) noteLate(batch, progress, batch.readAt, performance.now());
    const { seen, comparison } = await readBack(batch, progress, verifyDelayMs(batch), written);
    const known = { ...outcomeOfRead(progress, seen, written), verified: true };
    // What the vendor has said it did not do is not there, and does not have to be.
    if (comparison.lost.every((path) => failed.includes(path))) return { ...known, failed, error };
    if (progress.round >= maxRounds || retry === "never" || !verify)
      return {
        ...known,
        failed: comparison.lost,
        error: stillDiffers(batch, comparison, seen, progress.round),
      };
    const misfit = await rebaseOnto(batch, progress, seen, comparison);
    if (misfit) return { ...known, failed: comparison.lost, error: misfit };
    sent = undefined;
  }
}

/** Looks for what was sent by a caller that has ended since. */
function lookForVanished(batch: Batch, progress: Progress): Promise<WriteOutcome | undefined> {
  const message = `The update of ${describeId(batch.id)} was sent by a caller that has ended since`;
  const failure = createError(batch.provider, "timeout", message, undefined, { outcome: "unknown" });
  return lookAfterFailure(batch, progress, failure);
}

/** Whether nobody has to know more than this: a look at once says nothing of slower writers. */
function isFinal({ options, provider }: Batch, progress: Progress, outcome: WriteOutcome): boolean {
  const { written, failed, error } = outcome;
  if (!written) return Boolean(error) || !options.verify;
  if (!error) return !options.verify && !needsProof(provider, progress);
  const hasFailed = ({ part }: { readonly part: Job }): boolean =>
    failed.some((path) => isTouchedBy(part.wire, path));
  return !options.verify || outcome.combined.accepted.every(hasFailed);
}

/** One call of the client, repeated as its retry policy allows; looks before it lets a write be repeated. */
async function writeOnce(batch: Batch, progress: Progress): Promise<WriteOutcome> {
  const again = (failure: ConvoError): Promise<Sending> => prepareRepeat(batch, progress, failure);
  const since = performance.now();
  try {
    const written = await batch.write(sendingOf(batch, progress), again);
    batch.writeEnded(since);
    batch.applied();
    return judgeEcho(batch, progress, written);
  } catch (error) {
    batch.writeEnded(since);
    if (error instanceof Finished) return error.found;
    if (!isConvoError(error) || !error.outcome || error.kind === "aborted" || gaveUpEarly(batch, error))
      throw error;
    await batch.wait(lookDelayMs(1));
    const outcome = await lookAfterFailure(batch, progress, error);
    if (outcome) return outcome;
    throw notSeen(batch, error);
  }
}

const sendingOf = ({ provider, lastRead }: Batch, { combined, target }: Progress): Sending => ({
  combined,
  body: toUpdateBody(provider, target, lastRead?.conversation.body),
});

/** The client would have repeated it and did not: there is an outage, and a read would only add to it. */
function gaveUpEarly({ options, provider }: Batch, { retryable, httpRequests = 0 }: ConvoError): boolean {
  const { retry = provider.options.retry, maxRetries = provider.options.maxRetries } = options;
  return retryable && retry !== "never" && httpRequests <= (maxRetries ?? DEFAULTS.maxRetries);
}

/**
 * What to send after a failed attempt. What certainly was not applied is made again from a new read: while it waited, perhaps for a long
 * `Retry-After`, others may have written. What may have been applied is looked for first.
 */
async function prepareRepeat(batch: Batch, progress: Progress, error: ConvoError): Promise<Sending> {
  if (error.outcome || progress.round > 1) {
    const outcome = await lookAfterFailure(batch, progress, error);
    if (outcome) throw new Finished(outcome, error);
  } else {
    const combined = await combineWaiting(batch);
    Object.assign(progress, { combined, base: combined.base, target: combined.target });
    batch.report?.("retry", performance.now());
  }
  return sendingOf(batch, progress);
}

const NONE: readonly string[] = [];

/** Those whose callers still wait. */
export const waitingJobs = ({ jobs }: Batch): Job[] => jobs.filter(({ done }) => !done);

/** Reads where it has to, and combines the changes of those who still wait; a promise only where something has to be waited for. */
export function combineWaiting(
  batch: Batch,
  readFirst = false,
): CombinedUpdate<Job> | Promise<CombinedUpdate<Job>> {
  const { provider, options } = batch;
  const waiting = waitingJobs(batch);
  const reads = readFirst || mustRead(provider, waiting, Boolean(options.verify));
  return reads
    ? batch.read("read").then(({ conversation }) => combineOnto(batch, conversation))
    : combineOnto(batch, undefined, waiting);
}

/** Combines them on top of what was read. A change that does not fit is settled, alone. */
function combineOnto(
  batch: Batch,
  read: ParsedConversation | undefined,
  waiting: readonly Job[] = waitingJobs(batch),
): CombinedUpdate<Job> | Promise<CombinedUpdate<Job>> {
  const since = performance.now();
  const end = (combined: CombinedUpdate<Job>): CombinedUpdate<Job> | Promise<CombinedUpdate<Job>> => {
    // Again if somebody gave up while a schema was asked: what is written is for those only who wait for it.
    if (combined.accepted.some(({ part }) => part.done)) return combineOnto(batch, read);
    for (const { part, error } of combined.rejected) part.settle({ error });
    batch.report?.("merge", since);
    return combined;
  };
  const combined = combineChanges(batch.provider, waiting, read, { signal: batch.signal });
  return combined instanceof Promise ? combined.then(end) : end(combined);
}

/**
 * Looks whether a write that got no answer was applied; `undefined` if it was not, and `progress` holds what has to be sent again.
 * Throws the failure itself where that cannot be found out.
 */
async function lookAfterFailure(
  batch: Batch,
  progress: Progress,
  failure: ConvoError,
): Promise<WriteOutcome | undefined> {
  const { readAt } = batch;
  let found: Awaited<ReturnType<typeof readBack>>;
  try {
    found = await readBack(batch, progress, 0, undefined);
  } catch {
    throw failure;
  }
  const { seen, comparison } = found;
  const { lost: failed, ambiguous } = comparison;
  const isThere = failed.length === 0;
  // A write that got no answer and is not to be seen may land yet.
  if (failure.outcome)
    noteLate(batch, progress, readAt, isThere ? performance.now() : Number.POSITIVE_INFINITY);
  const known = outcomeOfRead(progress, seen, undefined);
  if (isThere) {
    batch.applied();
    return known;
  }
  if (ambiguous.length > 0 && !unchangedSince(batch.provider, seen, progress.since))
    return { ...known, failed, error: ambiguousOutcome(batch, comparison, seen, failure) };
  const error = await rebaseOnto(batch, progress, seen, comparison, failure);
  return error && { ...known, failed, error };
}

/** Makes what is missing again on top of what is there now; the error where it fits no more. */
async function rebaseOnto(
  batch: Batch,
  progress: Progress,
  { conversation }: ReadResponse,
  { lost, remaining }: Comparison,
  failure?: ConvoError,
): Promise<ConvoError | undefined> {
  const { document } = remaining;
  const fit = document && (await checkFit(batch.provider, document, { signal: batch.signal }));
  if (fit && fit.violations.length > 0) return noLongerFits(batch, lost, fit, failure);
  progress.base = pickState(conversation, progress.target);
  progress.target = remaining;
  batch.report?.("retry", performance.now());
  return undefined;
}

/**
 * Waits, then reads: waiting comes before the read, never between it and the next write, so that what was seen is not old. If it
 * shows an old copy, as one of several servers may hold it, it is read again, up to three times.
 */
async function readBack(
  batch: Batch,
  progress: Progress,
  delayMs: number,
  written: VendorResponse | undefined,
): Promise<{ seen: ReadResponse; comparison: Comparison }> {
  const { base, target, combined, superseded } = progress;
  const before = batch.lastRead?.conversation;
  const lists = changedLists(combined);
  const deep = combined.accepted.some(({ part }) => part.wire.metadata?.merge === "deep");
  if (delayMs > 0) await batch.wait(delayMs);
  try {
    for (let looks = 1; ; looks++) {
      const seen = await batch.read("verify");
      const now = pickState(seen.conversation, target);
      const comparison = compareWithTarget(base, target, now, lists, deep);
      const stale = comparison.lost.length > 0 && isStale(batch.provider, seen.conversation, written, before);
      if (looks === MAX_LOOKS || !stale) {
        for (const path of comparison.superseded) superseded.add(path);
        return { seen, comparison };
      }
      await batch.wait(lookDelayMs(looks));
    }
  } catch (error) {
    if (written && isConvoError(error)) throw readBackFailed(batch, error);
    throw error;
  }
}

const lookDelayMs = (looks: number): number => LOOK_AGAIN_MS * 2 ** looks * (1 + Math.random() / 2);

/**
 * Whether what was read is older than a write, by the vendor's own times: the response to the write, or else the read before it, tells
 * a later one, or none that a write in between has moved. False where the vendor tells none.
 */
function isStale(
  provider: Provider,
  seen: ParsedConversation,
  written: VendorResponse | undefined,
  before: ParsedConversation | undefined,
): boolean {
  const shown = changedAt(provider, seen);
  if (written?.conversation) return shown < changedAt(provider, written.conversation);
  const earlier = changedAt(provider, before);
  return written ? shown <= earlier : shown < earlier;
}

/** Servers cut times off at the second, and a vendor's may differ by a little. */
const CLOCK_MS = 2000;

/**
 * Whether nobody, and so not we either, has changed the conversation since a request of ours left: by the vendor's own clocks,
 * the time of the last change against that of the response that shows it. False where the vendor tells neither.
 */
function unchangedSince(
  provider: Provider,
  { conversation, response }: ReadResponse,
  since: number,
): boolean {
  const left = Date.parse(response.headers.get("date") ?? "") - (performance.now() - since);
  return changedAt(provider, conversation) + CLOCK_MS < left;
}

/** Names of the fields that are changed item by item. */
function changedLists({ accepted }: CombinedUpdate<Job>): string[] {
  const names: string[] = [];
  for (const { part } of accepted) for (const name in part.wire.lists) names.push(name);
  return names;
}

/** What the vendor's own response to a write says of it. */
function judgeEcho(batch: Batch, progress: Progress, written: VendorResponse): WriteOutcome {
  const { base, target, combined, superseded } = progress;
  const { conversation } = written;
  const echo = conversation && compareEcho(base, target, conversation, changedLists(combined));
  const mismatched = echo?.mismatched ?? NONE;
  // Vendors may spell native values in their own way; so their meaning is not compared.
  const isNative = (path: string): boolean =>
    combined.accepted.some(({ part }) => part.wire.native.includes(path));
  const failed = mismatched.filter((path) => !isNative(path));
  return {
    combined,
    confirmed: echo?.complete ? "echo" : "none",
    written,
    verified: false,
    superseded: [...superseded],
    notEchoed: mismatched.filter(isNative),
    late: NONE,
    failed,
    error: conversation && failed.length > 0 ? notApplied(batch, failed, target, conversation) : undefined,
  };
}

const outcomeOfRead = (
  { combined, superseded, late }: Progress,
  seen: ReadResponse,
  written: VendorResponse | undefined,
): WriteOutcome => ({
  combined,
  confirmed: "read",
  written,
  readBack: seen,
  verified: false,
  superseded: [...superseded],
  notEchoed: NONE,
  late: [...late],
  failed: NONE,
});

/** Removed keys are there still if the vendor merges; where it does not say, and answers nothing, only a read can tell. */
function needsProof({ data, metadata }: Provider, { base, target }: Progress): boolean {
  if (data.returnsConversation || metadata?.write === "replace" || target.keys) return false;
  const { document } = target;
  const removed = document && Object.keys(base.document ?? {}).filter((key) => !Object.hasOwn(document, key));
  return Boolean(removed?.length);
}

/** Notes what a write set whole, though only a part of it is its own, if it came too long after its read. */
function noteLate(
  batch: Batch,
  { target, combined, late }: Progress,
  readAt: number | undefined,
  landed: number,
): void {
  if (!isWriteLate(batch, readAt, landed)) return;
  if (target.document) late.add("metadata");
  for (const { part } of combined.accepted) for (const name of Object.keys(part.wire.lists)) late.add(name);
}
