import { describe, expect, test } from "vitest";
import { expectNoViolation, open, type Send } from "./helpers.ts";
import { ITEMS } from "./openai-items.ts";

const ID = "conv_sandbox0001";
const AT = `/conversations/${ID}`;

describe("openai items", () => {
  const add = async (send: Send, ...items: unknown[]): Promise<Record<string, unknown>[]> => {
    const { status, body } = await send(`POST ${AT}/items`, { items });
    expect(status, JSON.stringify(body)).toBe(200);
    return (body as { data: Record<string, unknown>[] }).data;
  };

  test("text becomes parts, ids are the server's, only the batch comes back", async () => {
    const { sandbox, send } = open("openai");
    const [user, assistant] = await add(
      send,
      { type: "message", role: "user", content: "hello" },
      { role: "assistant", content: "hi", phase: "final_answer" },
    );
    expect(user).toMatchObject({
      id: expect.stringMatching(/^msg_[0-9a-f]{48}$/),
      status: "completed",
      content: [{ type: "input_text", text: "hello" }],
    });
    expect(assistant).toMatchObject({ content: [{ type: "output_text", text: "hi", annotations: [] }] });
    expect(assistant).not.toHaveProperty("phase");
    expectNoViolation(sandbox);
  });

  test.each([{}, { detail: null }])(
    "an image is looked at as the API likes, unless it is told: %j",
    async (told) => {
      const { sandbox, send } = open("openai");
      const image = { type: "input_image", image_url: "https://example.com/a.png" };
      const [added] = await add(send, { role: "user", content: [{ ...image, ...told }] });
      expect(added?.content).toEqual([{ ...image, detail: "auto" }]);
      expectNoViolation(sandbox);
    },
  );

  test("pages: newest first by default, `after` is exclusive", async () => {
    const { sandbox, send } = open("openai");
    await add(send, { role: "user", content: "3" }, { role: "user", content: "4" });
    const list = async (
      query: string,
    ): Promise<{ data: { id: string }[]; has_more: boolean; first_id: string; last_id: string }> =>
      (await send(`GET ${AT}/items?${query}`)).body as never;
    const all = await list("order=asc");
    expect(all).toMatchObject({ object: "list", has_more: false, first_id: "msg_sandbox0001" });
    const newest = await list("limit=2");
    expect(newest.has_more).toBe(true);
    expect(newest.data.map((row) => row.id)).toEqual(
      all.data
        .slice(2)
        .reverse()
        .map((row) => row.id),
    );
    const rest = await list(`limit=2&after=${newest.last_id}`);
    expect(rest.data.map((row) => row.id)).toEqual(["msg_sandbox0002", "msg_sandbox0001"]);
    expect((await send(`GET ${AT}/items?after=msg_none`)).status).toBe(404);
    expect(
      (
        await send(
          `GET ${AT}/items?include[]=message.output_text.logprobs&include[]=file_search_call.results`,
        )
      ).status,
    ).toBe(200);
    expect((await send(`GET ${AT}/items?include=nonsense`)).status).toBe(400);
    expectNoViolation(sandbox);
  });

  test.each([
    [undefined, { id: "msg_sandbox0001", object: "conversation.item.deleted", deleted: true }],
    ["conversation" as const, { id: ID, object: "conversation" }],
  ])(
    "an item can be read and deleted; the answer is what the switch says (%s)",
    async (itemDelete, answer) => {
      const { sandbox, send } = open("openai", itemDelete ? { openai: { itemDelete } } : {});
      expect((await send(`GET ${AT}/items/msg_sandbox0001`)).body).toMatchObject({ role: "user" });
      expect((await send(`DELETE ${AT}/items/msg_sandbox0001`)).body).toMatchObject(answer);
      expect((await send(`GET ${AT}/items/msg_sandbox0001`)).status).toBe(404);
      expectNoViolation(sandbox);
    },
  );

  test.each([
    // What `OpenAIConversationsSession.addItems` of the Agents SDK sends, then the AI SDK, then LangChain.
    {
      type: "message",
      role: "assistant",
      status: "completed",
      content: [{ type: "output_text", text: "hi" }],
    },
    { role: "assistant", content: [{ type: "output_text", text: "hi" }] },
    { type: "message", role: "assistant", content: [{ type: "output_text", text: "hi", annotations: [] }] },
  ])("an assistant's words need neither id nor logprobs: %j", async (item) => {
    const { sandbox, send } = open("openai");
    const [stored] = await add(send, item);
    const content = [{ type: "output_text", text: "hi", annotations: [], logprobs: [] }];
    expect(stored).toMatchObject({ role: "assistant", status: "completed", content });
    expectNoViolation(sandbox);
  });

  test("reasoning is stored with an id or its encrypted content", async () => {
    const { sandbox, send } = open("openai");
    const summary = [{ type: "summary_text", text: "Thought it over." }];
    const stored = await add(
      send,
      { type: "reasoning", id: "rs_1", summary: [] },
      { type: "reasoning", encrypted_content: "gAAAA", summary },
    );
    expect(stored).toMatchObject([
      { id: expect.stringMatching(/^rs_[0-9a-f]{48}$/), type: "reasoning", summary: [] },
      { type: "reasoning", encrypted_content: "gAAAA", summary },
    ]);
    expectNoViolation(sandbox);
  });

  test.each([
    [
      "phase of a user message",
      { role: "user", content: "x", phase: "commentary" },
      "unknown_parameter",
      "items[1].phase",
    ],
    ["reasoning without both", { type: "reasoning", summary: [] }, "invalid_item", "items[1]"],
    [
      "a reference to an item that is here",
      { type: "item_reference", id: "msg_sandbox0001" },
      "item_already_in_conversation",
      "items",
    ],
    [
      "a tool search id without prefix",
      { type: "tool_search_call", id: "x_1", arguments: {} },
      "invalid_value",
      "items[1].id",
    ],
  ])("%s is refused, and nothing of the batch is stored", async (_, item, code, param) => {
    const { sandbox, send } = open("openai");
    const answer = await send(`POST ${AT}/items`, { items: [{ role: "user", content: "first" }, item] });
    expect(answer).toMatchObject({ status: 400, body: { error: { code, param } } });
    expect((await send(`GET ${AT}/items`)).body).toMatchObject({ data: { length: 2 } });
    expectNoViolation(sandbox);
  });

  test("an error in a union names the field of the variant that was meant", async () => {
    const { send } = open("openai");
    const items = [
      { role: "user", content: "x" },
      { type: "message", role: "user", content: [{ type: "input_text" }] },
    ];
    expect((await send(`POST ${AT}/items`, { items })).body).toMatchObject({
      error: { code: "missing_required_parameter", param: "items[1].content[0].text" },
    });
    for (const [item, param, code] of [
      [{ type: "nonsense" }, "items[0].type", "invalid_value"],
      [{ type: "message", role: "nobody", content: "x" }, "items[0].role", "invalid_value"],
      [{ role: "assistant", content: [{ type: "output_text" }] }, "items[0].content[0].text"],
      [{ role: "user", content: [{ type: "nonsense" }] }, "items[0].content[0].type", "invalid_value"],
      [{ role: "user", content: 5 }, "items[0].content", "invalid_type"],
      [{ role: "user" }, "items[0].content"],
      [{ type: "reasoning", id: "rs_1" }, "items[0].summary"],
      [
        { type: "reasoning", id: "rs_1", summary: [{ type: "text", text: "x" }] },
        "items[0].summary[0].type",
        "invalid_value",
      ],
      ["text", "items[0]", "invalid_type"],
    ] as const) {
      const { body } = await send(`POST ${AT}/items`, { items: [item] });
      expect(body).toMatchObject({ error: { param, code: code ?? "missing_required_parameter" } });
    }
    const nameless = [{ type: "function_call", call_id: "c1", arguments: "{}" }];
    expect((await send(`POST ${AT}/items`, { items: nameless })).body).toMatchObject({
      error: { code: "missing_required_parameter", param: "items[0].name" },
    });
  });

  test("an unknown reference is 404 and wins", async () => {
    const { send } = open("openai");
    const items = [
      { type: "item_reference", id: "msg_sandbox0001" },
      { type: "item_reference", id: "msg_none" },
    ];
    expect((await send(`POST ${AT}/items`, { items })).status).toBe(404);
  });

  test("every type a client may add is stored in the form the spec promises", async () => {
    const { sandbox, send } = open("openai");
    const stored = await add(send, ...ITEMS);
    expect(stored.map(({ type }) => type)).toEqual(ITEMS.map(({ type }) => type));
    expect(stored.find((item) => item.type === "file_search_call")).toMatchObject({ results: null });
    expectNoViolation(sandbox);
  });
});
