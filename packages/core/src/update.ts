import { isConvoError } from "@convo/client";
import { abandoning } from "./abandon.ts";
import { type Calls, createCalls } from "./calls.ts";
import { type Folded, fold, mustRead } from "./fold.ts";
import type { Job } from "./job.ts";
import { tell, within } from "./observe.ts";
import { prove } from "./prove.ts";
import { settle, whatIsKnown } from "./result.ts";
import { parse } from "./schema.ts";
import { waitBefore } from "./turned-away.ts";
import { underLock } from "./under-lock.ts";

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
