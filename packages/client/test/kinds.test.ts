/** What vendors, gateways and callers do, as kinds; each on both paths. */
import { brotliCompressSync, deflateRawSync, gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type AnyClient, type CallOptions, createClient, type Fetch, type Operation } from "../src/index.ts";
import {
  conversation,
  failure,
  json,
  KEY,
  makeClient,
  type OpenAIClient,
  openai,
  paths,
  startServer,
} from "./helpers.ts";

const BODY = JSON.stringify(conversation);

describe.each(paths)("kinds over %s", async (_, path) => {
  const server = await startServer();
  const client = makeClient(server.baseUrl, { ...path, retry: "never" });

  test.each<[string, Buffer, string]>([
    ["gzip of two members", Buffer.concat([gzipSync(BODY.slice(0, 9)), gzipSync(BODY.slice(9))]), "gzip"],
    ["raw deflate", deflateRawSync(BODY), "deflate"],
    ["brotli", brotliCompressSync(BODY), "br"],
    // Node 20 has none, and its `fetch` reads none.
    ...(zstdCompressSync ? [["zstd", zstdCompressSync(BODY), "zstd"] as [string, Buffer, string]] : []),
    ["two encodings", brotliCompressSync(gzipSync(BODY)), "gzip, br"],
  ])("%s is read", async (_name, body, encoding) => {
    const headers = { "content-type": "application/json", "content-encoding": encoding };
    server.on((_request, response) => response.writeHead(200, headers).end(body));
    expect(await client.getConversation("c")).toEqual(conversation);
  });

  test.each([
    [400, "invalid"],
    [401, "auth"],
    [404, "not_found"],
    [429, "rate_limited"],
  ])(
    "the head of a %i decides, though its body is reset, unreadable or stalls; a write's outcome is known",
    async (status, kind) => {
      // Stalling takes as long as the head may on a busy machine, so one status does it.
      for (const broken of ["reset", "encoding", ...(status === 429 ? ["stall"] : [])]) {
        server.on((_request, response, socket) => {
          const headers = {
            "content-encoding": broken === "encoding" ? "gzip" : "identity",
            "content-length": "99",
          };
          response.writeHead(status, { ...headers, "retry-after": "3" });
          if (broken === "encoding") return response.end("x".repeat(99));
          response.write("x".repeat(9));
          return broken === "reset" && setTimeout(() => socket.destroy(), 20);
        });
        const options = broken === "stall" ? { timeoutMs: 3000 } : {};
        const error = await failure(client.updateConversation("c", {}, options));
        expect(error).toMatchObject({ kind, status, retryAfterMs: 3000 });
        expect(error.outcome).toBeUndefined();
      }
    },
  );

  test("a 429 whose body breaks off is sent again, a write too", async () => {
    server.on((_request, response, socket) => {
      if (server.seen.length > 1) return json(response, 200, conversation);
      response.writeHead(429, { "content-length": "99", "retry-after-ms": "1" }).write("x");
      return setTimeout(() => socket.destroy(), 20);
    });
    const patient = makeClient(server.baseUrl, path);
    expect(await patient.updateConversation("c", {})).toEqual(conversation);
    expect(server.seen).toHaveLength(2);
  });

  test("the longest of several Retry-After counts", async () => {
    const until = new Date(Date.now() + 60_000).toUTCString();
    for (const [given, ms] of [
      [["1", "3"], 3000],
      [["7", "2"], 7000],
      [[until, "5"], 60_000],
    ] as const) {
      server.on((_request, response) =>
        response
          .writeHead(429, [...given.flatMap((one) => ["retry-after", one]), "date", new Date().toUTCString()])
          .end("{}"),
      );
      const { retryAfterMs = 0 } = await failure(client.getConversation("c"));
      expect(Math.abs(retryAfterMs - ms)).toBeLessThanOrEqual(2000);
    }
  });

  test("a 200 that is not what the spec says is an error; one that means an error is that error", async () => {
    for (const [body, kind] of [
      [[], "bad_response"],
      [{}, "bad_response"],
      [{ error: { message: "no", code: 429 } }, "rate_limited"],
      [{ error: { message: "no" } }, "bad_response"],
    ] as const) {
      server.on((_request, response) => json(response, 200, body));
      expect(await failure(client.createConversation({}))).toMatchObject({ kind, outcome: "unknown" });
    }
    server.on((_request, response) => json(response, 200, { ...conversation, error: null }));
    expect(await client.createConversation({})).toMatchObject(conversation);
  });

  test("a 200 that means an overload is asked for again, if it is a read", async () => {
    const getConversation = { ...openai.operations.getConversation, required: ["id"] } as Operation;
    const vendor = { ...openai, operations: { ...openai.operations, getConversation } };
    const options = { ...path, baseUrl: server.baseUrl, apiKey: KEY };
    const patient = createClient<OpenAIClient>(vendor, options);
    server.on((_request, response) =>
      json(response, 200, server.seen.length < 2 ? { error: { code: 503 } } : conversation),
    );
    expect(await patient.getConversation("c")).toEqual(conversation);
    server.on((_request, response) => json(response, 200, { error: { code: 503 } }));
    const error = await failure(patient.createConversation({}));
    expect(error).toMatchObject({ kind: "server", httpRequests: 1, outcome: "unknown" });
  });

  test("an optional body that is left out is {}", async () => {
    server.on((_request, response) => json(response, 200, conversation));
    await client.createConversation();
    expect(server.seen[0]).toMatchObject({ body: "{}", headers: { "content-type": "application/json" } });
  });

  test("a write that is answered 204 has succeeded, where the spec declares no body and where it knows nothing", async () => {
    server.on((_request, response) => response.writeHead(204).end());
    const operations = {
      put: { route: "PUT /c/{id}", kind: "update", body: "optional", empty: true },
      patch: { route: "PATCH /c/{id}", kind: "update", body: "optional", empty: true },
      post: { route: "POST /c/{id}/stop", kind: "update", empty: true },
    } as const;
    const options = { ...path, apiKey: KEY, baseUrl: server.origin };
    const bare = createClient<AnyClient & Record<string, (id: string) => Promise<unknown>>>(
      { ...openai, operations },
      options,
    );
    for (const method of ["put", "patch", "post"]) expect(await bare[method]?.("c")).toBeUndefined();
    expect(server.seen.map(({ method }) => method)).toEqual(["PUT", "PATCH", "POST"]);
    const { status, data } = await bare.request("PUT /not/in/the/table", { body: {} });
    expect([status, data]).toEqual([204, undefined]);
    // What the spec gives a body has to have one.
    const error = await failure(client.updateConversation("c", {}));
    expect(error).toMatchObject({ kind: "bad_response", outcome: "unknown" });
  });

  test("HEAD has no body, and resolves", async () => {
    server.on((_request, response) =>
      response.writeHead(200, { "content-type": "application/json", "content-length": "99" }).end(),
    );
    const route = "HEAD /conversations/{conversation_id}";
    const { status, data } = await client.request(route, { path: { conversation_id: "c" } });
    expect([status, data]).toEqual([200, undefined]);
  });

  test("redaction is of secrets only, in every spelling; numbers stay", async () => {
    server.on((_request, response) =>
      json(response, 400, { error: { limit: 1500, message: "s3cr3tvalue dXNlcjpwYXNzd29yZA== password" } }),
    );
    const headers = {
      "x-max-tokens": "1500",
      cookie: "sid=s3cr3tvalue; other=1",
      authorization: "Basic dXNlcjpwYXNzd29yZA==",
    };
    const error = await failure(client.getConversation("c", { headers }));
    expect(error.body).toEqual({ error: { limit: 1500, message: "[redacted] [redacted] [redacted]" } });
    expect(error.message).not.toContain("s3cr3tvalue");
  });

  test("a message is bounded, whatever the vendor or the caller gives", async () => {
    server.on((_request, response) => json(response, 404, {}, { "x-request-id": "r".repeat(9000) }));
    expect((await failure(client.getConversation("c"))).message.length).toBeLessThan(1000);
    const wrong = await failure(client.getConversation("c", { ["x".repeat(90_000)]: 1 } as CallOptions));
    expect(wrong.message.length).toBeLessThan(1000);
  });

  test("nothing is sent after an abort, also one inside onRequest", async () => {
    server.on((_request, response) => json(response, 200, conversation));
    const aborts = new AbortController();
    const options = { signal: aborts.signal, observe: { onRequest: () => aborts.abort() } };
    expect(await failure(client.getConversation("c", options))).toMatchObject({ kind: "aborted" });
    expect(server.seen).toEqual([]);
  });

  test("null removes a header; a key of one call wins", async () => {
    server.on((_request, response) => json(response, 200, conversation));
    const mine = makeClient(server.baseUrl, {
      ...path,
      headers: { "x-a": "1", authorization: "Bearer other" },
    });
    const removed = { "X-A": null, "user-agent": null };
    for (const headers of [removed, new Map(Object.entries(removed))]) {
      await mine.getConversation("c", { headers, apiKey: " sk-tenant\n" });
      const sent = server.seen.pop()?.headers;
      expect(sent).toMatchObject({ authorization: "Bearer sk-tenant" });
      expect(sent).not.toHaveProperty("x-a");
      expect(sent?.["user-agent"]).not.toBe("convo-openai");
    }
    await mine.getConversation("c", { apiKey: null, headers: new Headers({ "x-b": "2" }) });
    expect(server.seen[0]?.headers).toMatchObject({ "x-a": "1", "x-b": "2" });
    expect(server.seen[0]?.headers).not.toHaveProperty("authorization");
    expect(server.seen[0]?.headers["user-agent"]).toBe("convo-openai");
  });

  test("withResponse gives status and headers beside the data, and no rejection is left over", async () => {
    server.on((_request, response) => json(response, 200, conversation, { "x-request-id": "req_1" }));
    const response = await client.getConversation("c").withResponse();
    expect(response).toMatchObject({ data: conversation, status: 200, requestId: "req_1", httpRequests: 1 });
    server.on((_request, answer) => json(answer, 404, {}));
    expect(await failure(client.getConversation("c").withResponse())).toMatchObject({ kind: "not_found" });
  });

  test("withResponse gives the rate limit as numbers, counted from the response however late it is asked", async () => {
    const rateLimit = { limit: "x-limit", remaining: "x-left", reset: "x-reset", resetIn: "epoch" } as const;
    const limited = createClient<typeof client>(
      { ...openai, rateLimit },
      { ...path, apiKey: KEY, baseUrl: server.baseUrl },
    );
    const reset = String(Math.ceil(Date.now() / 1000) + 3600);
    server.on((_request, response) =>
      json(response, 200, conversation, { "x-limit": "60", "x-left": "59", "x-reset": reset }),
    );
    const call = limited.getConversation("c");
    const { rateLimit: told } = await call.withResponse();
    expect(told).toEqual({ limit: 60, remaining: 59, resetMs: expect.any(Number) });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await call.withResponse()).rateLimit).toEqual(told);
  });
});

describe("a custom fetch", () => {
  const call = (fetch: unknown) => makeClient("http://h", { fetch: fetch as Fetch }).getConversation("c");
  const headers = new Map([["content-type", "application/json"]]);

  test.each<[string, object]>([
    ["no body stream, but text()", { status: 200, headers, text: async () => BODY }],
    ["a body that is text, and text()", { status: 200, headers, body: BODY, text: async () => BODY }],
    [
      "a Node stream",
      {
        status: 200,
        headers,
        body: (async function* () {
          yield Buffer.from(BODY);
        })(),
      },
    ],
  ])("may answer with %s", async (_name, response) => {
    expect(await call(async () => response)).toEqual(conversation);
  });

  test.each<[string, unknown]>([
    ["undefined", undefined],
    ["no headers", { status: 200, text: async () => BODY }],
    ["no body at all", { status: 200, headers }],
    ["a body that is text alone", { status: 200, headers, body: BODY }],
  ])("that answers with %s is named, once", async (_name, response) => {
    let calls = 0;
    const error = await failure(
      call(async () => {
        calls++;
        return response;
      }),
    );
    expect(error).toMatchObject({ kind: "invalid", httpRequests: 1 });
    expect(error.message).toContain("custom fetch");
    expect(calls).toBe(1);
  });

  test("is given the fetch options of the client and of the call, which replace nothing that the client sets", async () => {
    const inits: unknown[] = [];
    const fetch: Fetch = async (_url, init) => {
      inits.push(init);
      return new Response(BODY, { headers: [...headers] });
    };
    const client = makeClient("http://h", { fetch, fetchOptions: { cache: "no-store", mode: "cors" } });
    await client.getConversation("c", { fetchOptions: { cache: "reload", next: { revalidate: 60 } } });
    expect(inits).toMatchObject([
      { cache: "reload", mode: "cors", next: { revalidate: 60 }, method: "GET", redirect: "manual" },
    ]);
    for (const taken of ["method", "headers", "body", "signal", "redirect"])
      expect(await failure(client.getConversation("c", { fetchOptions: { [taken]: "x" } }))).toMatchObject({
        kind: "invalid",
      });
    expect(inits).toHaveLength(1);
  });

  test("is asked for no header that only withResponse tells of", async () => {
    const asked: string[] = [];
    const get = (name: string) => {
      asked.push(name);
      return headers.get(name) ?? null;
    };
    const told = { get, [Symbol.iterator]: () => headers[Symbol.iterator]() };
    const fetch: Fetch = async () => ({ status: 200, headers: told, text: async () => BODY });
    const call = makeClient("http://h", { fetch }).getConversation("c");
    await call;
    expect(asked).not.toContain("x-request-id");
    await call.withResponse();
    expect(asked).toContain("x-request-id");
  });

  test("may wrap what went wrong many times: the innermost cause decides, and all of them are kept", async () => {
    let thrown = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }) as Error;
    const layers = ["pool", "proxy", "tracing", "cache", "wrapper"];
    for (const layer of layers) thrown = new Error(`${layer} failed`, { cause: thrown });
    const client = makeClient("http://h", { retry: "never", fetch: () => Promise.reject(thrown) });
    const error = await failure(client.updateConversation("c", {}));
    expect(error).toMatchObject({ kind: "network", retryable: true });
    expect(error.message).toContain("ECONNREFUSED");
    // Nobody was connected to, so nothing was written.
    expect(error.outcome).toBeUndefined();
    const causes: string[] = [];
    for (let at: unknown = error.cause; at instanceof Error; at = at.cause) causes.push(at.message);
    expect(causes).toEqual([...layers.map((layer) => `${layer} failed`).reverse(), "connect ECONNREFUSED"]);
  });
});
