import type { ConvoError } from "./errors.ts";
import type { OperationKind } from "./vendor.ts";

/** What every event says. It never holds a header, a query or a credential. */
export interface CallEvent {
  readonly provider: string;
  /** Verb and path template, `"POST /conversations/{conversation_id}"`. */
  readonly route: string;
  readonly kind: OperationKind;
  /** The request's address without its query. */
  readonly url: string;
  /** 1 for the first request of a call. */
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
  readonly status: number;
  readonly requestId?: string;
  /** Milliseconds from sending the request to the last byte of the response. */
  readonly ms: number;
}

/** A call is about to wait and be sent again. */
export interface RetryEvent extends CallEvent {
  readonly error: ConvoError;
  /** Milliseconds until the next attempt. */
  readonly waitMs: number;
}

/** A call has failed for good. */
export interface ErrorEvent extends CallEvent {
  readonly error: ConvoError;
}

/** Methods that are called as a call proceeds. What they throw or reject with is ignored: a logger cannot break a call. */
export interface ClientListener {
  onRequest?(event: CallEvent): unknown;
  onResponse?(event: ResponseEvent): unknown;
  onRetry?(event: RetryEvent): unknown;
  onError?(event: ErrorEvent): unknown;
  /** Put request and response bodies into this listener's events, credentials replaced. Default false. */
  readonly bodies?: boolean | undefined;
}

export type EventName = "onRequest" | "onResponse" | "onRetry" | "onError";
export type EventOf<Name extends EventName> = Parameters<NonNullable<ClientListener[Name]>>[0];
