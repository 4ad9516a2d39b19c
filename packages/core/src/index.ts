export type { AgentSightClient } from "@convo/agentsight";
export type { ChatDashClient } from "@convo/chatdash";
export { ConvoError, type ErrorKind, logger } from "@convo/client";
export type { DatagridClient } from "@convo/datagrid";
export type { LettaClient } from "@convo/letta";
export type { OpenAIClient } from "@convo/openai";
export type { AllLine, AllProviders, AllUpdateOptions, IdsIn } from "./all.ts";
export type { BulkOptions, BulkProgress, BulkResult, BulkRun } from "./bulk/bulk.ts";
export { type JournalStore, memoryJournal } from "./bulk/journal.ts";
export type { LimiterState } from "./bulk/limiter.ts";
export type { BulkLine } from "./bulk/targets.ts";
export type { RestoredValue, UndoOptions, UndoResult } from "./bulk/undo.ts";
export { type Convo, type ConvoOptions, createConvo } from "./convo.ts";
export {
  type ConversationError,
  type ConversationFacts,
  isConvoError,
  PartialError,
  type Settled,
} from "./errors.ts";
export type { Handle } from "./handle.ts";
export * from "./metadata/index.ts";
export type { Listener, OperationEvent, StepEvent } from "./observe/listener.ts";
export { defineProvider, type ProviderFactory, type ShapeMadeBy } from "./provider/define.ts";
export type { Lock, Provider, ProviderOptions, Providers } from "./provider/provider.ts";
export type { Envelope, Homonym, LookupRules, MetadataRules, ProviderData } from "./provider/record.ts";
export * from "./providers/index.ts";
export type { CommonField, CommonFields, Conversation, Warning } from "./types/conversation.ts";
export type { EraseEntry, EraseOptions, EraseOutcome, EraseReceipt } from "./types/erase.ts";
export type { Plan } from "./types/plan.ts";
export type { Finding, ProbeReport, ScratchConversation } from "./types/probe.ts";
export type { SchemaIssue, StandardSchema } from "./types/schema.ts";
export type {
  AdaptedShape,
  Changes,
  RecordShape,
  RecordTypes,
  Shape,
  UnderSchema,
  VendorClient,
  VendorShape,
} from "./types/shape.ts";
export type { ExportDocument, ImportResult, NotCarried } from "./types/transfer.ts";
export type {
  GetResult,
  HttpOptions,
  Merge,
  Unsupported,
  UpdateOptions,
  UpdateResult,
  VerifyOptions,
} from "./types/update.ts";
export type {
  AddMessageResult,
  ArchiveResult,
  CreateResult,
  DeleteResult,
  ListedConversation,
  ListFilter,
  ListOptions,
  Message,
  MessageRole,
  MessagesOptions,
  NewMessage,
  Page,
  PagedList,
  VerbResult,
} from "./types/verbs.ts";
export type {
  AddMessageVerb,
  ArchiveVerb,
  CreateChanges,
  CreateOptions,
  CreateVerb,
  DeleteVerb,
  ImportVerb,
  ListVerb,
  MessagesVerb,
  VerbHandle,
} from "./verbs.ts";
