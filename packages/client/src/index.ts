export type { Reply } from "./attempt.ts";
export { type AnyClient, type Client, createClient } from "./client.ts";
export { ConvoError, type ErrorFacts, type ErrorKind, isConvoError, type ResponseHeaders } from "./errors.ts";
export type { CallEvent, ErrorEvent, Hooks, ResponseEvent, RetryEvent } from "./hooks.ts";
export type { Http } from "./http.ts";
export {
  type CallOptions,
  type ClientOptions,
  DEFAULTS,
  type Fetch,
  type FetchInit,
  type FetchResponse,
  type RetryMode,
} from "./options.ts";
export type { PageRequest } from "./page.ts";
export type { RequestInput, SendRoute } from "./request.ts";
export { variableOf } from "./target.ts";
export type { FieldLimits, Operation, OperationKind, PageRule, Vendor } from "./vendor.ts";
