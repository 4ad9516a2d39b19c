// Generated from specs/openai/openapi.yaml by `pnpm regen`. Do not edit: change the spec.
export {
  type ApiPromise,
  type ApiResponse,
  type CallOptions,
  type ClientListener,
  type ClientOptions,
  ConvoError,
  type ErrorKind,
  type EventStream,
  type Fetch,
  isConvoError,
  type ListPage,
  logger,
  type PagePromise,
  type RateLimit,
  type StreamPromise,
  type WithMap,
} from "@convo/client";
export {
  type CreateConversationItemsOptions,
  createOpenAIClient,
  type GetConversationItemOptions,
  type ListConversationItemsOptions,
  type OpenAIClient,
} from "./client.ts";
export type { components, operations, paths } from "./schema.ts";
export type * from "./types.ts";
export { vendor } from "./vendor.ts";
