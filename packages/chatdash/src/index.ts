// Generated from specs/chatdash/openapi.yaml by `pnpm regen`. Do not edit: change the spec.
export { type ChatDashClient, createChatDashClient } from "./client.ts";
export type { components, operations, paths } from "./schema.ts";
export { vendor } from "./vendor.ts";
