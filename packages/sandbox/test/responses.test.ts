import OpenAI from "openai";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createSandbox, type Sandbox } from "../src/index.ts";
import { vendors } from "../src/vendors/index.ts";
import { expectNoViolation, open } from "./helpers.ts";

const ID = "conv_sandbox0001";
let sandbox: Sandbox;
let client: OpenAI;
beforeAll(async () => {
  sandbox = createSandbox();
  await sandbox.listen();
  const { sampleKey: apiKey } = vendors.openai;
  client = new OpenAI({ apiKey, baseURL: sandbox.baseUrl("openai"), maxRetries: 0 });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const texts = async (): Promise<unknown[]> => {
  const items: unknown[] = [];
  for await (const item of client.conversations.items.list(ID, { order: "asc" }))
    if (item.type === "message")
      items.push([item.role, "text" in (item.content[0] ?? {}) && item.content[0]]);
  return items.slice(2);
};

test("the vendor's SDK: what was said and the answer are appended to the conversation", async () => {
  const response = await client.responses.create({ model: "echo", input: "hello", conversation: ID });
  expect(response.output_text).toBe("You said: hello");
  expect(response.conversation).toEqual({ id: ID });
  expect(response.usage?.total_tokens).toBeGreaterThan(0);
  expect(await texts()).toMatchObject([
    ["user", { text: "hello" }],
    ["assistant", { text: "You said: hello" }],
  ]);
  expectNoViolation(sandbox);
});

test("streamed by the SDK: the same events, text and conversation", async () => {
  const stream = await client.responses.create({
    model: "echo",
    input: [{ role: "user", content: [{ type: "input_text", text: "one two three" }] }],
    conversation: { id: ID },
    stream: true,
  });
  const types: string[] = [];
  let text = "";
  let last: OpenAI.Responses.ResponseStreamEvent | undefined;
  for await (const event of stream) {
    expect(event.sequence_number).toBe(types.length);
    types.push(event.type);
    if (event.type === "response.output_text.delta") text += event.delta;
    last = event;
  }
  expect(text).toBe("You said: one two three");
  expect(types[0]).toBe("response.created");
  expect(types.filter((type) => type === "response.output_text.delta")).toHaveLength(5);
  expect(last).toMatchObject({ type: "response.completed", response: { status: "completed" } });
  expect(await texts()).toHaveLength(2);
});

test("without a conversation, or with store false, nothing is kept", async () => {
  expect((await client.responses.create({ model: "echo", input: "x" })).output_text).toBe("You said: x");
  await client.responses.create({ model: "echo", input: "x", conversation: ID, store: false });
  expect(await texts()).toEqual([]);
});

test.each([
  [{ model: "echo", input: "x", conversation: "conv_none" }, 404, null, null],
  [{ model: "echo", input: "x", conversation: "thread_1" }, 400, "invalid_value", "conversation"],
  [
    { model: "echo", input: "x", conversation: ID, previous_response_id: "resp_1" },
    400,
    "mutually_exclusive_parameters",
    "conversation",
  ],
  [{ input: "x" }, 400, "missing_required_parameter", "model"],
  [{ model: "echo" }, 400, "missing_required_parameter", "input"],
  [{ model: "echo", input: 5 }, 400, "invalid_type", "input"],
  [{ model: "echo", input: [{ role: "user" }] }, 400, "missing_required_parameter", "input[0].content"],
])("%j is refused", async (body, status, code, param) => {
  const { send } = open("openai");
  expect(await send("POST /responses", body)).toMatchObject({ status, body: { error: { code, param } } });
});

test("a fault may name it, and it needs a key", async () => {
  sandbox.fault({ kind: "break-stream", vendor: "openai", operation: "createResponse", after: 2 });
  const stream = await client.responses.create({ model: "echo", input: "x", stream: true });
  const seen: string[] = [];
  const reading = (async () => {
    for await (const event of stream) seen.push(event.type);
  })();
  await expect(reading).rejects.toThrow();
  expect(seen).toEqual(["response.created", "response.in_progress"]);
  const stranger = new OpenAI({ apiKey: "nope", baseURL: sandbox.baseUrl("openai"), maxRetries: 0 });
  await expect(stranger.responses.create({ model: "echo", input: "x" })).rejects.toMatchObject({
    status: 401,
  });
});
