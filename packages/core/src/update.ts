import { type CallOptions, ConvoError, isConvoError, type Reply } from "@convo/client";
import { UpdateError } from "./errors.ts";
import { fold, needsRead } from "./fold.ts";
import { fromWire, type Reading } from "./from-wire.ts";
import type { Job } from "./job.ts";
import { isDocument, type Metadata } from "./metadata/index.ts";
import { prove } from "./prove.ts";
import type { Provider, Step } from "./provider.ts";
import { settle } from "./result.ts";

/** A vendor's answer; `reading` is there if it shows the conversation. */
export interface Look {
  readonly reply: Reply<unknown>;
  readonly reading: Reading | undefined;
}

/** The requests of one batch of updates: counted, within its deadline, and abandoned when no caller waits any more. */
export interface Calls {
  readonly provider: Provider;
  readonly id: string | number;
  readonly options: Job["options"];
  readonly jobs: readonly Job[];
  requests: number;
  attempts: number;
  /** The longest exchange so far, in milliseconds. */
  slowestMs: number;
  /** Throws `ConvoError`, kind `bad_response` for an answer that cannot be trusted. */
  read(step: "read" | "verify"): Promise<Look & { readonly reading: Reading }>;
  /** Throws `ConvoError`, with `outcome: "unknown"` if the write may have been applied all the same. */
  write(body: Metadata): Promise<Look>;
  wait(ms: number): Promise<void>;
  tell(step: Step["step"], since: number): void;
}

/** Runs one batch of updates of one conversation, from read to proof. Never rejects: it settles every job. */
export async function runBatch(jobs: readonly Job[]): Promise<void> {
  const [{ provider, pathId }] = jobs as readonly [Job];
  const controller = new AbortController();
  for (const job of jobs) job.onDrop = () => void (jobs.every(({ done }) => done) && controller.abort());
  const calls = createCalls(jobs, controller.signal);
  const { lock } = provider.options;
  try {
    const work = (): Promise<void> => updateOnce(calls);
    await (lock ? lock.withLock(JSON.stringify([provider.scope, pathId]), work, controller.signal) : work());
  } catch (error) {
    const refusal =
      isConvoError(error) && error.status && (error.kind === "invalid" || error.kind === "limit");
    // The vendor refused the whole: who is to blame shows when each goes alone.
    if (refusal && jobs.length > 1) for (const job of jobs) await (job.done || runBatch([job]));
    else
      for (const job of jobs) job.reject(lock && !isConvoError(error) ? lockFailed(provider, error) : error);
  }
}

async function updateOnce(calls: Calls): Promise<void> {
  const { provider, jobs } = calls;
  const read = jobs.some(needsRead) ? await calls.read("read") : undefined;
  const since = performance.now();
  const waiting = jobs.filter(({ done }) => !done);
  const folded = fold(provider, waiting, read?.reading);
  calls.tell("merge", since);
  if (folded.kept.length === 0) return;
  const outcome = await prove(calls, folded);
  for (const part of folded.kept) settle(calls, folded, outcome, read, part);
}

/** How a provider's requests are addressed. */
export function pathOf({ path, data }: Provider, id: string | number): Record<string, string | number> {
  return { ...path, [data.id]: id };
}

function createCalls(jobs: readonly Job[], signal: AbortSignal): Calls {
  const [{ provider, pathId: id, options }] = jobs as readonly [Job];
  const { client, data } = provider;
  const deadline = Math.max(...jobs.map((job) => job.deadline));
  const common = callOptions(options);
  const merges = jobs.some(({ wire }) => wire.metadata);

  async function send(step: Step["step"], route: string, body?: Metadata): Promise<Reply<unknown>> {
    const since = performance.now();
    const left = Math.ceil(deadline - since);
    if (left <= 0 || signal.aborted) throw givenUp(calls);
    calls.requests += 1;
    // Core itself repeats a write whose outcome is unknown, after a look at what is there; the client must not.
    const retry = body && common.retry === "always" ? ("safe" as const) : common.retry;
    const sending: CallOptions = { ...common, ...(retry && { retry }), deadlineMs: left, signal };
    try {
      const reply = await client.request(
        route,
        { path: pathOf(provider, id), ...(body && { body }) },
        sending,
      );
      calls.attempts += reply.attempts;
      return reply;
    } catch (error) {
      calls.attempts += (isConvoError(error) && error.attempts) || 0;
      throw error;
    } finally {
      calls.slowestMs = Math.max(calls.slowestMs, performance.now() - since);
      calls.tell(step, since);
    }
  }

  const calls: Calls = {
    provider,
    id,
    options,
    jobs,
    requests: 0,
    attempts: 0,
    slowestMs: 0,
    async read(step) {
      const reply = await send(step, data.read);
      return { reply, reading: fromWire(provider, id, reply, merges ? "merge" : "look") };
    },
    async write(body) {
      for (const job of jobs) job.sent = true;
      const reply = await send("write", data.update, body);
      if (data.echo) return { reply, reading: fromWire(provider, id, reply, "echo") };
      if (isDocument(reply.data)) return { reply, reading: undefined };
      throw new UpdateError({
        provider: provider.name,
        kind: "bad_response",
        what: `${data.update} was not answered with an object`,
        next: "Read the conversation before writing again.",
        outcome: "unknown",
        status: reply.status,
      });
    },
    async wait(ms) {
      const since = performance.now();
      await pause(Math.min(ms, Math.max(deadline - since, 0)), signal);
      calls.tell("wait", since);
    },
    tell(step, since) {
      const event = {
        step,
        provider: provider.name,
        id,
        ms: performance.now() - since,
        callers: jobs.length,
      };
      try {
        provider.options.steps?.(event);
      } catch {
        // A listener cannot break an update.
      }
    },
  };
  return calls;
}

/** The part of an update's options that every one of its HTTP calls gets. */
export function callOptions({ headers, timeoutMs, maxRetries, retry }: CallOptions): CallOptions {
  return {
    ...(headers && { headers }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(maxRetries !== undefined && { maxRetries }),
    ...(retry && { retry }),
  };
}

/** A wait that ends early when nobody waits for it any more. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}

function givenUp({ provider, id }: Calls): ConvoError {
  const what = `The update of conversation ${JSON.stringify(id)} was not done in time`;
  return new ConvoError({
    provider: provider.name,
    kind: "timeout",
    what,
    next: "Allow more time (deadlineMs).",
  });
}

function lockFailed(provider: Provider, cause: unknown): ConvoError {
  const what = "The lock of the conversation could not be taken or kept";
  return new ConvoError({ provider: provider.name, kind: "conflict", what, retryable: true, cause });
}
