import OpenAI from "openai";
import OpenAI5 from "openai5";
import OpenAI6 from "openai6";
import { describe, expect, test } from "vitest";
import { ITEMS } from "../openai-items.ts";
import { all, type SdkOptions, serveSandbox } from "./served.ts";
import { callList, judge, versionOf, watch } from "./watch.ts";

// The vendor's own SDK, unchanged but for base URL and key: every conversation call of its last three majors.
// Its types have it that deleting an item answers the conversation.
const { sandbox, options } = serveSandbox({ openai: { itemDelete: "conversation" } });

interface Major {
  readonly name: string;
  /** The client's type, for the compiler that judges what it returned. */
  readonly type: string;
  /** Items its types know; at run time each takes all of them. */
  readonly items: typeof ITEMS;
  open(options: SdkOptions): OpenAI;
  readonly NotFoundError: new (...args: never[]) => Error;
  readonly AuthenticationError: new (...args: never[]) => Error;
}

const KNOWN_TO_5 = [
  "message",
  "file_search_call",
  "image_generation_call",
  "code_interpreter_call",
  "mcp_approval_response",
  "custom_tool_call",
];

// The majors differ in types the tests do not touch, so all are driven as the newest.
const majors: Major[] = [
  {
    name: "openai5",
    type: "OpenAI5",
    items: ITEMS.filter(({ type }) => KNOWN_TO_5.includes(type)),
    open: (given) => new OpenAI5(given) as unknown as OpenAI,
    NotFoundError: OpenAI5.NotFoundError,
    AuthenticationError: OpenAI5.AuthenticationError,
  },
  {
    name: "openai6",
    type: "OpenAI6",
    items: ITEMS,
    open: (given) => new OpenAI6(given) as unknown as OpenAI,
    NotFoundError: OpenAI6.NotFoundError,
    AuthenticationError: OpenAI6.AuthenticationError,
  },
  {
    name: "openai",
    type: "OpenAI",
    items: ITEMS,
    open: (given) => new OpenAI(given),
    NotFoundError: OpenAI.NotFoundError,
    AuthenticationError: OpenAI.AuthenticationError,
  },
];

const returned: Parameters<typeof judge>[0][number][] = [];

describe.each(majors)("$name", ({ name, type, items, open, NotFoundError, AuthenticationError }) => {
  test("every conversation call", async () => {
    const watched = watch(open(options("openai")).conversations, `${type}["conversations"]`);
    const conversations = watched.resource;
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
    const kinds = await conversations.items.create(created.id, { items: items as unknown as NewItems });
    expect(kinds.data).toHaveLength(items.length);
    const listed = await all(conversations.items.list(created.id, { order: "asc", limit: 8 }));
    expect(listed).toHaveLength(21 + items.length);
    const id = String(added.data[0]?.id);
    expect(await conversations.items.retrieve(id, { conversation_id: created.id })).toMatchObject({ id });
    await conversations.items.delete(id, { conversation_id: created.id });
    const gone = conversations.items.retrieve(id, { conversation_id: created.id });
    await expect(gone).rejects.toBeInstanceOf(NotFoundError);
    expect(await conversations.delete(created.id)).toMatchObject({ deleted: true });
    await expect(conversations.retrieve(created.id)).rejects.toBeInstanceOf(NotFoundError);

    expect([...watched.calls].filter(([, { answered }]) => answered === 0)).toEqual([]);
    returned.push(...watched.returned);
    console.log(callList(`openai ${versionOf(name)}`, watched.calls));
  });

  test("what a model answered is stored as it came, without the fields that the SDK need not send", async () => {
    const { conversations } = open(options("openai"));
    const { id } = await conversations.create();
    const answer = { type: "message", role: "assistant", content: [{ type: "output_text", text: "Hello" }] };
    const reasoning = { type: "reasoning", id: "rs_1", summary: [] };
    const items = [answer, reasoning] as unknown as NewItems;
    const { data } = await conversations.items.create(id, { items });
    expect(data).toMatchObject([
      { type: "message", role: "assistant", content: [{ type: "output_text", text: "Hello" }] },
      { type: "reasoning", id: expect.stringMatching(/^rs_/) },
    ]);
    // One of neither an id nor encrypted content cannot be found again.
    const nameless = [{ type: "reasoning", summary: [] }] as unknown as NewItems;
    await expect(conversations.items.create(id, { items: nameless })).rejects.toMatchObject({ status: 400 });
  });

  test("a response continues the conversation it names", async () => {
    const { conversations, responses } = open(options("openai"));
    const { id } = await conversations.create();
    const said = await responses.create({ model: "sandbox-echo", input: "My name is Ada", conversation: id });
    expect(said.output_text).toContain("Ada");
    expect((await conversations.items.list(id)).data).toHaveLength(2);
  });

  test("errors arrive with code and param; faults are retried", async () => {
    const metadata = { k: "v".repeat(513) };
    const { conversations } = open({ ...options("openai"), maxRetries: 2 });
    await expect(conversations.update("conv_sandbox0001", { metadata })).rejects.toMatchObject({
      status: 400,
      code: "string_above_max_length",
      param: "metadata.k",
    });
    sandbox.fault({ kind: "reset-before" });
    sandbox.fault({ kind: "status", status: 429, retryAfter: 0 });
    expect(await conversations.retrieve("conv_sandbox0001")).toHaveProperty("id");
    const stranger = open({ ...options("openai"), apiKey: "nope" });
    await expect(stranger.conversations.retrieve("conv_sandbox0001")).rejects.toBeInstanceOf(
      AuthenticationError,
    );
  });
});

type NewItems = OpenAI.Conversations.ItemCreateParams["items"];

test("each call returned what its type promises", async () => {
  expect(returned.length).toBeGreaterThan(0);
  const wrong = { method: 'OpenAI["conversations"]["retrieve"]', value: { id: 5 } };
  expect(await judge([wrong])).toContain("is not assignable");
  expect(await judge(returned)).toBe("");
});
