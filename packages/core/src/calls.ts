import { type CallOptions, ConvoError, isConvoError, type Reply, type RetryMode } from "@convo/client";
import { UpdateError } from "./errors.ts";
import { fromWire, type Reading } from "./from-wire.ts";
import type { Job } from "./job.ts";
import { isDocument, type Metadata } from "./metadata/index.ts";
import { pause } from "./pause.ts";
import type { Provider, Step } from "./provider.ts";

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
  /** When the last read began, on `performance.now()`'s clock; nothing is known that is newer than that. */
  readAt: number | undefined;
  /** Throws `ConvoError`, kind `bad_response` for an answer that cannot be trusted. */
  read(step: "read" | "verify"): Promise<Look & { readonly reading: Reading }>;
  /** Throws `ConvoError`, with `outcome: "unknown"` if the write may have been applied all the same. */
  write(body: Metadata): Promise<Look>;
  wait(ms: number): Promise<void>;
  /** Milliseconds until the deadline. */
  left(): number;
  tell(step: Step["step"], since: number): void;
}

/** How a provider's requests are addressed. */
export function pathOf({ path, data }: Provider, id: string | number): Record<string, string | number> {
  return { ...path, [data.id]: id };
}

/** The calls of one batch; its jobs tell who asks, until when, and with which options. */
export function createCalls(jobs: readonly Job[], signal: AbortSignal): Calls {
  const [{ provider, pathId: id, options }] = jobs as readonly [Job];
  const { client, data } = provider;
  const deadline = Math.max(...jobs.map((job) => job.deadline));
  const common = callOptions(options);
  const merges = jobs.some(({ wire }) => wire.metadata);

  async function send(step: Step["step"], route: string, body?: Metadata): Promise<Reply<unknown>> {
    const since = performance.now();
    const left = Math.ceil(calls.left());
    if (left <= 0 || signal.aborted) throw givenUp(calls);
    calls.requests += 1;
    const retry = body ? writeRetry(calls) : common.retry;
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
    readAt: undefined,
    async read(step) {
      calls.readAt = performance.now();
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
      await pause(Math.min(ms, Math.max(calls.left(), 0)), signal);
      calls.tell("wait", since);
    },
    left: () => deadline - performance.now(),
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

/**
 * How the client may repeat a write by itself. Core repeats one whose outcome is unknown after a look at what is there, and
 * one that was made from a read after a new read.
 */
function writeRetry({ provider, options, readAt }: Calls): RetryMode | undefined {
  if (readAt !== undefined) return "never";
  const mode = options.retry ?? provider.options.retry;
  return mode === "always" ? "safe" : mode;
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

function givenUp({ provider, id }: Calls): ConvoError {
  const what = `The update of conversation ${JSON.stringify(id)} was not done in time`;
  return new ConvoError({
    provider: provider.name,
    kind: "timeout",
    what,
    next: "Allow more time (deadlineMs).",
  });
}
