import {
  Agent,
  type AgentInputItem,
  OpenAIConversationsSession,
  OpenAIResponsesModel,
  Runner,
} from "@openai/agents";
import OpenAI from "openai";
import { expect, test } from "vitest";
import { serveSandbox } from "./served.ts";
import { callList, versionOf, watch } from "./watch.ts";

// OpenAI's agents, unchanged but for the client they are handed: their session is a conversation.
const { sandbox, options } = serveSandbox();

const user = (text: string): AgentInputItem => ({
  type: "message",
  role: "user",
  content: [{ type: "input_text", text }],
});
const assistant = (text: string): AgentInputItem => ({
  type: "message",
  role: "assistant",
  status: "completed",
  content: [{ type: "output_text", text }],
});

const textsOf = (items: readonly AgentInputItem[]): unknown[] =>
  items.map((item) =>
    "content" in item && Array.isArray(item.content)
      ? item.content.map((part) => ("text" in part ? part.text : part.type)).join()
      : item.type,
  );

test("@openai/agents: every call of its session", async () => {
  const session = new OpenAIConversationsSession({ client: new OpenAI(options("openai")) });
  const { resource, calls } = watch(session, "OpenAIConversationsSession");
  const id = await resource.getSessionId();
  expect(sandbox.read("openai", id)).toBeDefined();

  const reasoning: AgentInputItem = { type: "reasoning", id: "rs_1", content: [] };
  const call: AgentInputItem = { type: "function_call", callId: "c1", name: "f", arguments: "{}" };
  const result: AgentInputItem = {
    type: "function_call_result",
    callId: "c1",
    name: "f",
    status: "completed",
    output: "1",
  };
  await resource.addItems([user("hi"), reasoning, call, result, assistant("Hello")]);
  const items = await resource.getItems();
  expect(textsOf(items)).toEqual(["hi", "", "function_call", "function_call_result", "Hello"]);
  expect(textsOf(await resource.getItems(1))).toEqual(["Hello"]);
  expect(textsOf([(await resource.popItem()) ?? user("none")])).toEqual(["Hello"]);
  await resource.replaceHistoryWithCompaction([user("again")]);
  expect(textsOf(await resource.getItems(1))).toEqual(["again"]);
  // What was read can be added again: ids and the model's own data are removed.
  expect(resource.prepareHistoryItemsForPersistenceComparison(items)).toHaveLength(items.length);
  await resource.addItems(items.map((item) => resource.prepareHistoryItemForModelInput(item)));
  expect(await resource.getItems()).toHaveLength(2 * items.length);
  expect(resource.preserveReasoningItemIdsForPersistence()).toBe(true);
  await resource.clearSession();
  expect(sandbox.read("openai", id)).toBeUndefined();
  expect(await resource.getSessionId()).not.toBe(id);

  expect([...calls].filter(([, { answered }]) => answered === 0)).toEqual([]);
  console.log(callList(`@openai/agents ${versionOf("@openai/agents")}, session`, calls));
});

/** A runner and an agent that talk to the sandbox's `POST /responses` and tell no tracing service about it. */
function agentsRunner(): { runner: Runner; agent: Agent; client: OpenAI } {
  const client = new OpenAI(options("openai"));
  const agent = new Agent({ name: "Echo", model: new OpenAIResponsesModel(client, "sandbox-echo") });
  return { client, agent, runner: new Runner({ tracingDisabled: true }) };
}

test("@openai/agents: run() keeps both turns in the conversation", async () => {
  const { client, agent, runner } = agentsRunner();
  const { id: conversationId } = await client.conversations.create();
  const first = await runner.run(agent, "My name is Ada", { conversationId });
  expect(first.finalOutput).toContain("Ada");
  const stream = await runner.run(agent, "What is my name?", { conversationId, stream: true });
  const events: string[] = [];
  for await (const event of stream) events.push(event.type);
  await stream.completed;
  expect(events).toContain("raw_model_stream_event");
  expect(stream.finalOutput).toEqual(expect.any(String));
  const { data } = await client.conversations.items.list(conversationId, { order: "asc" });
  const roles = data.map((item) => ("role" in item ? item.role : item.type));
  expect(roles).toEqual(["user", "assistant", "user", "assistant"]);
});

test("@openai/agents: run() with a session stores what was said", async () => {
  const { client, agent, runner } = agentsRunner();
  const session = new OpenAIConversationsSession({ client });
  await runner.run(agent, "hi", { session });
  await runner.run(agent, "hi again", { session });
  const items = await session.getItems();
  expect(items.map((item) => ("role" in item ? item.role : item.type))).toEqual([
    "user",
    "assistant",
    "user",
    "assistant",
  ]);
});
