export { FAULT_KINDS, type Fault, type FaultKind } from "./engine/faults.ts";
export type { RequestRecord } from "./engine/log.ts";
export type { Doc, VendorName } from "./engine/types.ts";
export type { Account, SandboxOptions, SeedData } from "./options.ts";
export { createSandbox, type Sandbox } from "./sandbox.ts";
