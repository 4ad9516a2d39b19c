import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Client, ClientListener, ClientOptions, HttpOptions } from "../src/index.ts";
import { createClient } from "../src/index.ts";
import { failure, json, KEY, openai, paths, startServer } from "./helpers.ts";

/** Routes of every kind, untyped: what is tested is what is sent. */
interface Routes {
  [path: string]: Record<"get" | "post" | "put" | "patch" | "delete" | "head" | "options", never>;
}
type Http = Record<"GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS", Method> & {
  use: Client<Routes>["http"]["use"];
};
type Method = (
  path: string,
  init?: object,
) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

const server = await startServer();
const seen = () => server.seen[0] as (typeof server.seen)[number];
const echo = () => server.on((_, response) => json(response, 200, { ok: true }));

describe.each(paths)("http over %s", (_name, transport) => {
  const make = (http: HttpOptions = {}, options: ClientOptions = {}): Http =>
    createClient<Client<Routes>>(openai, {
      baseUrl: server.baseUrl,
      apiKey: KEY,
      ...transport,
      http,
      ...options,
    }).http as unknown as Http;

  describe("content types and bodies", () => {
    test.each([
      ["JSON by default", {}, { body: { a: 1 } }, "application/json", '{"a":1}'],
      [
        "of the call",
        {},
        { body: { a: 1 }, headers: { "Content-Type": "application/merge-patch+json" } },
        "application/merge-patch+json",
        '{"a":1}',
      ],
      [
        "of all calls",
        { headers: { "content-type": "application/my-json" } },
        { body: [null] },
        "application/my-json",
        "[null]",
      ],
      ["a falsy body is a body", {}, { body: null }, "application/json", "null"],
      [
        "a form",
        {},
        { body: { a: "b c", d: 1 }, headers: { "content-type": "application/x-www-form-urlencoded" } },
        "application/x-www-form-urlencoded",
        "a=b+c&d=1",
      ],
      [
        "URLSearchParams",
        {},
        { body: new URLSearchParams({ a: "ü" }) },
        "application/x-www-form-urlencoded;charset=UTF-8",
        "a=%C3%BC",
      ],
      ["a Blob", {}, { body: new Blob(["x,y"], { type: "text/csv" }) }, "text/csv", "x,y"],
      [
        "a serializer of the call",
        {},
        { body: { a: 1 }, bodySerializer: () => "one" },
        "application/json",
        "one",
      ],
      [
        "a serializer of all calls",
        { bodySerializer: () => "all" },
        { body: { a: 1 } },
        "application/json",
        "all",
      ],
      ["no body", {}, {}, undefined, ""],
    ] as [string, HttpOptions, object, string | undefined, string][])(
      "%s",
      async (_, http, init, type, body) => {
        echo();
        await make(http).POST("/files", init);
        expect(seen()).toMatchObject({ method: "POST", body });
        expect(seen().headers["content-type"]).toBe(type);
      },
    );

    test("multipart with a file, sent again as it was after a 429", async () => {
      server.on((_, response) =>
        server.seen.length === 1
          ? json(response, 429, { error: { message: "slow" } }, { "retry-after-ms": "1" })
          : json(response, 200, { ok: true }),
      );
      const form = new FormData();
      form.append("purpose", "notes");
      form.append("file", new Blob(["hello\r\nthere"], { type: "text/plain" }), "a.txt");
      expect((await make().POST("/files", { body: form })).data).toEqual({ ok: true });
      const [first, second] = server.seen;
      expect(first?.headers["content-type"]).toMatch(/^multipart\/form-data; ?boundary=/);
      expect(first?.body).toContain('name="file"; filename="a.txt"');
      expect(first?.body).toContain("hello\r\nthere");
      expect(second).toMatchObject({
        body: first?.body,
        headers: { "content-type": first?.headers["content-type"] },
      });
    });

    test.each([
      "application/pdf",
      "application/zip",
      "application/json",
      "text/csv; charset=iso-8859-1",
      "application/octet-stream",
      "",
    ])("bytes of type %j arrive as they are", async (type) => {
      echo();
      const headers = { "content-type": type || null };
      for (const bytes of [
        Buffer.from([0x25, 0xff, 0xfe, 0x80]),
        Buffer.from("\uFEFFa;ü"),
        Buffer.from("é", "latin1"),
      ]) {
        const body = new Blob([new Uint8Array(bytes)], { type });
        await make().POST("/files", { body });
        await make().PUT("/files", { body: new Uint8Array(bytes), headers });
        expect(server.seen.splice(0).map((request) => request.bytes)).toEqual([bytes, bytes]);
      }
    });

    test.each([
      ["text/csv", "x,ü"],
      ["application/merge-patch+json", '{"a":1}'],
      ["application/x-www-form-urlencoded", "a=1"],
      ["application/pdf", undefined],
    ])("a listener is shown a body of type %s as %j", async (type, body) => {
      echo();
      const shown: unknown[] = [];
      const observe = { bodies: true, onRequest: (event: { body?: string }) => shown.push(event.body) };
      await make({}, { observe }).POST("/files", { body: new Blob([body ?? "%PDF"], { type }) });
      expect(shown).toEqual([body]);
    });

    test("what JSON would alter in silence is refused", async () => {
      echo();
      for (const body of [{ a: Number.NaN }, { a: new Map() }, () => 1])
        expect(await failure(make().POST("/files", { body }))).toMatchObject({ kind: "invalid" });
      expect(await failure(make().GET("/files", { body: {} }))).toMatchObject({ kind: "invalid" });
      expect(server.seen).toEqual([]);
    });
  });

  describe("parameters", () => {
    test.each([
      ["arrays and objects", {}, { a: ["1", "2"], o: { x: "y", none: undefined } }, "?a=1&a=2&o[x]=y"],
      ["in other styles", { array: { style: "pipeDelimited", explode: false } }, { a: [1, 2] }, "?a=1|2"],
      ["form objects", { object: { style: "form", explode: false } }, { o: { x: "y" } }, "?o=x,y"],
      ["reserved characters", { allowReserved: true }, { a: "b/c" }, "?a=b/c"],
      ["by a function", () => "?free=1", { a: 1 }, "?free=1"],
      ["nothing left", {}, { a: [], b: null, c: undefined, d: {} }, ""],
      ["names", {}, { "a&b": "c", "d[]": ["e"] }, "?a%26b=c&d[]=e"],
    ])("query: %s", async (_, querySerializer, query, search) => {
      echo();
      await make({ querySerializer } as HttpOptions).GET("/items", { params: { query } });
      await make().GET("/items", { params: { query }, querySerializer });
      const at = `/v1/items${search}`;
      expect(server.seen.map(({ url }) => decodeURI(url))).toEqual([decodeURI(at), decodeURI(at)]);
    });

    test.each([
      ["/{id}", "a b", "/a%20b"],
      ["/{id}", [1, "x"], "/1,x"],
      ["/{id*}", { a: "b", c: "d" }, "/a=b,c=d"],
      ["/{.id}", "v", "/.v"],
      ["/{;id*}", [4, 5], "/;id=4;id=5"],
    ])("path: %s of %j", async (path, id, url) => {
      echo();
      await make().GET(path, { params: { path: { id } } });
      expect(seen().url).toBe(`/v1${url}`);
    });

    test("no path leaves its segment, whoever fills it", async () => {
      echo();
      const bad: [string, object][] = [
        ["/{id}", {}],
        ["/{id}", { params: { path: {} } }],
        ...["", ".", "..", "\ud800", 1.5, null, [], ["a", ".."], {}, { "../x": "y" }].map(
          (id): [string, object] => ["/{id}", { params: { path: { id } } }],
        ),
        ["/{.id}", { params: { path: { id: "." } } }],
        [
          "/x/{id}",
          { params: { path: { id: "y" } }, pathSerializer: () => "http://127.0.0.1:1/v1/x/%2E./y" },
        ],
      ];
      for (const [path, init] of bad)
        expect(await failure(make().DELETE(path, init)), JSON.stringify(init)).toMatchObject({
          kind: "invalid",
        });
      expect(server.seen).toEqual([]);
    });

    test("a path serializer of the caller's own", async () => {
      echo();
      const pathSerializer = (path: string, values: Record<string, unknown>) =>
        path.replace("{id}", `~${values.id}`);
      await make({ pathSerializer }).GET("/{id}", { params: { path: { id: 1 } } });
      expect(seen().url).toBe("/v1/~1");
    });
  });

  describe("answers", () => {
    test("HEAD and OPTIONS", async () => {
      server.on((_, response) => response.writeHead(200, { "content-length": "42", allow: "GET" }).end());
      const { data, response } = await make().HEAD("/items");
      expect([data, response.status, response.headers.get("content-length")]).toEqual([undefined, 200, "42"]);
      server.on((_, response) => response.writeHead(204, { allow: "GET" }).end());
      expect((await make().OPTIONS("/items")).response.headers.get("allow")).toBe("GET");
      server.on((_, response) => response.writeHead(404, { "content-length": "9" }).end());
      expect((await make().HEAD("/items")).response.status).toBe(404);
    });

    test("parseAs", async () => {
      const bytes = Uint8Array.from([0, 255, 128, 10]);
      server.on((_, response) => response.writeHead(200, { "content-type": "image/x" }).end(bytes));
      const get = async (parseAs: string) => (await make().GET("/file", { parseAs })).data;
      expect(new Uint8Array((await get("arrayBuffer")) as ArrayBuffer)).toEqual(bytes);
      expect(await ((await get("blob")) as Blob).bytes()).toEqual(bytes);
      expect(await new Response((await get("stream")) as ReadableStream).bytes()).toEqual(bytes);
      expect(server.seen.map(({ headers }) => headers.accept)).toEqual(["*/*", "*/*", "*/*"]);
      server.on((_, response) => response.writeHead(200, { "content-type": "text/plain" }).end("Größe"));
      expect(await get("text")).toBe("Größe");
    });

    test("a compressed answer", async () => {
      const headers = { "content-encoding": "gzip", "content-type": "application/json" };
      server.on((_, response) => response.writeHead(200, headers).end(gzipSync('{"a":1}')));
      expect((await make().GET("/items")).data).toEqual({ a: 1 });
    });

    test("anything but JSON is an error that says so; a write of it is unknown", async () => {
      const head = { "content-type": "text/html", "x-request-id": "req_h" };
      server.on((_, response) => response.writeHead(200, head).end("<html>"));
      const told: unknown[] = [];
      const observe: ClientListener = { onError: ({ error }) => told.push(error) };
      const read = await failure(make({}, { observe }).GET("/items"));
      expect(read).toMatchObject({
        kind: "bad_response",
        status: 200,
        requestId: "req_h",
        httpRequests: 1,
      });
      expect(told).toEqual([read]);
      expect(read.outcome).toBeUndefined();
      expect(read.message).toContain("text/html");
      const write = await failure(make().POST("/items", { body: {} }));
      expect(write).toMatchObject({ kind: "bad_response", outcome: "unknown" });
    });

    test("304, and redirects as asked for", async () => {
      server.on((_, response) => response.writeHead(304, { etag: "e" }).end());
      expect((await make().GET("/items", { headers: { "if-none-match": "e" } })).response.status).toBe(304);
      server.on((request, response) =>
        request.url === "/v1/items"
          ? response.writeHead(302, { location: "/v1/other" }).end()
          : json(response, 200, {}),
      );
      expect((await make().GET("/items")).response.status).toBe(200);
      expect((await make().GET("/items", { redirect: "manual" })).response.headers.get("location")).toBe(
        "/v1/other",
      );
      expect(await failure(make().GET("/items", { redirect: "error" }))).toMatchObject({
        kind: "bad_response",
      });
      expect(await failure(make().POST("/items"))).toMatchObject({ kind: "bad_response" });
    });
  });

  describe("middleware", () => {
    test("gets a real Request, with the client's headers and without its key", async () => {
      echo();
      const http = make({}, { headers: { "x-team": "a" } });
      const told: unknown[] = [];
      http.use({
        onRequest: async ({ request, schemaPath }) => {
          const { pathname, search } = new URL(request.url);
          told.push(request instanceof Request, schemaPath, pathname + search, await request.clone().text());
          told.push(request.headers.get("x-team"), request.headers.get("authorization"));
          return new Request(request, { headers: { "x-id": "7", "content-type": "application/json" } });
        },
      });
      await http.POST("/items/{id}", { params: { path: { id: 1 }, query: { q: "x" } }, body: { a: 1 } });
      expect(told).toEqual([true, "/items/{id}", "/v1/items/1?q=x", '{"a":1}', "a", null]);
      expect(seen()).toMatchObject({ url: "/v1/items/1?q=x", body: '{"a":1}', headers: { "x-id": "7" } });
      expect(seen().headers.authorization).toBe(`Bearer ${KEY}`);
      expect(seen().headers["x-team"]).toBeUndefined();
    });

    test("may bring a key of its own, or answer by itself", async () => {
      echo();
      const http = make();
      http.use({ onRequest: ({ request }) => request.headers.set("authorization", "Bearer other") });
      await http.GET("/items");
      expect(seen().headers.authorization).toBe("Bearer other");
      http.use({ onRequest: () => Response.json({ cached: true }) });
      expect((await http.GET("/items")).data).toEqual({ cached: true });
      expect(server.seen).toHaveLength(1);
    });

    test("sends a request elsewhere without the client's key", async () => {
      echo();
      const http = make({}, { baseUrl: "http://127.0.0.1:9/v1" });
      http.use({ onRequest: ({ request }) => new Request(`${server.origin}/proxy`, request) });
      await http.GET("/items");
      expect(seen().url).toBe("/proxy");
      expect(seen().headers.authorization).toBeUndefined();
    });

    test("changes answers and errors; what it throws arrives as it is", async () => {
      server.on((_, response) => json(response, 200, { a: 1 }));
      const http = make({}, { maxRetries: 0 });
      http.use({
        onResponse: async ({ response }) => Response.json({ ...(await response.json()), b: 2 }),
        onError: ({ error }) => new TypeError(`mine: ${(error as { kind?: string }).kind}`),
      });
      expect((await http.GET("/items")).data).toEqual({ a: 1, b: 2 });
      server.on((_request, _response, socket) => socket.destroy());
      await expect(http.GET("/items")).rejects.toThrow(new TypeError("mine: network"));
      const thrown = new RangeError("of the caller");
      http.use({
        onRequest: () => {
          throw thrown;
        },
      });
      await expect(http.GET("/items")).rejects.toBe(thrown);
    });

    test("runs once, however often the request is sent", async () => {
      server.on((_, response) =>
        json(response, server.seen.length < 3 ? 503 : 200, { ok: true }, { "retry-after-ms": "1" }),
      );
      let calls = 0;
      const middleware = [{ onRequest: () => void calls++ }];
      expect((await make().GET("/items", { middleware })).data).toEqual({ ok: true });
      expect([calls, server.seen.length]).toEqual([1, 3]);
    });
  });

  describe("options of a call", () => {
    test("another base URL and key, a time limit, and none that is unknown in silence", async () => {
      echo();
      const http = make({}, { baseUrl: "http://127.0.0.1:9" });
      await http.GET("/items", { baseUrl: `${server.origin}/v9/`, apiKey: "sk-other-tenant" });
      expect(seen()).toMatchObject({
        url: "/v9/items",
        headers: { authorization: "Bearer sk-other-tenant" },
      });
      server.on(() => {});
      const call = http.GET("/items", { baseUrl: server.origin, timeoutMs: 60, retry: "never" });
      expect(await failure(call)).toMatchObject({ kind: "timeout" });
      expect(await failure(http.GET("/items", { timeoutMs: "soon" }))).toMatchObject({ kind: "invalid" });
    });

    test("the abort reason arrives as it was given", async () => {
      server.on(() => {});
      const controller = new AbortController();
      const reason = new Error("enough");
      const call = failure(make().GET("/items", { signal: controller.signal }));
      await expect.poll(() => server.seen.length).toBe(1);
      controller.abort(reason);
      const { kind, cause } = await call;
      expect([kind, cause]).toEqual(["aborted", reason]);
    });

    test("what only fetch understands is handed on", async () => {
      let given: unknown;
      const fetch: ClientOptions["fetch"] = async (_url, init) => {
        given = init;
        return Response.json({});
      };
      const http = make({ mode: "same-origin" } as HttpOptions, { fetch });
      await http.GET("/items", {
        cache: "no-store",
        next: { revalidate: 5 },
        credentials: "include",
        keepalive: true,
        bogus: "as it was given",
      });
      expect(given).toMatchObject({
        cache: "no-store",
        credentials: "include",
        keepalive: true,
        mode: "same-origin",
        next: { revalidate: 5 },
        bogus: "as it was given",
      });
    });

    test("a Request class and a fetch that takes a Request", async () => {
      class TracedRequest extends Request {}
      const requests: (Request & { trace?: string })[] = [];
      const fetch = async (request: Request) => {
        requests.push(request);
        if (requests.length === 1)
          return Response.json({}, { status: 503, headers: { "retry-after-ms": "1" } });
        return Response.json({ seen: await request.text() });
      };
      const { data } = await make({ Request: TracedRequest }).PUT("/items", {
        body: "b",
        retry: "always",
        fetch,
        trace: "t1",
      });
      expect(data).toEqual({ seen: '"b"' });
      expect(requests.map((request) => [request instanceof TracedRequest, request.trace])).toEqual([
        [true, "t1"],
        [true, "t1"],
      ]);
    });

    test("size, secrets and listeners as in every other call", async () => {
      const body = JSON.stringify({ text: "x".repeat(2_000) });
      server.on((_, response) => response.end(body));
      expect(
        await failure(make({}, { maxResponseBytes: 1_000 }).GET("/items", { parseAs: "blob" })),
      ).toMatchObject({
        kind: "bad_response",
      });
      server.on((request, response) =>
        json(response, 400, { error: { message: request.headers.authorization } }),
      );
      const { error, response } = await make().GET("/items");
      expect(JSON.stringify(error)).not.toContain(KEY);
      expect(response.status).toBe(400);
      const events: string[] = [];
      echo();
      const observe = {
        bodies: true,
        onRequest: ({ route, body }: { route: string; body?: string }) => events.push(`${route} ${body}`),
      };
      await make({}, { observe }).POST("/items/{id}", { params: { path: { id: 1 } }, body: { a: 1 } });
      expect(events).toEqual(['POST /items/{id} {"a":1}']);
    });
  });
});
