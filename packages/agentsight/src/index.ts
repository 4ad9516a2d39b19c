// Generated from specs/agentsight/openapi.yaml by `pnpm regen`. Do not edit: change the spec.
export { type AgentSightClient, createAgentSightClient } from "./client.ts";
export type { components, operations, paths } from "./schema.ts";
export { vendor } from "./vendor.ts";
