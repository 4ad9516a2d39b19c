import { Letta } from "@letta-ai/letta-client";
import Datagrid from "datagrid-ai";
import OpenAI from "openai";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type Sandbox } from "../src/index.ts";
import { vendors } from "../src/vendors/index.ts";
import { expectNoBreach } from "./helpers.ts";
import { ITEMS } from "./openai-items.ts";
import { judge, type Watched, watch } from "./watch.ts";

// The vendors' own SDKs, unchanged but for base URL and key, over real HTTP.
let sandbox: Sandbox;
let openai: Watched<OpenAI["conversations"]>;
let letta: Watched<Letta["conversations"]>;
let datagrid: Watched<Datagrid["conversations"]>;
beforeAll(async () => {
  sandbox = createSandbox();
  await sandbox.listen();
  openai = watch(new OpenAI(options("openai")).conversations, 'OpenAI["conversations"]');
  letta = watch(new Letta(options("letta")).conversations, 'Letta["conversations"]');
  datagrid = watch(new Datagrid(options("datagrid")).conversations, 'Datagrid["conversations"]');
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const options = (
  name: "openai" | "letta" | "datagrid",
): { baseURL: string; apiKey: string; maxRetries: number } => ({
  baseURL: sandbox.baseUrl(name),
  apiKey: vendors[name].sampleKey,
  maxRetries: 0,
});
async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
}

describe("openai", () => {
  test("every conversation call", async () => {
    const conversations = openai.resource;
    const created = await conversations.create({
      metadata: { a: "1" },
      items: [{ type: "message", role: "user", content: "hi" }],
    });
    expect(created._request_id).toMatch(/^req_/);
    expect(await conversations.retrieve(created.id)).toMatchObject({ id: created.id, metadata: { a: "1" } });
    expect(await conversations.update(created.id, { metadata: { b: "2" } })).toMatchObject({
      metadata: { a: "1", b: "2" },
    });
    const added = await conversations.items.create(created.id, {
      items: Array.from({ length: 20 }, (_, n) => ({ role: "user" as const, content: `m${n}` })),
      include: ["message.output_text.logprobs"],
    });
    expect(added.data).toHaveLength(20);
    type Items = OpenAI.Conversations.ItemCreateParams["items"];
    const kinds = await conversations.items.create(created.id, { items: ITEMS as unknown as Items });
    expect(kinds.data).toHaveLength(ITEMS.length);
    const [first] = added.data;
    const id = String(first?.id);
    expect(await all(conversations.items.list(created.id, { order: "asc", limit: 8 }))).toHaveLength(
      21 + ITEMS.length,
    );
    expect(await conversations.items.retrieve(id, { conversation_id: created.id })).toMatchObject({ id });
    expect(await conversations.items.delete(id, { conversation_id: created.id })).toMatchObject({
      id: created.id,
    });
    expect(await conversations.delete(created.id)).toMatchObject({ deleted: true });
    await expect(conversations.retrieve(created.id)).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    expectNoBreach(sandbox);
  });

  test("errors arrive with code and param; faults are retried", async () => {
    const metadata = { k: "v".repeat(513) };
    const { conversations } = new OpenAI({ ...options("openai"), maxRetries: 2 });
    const refused = conversations.update("conv_sandbox0001", { metadata });
    await expect(refused).rejects.toMatchObject({
      status: 400,
      code: "string_above_max_length",
      param: "metadata.k",
    });
    sandbox.fault({ kind: "reset-before" });
    sandbox.fault({ kind: "status", status: 429, retryAfter: 0 });
    expect(await conversations.retrieve("conv_sandbox0001")).toHaveProperty("id");
    const wrong = new OpenAI({ ...options("openai"), apiKey: "nope" });
    await expect(wrong.conversations.retrieve("conv_sandbox0001")).rejects.toBeInstanceOf(
      OpenAI.AuthenticationError,
    );
  });
});

describe("letta", () => {
  const agent_id = "agent-00000000-0000-4000-8000-000000000001";
  const id = "conv-00000000-0000-4000-8000-000000000001";

  test("every conversation call", async () => {
    const conversations = letta.resource;
    const created = await conversations.create({ agent_id, summary: "s" });
    expect(await conversations.retrieve(created.id)).toMatchObject({ summary: "s", agent_id });
    expect(await conversations.update(created.id, { summary: "t" })).toMatchObject({ summary: "t" });
    expect(await conversations.list({ agent_id, limit: 1 })).toMatchObject([{ id: created.id }]);
    expect(await conversations.fork(id)).toMatchObject({ agent_id, summary: null });
    expect(await conversations.recompile(id, { dry_run: true })).toEqual(expect.any(String));
    expect(await conversations.messages.compact(id)).toMatchObject({ num_messages_after: 2 });
    await conversations.delete(created.id);
    await expect(conversations.retrieve(created.id)).rejects.toBeInstanceOf(Letta.NotFoundError);
    expectNoBreach(sandbox);
  });

  test("messages: stream, resume, cancel, list", async () => {
    const conversations = letta.resource;
    const sent = await all(await conversations.messages.create(id, { input: "hello", background: true }));
    expect(sent.map((event) => event.message_type)).toEqual([
      "assistant_message",
      "stop_reason",
      "usage_statistics",
    ]);
    const method = 'Letta["conversations"]["messages"]["create"]';
    letta.returned.push({ method, value: sent });
    expect(await all(await conversations.messages.stream(id))).toEqual(sent);
    expect(Object.values((await conversations.cancel(id)) as object)).toEqual(["cancelled"]);
    expect(await all(conversations.messages.list(id, { order: "asc", limit: 2 }))).toHaveLength(5);
    expectNoBreach(sandbox);
  });
});

test("datagrid: every conversation call", async () => {
  const conversations = datagrid.resource;
  const created = await conversations.create({ name: "n" });
  expect(await conversations.retrieve(created.id)).toMatchObject({ name: "n" });
  expect(await conversations.update(created.id, { name: "m", agent_ids: ["a"] })).toMatchObject({
    name: "m",
    agent_ids: ["a"],
  });
  expect(await all(conversations.list({ limit: 1, direction: "asc" }))).toHaveLength(2);
  expect(await all(conversations.messages.list("cnv_sandbox_0001", { limit: 1 }))).toHaveLength(2);
  const message = await conversations.messages.retrieve("cnv_sandbox_0001", "msg_sandbox_0001");
  expect(message).toMatchObject({ role: "user", credits: null });
  await conversations.delete(created.id);
  await expect(conversations.retrieve(created.id)).rejects.toBeInstanceOf(Datagrid.NotFoundError);
  expectNoBreach(sandbox);
});

test("no conversation call of theirs was left out, and each returned what its type promises", async () => {
  for (const watched of [openai, letta, datagrid]) {
    expect(watched.unused()).toEqual([]);
    expect(watched.returned.length).toBeGreaterThan(0);
  }
  const wrong = { method: 'OpenAI["conversations"]["retrieve"]', value: { id: 5 } };
  expect(await judge([wrong])).toContain("is not assignable");
  expect(await judge([openai, letta, datagrid].flatMap((watched) => [...watched.returned]))).toBe("");
});
