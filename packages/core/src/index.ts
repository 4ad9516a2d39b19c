export { ConvoError, type ErrorKind, isConvoError } from "@convo/client";
export type { UpdateOptions, UpdateResult } from "./changes.ts";
export type { CommonField, CommonFields, Conversation, Warning } from "./conversation.ts";
export {
  type Convo,
  type ConvoOptions,
  createConvo,
  type GetResult,
  type Handle,
  type Providers,
} from "./convo.ts";
export { defineProvider, type ProviderFactory } from "./define-provider.ts";
export { type Refusal, UpdateError } from "./errors.ts";
export * from "./metadata/index.ts";
export type { Observer, Operation, Step } from "./observer.ts";
export { PartialError, type Settled } from "./partial-error.ts";
export type { Plan } from "./plan.ts";
export type { Lock, Provider, ProviderOptions } from "./provider.ts";
export type {
  LookupRules,
  MetadataRules,
  OtherMeaning,
  ProviderData,
  VendorClient,
} from "./provider-data.ts";
export * from "./providers/index.ts";
export type { SchemaIssue, StandardSchema } from "./schema.ts";
export type { Merge } from "./schema-types.ts";
export type { SeveralOptions } from "./several.ts";
export type { Changes, Shape, Unsupported } from "./shape.ts";
