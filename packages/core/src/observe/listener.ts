import type { ClientListener, ErrorKind } from "@convo/client";

/** What a caller asked for. */
export interface OperationEvent {
  /** The method that was called. */
  readonly operation:
    | ("update" | "get" | "plan" | "exists" | "create" | "list" | "messages")
    | ("add_message" | "archive" | "unarchive" | "delete" | "erase" | "export" | "import");
  /** The vendor's name. */
  readonly provider: string;
  /** The conversation's id as the caller gave it; empty for `create`, `import` and `list`. */
  readonly id: string | number;
}

/** One step of an operation, reported when it is over. It holds no metadata, no other content and no secret. */
export interface StepEvent {
  /**
   * `lookup`: finding the id that the path takes. `queue`: waiting for earlier updates of the conversation. `lock`: waiting for the lock.
   * `read`, `merge`, `write`, and `verify`, the read after a write. `wait`: giving a slower writer or a failing vendor time. `retry`:
   * the write was lost and is sent again. Last of all the whole, under the operation's name.
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
 * Is told what happens: `observe: { onStep: console.log }`. Every method is optional; what it throws or rejects with is ignored.
 * The methods of `ClientListener` (`onRequest`, `onResponse`, `onRetry`, `onError`) receive the HTTP requests, so that one object
 * serves a client and core. `@convo/core/otel` makes one for OpenTelemetry.
 */
export interface Listener<Span = unknown> extends ClientListener {
  /** An operation begins; called at once, in the caller's own context. What it returns stands for the operation in the other calls. */
  onOperation?(operation: OperationEvent): Span;
  /** A step is over. `spans` are those of the operations it was for: updates of one conversation that wait for each other share one write. */
  onStep?(step: StepEvent, spans: readonly Span[]): unknown;
  /** Listens to the HTTP requests of one step. */
  forRequests?(spans: readonly Span[]): ClientListener;
  /** Runs the work of an operation: calls it at once, in the context that belongs to its span. */
  runInContext?(span: Span, work: () => Promise<unknown>): unknown;
}
