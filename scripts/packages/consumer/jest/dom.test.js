// jest-environment-jsdom has neither `fetch` nor streams nor TextDecoder. A page under test brings a `fetch` of its own:
// here whatwg-fetch, which stands on XMLHttpRequest and gives answers without a body stream, as React Native's does.
const { createConvo, isConvoError, openai } = require("@convo/core");
const { createOpenAIClient } = require("@convo/openai");

const { CONVO_PORT: port, CONVO_RUN: run, CONVO_FETCH: polyfill } = process.env;
const options = { apiKey: "sk-smoke-0123456789", baseUrl: `http://127.0.0.1:${port}/${run}/v1` };
const client = createOpenAIClient(options);
const failure = (call) =>
  call.then(
    () => undefined,
    (error) => error,
  );

test("the environment is jsdom's", () => {
  expect(typeof document).toBe("object");
  expect([typeof fetch, typeof TextDecoder, typeof ReadableStream]).toEqual(Array(3).fill("undefined"));
});

test("without a fetch the error says what to do, and nothing is repeated", async () => {
  const error = await failure(client.getConversation("conv_1"));
  expect(isConvoError(error)).toBe(true);
  expect(error).toMatchObject({ kind: "invalid", retryable: false });
  expect(error.message).toContain("fetch");
});

describe("with whatwg-fetch", () => {
  beforeAll(() => require(polyfill));

  test("get", async () => {
    expect(await client.getConversation("conv_1")).toMatchObject({
      id: "conv_1",
      metadata: { owner: "ada" },
    });
  });

  test("update with merge", async () => {
    const convo = createConvo({ openai: openai(options) });
    const { confirmed } = await convo.openai.update("conv_1", { metadata: { topic: "Größe 🚀" } });
    expect(confirmed).toBe("echo");
    expect((await client.getConversation("conv_1")).metadata).toEqual({ owner: "ada", topic: "Größe 🚀" });
  });

  test("typed error", async () => {
    expect(await failure(client.getConversation("missing"))).toMatchObject({
      kind: "not_found",
      status: 404,
    });
  });

  test("a list", async () => {
    const ids = [];
    for await (const { id } of client.listConversationItems("conv_1", { query: { limit: 20, order: "asc" } }))
      ids.push(id);
    expect(ids).toHaveLength(45);
  });

  test("timeout", async () => {
    const call = client.getConversation("hang-dom", { timeoutMs: 100, retry: "never" });
    expect((await failure(call)).kind).toBe("timeout");
  });

  test("openapi-fetch", async () => {
    const path = { conversation_id: "conv_1" };
    const { data } = await client.http.GET("/conversations/{conversation_id}", { params: { path } });
    expect(data.id).toBe("conv_1");
  });
});
