// Compiled, never run: what a vendor of one's own, a lock and an observer of @convo/core look like.
import {
  type CommonField,
  defineProvider,
  type Lock,
  type LookupRules,
  type MetadataRules,
  type Observer,
  type Operation,
  type OtherMeaning,
  openai,
  type Provider,
  type ProviderData,
  type ProviderFactory,
  type ProviderOptions,
  type Step,
  type VendorClient,
} from "@convo/core";
import { createOpenAIClient, type paths } from "@convo/openai";
import { expectTypeOf } from "expect-type";

const own = defineProvider<paths>()({
  client: createOpenAIClient,
  read: "GET /conversations/{conversation_id}",
  update: "POST /conversations/{conversation_id}",
  id: "conversation_id",
  self: "id",
  echo: true,
  fields: { name: null, summary: null, marked: null, customerId: null, device: null, language: null },
  metadata: { field: "metadata", write: "unknown", values: "string" },
  times: { createdAt: "created_at", updatedAt: null },
});
expectTypeOf(own.data).toEqualTypeOf<ProviderData>();
expectTypeOf(own()).toMatchTypeOf<Provider>();
type Client = ReturnType<typeof createOpenAIClient>;
expectTypeOf<Client>().toMatchTypeOf<VendorClient>();
type Route<Verb extends string> = `${Verb} /conversations/{conversation_id}`;
type Rules = { readonly field: "metadata"; readonly write: "unknown"; readonly values: "string" };
type Nothing = { readonly [K in CommonField]: null };
type Factory = ProviderFactory<
  paths,
  Client,
  Route<"GET">,
  Route<"POST">,
  "conversation_id",
  Nothing,
  Rules,
  never
>;
expectTypeOf<typeof openai>().toMatchTypeOf<Factory>();
expectTypeOf<typeof own>().toMatchTypeOf<Factory>();
expectTypeOf(openai).parameter(0).toMatchTypeOf<ProviderOptions | undefined>();
expectTypeOf<ProviderOptions["lock"]>().toEqualTypeOf<Lock | undefined>();
expectTypeOf<ProviderOptions["observe"]>().toEqualTypeOf<Observer | undefined>();

expectTypeOf<ProviderData["fields"]>().toEqualTypeOf<
  Readonly<Record<CommonField, string | null | OtherMeaning>>
>();
expectTypeOf<ProviderData["metadata"]>().toEqualTypeOf<null | MetadataRules | OtherMeaning>();
expectTypeOf<ProviderData["lookup"]>().toEqualTypeOf<LookupRules | undefined>();
expectTypeOf<OtherMeaning<"name">["otherMeaning"]>().toEqualTypeOf<"name">();
expectTypeOf<MetadataRules["write"]>().toEqualTypeOf<"replace" | "merge" | "unknown">();
expectTypeOf<VendorClient["request"]>().parameter(0).toEqualTypeOf<string>();

const lock: Lock = { withLock: (_key, work) => work() };
expectTypeOf(lock.withLock<number>).returns.resolves.toEqualTypeOf<number>();
expectTypeOf<Parameters<Lock["withLock"]>[2]>().toEqualTypeOf<AbortSignal | undefined>();

const observe: Observer<Date> = { start: () => new Date(), step: (_step, [first]) => first?.getTime() };
expectTypeOf(observe.start).toEqualTypeOf<((operation: Operation) => Date) | undefined>();
expectTypeOf<Parameters<NonNullable<Observer["step"]>>[0]>().toEqualTypeOf<Step>();
expectTypeOf<Operation["operation"]>().toEqualTypeOf<"update" | "get" | "plan">();
expectTypeOf<"read" | "write" | "verify">().toMatchTypeOf<Step["step"]>();
expectTypeOf<Step["outcome"]>().toEqualTypeOf<"ok" | "error" | "unknown">();
