// Compiled, never run: what @convo/core's `update`, `get`, `plan` and `apply` take and give.
import {
  type AgentSightShape,
  type AllProviders,
  type AllUpdateOptions,
  agentsight,
  type Changes,
  type ChatDashShape,
  type CommonField,
  type CommonFields,
  type Conversation,
  type ConversationError,
  type ConversationFacts,
  type Convo,
  ConvoError,
  type ConvoOptions,
  chatdash,
  createConvo,
  type DatagridShape,
  datagrid,
  type ErrorKind,
  type GetResult,
  type Handle,
  type HttpOptions,
  type IdsIn,
  isConvoError,
  type LettaShape,
  type Listener,
  letta,
  logger,
  type Metadata,
  type MetadataDiff,
  type OpenAIShape,
  openai,
  PartialError,
  type Plan,
  type Provider,
  type Providers,
  type RecordShape,
  type Settled,
  type Shape,
  type Unsupported,
  type UpdateOptions,
  type UpdateResult,
  type VerbHandle,
  type VerifyOptions,
  type Violation,
  type Warning,
} from "@convo/core";
import { expectTypeOf } from "expect-type";

const providers = {
  openai: openai(),
  letta: letta(),
  datagrid: datagrid(),
  chatdash: chatdash({ agentId: "a1" }),
  agentsight: agentsight(),
};
const convo = createConvo(providers);
expectTypeOf(convo).toEqualTypeOf<Convo<typeof providers>>();
expectTypeOf<typeof providers>().toMatchTypeOf<Providers>();
expectTypeOf(createConvo).parameter(1).toEqualTypeOf<ConvoOptions | undefined>();

type ShapeOf<P> = P extends Provider<infer S> ? S : never;
type OpenAI = ShapeOf<typeof providers.openai>;
expectTypeOf<OpenAI>().toEqualTypeOf<OpenAIShape>();
expectTypeOf(providers.letta).toEqualTypeOf<Provider<LettaShape>>();
expectTypeOf(providers.datagrid).toEqualTypeOf<Provider<DatagridShape>>();
expectTypeOf(providers.chatdash).toEqualTypeOf<Provider<ChatDashShape>>();
expectTypeOf(providers.agentsight).toEqualTypeOf<Provider<AgentSightShape>>();
expectTypeOf<OpenAI>().toMatchTypeOf<RecordShape>();
expectTypeOf<OpenAI>().toMatchTypeOf<Shape>();
expectTypeOf(convo.all).toEqualTypeOf<AllProviders<typeof providers>>();
expectTypeOf<IdsIn<{ o: Provider<OpenAIShape> }>["o"]>().toEqualTypeOf<
  string | readonly string[] | undefined
>();
expectTypeOf(convo.openai).toEqualTypeOf<Handle<OpenAI> & VerbHandle<OpenAI>>();
expectTypeOf(convo.openai.get).parameter(0).toEqualTypeOf<string>();
expectTypeOf(convo.agentsight.get).parameter(0).toEqualTypeOf<string | number>();
expectTypeOf<Changes<OpenAI>["metadata"]>().toEqualTypeOf<
  { readonly [key: string]: string | undefined } | undefined
>();
expectTypeOf<Changes<OpenAI>>().not.toHaveProperty("name");
expectTypeOf<Changes<LettaShape>>().not.toHaveProperty("metadata");
expectTypeOf<Changes<DatagridShape>["name"]>().toEqualTypeOf<string | undefined>();

expectTypeOf<CommonField>().toEqualTypeOf<keyof CommonFields>();
expectTypeOf<CommonFields>().toEqualTypeOf<{
  name: string;
  summary: string;
  marked: boolean;
  customerId: string;
  device: string;
  language: string;
}>();
expectTypeOf<Conversation["marked"]>().toEqualTypeOf<boolean | null | undefined>();
expectTypeOf<Conversation["metadata"]>().toEqualTypeOf<Metadata | undefined>();

const read = await convo.openai.get("conv_1");
expectTypeOf(read).toEqualTypeOf<GetResult<OpenAIShape>>();
expectTypeOf(read.conversation).toEqualTypeOf<Conversation>();
expectTypeOf(read.raw.id).toEqualTypeOf<string>();

const result = await convo.agentsight.update(42, { name: "n" }, { verify: true, unsupported: "skip" });
expectTypeOf(result).toMatchTypeOf<UpdateResult>();
expectTypeOf<NonNullable<typeof result.raw.read>["id"]>().toEqualTypeOf<number>();
expectTypeOf<NonNullable<typeof result.raw.update>["id"]>().toEqualTypeOf<number>();
expectTypeOf(result.confirmed).toEqualTypeOf<"echo" | "read" | "none">();
expectTypeOf(result.guarantee).toEqualTypeOf<"atomic" | "locked" | "verified" | "best_effort">();
expectTypeOf(result.diff).toEqualTypeOf<MetadataDiff | null>();
expectTypeOf(result.warnings).toEqualTypeOf<readonly Warning[]>();
expectTypeOf<"skipped" | "superseded" | "write_unanswered">().toMatchTypeOf<Warning["code"]>();
expectTypeOf<Unsupported>().toEqualTypeOf<"error" | "skip" | "metadata">();
expectTypeOf<UpdateOptions["unsupported"]>().toEqualTypeOf<Unsupported | undefined>();
expectTypeOf<UpdateOptions<"skip">["unsupported"]>().toEqualTypeOf<"skip" | undefined>();
expectTypeOf<UpdateOptions["merge"]>().toEqualTypeOf<"shallow" | "deep" | "replace" | undefined>();
expectTypeOf<UpdateOptions["verify"]>().toEqualTypeOf<boolean | VerifyOptions | undefined>();
expectTypeOf<UpdateOptions["signal"]>().toEqualTypeOf<AbortSignal | undefined>();

expectTypeOf(convo.chatdash.plan).returns.resolves.toEqualTypeOf<Plan>();
expectTypeOf(convo.chatdash.apply).parameter(0).toEqualTypeOf<Plan>();
expectTypeOf<Plan["request"]["headers"]>().toEqualTypeOf<Readonly<Record<string, string>>>();
expectTypeOf<Plan["curl"]>().toEqualTypeOf<string>();

const several = await convo.all.update(
  { openai: "conv_1", agentsight: 42 },
  { metadata: { status: "open" } },
  { overrides: { agentsight: { marked: true } } },
);
expectTypeOf<keyof typeof several>().toEqualTypeOf<"openai" | "agentsight">();
type Both = AllUpdateOptions<typeof providers, "openai" | "agentsight", "error">;
expectTypeOf<keyof NonNullable<Both["overrides"]>>().toEqualTypeOf<"openai" | "agentsight">();
expectTypeOf<Both>().not.toHaveProperty("current");

interface Ticket {
  topic: string;
  owner?: string;
}
interface Nested {
  ticket: Ticket;
  tags: readonly string[];
}
declare const ticket: Ticket;
declare const nested: Nested;
const frozen = { tags: ["x"], at: { step: 1 } } as const;
const ids = { openai: "conv_1", agentsight: 42 } as const;
await convo.openai.update("conv_1", { metadata: ticket }, { current: ticket });
await convo.agentsight.plan(42, { metadata: nested }, { current: frozen, merge: "deep" });
await convo.all.update(
  ids,
  { metadata: ticket },
  { overrides: { openai: { metadata: ticket }, agentsight: { metadata: nested, name: "n" } } },
);
convo.all.updateMany([
  { ids, changes: { metadata: ticket }, overrides: { agentsight: { metadata: nested } } },
]);
convo.all.updateMany([
  { ids, changes: { metadata: { a: "1" } } },
  { ids, changes: {}, overrides: { agentsight: { metadata: frozen }, openai: { unset: ["a"] } } },
  { ids, changes: {}, overrides: { openai: { metadata: { c: "1" } } } },
]);
// @ts-expect-error JSON has no dates
await convo.agentsight.update(42, { metadata: { a: 1 } }, { current: { at: new Date() } });
// @ts-expect-error OpenAI holds strings only
await convo.all.update(ids, {}, { overrides: { openai: { metadata: nested } } });
// @ts-expect-error OpenAI holds strings only
convo.all.updateMany([{ ids, changes: {}, overrides: { openai: { metadata: nested } } }]);

expectTypeOf(logger(console, { level: "warn" })).toExtend<Listener>();
expectTypeOf(isConvoError).guards.toEqualTypeOf<ConversationError>();
expectTypeOf(ConvoError).instance.toHaveProperty("kind").toEqualTypeOf<ErrorKind>();
expectTypeOf<"conflict" | "not_applied" | "rate_limited">().toMatchTypeOf<ErrorKind>();
expectTypeOf<"nonsense">().not.toMatchTypeOf<ErrorKind>();
expectTypeOf<ConversationError>().toEqualTypeOf<ConvoError & ConversationFacts>();
expectTypeOf<ConversationError["violations"]>().toEqualTypeOf<readonly Violation[] | undefined>();
expectTypeOf<HttpOptions["deadlineMs"]>().toEqualTypeOf<number | undefined>();
expectTypeOf<Violation["kind"]>().toEqualTypeOf<"invalid" | "unsupported" | "limit">();
type Failed = PartialError<{ openai: UpdateResult }>;
expectTypeOf<Failed>().toMatchTypeOf<ConvoError>();
expectTypeOf(PartialError).toBeConstructibleWith({}, async () => ({}));
expectTypeOf<Failed["results"]["openai"]>().toEqualTypeOf<Settled<UpdateResult>>();
expectTypeOf<Failed["retryFailed"]>().returns.resolves.toEqualTypeOf<{ openai: UpdateResult }>();
expectTypeOf<Extract<Settled, { ok: false }>["error"]>().toEqualTypeOf<ConversationError>();
