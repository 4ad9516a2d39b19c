// Generated from specs/datagrid/openapi.yaml by `pnpm regen`. Do not edit: change the spec.
export { createDatagridClient, type DatagridClient } from "./client.ts";
export type { components, operations, paths } from "./schema.ts";
export { vendor } from "./vendor.ts";
