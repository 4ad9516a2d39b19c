// Generated from specs/openai/openapi.yaml by `pnpm regen`. Do not edit: change the spec.
export { createOpenAIClient, type OpenAIClient } from "./client.ts";
export type { components, operations, paths } from "./schema.ts";
export { vendor } from "./vendor.ts";
