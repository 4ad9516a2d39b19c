// Compiled, never run: what a vendor of your own, a lock and an observer of @convo/core look like.
import {
  type AdaptedShape,
  type CommonField,
  defineProvider,
  type Envelope,
  type Homonym,
  type Listener,
  type Lock,
  type LookupRules,
  type MetadataRules,
  type OpenAIShape,
  type OperationEvent,
  openai,
  type Provider,
  type ProviderData,
  type ProviderFactory,
  type ProviderOptions,
  type RecordShape,
  type RecordTypes,
  type ShapeMadeBy,
  type StandardSchema,
  type StepEvent,
  type UnderSchema,
  type VendorClient,
  type VendorShape,
} from "@convo/core";
import { createOpenAIClient, type paths } from "@convo/openai";
import { expectTypeOf } from "expect-type";

const own = defineProvider<paths>()({
  client: createOpenAIClient,
  read: "GET /conversations/{conversation_id}",
  update: "POST /conversations/{conversation_id}",
  id: "conversation_id",
  idField: "id",
  returnsConversation: true,
  fields: { name: null, summary: null, marked: null, customerId: null, device: null, language: null },
  metadata: { field: "metadata", write: "unknown", values: "string" },
  timestamps: { createdAt: "created_at", updatedAt: null },
});
expectTypeOf(own.data).toEqualTypeOf<ProviderData>();
expectTypeOf(own()).toMatchTypeOf<Provider>();
type Client = ReturnType<typeof createOpenAIClient>;
expectTypeOf<Client>().toMatchTypeOf<VendorClient>();
type Route<Verb extends string> = `${Verb} /conversations/{conversation_id}`;
interface OwnShape extends ShapeMadeBy<typeof own> {}
expectTypeOf<OwnShape>().toMatchTypeOf<RecordShape>();
expectTypeOf<typeof openai>().toEqualTypeOf<ProviderFactory<OpenAIShape>>();
expectTypeOf<OpenAIShape["record"]>().toMatchTypeOf<RecordTypes>();
expectTypeOf<OpenAIShape["record"]["update"]>().toEqualTypeOf<Route<"POST">>();
expectTypeOf<VendorShape<OpenAIShape["record"]>["id"]>().toEqualTypeOf<string>();
const encoded = openai({ encode: true });
expectTypeOf(encoded).toEqualTypeOf<
  Provider<AdaptedShape<OpenAIShape, Record<never, never>, true, undefined>>
>();
expectTypeOf<UnderSchema<OpenAIShape, StandardSchema>["raw"]>().toEqualTypeOf<OpenAIShape["raw"]>();
expectTypeOf(openai).parameter(0).toMatchTypeOf<ProviderOptions | undefined>();
expectTypeOf<ProviderOptions["lock"]>().toEqualTypeOf<Lock | undefined>();
expectTypeOf<ProviderOptions["observe"]>().toEqualTypeOf<Listener | undefined>();

expectTypeOf<ProviderData["fields"]>().toEqualTypeOf<
  Readonly<Record<CommonField, string | null | Homonym>>
>();
expectTypeOf<ProviderData["metadata"]>().toEqualTypeOf<null | MetadataRules | Homonym>();
expectTypeOf<ProviderData["lookup"]>().toEqualTypeOf<LookupRules | undefined>();
expectTypeOf<ProviderData["envelope"]>().toEqualTypeOf<Envelope | undefined>();
expectTypeOf<Homonym<"name">["homonym"]>().toEqualTypeOf<"name">();
expectTypeOf<MetadataRules["write"]>().toEqualTypeOf<"replace" | "merge" | "patch" | "unknown">();
expectTypeOf<VendorClient["request"]>().parameter(0).toEqualTypeOf<string>();

const lock: Lock = { withLock: (_key, work) => work() };
expectTypeOf(lock.withLock<number>).returns.resolves.toEqualTypeOf<number>();
expectTypeOf<Parameters<Lock["withLock"]>[2]>().toEqualTypeOf<AbortSignal | undefined>();

const observe: Listener<Date> = {
  onOperation: () => new Date(),
  onStep: (_step, [first]) => first?.getTime(),
};
expectTypeOf(observe.onOperation).toEqualTypeOf<((operation: OperationEvent) => Date) | undefined>();
expectTypeOf<Parameters<NonNullable<Listener["onStep"]>>[0]>().toEqualTypeOf<StepEvent>();
expectTypeOf<OperationEvent["operation"]>().toEqualTypeOf<
  | ("update" | "get" | "plan" | "exists" | "create" | "list" | "messages")
  | ("add_message" | "archive" | "unarchive" | "delete" | "erase" | "export" | "import")
>();
expectTypeOf<"read" | "write" | "verify">().toMatchTypeOf<StepEvent["step"]>();
expectTypeOf<StepEvent["outcome"]>().toEqualTypeOf<"ok" | "error" | "unknown">();
