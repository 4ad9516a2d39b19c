export { FAULT_KINDS, type Fault, type FaultKind } from "./engine/faults.ts";
export type { RequestRecord } from "./engine/log.ts";
export type { Account, Doc, SandboxOptions, SeedData, VendorName } from "./engine/types.ts";
export { createSandbox, type Sandbox } from "./sandbox.ts";
