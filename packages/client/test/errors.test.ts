import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { ConvoError, DOCS_URL, isConvoError } from "../src/index.ts";
import { failure, json, makeClient, paths, startServer } from "./helpers.ts";

describe("ConvoError", () => {
  const facts = {
    provider: "letta",
    kind: "limit",
    message: "the name is too long",
    hint: "Shorten it",
  } as const;

  test("says who, what and what to do", () => {
    const error = new ConvoError({ ...facts, hint: "Shorten it.", status: 400 });
    expect(error.message).toBe("[letta] the name is too long. Shorten it.");
    expect(error).toMatchObject({
      name: "ConvoError",
      provider: "letta",
      kind: "limit",
      retryable: false,
      status: 400,
    });
    expect(error).toBeInstanceOf(Error);
    expect(error.stack).toContain("errors.test.ts");
  });

  test("is transient by kind unless told otherwise", () => {
    const retryable = (kind: ConvoError["kind"], told?: boolean): boolean =>
      new ConvoError({ ...facts, kind, retryable: told }).retryable;
    for (const kind of ["network", "timeout", "rate_limited", "server"] as const)
      expect(retryable(kind)).toBe(true);
    for (const kind of ["auth", "not_found", "conflict", "partial", "aborted"] as const)
      expect(retryable(kind)).toBe(false);
    expect(retryable("server", false)).toBe(false);
  });

  test("logging it shows no content; the content is there to be read", () => {
    const error = new ConvoError({
      ...facts,
      body: { metadata: "private" },
      headers: new Headers({ "set-cookie": "private" }),
    });
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: "ConvoError",
      message: error.message,
      provider: "letta",
      kind: "limit",
      docs: `${DOCS_URL}errors/limit.md`,
      retryable: false,
    });
    expect(inspect(error)).toContain(error.docs);
    expect(inspect(error)).not.toContain("private");
    expect(error.body).toEqual({ metadata: "private" });
    expect(Object.keys(error)).not.toContain("status");
  });

  test("is recognised across copies of the package", async () => {
    const copy = (await import(
      /* @vite-ignore */ `${new URL("../src/errors.ts", import.meta.url).href}?copy`
    )) as typeof import("../src/errors.ts");
    const foreign = new copy.ConvoError(facts);
    expect(copy.ConvoError).not.toBe(ConvoError);
    expect(foreign).not.toBeInstanceOf(ConvoError);
    expect(isConvoError(foreign)).toBe(true);
    for (const other of [new Error("x"), null, undefined, "x", { kind: "auth" }])
      expect(isConvoError(other)).toBe(false);
  });
});

test("every error of a call tells how many requests it made: none before the first", async () => {
  const client = makeClient("http://127.0.0.1:2", { maxRetries: 0 });
  const keyless = makeClient("http://127.0.0.1:2", { apiKey: () => Promise.reject(new Error("vault")) });
  const route = "POST /conversations/{conversation_id}";
  for (const call of [
    keyless.getConversation("c"),
    client.getConversation(".."),
    client.getConversation("c", { timeoutMs: -1 }),
    client.getConversation("c", { apiKey: "a b" }),
    client.updateConversation("c", { n: Number.NaN }),
    client.request(route, { path: { conversation_id: "c" }, body: () => Number.NaN }),
  ])
    expect(await failure(call)).toMatchObject({ httpRequests: 0 });
});

describe.each(paths)("HTTP errors over %s", async (_, path) => {
  const server = await startServer();
  const client = makeClient(server.baseUrl, { ...path, retry: "never" });

  test.each([
    [400, "invalid"],
    [401, "auth"],
    [402, "permission"],
    [403, "permission"],
    [404, "not_found"],
    [405, "unsupported"],
    [408, "timeout"],
    [409, "conflict"],
    [410, "not_found"],
    [412, "conflict"],
    [418, "invalid"],
    [422, "invalid"],
    [423, "conflict"],
    [429, "rate_limited"],
    [500, "server"],
    [503, "server"],
    [599, "server"],
  ])("%i is %s", async (status, kind) => {
    server.on((_request, response) => json(response, status, { error: { message: "because" } }));
    const error = await failure(client.getConversation("c"));
    expect(error).toMatchObject({
      kind,
      status,
      provider: "openai",
      body: { error: { message: "because" } },
    });
    expect(error.message).toMatch(
      /^\[openai\] GET \/conversations\/\{conversation_id\} was answered \d+: "because"/,
    );
  });

  test.each([
    ["error.message", { error: { message: "words" } }],
    ["message", { message: "words" }],
    ["detail", { detail: "words" }],
    ["error", { error: "words" }],
    ["a field map", { name: ["words"] }],
    ["a list", ["words"]],
    ["a list under detail", { detail: [{ msg: "words" }] }],
  ])("the vendor's words are found in %s", async (_name, body) => {
    server.on((_request, response) => json(response, 422, body));
    expect((await failure(client.getConversation("c"))).message).toContain("words");
  });

  test.each(["", "null", "[]", "{}", "0", "<html>", '{"error":null}', "{"])(
    "an error body %j is no problem",
    async (body) => {
      server.on((_request, response) => response.writeHead(500, { "x-request-id": "req_5" }).end(body));
      const error = await failure(client.getConversation("c"));
      expect(error).toMatchObject({ kind: "server", status: 500, requestId: "req_5" });
      expect(error.message).toContain("req_5");
    },
  );

  test("words nested too deep to print are still an error of that status", async () => {
    const body = `{"error":${"[".repeat(30_000)}${"]".repeat(30_000)}}`;
    server.on((_request, response) => response.writeHead(500).end(body));
    expect(await failure(client.getConversation("c"))).toMatchObject({ kind: "server", status: 500 });
  });

  test("the request id comes from the first header that has one; the headers are there", async () => {
    server.on((_request, response) => json(response, 404, {}, { "cf-ray": "ray-1", "x-more": "y" }));
    const error = await failure(client.getConversation("c"));
    expect(error.requestId).toBe("ray-1");
    expect(error.headers?.get("X-More")).toBe("y");
    expect([...(error.headers ?? [])]).toContainEqual(["x-more", "y"]);
  });

  test.each([
    [{ a: Number.NaN }],
    [{ a: [1, undefined] }],
    [{ a: new Map([["b", 1]]) }],
    [{ a: new Set([1]) }],
    [{ a: () => 1 }],
    [{ a: Symbol("x") }],
    [{ a: 1n }],
    [{ a: new Date(Number.NaN) }],
    [{ a: /x/ }],
    [{ a: Promise.resolve(1) }],
    [{ a: new Error("x") }],
    [{ a: new Uint8Array(2) }],
    [Symbol("x")],
  ])("a body JSON would alter in silence is refused and nothing is sent: %o", async (body) => {
    server.on((_request, response) => json(response, 200, {}));
    expect(await failure(client.updateConversation("c", body))).toMatchObject({ kind: "invalid" });
    expect(server.seen).toEqual([]);
  });

  test("a circular body is refused, and one whose getter throws", async () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    const thrower = {
      get a(): never {
        throw new Error("getter");
      },
    };
    for (const body of [circular, thrower]) {
      expect(await failure(client.updateConversation("c", body))).toMatchObject({
        kind: "invalid",
        provider: "openai",
      });
    }
  });

  test("what JSON keeps is sent: dates, classes, null, empty, undefined left out", async () => {
    server.on((_request, response) => json(response, 200, { id: "c" }));
    class Patch {
      readonly name = "n";
    }
    await client.updateConversation("c", {
      a: new Date(0),
      b: new Patch(),
      c: null,
      d: {},
      e: undefined,
      f: "\ud800",
    });
    expect(server.seen[0]?.body).toBe(
      '{"a":"1970-01-01T00:00:00.000Z","b":{"name":"n"},"c":null,"d":{},"f":"\\ud800"}',
    );
  });
});
