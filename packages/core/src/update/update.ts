import { isConvoError } from "@convo/client";
import { accountKey, knownId, lookUp } from "../call.ts";
import { createError } from "../errors.ts";
import type { CombinedUpdate } from "../merge/combine.ts";
import { forgetId } from "../provider/lookup.ts";
import type { Lock } from "../provider/provider.ts";
import type { UpdateResult } from "../types/update.ts";
import { Batch, TurnLost } from "./batch.ts";
import { Job } from "./job.ts";
import { nothingSent, resultsOf, type Settle } from "./result.ts";
import {
  isFirst,
  joinQueue,
  leaveQueue,
  mayStillLand,
  noteUnanswered,
  type Place,
  waitingBehind,
} from "./turns.ts";
import { combineWaiting, waitingJobs, writeAndVerify } from "./write.ts";

/** A caller's update in the queue of its conversation. */
interface JobPlace extends Place {
  readonly job: Job;
  /** Those who leave the queue with it: they have shared its turn. */
  served: readonly Place[];
}

const NOBODY: readonly Place[] = [];
/** Microtasks until those who call at the same time, such as `Promise.all`, have queued up. */
const CALLED_TOGETHER = 1;
/** The same for those who have waited for one look-up: it takes them four. */
const LOOKED_UP_TOGETHER = 8;
const asleep = (): void => {};

/** Runs one update, in its caller's own context from beginning to end. Rejects with what the job fails with. */
export function runJob(job: Job): Promise<UpdateResult> {
  if (job.wire.nothing) {
    job.settle({ result: nothingSent(job) });
    job.end();
  } else void takeTurn(job);
  const { provider, operation, result } = job;
  return provider.lookup ? result.catch(forgetId(provider, operation.id)) : result;
}

async function takeTurn(job: Job): Promise<void> {
  try {
    const { provider, operation, options } = job;
    const resolved = provider.resolveTarget(options);
    job.target = resolved instanceof Promise ? await resolved : resolved;
    let others = CALLED_TOGETHER;
    if (provider.lookup) {
      const known = knownId(provider, operation.id, accountKey(job.target));
      job.pathId = known ?? (await lookUpInTurn(job));
      if (known === undefined) others = LOOKED_UP_TOGETHER;
    }
    while (!job.done) {
      const place = newPlace(job, queueKey(job));
      try {
        if (await waitForTurn(job, place, others)) await runTurn(job, place);
      } finally {
        leaveQueue(place, place.served);
      }
    }
  } catch (error) {
    job.fail(error);
  }
  job.end();
}

function newPlace(job: Job, key: string): JobPlace {
  const lastSeen = performance.now();
  const place = { key, job, lastSeen, writing: false, left: false, served: NOBODY, wake: asleep };
  job.place = place;
  return place;
}

/**
 * Queues up and waits until it is the job's turn. False where it was settled before, or taken for vanished: it has to queue up again then.
 *
 * @param others microtasks to wait at least, so that those who are on their way here share the first write already
 */
async function waitForTurn(job: Job, place: JobPlace, others = CALLED_TOGETHER): Promise<boolean> {
  joinQueue(place);
  for (let left = others; left > 0; left--) await undefined;
  while (!job.done && !isFirst(place)) {
    if (place.left) return false;
    await job.nextLook(place);
  }
  return !job.done;
}

/** What an update is queued and locked by: vendor, base URL, account, path. Credentials only decide who may share a write. */
const queueKey = ({ provider, target, pathId }: Job): string =>
  `${provider.scope} ${target?.baseUrl} ${JSON.stringify(pathId)}`;

/** Asks the vendor for the id in the path; those who ask for the same one wait for the first to know it. */
async function lookUpInTurn(job: Job): Promise<string | number> {
  const { provider, operation, options, target } = job;
  const account = accountKey(target);
  let pathId: string | number | undefined;
  const key = JSON.stringify(["lookup", provider.name, account, operation.id]);
  while (!job.done && pathId === undefined) {
    const place = newPlace(job, key);
    try {
      const first = await waitForTurn(job, place);
      pathId = knownId(provider, operation.id, account);
      if (!first) continue;
      pathId ??= await lookUp(provider, operation, options, target);
      // Now that it is known nobody has to wait for a turn.
      const others = waitingBehind(place);
      leaveQueue(place, others);
      for (const other of others) other.wake();
    } finally {
      leaveQueue(place);
    }
  }
  return pathId ?? operation.id;
}

/** The job's turn: those behind it that may share its write are written with it, and it settles them all. */
function runTurn(job: Job, place: JobPlace): Promise<void> {
  const jobs = [job];
  const places: Place[] = [];
  const behind = waitingBehind(place) as readonly Partial<JobPlace>[];
  const key = behind.length > 0 ? batchKey(job) : "";
  for (const other of behind) {
    // A place of another copy of this package holds a job that is unknown here.
    if (!(other.job instanceof Job)) break;
    if (other.job.done) continue;
    if (canBatch(job, other.job, key)) {
      jobs.push(other.job);
      places.push(other as JobPlace);
      // What one account has asked for stays in order; between accounts there is none.
    } else if (other.job.target?.credentials === job.target?.credentials) break;
  }
  if (places.length > 0) place.served = places;
  const batch = new Batch(jobs, place);
  batch.report?.("queue", job.operation.startedAt);
  return runBatch(batch, place);
}

/** Whether two updates may go out in one request: the same credentials, options and care. A planned one goes alone. */
function canBatch(first: Job, other: Job, key: string): boolean {
  if (first.precondition !== undefined || other.precondition !== undefined) return false;
  if (first.provider !== other.provider || first.openWrite !== other.openWrite) return false;
  const [mine, theirs] = [first.options, other.options];
  if (mine.fetchOptions !== theirs.fetchOptions || mine.beforeWrite !== theirs.beforeWrite) return false;
  if (mine.beforeAttempt !== theirs.beforeAttempt) return false;
  return key === batchKey(other);
}

function batchKey({ options, target }: Job): string {
  const { headers, timeoutMs, maxRetries, retry, verify } = options;
  const lines = headers && Symbol.iterator in headers ? [...headers] : headers;
  return JSON.stringify([target?.credentials, lines, timeoutMs, maxRetries, retry, verify]);
}

/** Runs one batch of updates, from read to proof. Never rejects: it settles every job. */
async function runBatch(batch: Batch, place: JobPlace): Promise<void> {
  const { lock } = batch.provider.options;
  try {
    if (lock) await underLock(batch, lock, place.key, () => updateOnce(batch, place));
    else (await updateOnce(batch, place))(false);
  } catch (error) {
    // Those who came after it are at work: all of these are in the queue again.
    if (error instanceof TurnLost) return;
    if (batch.jobs.length > 1 && batch.writes > 0 && isRefusal(error)) await runHalves(batch, place);
    else for (const job of batch.jobs) job.fail(error);
  }
  if (batch.mayStillLand) noteUnanswered(place.key);
}

const isRefusal = (error: unknown): boolean =>
  isConvoError(error) && Boolean(error.status) && (error.kind === "invalid" || error.kind === "limit");

/** The vendor refused the whole write: who is to blame shows when it is split. Order stays. */
async function runHalves(batch: Batch, place: JobPlace): Promise<void> {
  const waiting = waitingJobs(batch);
  const middle = Math.ceil(waiting.length / 2);
  for (const half of [waiting.slice(0, middle), waiting.slice(middle)])
    if (half.length > 0) await runBatch(new Batch(half, place), place);
}

/** Reads, merges, writes and proves. */
async function updateOnce(batch: Batch, place: JobPlace): Promise<Settle> {
  const unanswered = mayStillLand(place.key);
  const sent: CombinedUpdate<Job> | undefined = batch.jobs[0]?.openWrite;
  const made = sent ?? combineWaiting(batch, unanswered);
  const combined = made instanceof Promise ? await made : made;
  if (combined.accepted.length === 0) return () => {};
  return resultsOf(batch, await writeAndVerify(batch, combined, sent !== undefined), unanswered);
}

/**
 * Does work under the provider's lock and settles it, with whether the lock was held from its beginning to its end.
 * Resolves when the work is over, also where the lock gives up before.
 *
 * @throws ConvoError of kind `conflict` where the lock never let the work begin; else what the work throws
 */
async function underLock(batch: Batch, lock: Lock, key: string, work: () => Promise<Settle>): Promise<void> {
  const { provider } = batch;
  const signal = batch.signal as AbortSignal;
  const since = performance.now();
  let begun: Promise<Settle> | undefined;
  let over = false;
  let cause: unknown;
  let held = true;
  const once = (): Promise<Settle> => {
    if (begun) return begun;
    batch.report?.("lock", since);
    begun = work().finally(() => {
      over = true;
    });
    // It is looked at below, whatever the lock makes of it.
    begun.catch(() => {});
    return begun;
  };
  // A lock that never settles must not hold up the updates that come after those who gave up.
  const abandoned = new Promise((_, reject) => signal.addEventListener("abort", reject));
  try {
    await Promise.race([lock.withLock(key, once, signal), abandoned]);
    held = over;
  } catch (error) {
    held = false;
    cause = error;
  }
  if (begun) return (await begun)(held);
  if (isConvoError(cause)) throw cause;
  const message = "Could not acquire the lock";
  throw createError(provider, "conflict", message, "Nothing was sent: try again.", {
    retryable: true,
    cause,
  });
}
