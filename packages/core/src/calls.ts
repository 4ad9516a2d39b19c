import type { CallOptions } from "@convo/client";
import { type Abandon, GRACE_MS } from "./abandon.ts";
import { called, failure, type UpdateError } from "./errors.ts";
import { exchange, type Look, type Seen } from "./exchange.ts";
import type { Reading, Use } from "./from-wire.ts";
import type { Job } from "./job.ts";
import type { Metadata } from "./metadata/index.ts";
import { tell } from "./observe.ts";
import type { Step } from "./observer.ts";
import { pause } from "./pause.ts";
import type { Provider } from "./provider.ts";
import { isOld } from "./settling.ts";

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

  async function send(step: Step["step"], use: Use, body?: Metadata): Promise<Look> {
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
        if (merges && /\d{16}/.test(look.reply.text)) (await import("./exact.ts")).checkExact(calls, look);
        calls.shown = look.reading;
        if (reads === MAX_READS || !isOld(calls)) return look;
      }
    },
    write(body) {
      for (const job of jobs) {
        job.sent = true;
        job.round += 1;
      }
      return send("write", "echo", body);
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
export const callOptions = ({ headers, timeoutMs, maxRetries, retry }: CallOptions): CallOptions =>
  // The client takes an option that is undefined for one that is not given.
  ({ headers, timeoutMs, maxRetries, retry }) as CallOptions;

/** The same for a call that is not part of an update, which heeds the caller's own signal and deadline. */
export const httpOnly = ({ signal, deadlineMs, ...options }: CallOptions): CallOptions =>
  ({ ...callOptions(options), signal, deadlineMs }) as CallOptions;

function givenUp({ provider, id }: Calls): UpdateError {
  const what = `The update of ${called(id)} was not done in time`;
  return failure(provider, "timeout", what, "Allow more time (deadlineMs).");
}
