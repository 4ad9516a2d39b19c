import { ConvoError, isConvoError } from "@convo/client";
import { abandoning } from "./abandon.ts";
import { type Calls, createCalls } from "./calls.ts";
import { fold, needsRead } from "./fold.ts";
import type { Job } from "./job.ts";
import { tell, within } from "./observe.ts";
import { prove } from "./prove.ts";
import type { Provider } from "./provider.ts";
import { settle } from "./result.ts";
import { waitBefore } from "./turned-away.ts";

/** Runs one batch of updates of one conversation, from read to proof. Never rejects: it settles every job. */
export async function runBatch(jobs: readonly Job[]): Promise<void> {
  const [{ provider, pathId }] = jobs as readonly [Job];
  const abandon = abandoning(jobs);
  const calls = createCalls(jobs, abandon);
  const { lock } = provider.options;
  const key = JSON.stringify([provider.scope, pathId]);
  const since = performance.now();
  const locked = (): Promise<void> => {
    tell(jobs, "lock", since);
    return updateOnce(calls);
  };
  try {
    await within(jobs, () => (lock ? lock.withLock(key, locked, abandon.signal) : updateOnce(calls)));
  } catch (error) {
    if (jobs.length > 1 && isRefusal(error) && jobs.some(({ sent }) => sent)) await runHalves(jobs);
    else
      for (const job of jobs) job.reject(lock && !isConvoError(error) ? lockFailed(provider, error) : error);
  }
}

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
async function updateOnce(calls: Calls): Promise<void> {
  const { provider, jobs } = calls;
  for (let times = 1; ; times++) {
    const read = jobs.some(needsRead) ? await calls.read("read") : undefined;
    const since = performance.now();
    const waiting = jobs.filter(({ done }) => !done);
    const folded = fold(provider, waiting, read?.reading);
    tell(jobs, "merge", since);
    if (folded.kept.length === 0) return;
    const outcome = await prove(calls, folded);
    if (!("turnedAway" in outcome)) {
      for (const part of folded.kept) settle(calls, folded, outcome, read, part);
      return;
    }
    const ms = waitBefore(calls, outcome.turnedAway, times);
    if (ms === undefined) throw outcome.turnedAway;
    for (const job of jobs) job.sent = false;
    await calls.wait(ms);
    tell(jobs, "retry", performance.now());
  }
}

function lockFailed(provider: Provider, cause: unknown): ConvoError {
  const what = "The lock of the conversation could not be taken or kept";
  return new ConvoError({ provider: provider.name, kind: "conflict", what, retryable: true, cause });
}
