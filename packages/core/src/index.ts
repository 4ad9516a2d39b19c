export { ConvoError, type ErrorKind, isConvoError } from "@convo/client";
export type { AllLine, AllUpdateOptions } from "./all.ts";
export type { BulkOptions, BulkProgress, BulkResult, BulkRun } from "./bulk/bulk.ts";
export { type JournalStore, memoryJournal } from "./bulk/journal.ts";
export type { LimiterState } from "./bulk/limiter.ts";
export type { BulkLine } from "./bulk/targets.ts";
export type { UndoResult } from "./bulk/undo.ts";
export {
  type Convo,
  type ConvoOptions,
  createConvo,
  type Handle,
  type Providers,
} from "./convo.ts";
export { PartialError, type Settled, UpdateError, type Violation } from "./errors.ts";
export * from "./metadata/index.ts";
export type { Listener, OperationEvent, StepEvent } from "./observe/listener.ts";
export type { Plan } from "./plan.ts";
export { defineProvider, type ProviderFactory } from "./provider/define.ts";
export type { Lock, Provider, ProviderOptions } from "./provider/provider.ts";
export type {
  Envelope,
  Homonym,
  LookupRules,
  MetadataRules,
  ProviderData,
  VendorClient,
} from "./provider/record.ts";
export * from "./providers/index.ts";
export type { CommonField, CommonFields, Conversation, Warning } from "./types/conversation.ts";
export type { SchemaIssue, StandardSchema } from "./types/schema.ts";
export type { Changes, Merge, Shape, Unsupported } from "./types/shape.ts";
export type { GetResult, UpdateOptions, UpdateResult, VerifyOptions } from "./types/update.ts";
