import { describe, expect, expectTypeOf, test } from "vitest";
import { type ClientOptions, type ConvoError, createClient } from "../src/index.ts";
import {
  conversation,
  failure,
  json,
  KEY,
  makeClient,
  type OpenAIClient,
  openai,
  startServer,
} from "./helpers.ts";

const NUMBERS = ["timeoutMs", "deadlineMs", "maxRetries", "maxRetryAfterMs", "maxResponseBytes"] as const;
const refusal = (options: unknown): unknown => {
  try {
    return createClient(openai, options as ClientOptions);
  } catch (error) {
    return error;
  }
};

describe("options are checked when the client is made", () => {
  test.each(
    NUMBERS.flatMap((name) =>
      [-1, Number.NaN, Infinity, -Infinity, 1.5, 2 ** 31, "1000", null, {}].map((value) => [name, value]),
    ),
  )("%s: %s is refused", (name, value) => {
    const error = refusal({ [name as string]: value });
    expect(error).toMatchObject({ kind: "invalid", provider: "openai", retryable: false });
    expect((error as Error).message).toContain(name);
  });

  test.each(NUMBERS.flatMap((name) => [1, 2 ** 31 - 1, undefined].map((value) => [name, value])))(
    "%s: %s is taken",
    (name, value) => {
      expect(refusal({ [name as string]: value })).toHaveProperty("vendor", openai);
    },
  );

  test.each([
    "not a url",
    "",
    "/v1",
    "ftp://example.com",
    "file:///tmp",
    "https://user:secret@example.com/v1",
    "https://user@example.com/v1",
    "https://example.com/v1?key=secret",
    "https://example.com/v1#frag",
    "https://example.com/v1#",
    "https://example.com/v1?",
  ])("baseUrl %j is refused and not quoted", (baseUrl) => {
    const error = refusal({ baseUrl }) as ConvoError;
    expect(error).toMatchObject({ kind: "invalid" });
    expect(error.message).toContain("baseUrl");
    expect(error.message).not.toContain("secret");
  });

  test.each([
    [{ "x-a": "b\r\nx-evil: 1" }],
    [{ "x-a": "b\n" }],
    [{ "x-a": "b\0" }],
    [{ "x-a": "会" }],
    [{ "x a": "b" }],
    [{ "": "b" }],
    [{ "x\r\n": "b" }],
    [{ Host: "evil.example" }],
    [{ "Content-Length": "5" }],
    [{ "transfer-encoding": "chunked" }],
    [{ "x-a": 5 }],
    [["x"]],
    [[["x-a"]]],
    [[["x-a", "b", "c"]]],
    ["x"],
    [null],
  ])("headers %j are refused, and the value is not quoted", (headers) => {
    const error = refusal({ headers }) as ConvoError;
    expect(error).toMatchObject({ kind: "invalid" });
    expect(error.message).not.toContain("evil: 1");
  });

  test.each([[5], ["fetch"], [null], [{}]])("a fetch that is no function (%j) is refused", (fetch) => {
    expect(refusal({ fetch })).toMatchObject({ kind: "invalid" });
  });

  test.each([["sometimes"], [""], [3], [null]])("retry %j is refused", (retry) => {
    expect(refusal({ retry })).toMatchObject({ kind: "invalid" });
  });

  test.each([[null], ["sk-test"], [5]])("options that are not an object are refused: %j", (options) => {
    const error = refusal(options) as ConvoError;
    expect(error).toMatchObject({ kind: "invalid", provider: "openai" });
    expect(error.message).not.toContain("sk-test");
  });

  test("it is no crime to have several slashes at the end", async () => {
    const server = await startServer();
    server.on((_request, response) => json(response, 200, conversation));
    await makeClient(`${server.baseUrl}///`).getConversation("c");
    expect(server.seen[0]?.url).toBe("/v1/conversations/c");
  });
});

describe("an option there is none of", () => {
  // `baseURL` is how the openai SDK spells it; ignored, the call and its key would go to the real vendor.
  test.each([
    ["baseURL", 'Did you mean "baseUrl"?'],
    ["api_key", 'Did you mean "apiKey"?'],
    ["timeout", 'Did you mean "timeoutMs"?'],
    ["retries", 'Did you mean "maxRetries"?'],
    ["token", 'Did you mean "apiKey"?'],
    ["bearerToken", 'Did you mean "apiKey"?'],
    ["hooks", 'Did you mean "observe"?'],
    ["logger", 'Did you mean "observe"?'],
    ["logLevel", 'Did you mean "observe"?'],
    ["httpAgent", 'Did you mean "fetch"?'],
    ["endpoint", "There are apiKey, baseUrl, headers, "],
    ["__proto__x", "There are apiKey, baseUrl, headers, "],
  ])("%s is refused with what there is, its value not quoted", (name, hint) => {
    const { kind, message } = refusal({ [name]: "sk-another-secret" }) as ConvoError;
    expect(kind).toBe("invalid");
    expect(message).toContain(`Unknown option "${name}". ${hint}`);
    expect(message).not.toContain("sk-another");
  });
});

test("a signal is of a call, not of a client", () => {
  expect(refusal({ signal: new AbortController().signal })).toMatchObject({ kind: "invalid" });
});

describe("options of one call", () => {
  test("given as null, they are refused by name", async () => {
    const error = await failure(makeClient("http://h").getConversation("c", null as never));
    expect(error.message).toContain("options must be an object");
  });

  test("are checked too, as a rejection", async () => {
    const client = makeClient("http://127.0.0.1:1");
    for (const options of [
      { timeoutMs: 0 },
      { deadlineMs: Infinity },
      { maxRetries: -1 },
      { retry: "maybe" },
      { retry: ["never"] },
      { headers: { "x-a": "\n" } },
      { timeout: 5 },
      { baseUrl: "nowhere" },
      // The client's; ignored, the call would go elsewhere.
      { fetch },
      // Slips for a signal, which used to end the process when the timer fired.
      { signal: new AbortController() },
      { signal: false },
      { signal: 0 },
      { signal: "" },
      // Forgotten `await`s: ignored, the call would go out with the client's own key and headers.
      Promise.resolve({ apiKey: "sk-tenant" }),
      { headers: Promise.resolve({ "x-tenant": "a" }) },
      { fetchOptions: Promise.resolve({}) },
      null,
    ]) {
      expect(await failure(client.getConversation("c", options as never))).toMatchObject({ kind: "invalid" });
    }
  });
});

describe("types", () => {
  test("a generated interface types the client, and options are what they say", () => {
    const client = createClient<OpenAIClient>(openai, { apiKey: KEY });
    expectTypeOf(client.updateConversation).parameter(0).toEqualTypeOf<string>();
    expectTypeOf(client.getConversation).returns.resolves.toHaveProperty("metadata");
    expectTypeOf(client.http.GET).toBeFunction();
    expectTypeOf<typeof fetch>().toExtend<NonNullable<ClientOptions["fetch"]>>();
    expectTypeOf<ConvoError["outcome"]>().toEqualTypeOf<"unknown" | undefined>();
    // @ts-expect-error an id is a string
    const wrong = (): unknown => client.getConversation(5);
    // @ts-expect-error no such mode
    const mode: ClientOptions = { retry: "often" };
    // @ts-expect-error timeout is called timeoutMs
    const name: ClientOptions = { timeout: 5 };
    expect([wrong, mode, name]).toHaveLength(3);
  });

  test("raw http is typed by paths", async () => {
    const client = createClient<OpenAIClient>(openai, { apiKey: KEY });
    const call = () =>
      client.http.GET("/conversations/{conversation_id}", { params: { path: { conversation_id: "c" } } });
    expectTypeOf<NonNullable<Awaited<ReturnType<typeof call>>["data"]>>().toHaveProperty("metadata");
    // @ts-expect-error no such path
    const wrong = () => client.http.GET("/nothing");
    expect([call, wrong]).toHaveLength(2);
  });
});
