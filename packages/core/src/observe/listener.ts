import type { ClientListener, ErrorKind } from "@convo/client";

/** What a caller asked for. */
export interface OperationEvent {
  readonly operation: "update" | "get" | "plan";
  /** The vendor's name. */
  readonly provider: string;
  /** The conversation's id as the caller gave it. */
  readonly id: string | number;
}

/** One step of an operation, told when it is over. It holds no metadata, no other content and no secret. */
export interface StepEvent {
  /**
   * `lookup`: finding the id that the path takes. `queue`: waiting for earlier updates of the conversation. `lock`: waiting for the lock.
   * `read`, `merge`, `write`, and `verify`, the read after a write. `wait`: letting a slower writer or a failing vendor be done. `retry`:
   * the write was lost and is made anew. Last of all the whole: `update`, `get`, `plan`.
   */
  readonly step:
    | ("lookup" | "queue" | "lock" | "read" | "merge" | "write" | "verify" | "wait" | "retry")
    | OperationEvent["operation"];
  /** The vendor's name. */
  readonly provider: string;
  /** The id as the caller gave it, the first of those who share the step. */
  readonly id: string | number;
  /** How long it took, in milliseconds. */
  readonly ms: number;
  /** How many callers' changes it was for. */
  readonly callers: number;
  /** Writes so far, its own included: 0 up to the first, then 1; more after a `retry`. */
  readonly round: number;
  /** HTTP requests that were started for it, retries included. */
  readonly httpRequests: number;
  /** `unknown`: the write may have been applied or not. */
  readonly outcome: "ok" | "error" | "unknown";
  /** What went wrong, if it was a `ConvoError`. */
  readonly error?: ErrorKind;
}

/**
 * Watches what is done: `observe: { step: console.log }`. All of it is optional; what it throws or rejects with is ignored.
 * `@convo/core/otel` makes one for OpenTelemetry.
 */
export interface Listener<Watch = unknown> {
  /** An operation begins; called at once, in the caller's own context. What it returns stands for the operation in the other calls. */
  start?(operation: OperationEvent): Watch;
  /** A step is over. `watches` are those it was for: updates of one conversation that wait for each other share one write. */
  step?(step: StepEvent, watches: readonly Watch[]): unknown;
  /** Listeners to the HTTP requests of one step, besides the client's own. */
  hooks?(watches: readonly Watch[]): ClientListener;
  /** Surrounds the work: calls it at once, in the context that belongs to these. */
  run?(watches: readonly Watch[], work: () => Promise<unknown>): unknown;
}
