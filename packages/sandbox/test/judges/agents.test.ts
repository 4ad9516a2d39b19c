import { type AgentInputItem, OpenAIConversationsSession } from "@openai/agents";
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
  // What was read can be added again: ids and the model's own data are taken off on the way.
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
