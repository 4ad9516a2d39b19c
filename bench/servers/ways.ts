/** Our own clients, core and the probe against a server: every conversation call that needs no model. */
import { createConvo, letta, openai, type Provider } from "@convo/core";
import { probe } from "@convo/core/probe";
import { createLettaClient, type LettaClient } from "@convo/letta";
import { createOpenAIClient } from "@convo/openai";
import type { RunningServer } from "./start.ts";

/** One call of ours and its result: `ok`, or the error's kind and status. */
export interface CallResult {
  readonly call: string;
  readonly result: string;
}

async function outcome(call: string, run: () => PromiseLike<unknown>): Promise<CallResult> {
  try {
    await run();
    return { call, result: "ok" };
  } catch (error) {
    const {
      kind = "crashed",
      status,
      message,
    } = error as { kind?: string; status?: number; message: string };
    return { call, result: `${kind} ${status ?? ""}: ${message}`.slice(0, 100) };
  }
}

/** Every method of `@convo/openai`. */
export async function openaiCalls({ baseUrl, apiKey }: RunningServer): Promise<CallResult[]> {
  const client = createOpenAIClient({ baseUrl, apiKey });
  const item = { type: "message" as const, role: "user" as const, content: "hi" };
  const { id } = await client.createConversation({ metadata: { a: "1" }, items: [item] });
  const [first] = (await client.createConversationItems(id, { items: [item] })).data;
  const itemId = String(first?.id);
  return [
    { call: "createConversation", result: "ok" },
    { call: "createConversationItems", result: "ok" },
    await outcome("getConversation", () => client.getConversation(id)),
    await outcome("updateConversation", () => client.updateConversation(id, { metadata: { b: "2" } })),
    await outcome("listConversationItems", () => client.listConversationItems(id)),
    await outcome("getConversationItem", () => client.getConversationItem(id, itemId)),
    await outcome("deleteConversationItem", () => client.deleteConversationItem(id, itemId)),
    await outcome("deleteConversation", () => client.deleteConversation(id)),
  ];
}

/** Every method of `@convo/letta` that needs no model. */
export async function lettaCalls({ baseUrl, apiKey }: RunningServer, agent: string): Promise<CallResult[]> {
  const client = createLettaClient({ baseUrl, apiKey });
  const id = await createLettaConversation(client, agent);
  return [
    { call: "createConversation", result: "ok" },
    await outcome("getConversation", () => client.getConversation(id)),
    await outcome("updateConversation", () => client.updateConversation(id, { summary: "t" })),
    await outcome("listConversations", () => client.listConversations()),
    await outcome("forkConversation", () => client.forkConversation(id)),
    await outcome("recompileConversation", () => client.recompileConversation(id, {})),
    await outcome("listConversationMessages", () => client.listConversationMessages(id)),
    await outcome("cancelConversation (nothing runs)", () => client.cancelConversation(id)),
    await outcome("deleteConversation", () => client.deleteConversation(id)),
  ];
}

async function createLettaConversation(client: LettaClient, agent_id: string): Promise<string> {
  return (await client.createConversation({ summary: "s" }, { query: { agent_id } })).id;
}

/** Core: read, update, merge; then what the probe measures. */
export async function coreCalls(
  vendor: "openai" | "letta",
  { baseUrl, apiKey }: RunningServer,
  agent: string,
): Promise<CallResult[]> {
  const options = { baseUrl, apiKey };
  const convo = createConvo({ openai: openai(options), letta: letta(options) });
  const provider: Provider = vendor === "openai" ? openai(options) : letta(options);
  const results: CallResult[] = [];
  if (vendor === "openai") {
    const { id } = await createOpenAIClient(options).createConversation({ metadata: { a: "1" } });
    results.push(
      await outcome("core: update, merged", async () => {
        await convo.openai.update(id, { metadata: { b: "2" } });
        const { conversation } = await convo.openai.get(id);
        if (JSON.stringify(conversation.metadata) !== '{"a":"1","b":"2"}') throw new Error("a key was lost");
      }),
    );
  } else {
    const id = await createLettaConversation(createLettaClient(options), agent);
    results.push(
      await outcome("core: update", () => convo.letta.update(id, { summary: "s" })),
      await outcome("core: get", () => convo.letta.get(id)),
    );
  }
  const create = vendor === "letta" ? { create: { query: { agent_id: agent } } } : {};
  const { facts } = await probe(provider, create);
  return [
    ...results,
    ...facts.map(({ name, measured }) => ({ call: `probe: ${name}`, result: String(measured) })),
  ];
}
