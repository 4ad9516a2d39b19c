export type { ApiPromise, EventStream, ListPage, PagePromise, StreamPromise } from "./api-promise.ts";
export type { ApiResponse } from "./attempt.ts";
export type { Attempt } from "./call.ts";
export { type AnyClient, type Client, createClient } from "./client.ts";
export { readEnv, type Target } from "./endpoint.ts";
export {
  ConvoError,
  DOCS_URL,
  type ErrorDetails,
  type ErrorKind,
  isConvoError,
  type ResponseHeaders,
} from "./errors.ts";
export type { Http } from "./http.ts";
export type { HttpOptions } from "./http-options.ts";
export { type LogLevel, type LogSink, logger } from "./logger.ts";
export type { CallEvent, ClientListener, ErrorEvent, ResponseEvent, RetryEvent } from "./observe.ts";
export {
  type ApiKeyFunction,
  type AttemptEnd,
  type AttemptOutcome,
  type BodyReader,
  type CallOptions,
  type ClientOptions,
  DEFAULTS,
  type Fetch,
  type FetchInit,
  type FetchResponse,
  type HeadersInput,
  type RetryMode,
  type UpcomingAttempt,
} from "./options.ts";
export type { RateLimit } from "./rate-limit.ts";
export type { RequestInput, SendRoute } from "./request.ts";
export type { FieldLimits, Operation, OperationKind, PageRule, RateLimitHeaders, Vendor } from "./vendor.ts";
