import { ConvoError } from "@convo/client";
import type { UpdateOptions, UpdateResult, WireChange } from "./changes.ts";
import type { Json } from "./metadata/json.ts";
import type { Watched } from "./observe.ts";

const DEFAULT_DEADLINE_MS = 300_000;

/** One caller's update on its way: what to change, and whom to tell. Settles once. */
export interface Job extends Watched {
  /** The id in the path, known once the job is queued. */
  pathId: string | number;
  readonly wire: WireChange;
  readonly options: UpdateOptions;
  /** When the caller wants an answer at the latest, on `performance.now()`'s clock. */
  readonly deadline: number;
  /** What must still be there for the change to be made (`apply`). */
  readonly expected: Json | undefined;
  /** Settled: its caller waits no more. */
  done: boolean;
  /** Its write may have left. */
  sent: boolean;
  /** Told when the caller gives up while the job is out. */
  onDrop: (() => void) | undefined;
  resolve(result: UpdateResult): void;
  reject(error: unknown): void;
}

/** Starts a job; `result` settles with it, also at once when the caller aborts or the deadline passes. */
export function createJob(
  watched: Watched,
  wire: WireChange,
  options: UpdateOptions,
  expected?: Json,
): { job: Job; result: Promise<UpdateResult> } {
  const { promise: result, resolve, reject } = deferred<UpdateResult>();
  const ms = options.deadlineMs ?? watched.provider.options.deadlineMs ?? DEFAULT_DEADLINE_MS;
  const { signal } = options;
  const finish = (tell: () => void): void => {
    tell();
    job.done = true;
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  };
  const drop = (error: ConvoError): void => {
    job.reject(error);
    job.onDrop?.();
  };
  const abort = (): void => drop(gaveUp(job, "aborted", "was aborted", signal?.reason));
  const timer = setTimeout(
    () => drop(gaveUp(job, "timeout", `was not done in time (deadlineMs: ${ms})`)),
    ms,
  );
  const job: Job = Object.assign(watched, {
    pathId: watched.id,
    wire,
    options,
    deadline: performance.now() + ms,
    expected,
    done: false,
    sent: false,
    onDrop: undefined,
    resolve: (value: UpdateResult) => finish(() => resolve(value)),
    reject: (error: unknown) => finish(() => reject(error)),
  });
  signal?.addEventListener("abort", abort);
  if (signal?.aborted) abort();
  return { job, result };
}

/** A caller that no longer waits. If its write may have left, the outcome is unknown to it. */
function gaveUp(job: Job, kind: "aborted" | "timeout", what: string, cause?: unknown): ConvoError {
  return new ConvoError({
    provider: job.provider.name,
    kind,
    what: `The update of conversation ${JSON.stringify(job.id)} ${what}`,
    next: job.sent ? "It may have been written: read before you send it again." : "Nothing of it was sent.",
    outcome: job.sent ? "unknown" : undefined,
    retryable: kind === "timeout",
    cause,
  });
}

function deferred<T>(): {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: unknown) => void;
} {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
