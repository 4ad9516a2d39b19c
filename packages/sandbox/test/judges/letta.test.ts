import { Letta } from "@letta-ai/letta-client";
import { Letta as Letta17 } from "letta-client17";
import { describe, expect, test } from "vitest";
import { all, serveSandbox } from "./served.ts";
import { callList, judge, versionOf, type WatchedResource, watch } from "./watch.ts";

// The vendor's own SDK, unchanged but for base URL and key, of two generations.
const { options } = serveSandbox();

const agent_id = "agent-00000000-0000-4000-8000-000000000001";
const id = "conv-00000000-0000-4000-8000-000000000001";

type Conversations = Letta["conversations"];

/** What both generations can do. */
async function common(conversations: Conversations): Promise<string> {
  const created = await conversations.create({ agent_id, summary: "s" });
  expect(await conversations.retrieve(created.id)).toMatchObject({ summary: "s", agent_id });
  expect(await conversations.update(created.id, { summary: "t" })).toMatchObject({ summary: "t" });
  expect(await conversations.list({ agent_id, limit: 1 })).toMatchObject([{ id: created.id }]);
  expect(await conversations.messages.compact(id)).toMatchObject({ num_messages_after: 2 });
  return created.id;
}

/** Send, resume, cancel, list. Returns the events of the stream. */
async function messages(conversations: Conversations): Promise<unknown[]> {
  const sent = await all(await conversations.messages.create(id, { input: "hello", background: true }));
  expect(sent.map((event) => event.message_type)).toEqual([
    "assistant_message",
    "stop_reason",
    "usage_statistics",
  ]);
  expect(await all(await conversations.messages.stream(id))).toEqual(sent);
  expect(Object.values((await conversations.cancel(id)) as object)).toEqual(["cancelled"]);
  expect((await all(conversations.messages.list(id, { order: "asc", limit: 2 }))).length).toBeGreaterThan(2);
  return sent;
}

async function judged(title: string, type: string, watched: WatchedResource<object>, events: unknown[]) {
  expect([...watched.calls].filter(([, { answered }]) => answered === 0)).toEqual([]);
  const streamed = { method: `${type}["messages"]["create"]`, value: events };
  expect(await judge([...watched.returned, streamed])).toBe("");
  console.log(callList(title, watched.calls));
}

describe("@letta-ai/letta-client: every conversation call, each returning what its type promises", () => {
  test("1.7", async () => {
    const type = 'Letta17["conversations"]';
    const watched = watch(new Letta17(options("letta")).conversations, type);
    const conversations = watched.resource as unknown as Conversations;
    await common(conversations);
    const events = await messages(conversations);
    await judged(`@letta-ai/letta-client ${versionOf("letta-client17")}`, type, watched, events);
  });

  test("1.12", async () => {
    const type = 'Letta["conversations"]';
    const watched = watch(new Letta(options("letta")).conversations, type);
    const created = await common(watched.resource);
    expect(await watched.resource.fork(id)).toMatchObject({ agent_id, summary: null });
    expect(await watched.resource.recompile(id, { dry_run: true })).toEqual(expect.any(String));
    const events = await messages(watched.resource);
    await watched.resource.delete(created);
    await expect(watched.resource.retrieve(created)).rejects.toBeInstanceOf(Letta.NotFoundError);
    const title = `@letta-ai/letta-client ${versionOf("@letta-ai/letta-client")}`;
    await judged(title, type, watched, events);
  });

  test("1.12, an agent without a conversation of its own (agent-direct)", async () => {
    const { conversations } = new Letta(options("letta"));
    const direct = { agent_id };
    const input = { ...direct, input: "hello", background: true };
    const sent = await all(await conversations.messages.create("default", input));
    expect(sent.length).toBeGreaterThan(0);
    expect(await conversations.cancel("default", direct)).toEqual(expect.any(Object));
    expect((await all(conversations.messages.list("default", direct))).length).toBeGreaterThan(0);
    expect(await conversations.messages.compact("default", direct)).toHaveProperty("num_messages_after");
    expect(await conversations.fork("default", direct)).toMatchObject({ agent_id });
  });
});
