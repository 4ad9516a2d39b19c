// Generated from specs/letta/openapi.yaml by `pnpm regen`. Do not edit: change the spec.
export { createLettaClient, type LettaClient } from "./client.ts";
export type { components, operations, paths } from "./schema.ts";
export { vendor } from "./vendor.ts";
