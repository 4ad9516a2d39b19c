import type { ApiResponse, CallOptions, ConvoError } from "@convo/client";
import { called, failure, type UpdateError } from "../errors.ts";
import type { Metadata } from "../metadata/json.ts";
import type { StepEvent } from "../observe/listener.ts";
import { heard, measured, tell, type Watched } from "../observe/operation.ts";
import type { Provider } from "../provider/provider.ts";
import type { HttpOptions } from "../types/update.ts";
import { toRequestBody } from "../wire/body.ts";
import { fromWire, type Reading, toConversation, type Use } from "../wire/from-wire.ts";
import { deadlineOf, type Job } from "./job.ts";
import { isOld } from "./timing.ts";

/** Reads in a row, where the first ones take so long that they are old when they come. */
const MAX_READS = 3;

/** The requests of one batch of updates: counted, within its deadline, and abandoned when no caller waits any more. */
export interface Calls {
  readonly provider: Provider;
  readonly id: string | number;
  readonly options: Job["options"];
  readonly jobs: readonly Job[];
  /** Aborted when no caller waits any more. */
  readonly signal: AbortSignal;
  /** The longest exchange so far, in milliseconds. */
  slowestMs: number;
  /** When the last read began, on `performance.now()`'s clock; nothing is known that is newer than that. */
  readAt: number | undefined;
  /** What it showed. */
  shown: Reading | undefined;
  /** Throws `ConvoError`, kind `bad_response` for an answer that cannot be trusted. */
  read(step: "read" | "verify"): Promise<Seen>;
  /** Throws `ConvoError`, with `outcome: "unknown"` if the write may have been applied all the same. */
  write(body: Metadata): Promise<Look>;
  wait(ms: number): Promise<void>;
  /** Milliseconds until the deadline. */
  left(): number;
}

/** The calls of one batch; its jobs tell who asks, until when, and with which options. */
export function createCalls(jobs: readonly Job[], { signal, writing }: Abandon): Calls {
  const [{ provider, pathId: id, options }] = jobs as readonly [Job];
  const deadline = Math.max(...jobs.map((job) => job.deadline));
  const common = callOptions(options);
  const merges = jobs.some(({ wire }) => wire.metadata);

  async function send(step: StepEvent["step"], use: Use, body?: Metadata): Promise<Look> {
    const since = performance.now();
    const left = Math.ceil(calls.left());
    if (left <= 0 || signal.aborted) throw givenUp(calls);
    const make = (options: CallOptions): Promise<Look> =>
      exchange(jobs, step, id, { ...common, ...options }, use, body);
    try {
      if (!body) return await make({ deadlineMs: left, signal });
      // Core repeats writes itself: after a look where the outcome is unknown, after a new read where they are made from one.
      const write = { retry: "never", deadlineMs: Math.min(left + GRACE_MS, 2 ** 31 - 1) } as const;
      return await writing(() => make({ ...write, signal }));
    } finally {
      calls.slowestMs = Math.max(calls.slowestMs, performance.now() - since);
    }
  }

  const calls: Calls = {
    provider,
    id,
    options,
    jobs,
    signal,
    slowestMs: 0,
    readAt: undefined,
    shown: undefined,
    async read(step) {
      for (let reads = 1; ; reads++) {
        calls.readAt = performance.now();
        const look = (await send(step, merges ? "merge" : "look")) as Seen;
        // Loaded where there is a number that may have lost digits, so that bundlers keep it apart.
        if (merges && /\d{16}/.test(look.reply.text))
          (await import("../wire/from-wire.ts")).checkExact(calls, look);
        calls.shown = look.reading;
        if (reads === MAX_READS || !isOld(calls)) return look;
      }
    },
    async write(body) {
      const { shown } = calls;
      await options.beforeWrite?.({ before: shown && toConversation(provider, id, shown), raw: shown?.body });
      for (const job of jobs) {
        job.sent = true;
        job.round += 1;
      }
      return send("write", "echo", toRequestBody(provider, body, calls.shown?.body));
    },
    async wait(ms) {
      const since = performance.now();
      await pause(Math.min(ms, Math.max(calls.left(), 0)), signal);
      tell(jobs, "wait", since);
    },
    left: () => deadline - performance.now(),
  };
  return calls;
}

/** The part of an update's options that every one of its HTTP calls gets. */
export const callOptions = ({
  headers,
  timeoutMs,
  maxRetries,
  retry,
  beforeAttempt,
}: CallOptions): CallOptions =>
  // The client takes an option that is undefined for one that is not given.
  ({ headers, timeoutMs, maxRetries, retry, beforeAttempt }) as CallOptions;

/** The same for a call that is not part of an update, which heeds the caller's own signal and deadline. */
export const httpOnly = ({ signal, deadlineMs, ...options }: CallOptions): CallOptions =>
  ({ ...callOptions(options), signal, deadlineMs }) as CallOptions;

function givenUp({ provider, id }: Calls): UpdateError {
  const what = `The update of ${called(id)} was not done in time`;
  return failure(provider, "timeout", what, "Allow more time (deadlineMs).");
}

/** How long a write that has left is given to be answered when no caller waits for it any more, in milliseconds. */
export const GRACE_MS = 2000;

/** Ends the requests of a batch when no caller waits for them any more. */
export interface Abandon {
  /** Of a batch whose write is out: aborted only when that has been answered, or its moment is over. */
  readonly signal: AbortSignal;
  /**
   * Makes a write. Once it has left it cannot be taken back, and is given a moment to be answered though nobody waits:
   * the next update of the conversation is made on top of it then, instead of being undone by it.
   */
  writing<T>(work: () => Promise<T>): Promise<T>;
}

/** What ends the requests of these jobs. */
export function abandoning(jobs: readonly Job[]): Abandon {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let out = false;
  const drop = (): void => {
    if (!jobs.every(({ done }) => done)) return;
    if (out) timer ??= setTimeout(() => controller.abort(), GRACE_MS);
    else controller.abort();
  };
  for (const job of jobs) job.onDrop = drop;
  return {
    signal: controller.signal,
    async writing(work) {
      out = true;
      try {
        return await work();
      } finally {
        out = false;
        clearTimeout(timer);
        drop();
      }
    },
  };
}

/** A vendor's answer; `reading` is there if it shows the conversation. */
export interface Look {
  readonly reply: ApiResponse<unknown>;
  readonly reading: Reading | undefined;
}

/** A look that shows the conversation, as every read does. */
export type Seen = Look & { readonly reading: Reading };

/** How a provider's requests are addressed. */
export function pathOf({ path, data }: Provider, id: string | number): Record<string, string | number> {
  return { ...path, [data.id]: id };
}

/**
 * Reads a conversation, or writes the body that is given, as a step of those it is for: counted, watched, told.
 * Throws `ConvoError`, kind `bad_response` for an answer that cannot be trusted.
 */
export function exchange(
  watched: readonly Watched[],
  step: StepEvent["step"],
  pathId: string | number,
  options: HttpOptions,
  use: Use,
  body?: Metadata,
): Promise<Look> {
  const { provider } = (watched as [Watched])[0];
  const { client, data } = provider;
  const input = { path: pathOf(provider, pathId), body };
  return measured(watched, step, async () => {
    const reply = await counted(watched, () =>
      client.request(body ? data.update : data.read, input, heard(watched, options)),
    );
    return { reply, reading: fromWire(provider, pathId, reply, use) };
  });
}

/** Makes one call and counts it, whether it fails or not, for all it is for. */
export async function counted<T extends { readonly httpRequests: number }>(
  watched: readonly Watched[],
  work: () => Promise<T>,
): Promise<T> {
  let attempts = 0;
  try {
    const done = await work();
    attempts = done.httpRequests;
    return done;
  } catch (error) {
    attempts = (error as Partial<ConvoError>).httpRequests ?? 0;
    throw error;
  } finally {
    for (const one of watched) {
      one.requests += 1;
      one.attempts += attempts;
    }
  }
}

/** Reads a conversation outside of any batch, in what is left of the operation's time. */
export const readOnce = (
  watched: Watched,
  pathId: string | number,
  options: HttpOptions,
  use: "look" | "merge",
): Promise<Seen> => {
  const left = Math.max(1, Math.ceil(deadlineOf(watched, options) - performance.now()));
  // A deadline that is none stays what it is: the client refuses it.
  const rest = { ...options, deadlineMs: Math.min(options.deadlineMs ?? left, left) };
  return exchange([watched], "read", pathId, rest, use) as Promise<Seen>;
};

/** A wait that ends early when nobody waits for it any more. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
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
