import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AnyClient, type ClientOptions, createClient, type Fetch, type Vendor } from "../src/index.ts";
import {
  type AgentSightClient,
  agentsight,
  conversation,
  failure,
  json,
  KEY,
  makeClient,
  openai,
  paths,
  startServer,
} from "./helpers.ts";

describe.each(paths)("what the server sees over %s", async (_, path) => {
  const server = await startServer();
  const make = (options: ClientOptions = {}) => makeClient(server.baseUrl, { ...path, ...options });
  const names = ["OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_ORG_ID"];
  beforeEach(() => server.on((_request, response) => json(response, 200, conversation)));
  afterEach(() => {
    for (const name of names) delete process.env[name];
  });

  test("verb, path, key, JSON body", async () => {
    expect(await make().updateConversation("conv_1", { metadata: { topic: "x" } })).toEqual(conversation);
    expect(server.seen).toMatchObject([
      {
        method: "POST",
        url: "/v1/conversations/conv_1",
        body: '{"metadata":{"topic":"x"}}',
        headers: {
          authorization: `Bearer ${KEY}`,
          "content-type": "application/json",
          accept: "application/json",
        },
      },
    ]);
  });

  test("a read has neither body nor content type", async () => {
    await make().getConversation("conv_1");
    expect(server.seen[0]).toMatchObject({ method: "GET", url: "/v1/conversations/conv_1", body: "" });
    expect(server.seen[0]?.headers["content-type"]).toBeUndefined();
  });

  test("a numeric id, a key prefix and a trailing slash", async () => {
    const client = createClient<AgentSightClient>(agentsight, {
      baseUrl: server.origin,
      apiKey: "ags_1",
      ...path,
    });
    await client.updateConversation(42, { name: "x" });
    expect(server.seen[0]).toMatchObject({ method: "PATCH", url: "/api/conversations/42/update/" });
    expect(server.seen[0]?.headers.authorization).toBe("Api-Key ags_1");
  });

  test("query: repeated arrays, nothing for undefined and null, everything encoded", async () => {
    const query = { limit: 2, include: ["a b", "c&d"], order: undefined, after: null, flag: false };
    await make().request("GET /conversations/{id}/items", { path: { id: "c" }, query });
    expect(server.seen[0]?.url).toBe(
      "/v1/conversations/c/items?limit=2&include=a%20b&include=c%26d&flag=false",
    );
  });

  test("as the vendor's data say: lists that are one parameter, a content type of its own", async () => {
    const separators = { ids: ",", tags: "%20" };
    const operations: Vendor["operations"] = {
      list: { route: "GET /conversations", kind: "read", separators },
      patch: { route: "PATCH /conversations", kind: "update", contentType: "application/merge-patch+json" },
    };
    const options = { baseUrl: server.origin, apiKey: KEY, ...path };
    const client = createClient<AnyClient>({ ...openai, operations }, options);
    const query = { ids: ["a,b", "c", 3], tags: ["d", "e"], one: ["f", "g"], limit: 2 };
    await client.request("GET /conversations", { query });
    await client.request("GET /conversations", { query: { ids: [], tags: "h" } });
    await client.request("PATCH /conversations", { body: { a: 1 } });
    expect(server.seen.map(({ url }) => url)).toEqual([
      "/conversations?ids=a%2Cb,c,3&tags=d%20e&one=f&one=g&limit=2",
      "/conversations?tags=h",
      "/conversations",
    ]);
    expect(server.seen[2]).toMatchObject({
      body: '{"a":1}',
      headers: { "content-type": "application/merge-patch+json" },
    });
  });

  test.each([[{ a: Number.NaN }], [{ a: {} }], [{ a: new Date() }], [{ a: "\ud800" }], [{ a: [null] }]])(
    "query %o is refused before anything is sent",
    async (query) => {
      expect(await failure(make().request("GET /conversations", { query }))).toMatchObject({
        kind: "invalid",
      });
      expect(server.seen).toEqual([]);
    },
  );

  test("the environment is read at the first call, not when the client is made", async () => {
    const client = createClient<ReturnType<typeof make>>(openai, path);
    // As a file that was read into a variable leaves it.
    process.env.OPENAI_API_KEY = " sk-from-env\n";
    process.env.OPENAI_BASE_URL = `${server.origin}/env/\n`;
    process.env.OPENAI_ORG_ID = "org-1\n";
    await client.getConversation("c");
    expect(server.seen[0]).toMatchObject({ url: "/env/conversations/c" });
    expect(server.seen[0]?.headers).toMatchObject({
      authorization: "Bearer sk-from-env",
      "openai-organization": "org-1",
    });
  });

  test("no key: nothing is sent, the variable is named", async () => {
    process.env.OPENAI_API_KEY = "";
    const client = createClient<ReturnType<typeof make>>(openai, { baseUrl: server.baseUrl, ...path });
    const error = await failure(client.getConversation("c"));
    expect(error).toMatchObject({ kind: "auth", provider: "openai" });
    expect(error.message).toContain("OPENAI_API_KEY");
    expect(server.seen).toEqual([]);
  });

  test("apiKey null sends no credentials", async () => {
    process.env.OPENAI_API_KEY = "sk-env";
    await make({ apiKey: null }).getConversation("c");
    expect(server.seen[0]?.headers.authorization).toBeUndefined();
  });

  test("an apiKey function is asked again for every attempt", async () => {
    server.on((_request, response) =>
      server.seen.length < 2
        ? json(response, 429, {}, { "retry-after-ms": "1" })
        : json(response, 200, conversation),
    );
    let asked = 0;
    await make({ apiKey: async () => `sk-rotating-${++asked}` }).getConversation("c");
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer sk-rotating-1",
      "Bearer sk-rotating-2",
    ]);
  });

  test("headers: the call's win over the client's, whatever their case; a credential header replaces the key", async () => {
    const client = make({ headers: { "X-One": "client", "x-two": "client" } });
    await client.getConversation("c", { headers: { "x-one": "call", Authorization: "Basic abcd" } });
    expect(server.seen[0]?.headers).toMatchObject({
      "x-one": "call",
      "x-two": "client",
      authorization: "Basic abcd",
    });
  });

  test("a call goes to a base URL of its own, path and all, and the next one where the client's go", async () => {
    const client = make();
    await client.getConversation("a/b", { baseUrl: `${server.origin}/tenant%20x/v2/`, apiKey: "sk-tenant" });
    await client.getConversation("c");
    expect(server.seen.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ["/tenant%20x/v2/conversations/a%2Fb", "Bearer sk-tenant"],
      ["/v1/conversations/c", `Bearer ${KEY}`],
    ]);
  });

  test("arguments that a method does not take are refused, and nothing is sent", async () => {
    const archive = { route: "POST /conversations/{id}/archive", kind: "update" } as const;
    const vendor = { ...openai, operations: { ...openai.operations, archive } };
    const client = createClient<AnyClient>(vendor, { ...path, apiKey: KEY, baseUrl: server.baseUrl });
    const methods = client as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    const calls: [name: string, args: unknown[], message: string][] = [
      ["getConversation", ["c", undefined, { timeoutMs: 5000 }], "was given 3 arguments and takes 2"],
      ["deleteConversation", ["c", {}, {}], "was given 3 arguments and takes 2"],
      ["updateConversation", ["c", {}, {}, {}], "was given 4 arguments and takes 3"],
      ["archive", ["c", { timeoutMs: 5000 }], "takes no body"],
    ];
    for (const [name, args, message] of calls) {
      const error = await failure(methods[name]?.(...args) as Promise<unknown>);
      expect(error).toMatchObject({ kind: "invalid" });
      expect(error.message).toContain(message);
    }
    const misplaced = client.request("GET /all", {}, { query: { limit: 1 } } as never);
    expect((await failure(misplaced)).message).toContain("takes its query beside path and body");
    expect(server.seen).toEqual([]);
    await methods.archive?.("c", undefined, { timeoutMs: 5000 });
    expect(server.seen).toMatchObject([{ url: "/v1/conversations/c/archive", body: "" }]);
  });

  test("the body is what it was when the method was called", async () => {
    const body = { metadata: { topic: "before" } };
    const call = make().updateConversation("c", body);
    body.metadata.topic = "after";
    await call;
    expect(server.seen[0]?.body).toBe('{"metadata":{"topic":"before"}}');
  });

  test("request() tells status, headers, request id and attempts", async () => {
    server.on((_request, response) =>
      json(response, 201, conversation, { "X-Request-Id": "req_1", "x-other": "y" }),
    );
    const reply = await make().request("POST /conversations", { body: {} });
    expect(reply).toMatchObject({ data: conversation, status: 201, requestId: "req_1", httpRequests: 1 });
    expect(reply.headers.get("X-Other")).toBe("y");
    expect(reply.headers.get("x-none")).toBeNull();
    expect(Object.keys(reply)).not.toContain("text");
  });

  describe("http, the raw openapi-fetch", () => {
    const parameters = { params: { path: { conversation_id: "a/b" } } };

    test("goes over the same transport", async () => {
      const { data, response } = await make().http.POST("/conversations/{conversation_id}", {
        ...parameters,
        body: { metadata: {} },
      });
      expect(data).toEqual(conversation);
      expect(response).toBeInstanceOf(Response);
      expect(response.status).toBe(200);
      expect(server.seen[0]).toMatchObject({ url: "/v1/conversations/a%2Fb", body: '{"metadata":{}}' });
      expect(server.seen[0]?.headers).toMatchObject({
        authorization: `Bearer ${KEY}`,
        "content-type": "application/json",
      });
    });

    test.each([
      ["an empty body", ""],
      ["null", "null"],
      ["false", "false"],
      ["zero", "0"],
      ["an empty text", '""'],
    ])("an error status with %s still gives an error", async (_name, body) => {
      server.on((_request, response) => response.writeHead(400, { "content-length": body.length }).end(body));
      const { data, error, response } = await make().http.GET("/conversations/{conversation_id}", parameters);
      expect(data).toBeUndefined();
      expect(error).toMatchObject({ message: expect.stringContaining("[openai]") });
      expect(response.status).toBe(400);
    });

    test.each(["0", "null", "false", '""'])(
      "an error that is the JSON text %j is that text",
      async (text) => {
        server.on((_request, response) => json(response, 400, text));
        const { error } = await make().http.GET("/conversations/{conversation_id}", parameters);
        expect(error).toBe(text);
      },
    );

    test("a header that no Headers can have takes nothing from the answer", async () => {
      const headers = Object.assign([["x-city", "Łódź"]] as [string, string][], { get: () => null });
      const fetch: Fetch = async () => ({ status: 200, headers, body: new Response('{"id":"c"}').body });
      const { data, response } = await make({ fetch }).http.GET(
        "/conversations/{conversation_id}",
        parameters,
      );
      expect(data).toEqual({ id: "c" });
      expect(response.headers.get("x-city")).toBe("?ód?");
    });

    test("statuses that no Response can have, or not with a body", async () => {
      const { http } = make();
      server.on((_request, response) => json(response, 999, {}));
      const body = { metadata: {} };
      const error = await failure(
        http.POST("/conversations/{conversation_id}", { ...parameters, body }) as PromiseLike<unknown>,
      );
      expect(error).toMatchObject({ kind: "server", status: 999, outcome: "unknown" });
      server.on((_request, response) => json(response, 205, { deleted: true }));
      const { response } = await http.DELETE(
        "/conversations/{conversation_id}" as never,
        parameters as never,
      );
      expect(response.status).toBe(205);
    });

    test("gives the vendor's error body, and repeats reads only", async () => {
      server.on((_request, response) =>
        json(response, 429, { error: { message: "slow" } }, { "retry-after-ms": "1" }),
      );
      const { error } = await make().http.GET("/conversations/{conversation_id}", parameters);
      expect(error).toEqual({ error: { message: "slow" } });
      expect(server.seen).toHaveLength(3);
      server.on((_request, response) => json(response, 503, { error: { message: "down" } }));
      const { response } = await make().http.POST("/conversations/{conversation_id}", {
        ...parameters,
        body: { metadata: {} },
      });
      expect(response.status).toBe(503);
      expect(server.seen).toHaveLength(1);
    });

    test("refuses a missing path parameter, a bad baseUrl and a bad header with typed errors", async () => {
      const { http } = make();
      const bad: unknown[] = [
        {},
        { params: { path: { conversation_id: ".." } } },
        { ...parameters, baseUrl: "http://user:sk-secret@127.0.0.1:1" },
        { ...parameters, headers: { "x-secret": "sk-secret\nvalue" } },
        { ...parameters, headers: { host: "evil.example" } },
        { ...parameters, headers: { "content-length": "1" } },
      ];
      for (const init of bad) {
        const error = await failure(http.GET("/conversations/{conversation_id}", init as typeof parameters));
        expect(error).toMatchObject({ kind: "invalid" });
        expect(`${error.message} ${error.stack} ${error.cause}`).not.toContain("sk-secret");
      }
      expect(await failure(http.request(undefined as never, "/" as never))).toMatchObject({
        kind: "invalid",
      });
      expect(server.seen).toEqual([]);
    });
  });
});
