import type { ConvoError } from "./errors.ts";
import type { OperationKind } from "./vendor.ts";

/** What every event says. It never holds a header, a query or a credential. */
export interface CallEvent {
  /** The vendor's name. */
  readonly provider: string;
  /** Verb and path template, `"POST /conversations/{conversation_id}"`. */
  readonly route: string;
  /** Whether the call reads, creates, updates or deletes. */
  readonly kind: OperationKind;
  /** The request's address without its query. */
  readonly url: string;
  /** 1 for the first attempt of a call; 0 where it failed before. */
  readonly attempt: number;
  /** Milliseconds since the call began. */
  readonly elapsedMs: number;
  /** Milliseconds of them spent waiting between attempts. */
  readonly waitedMs: number;
  /** Request body (`onRequest`) or response body (`onResponse`); only if the listener's `bodies` is true. */
  readonly body?: string;
}

/** The vendor answered, whatever the status. */
export interface ResponseEvent extends CallEvent {
  /** HTTP status. */
  readonly status: number;
  /** The vendor's id of the request, where it sends one. */
  readonly requestId?: string;
  /** Milliseconds from sending the request to the last byte of the response; of a stream, to its head. */
  readonly ms: number;
}

/** A call is about to wait and be sent again. */
export interface RetryEvent extends CallEvent {
  /** Why the attempt failed. */
  readonly error: ConvoError;
  /** Milliseconds until the next attempt. */
  readonly waitMs: number;
}

/** A call has failed for good, or a stream has broken off. */
export interface ErrorEvent extends CallEvent {
  /** What the call rejects with. */
  readonly error: ConvoError;
}

/** Methods that are called as a call proceeds. What they throw or reject with is ignored: a logger cannot break a call. */
export interface ClientListener {
  /** A request is about to be sent; called for every attempt. */
  onRequest?(event: CallEvent): unknown;
  /** The vendor answered, whatever the status. */
  onResponse?(event: ResponseEvent): unknown;
  /** The call waits, and is then sent again. */
  onRetry?(event: RetryEvent): unknown;
  /** The call has failed for good; not where it was ended by what a callback of the caller threw, as that may mean anything. */
  onError?(event: ErrorEvent): unknown;
  /** Put request and response bodies into this listener's events, credentials replaced. Default false. */
  readonly bodies?: boolean | undefined;
}

export type EventName = "onRequest" | "onResponse" | "onRetry" | "onError";
export type EventOf<Name extends EventName> = Parameters<NonNullable<ClientListener[Name]>>[0];
