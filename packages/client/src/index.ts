export { type AnyClient, type Client, createClient, type SendRoute } from "./client.ts";
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
  type Attempt,
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
export type { RequestInput } from "./request.ts";
export type { RateLimit } from "./response-headers.ts";
export type {
  ApiPromise,
  ApiResponse,
  EventStream,
  ListPage,
  PagePromise,
  StreamPromise,
} from "./results.ts";
export type { FieldLimits, Operation, OperationKind, PageRule, RateLimitHeaders, Vendor } from "./vendor.ts";
export type { WithMap } from "./with-map.ts";
