// Compiled, never run: what @convo/core finds, creates, deletes, erases, exports and imports, at the vendors that can.
import {
  type AddMessageResult,
  type ArchiveResult,
  agentsight,
  type Conversation,
  type CreateChanges,
  type CreateOptions,
  type CreateResult,
  chatdash,
  createConvo,
  type DeleteResult,
  datagrid,
  type EraseEntry,
  type EraseOptions,
  type EraseOutcome,
  type EraseReceipt,
  type ExportDocument,
  type ImportResult,
  type Json,
  type ListedConversation,
  type ListFilter,
  type ListOptions,
  letta,
  type Message,
  type MessageRole,
  type MessagesOptions,
  type NewMessage,
  type NotCarried,
  openai,
  type Page,
  type PagedList,
  type Provider,
  type VerbHandle,
  type VerbResult,
} from "@convo/core";
import {
  accountOf,
  type Catalogue,
  type CatalogueOptions,
  type CatalogueQuery,
  type CatalogueRow,
  type CatalogueStore,
  createCatalogue,
  memoryStore,
} from "@convo/core/catalogue";
import { expectTypeOf } from "expect-type";

const store: CatalogueStore = memoryStore({ maxRows: 100 });
const catalogue: Catalogue = createCatalogue({ store });
expectTypeOf(createCatalogue).parameter(0).toEqualTypeOf<CatalogueOptions | undefined>();
expectTypeOf(catalogue.find).parameter(0).toEqualTypeOf<CatalogueQuery | undefined>();
expectTypeOf(catalogue.find()).toEqualTypeOf<AsyncIterable<CatalogueRow>>();
expectTypeOf<CatalogueRow["externalId"]>().toEqualTypeOf<string | undefined>();
expectTypeOf(accountOf(openai())).toEqualTypeOf<Promise<CatalogueRow["account"]>>();

const providers = {
  openai: openai(),
  letta: letta(),
  datagrid: datagrid(),
  chatdash: chatdash({ agentId: "a1" }),
  agentsight: agentsight(),
};
const convo = createConvo(providers, { catalogue });
type ShapeOf<P> = P extends Provider<infer S> ? S : never;
type OpenAI = ShapeOf<typeof providers.openai>;
type AgentSight = ShapeOf<typeof providers.agentsight>;

expectTypeOf(convo.openai).toExtend<VerbHandle<OpenAI>>();
expectTypeOf(convo.openai.exists).returns.toEqualTypeOf<Promise<boolean>>();

expectTypeOf<CreateChanges<OpenAI>["metadata"]>().not.toEqualTypeOf<never>();
expectTypeOf<CreateOptions<OpenAI>>().not.toHaveProperty("externalId");
expectTypeOf<CreateOptions<AgentSight>["externalId"]>().toEqualTypeOf<string>();
const created = await convo.openai.create({ metadata: { topic: "billing" } });
expectTypeOf(created).toExtend<CreateResult<OpenAI>>();
expectTypeOf(created.id).toEqualTypeOf<string>();
expectTypeOf((await convo.letta.create({}, { query: { agent_id: "agent-1" } })).id).toEqualTypeOf<string>();
expectTypeOf(created.existed).toEqualTypeOf<boolean>();
await convo.letta.create({ summary: "s" }, { query: { agent_id: "agent-1" } });
// @ts-expect-error AgentSight demands an external id
await convo.agentsight.create({ name: "n" });
// @ts-expect-error Letta has no metadata
await convo.letta.create({ metadata: { a: 1 } }, { query: { agent_id: "agent-1" } });

const filter: ListFilter = { customerId: "c1", metadata: { a: [1] }, createdAfter: new Date(0) };
const options: ListOptions = { filter, scan: true, limit: 10, cursor: "c", deadlineMs: 1000 };
const list = convo.agentsight.list(options);
type Listed = typeof list extends PagedList<infer Item> ? Item : never;
expectTypeOf<Listed>().toExtend<ListedConversation>();
expectTypeOf<Listed["raw"]["id"]>().toEqualTypeOf<number>();
expectTypeOf<ListedConversation>().toExtend<Conversation>();
expectTypeOf(list.pages()).toEqualTypeOf<AsyncIterable<Page<Listed>>>();
expectTypeOf<NonNullable<ListFilter["metadata"]>[string]>().toEqualTypeOf<Json>();
// @ts-expect-error OpenAI's API cannot list
convo.openai.list();

expectTypeOf(convo.datagrid.delete).returns.resolves.toExtend<DeleteResult>();
expectTypeOf<DeleteResult>().toExtend<VerbResult>();
expectTypeOf<DeleteResult["leaves"]>().toEqualTypeOf<string | null>();
expectTypeOf<ArchiveResult>().toExtend<VerbResult>();
expectTypeOf(convo.letta.archive).returns.resolves.toExtend<ArchiveResult>();
expectTypeOf(convo.letta.unarchive).parameter(0).toEqualTypeOf<string>();

expectTypeOf(convo.openai.messages).parameter(1).toEqualTypeOf<MessagesOptions | undefined>();
expectTypeOf(convo.openai.messages("conv_1")).toExtend<PagedList<Message>>();
expectTypeOf<Message["role"]>().toEqualTypeOf<MessageRole>();
expectTypeOf<MessageRole>().toEqualTypeOf<"user" | "assistant" | "system" | "tool" | "other">();
expectTypeOf<NewMessage["role"]>().toEqualTypeOf<"user" | "assistant" | "system">();
expectTypeOf(convo.openai.addMessage).parameter(1).toEqualTypeOf<NewMessage | readonly NewMessage[]>();
expectTypeOf<AddMessageResult>().toExtend<VerbResult>();
expectTypeOf(convo.openai.addMessage).returns.resolves.toExtend<AddMessageResult>();

const document: ExportDocument = await convo.datagrid.export("cnv_1");
const imported = await convo.openai.import(document);
expectTypeOf(imported).toEqualTypeOf<ImportResult>();
expectTypeOf(imported.notCarried).toEqualTypeOf<readonly NotCarried[]>();
// @ts-expect-error Letta's messages come from running a model
convo.letta.import(document);

const erase: EraseOptions = { limit: 5, onReceipt: (receipt) => receipt.digest };
const plan: EraseReceipt = await convo.all.planErase({ customerId: "c1" }, erase);
expectTypeOf(await convo.all.erase(plan, erase)).toEqualTypeOf<EraseReceipt>();
expectTypeOf(plan.entries).toEqualTypeOf<readonly EraseEntry[]>();
expectTypeOf<EraseEntry["outcome"]>().toEqualTypeOf<EraseOutcome>();
expectTypeOf<"pending" | "gone" | "hidden">().toExtend<EraseOutcome>();
