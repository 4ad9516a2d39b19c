import { isConvoError } from "@convo/client";
import { failure } from "../errors.ts";
import { type Folded, fold, mustRead } from "../merge/combine.ts";
import { tell, within } from "../observe/operation.ts";
import type { Provider } from "../provider/provider.ts";
import { parse } from "../schema.ts";
import type { Job } from "./job.ts";
import { abandoning, type Calls, createCalls } from "./requests.ts";
import { settle, whatIsKnown } from "./result.ts";
import { prove, waitBefore } from "./write.ts";

/** Runs one batch of updates of one conversation, from read to proof. Never rejects: it settles every job. */
export async function runBatch(jobs: readonly Job[]): Promise<void> {
  const [{ provider, pathId }] = jobs as readonly [Job];
  const abandon = abandoning(jobs);
  const calls = createCalls(jobs, abandon);
  const since = performance.now();
  const work = (): Promise<Settle> => {
    if (provider.options.lock) tell(jobs, "lock", since);
    return updateOnce(calls);
  };
  try {
    const { done, held } = await within(jobs, () => underLock(provider, pathId, work, abandon.signal));
    done(held);
  } catch (error) {
    if (jobs.length > 1 && isRefusal(error) && jobs.some(({ sent }) => sent)) await runHalves(jobs);
    else for (const job of jobs) job.reject(error);
  }
}

/** Tells the callers how it went, once it is known whether the lock was held to the end. */
type Settle = (held: boolean) => void;

const isRefusal = (error: unknown): boolean =>
  isConvoError(error) && Boolean(error.status) && (error.kind === "invalid" || error.kind === "limit");

/** The vendor refused the whole write: who is to blame shows when it is split. Order stays. */
async function runHalves(jobs: readonly Job[]): Promise<void> {
  const waiting = jobs.filter(({ done }) => !done);
  const middle = Math.ceil(waiting.length / 2);
  for (const half of [waiting.slice(0, middle), waiting.slice(middle)])
    if (half.length > 0) await runBatch(half);
}

/** Reads, merges, writes and proves; all of it anew as long as the vendor turns the write away for a while. */
async function updateOnce(calls: Calls): Promise<Settle> {
  const { provider, jobs } = calls;
  for (let times = 1; ; times++) {
    const read = mustRead(jobs) ? await calls.read("read") : undefined;
    const since = performance.now();
    let folded: Folded;
    // Again if somebody gave up while a schema was asked: what is written is for those only who wait for it.
    do {
      const waiting = jobs.filter(({ done }) => !done);
      folded = await fold(provider, waiting, read?.reading, calls.signal);
    } while (folded.kept.some(({ job }) => job.done));
    tell(jobs, "merge", since);
    if (folded.kept.length === 0) return () => {};
    const outcome = await prove(calls, folded);
    if (!("turnedAway" in outcome)) {
      const shown = whatIsKnown(provider, folded, outcome, read);
      const parsed = await parse(provider, shown.document, calls.signal);
      return (held) => {
        for (const part of folded.kept) settle(calls, folded, outcome, shown, parsed, part, held);
      };
    }
    const ms = waitBefore(calls, outcome.turnedAway, times);
    if (ms === undefined) throw outcome.turnedAway;
    for (const job of jobs) job.sent = false;
    await calls.wait(ms);
    tell(jobs, "retry", performance.now());
  }
}

/**
 * Does work under the provider's lock, if it has one, and tells whether that was held from its beginning to its end.
 * Settles when the work is over, also where the lock gives up before.
 *
 * @throws ConvoError of kind `conflict` where the lock never let the work begin; else what the work throws
 */
export async function underLock<T>(
  provider: Provider,
  id: string | number,
  work: () => Promise<T>,
  signal: AbortSignal,
): Promise<{ done: T; held: boolean }> {
  const { lock } = provider.options;
  if (!lock) return { done: await work(), held: false };
  let begun: Promise<T> | undefined;
  let over = false;
  let cause: unknown;
  let held = true;
  const once = (): Promise<T> => {
    begun ??= work().finally(() => {
      over = true;
    });
    // It is looked at below, whatever the lock makes of it.
    begun.catch(() => {});
    return begun;
  };
  // A lock that never settles must not hold up the updates that come after those who gave up.
  const abandoned = new Promise((_, reject) => signal.addEventListener("abort", reject));
  try {
    await Promise.race([lock.withLock(JSON.stringify([provider.scope, id]), once, signal), abandoned]);
    held = over;
  } catch (error) {
    held = false;
    cause = error;
  }
  if (begun) return { done: await begun, held };
  if (isConvoError(cause)) throw cause;
  const what = "The lock of the conversation could not be had";
  throw failure(provider, "conflict", what, "Nothing was sent: try again.", { retryable: true, cause });
}
