import { DEFAULTS } from "@convo/client";
import { called, failure, READ_FIRST, type UpdateError } from "../errors.ts";
import type { Json } from "../metadata/json.ts";
import type { Watched } from "../observe/operation.ts";
import type { HttpOptions, UpdateOptions, UpdateResult } from "../types/update.ts";
import type { WireChange } from "../wire/change.ts";

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
  const { signal } = options;
  const deadline = deadlineOf(watched, options);
  let job!: Job;
  const result = new Promise<UpdateResult>((resolve, reject) => {
    const finish =
      <T>(tell: (value: T) => void) =>
      (value: T): void => {
        tell(value);
        job.done = true;
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
      };
    const drop = (kind: "aborted" | "timeout", what: string): void => {
      job.reject(gaveUp(job, kind, what));
      job.onDrop?.();
    };
    const abort = (): void => drop("aborted", "was aborted");
    const timer = setTimeout(
      () => drop("timeout", `was not done in time (deadlineMs: ${Math.round(deadline - watched.begun)})`),
      deadline - performance.now(),
    );
    job = Object.assign(watched, {
      pathId: watched.id,
      wire,
      options,
      deadline,
      expected,
      done: false,
      sent: false,
      onDrop: undefined,
      resolve: finish(resolve),
      reject: finish(reject),
    });
    signal?.addEventListener("abort", abort);
    if (signal?.aborted) abort();
  });
  return { job, result };
}

/** When an operation's caller wants an answer at the latest, on `performance.now()`'s clock. */
export function deadlineOf({ provider, begun }: Watched, { deadlineMs }: HttpOptions): number {
  return begun + (deadlineMs ?? provider.options.deadlineMs ?? DEFAULTS.deadlineMs);
}

/** A caller that no longer waits. If its write may have left, the outcome is unknown to it. */
function gaveUp(job: Job, kind: "aborted" | "timeout", what: string): UpdateError {
  const { provider, id, sent, options } = job;
  return failure(
    provider,
    kind,
    `The update of ${called(id)} ${what}`,
    sent ? READ_FIRST : "Nothing of it was sent.",
    { outcome: sent ? "unknown" : undefined, cause: kind === "aborted" ? options.signal?.reason : undefined },
  );
}
