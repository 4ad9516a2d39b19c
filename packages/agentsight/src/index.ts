// Generated from specs/agentsight/openapi.yaml by `pnpm regen`. Do not edit: change the spec.
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
  type AgentSightClient,
  createAgentSightClient,
  type ListConversationMetadataValuesOptions,
  type ListConversationsOptions,
  type ListFeedbacksOptions,
  type LookupConversationOptions,
} from "./client.ts";
export type { components, operations, paths } from "./schema.ts";
export type * from "./types.ts";
export { vendor } from "./vendor.ts";
