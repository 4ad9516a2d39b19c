import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from "vitest";
import { type ClientOptions, createClient } from "../src/index.ts";
import {
  failure,
  json,
  KEY,
  makeClient,
  type OpenAIClient,
  openai,
  paths,
  REFUSING_ORIGIN,
  startServer,
} from "./helpers.ts";

/** Everything somebody could print of a value. */
const shown = (value: unknown): string => {
  const error = value as Error;
  return [
    inspect(value, { depth: 20 }),
    JSON.stringify(value),
    String(value),
    error.stack,
    inspect(error.cause, { depth: 20 }),
  ].join("\n");
};

describe.each(paths)("secrets over %s", async (_, path) => {
  const server = await startServer();
  const make = (options: ClientOptions = {}) => makeClient(server.baseUrl, { ...path, ...options });
  let prints: MockInstance[];
  beforeEach(() => {
    prints = [vi.spyOn(process.stdout, "write"), vi.spyOn(process.stderr, "write")];
  });
  afterEach(() => {
    for (const print of prints) expect(print.mock.calls.join()).not.toContain("sk-");
    vi.restoreAllMocks();
  });

  test("the client shows no key, however it is looked at", () => {
    const client = make({ headers: { "X-Api-Key": "header-secret" } });
    for (const text of [shown(client), inspect({ ...client }, { showHidden: true, depth: 20 })]) {
      expect(text).not.toContain(KEY);
      expect(text).not.toContain("header-secret");
    }
  });

  test.each([400, 401, 500])(
    "a %i that echoes the key, a secret header and an encoded key shows none",
    async (status) => {
      const key = 'sk-"odd"/key+1';
      server.on((request, response) => {
        const echo = `${request.headers.authorization} ${encodeURIComponent(key)} ${request.headers["x-bare-password"]} hunter22`;
        json(
          response,
          status,
          { error: { message: echo, param: { nested: [echo] } } },
          { "x-request-id": key },
        );
      });
      const client = make({
        apiKey: key,
        retry: "never",
        headers: { "X-BARE-PASSWORD": "password hunter22" },
      });
      const error = await failure(client.getConversation("c"));
      const all = shown(error) + JSON.stringify(error.body) + error.requestId;
      for (const secret of [key, encodeURIComponent(key), JSON.stringify(key).slice(1, -1), "hunter22"])
        expect(all).not.toContain(secret);
      expect(JSON.stringify(error.body)).toContain("[redacted]");
    },
  );

  test.each([
    ["PHP", "sk-ab\\/cd+ef=="],
    [".NET", "sk-ab/cd\\u002Bef=="],
  ])("a key that %s escaped in its JSON is not shown", async (_name, escaped) => {
    const key = "sk-ab/cd+ef==";
    server.on((_request, response) => response.writeHead(401).end(`{"error":{"message":"not ${escaped}"}}`));
    const error = await failure(make({ apiKey: key }).getConversation("c"));
    expect(error.body).toEqual({ error: { message: "not [redacted]" } });
    expect(shown(error)).not.toContain(key);
  });

  test("a secret that is the beginning of another leaves nothing of it", async () => {
    const [short, long] = ["abcdefgh", "abcdefgh-the-rest"];
    server.on((_, response) => json(response, 400, { error: { message: `no ${short}, no ${long}` } }));
    for (const headers of [
      { "x-api-key": short, "x-token": long },
      { cookie: `sid=${short}; other=${long}` },
    ]) {
      const { body } = await failure(make({ headers }).getConversation("c"));
      expect(body).toEqual({ error: { message: "no [redacted], no [redacted]" } });
    }
  });

  test("a cookie that the server decodes before it echoes it is not shown", async () => {
    server.on((_, response) => json(response, 400, { error: { message: "no session a b secret99" } }));
    const client = make({ headers: { cookie: "theme=dark; sid=a%20b%20secret99" } });
    const error = await failure(client.getConversation("c"));
    expect(shown(error) + JSON.stringify(error.body)).not.toContain("secret99");
  });

  test("a key that comes back in headers is shown by no error and no hook", async () => {
    const told: unknown[] = [];
    const client = make({ observe: { onResponse: (event) => void told.push(event) } });
    for (const [status, type] of [
      [401, "application/json"],
      [200, `text/${KEY}`],
    ] as const) {
      const headers = { "content-type": type, "x-request-id": KEY, "www-authenticate": `Bearer id="${KEY}"` };
      server.on((_request, response) => response.writeHead(status, headers).end("{}"));
      const error = await failure(client.getConversation("c"));
      expect(error.headers?.get("WWW-Authenticate")).toBe('Bearer id="[redacted]"');
      expect(error.headers?.get("x-none")).toBeNull();
      expect(shown(error) + inspect([...(error.headers ?? [])])).not.toContain(KEY);
    }
    expect(told).toMatchObject([{ requestId: "[redacted]" }, { requestId: "[redacted]" }]);
  });

  test.each(["null", "true", "1234"])("a key that is a word of JSON (%s) spoils no error", async (apiKey) => {
    server.on((_request, response) => response.writeHead(401).end("{}"));
    const error = await failure(make({ apiKey }).getConversation("c"));
    expect(error).toMatchObject({ kind: "auth", status: 401 });
    expect(error.headers?.get("x-none")).toBeNull();
  });

  test("a 200 that is not JSON and echoes the key shows none", async () => {
    server.on((request, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end(`<p>${request.headers.authorization}`),
    );
    expect(shown(await failure(make().getConversation("c")))).not.toContain(KEY);
  });

  test("a key cut by the 64 kB limit leaves nothing behind", async () => {
    server.on((_request, response) => response.writeHead(400).end(`${"x".repeat(65_536 - 10)}${KEY}`));
    const told: unknown[] = [];
    const observe = { bodies: true, onResponse: (event: unknown) => void told.push(event) };
    const error = await failure(make({ observe }).getConversation("c"));
    expect(error.body).not.toContain(KEY.slice(0, 6));
    expect(JSON.stringify(told)).not.toContain(KEY.slice(0, 6));
  });

  test("a fetch that throws the request shows no key: the cause is a copy", async () => {
    const client = make({
      retry: "never",
      fetch: async (_url, init) => {
        throw Object.assign(
          new Error(`failed with ${init.headers.authorization}`, { cause: { init, message: KEY } }),
          { init, code: "EODD" },
        );
      },
    });
    const error = await failure(client.getConversation("c"));
    expect(error.cause).toMatchObject({ code: "EODD", message: "failed with Bearer [redacted]" });
    expect(shown(error)).not.toContain(KEY);
  });

  const malformed = [
    "",
    " ",
    "sk-abc\r\nX-Evil: 1",
    "sk-\0abc",
    "sk-abc def",
    "Bearer sk-abc",
    "Api-Key sk-abc",
    "sk-é",
    "sk-👩",
    "sk-\u200babc",
  ];
  test.each(malformed)(
    "the malformed key %j is refused when the client is made, without being quoted",
    (apiKey) => {
      let error: unknown;
      try {
        make({ apiKey });
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toMatchObject({ kind: "auth", provider: "openai" });
      expect(shown(error)).not.toContain("sk-");
    },
  );

  test.each([...malformed, undefined, null, 42, {}])(
    "the key %j from a function is refused at the call, and nothing is sent",
    async (key) => {
      server.on((_request, response) => json(response, 200, {}));
      const error = await failure(make({ apiKey: async () => key as string }).getConversation("c"));
      expect(error).toMatchObject({ kind: "auth", retryable: false });
      expect(shown(error)).not.toContain("sk-");
      expect(server.seen).toEqual([]);
    },
  );

  test("an apiKey function that fails is a typed error with its cause", async () => {
    const apiKey = (): string => {
      throw new Error("vault is sealed");
    };
    const error = await failure(make({ apiKey }).getConversation("c"));
    expect(error).toMatchObject({ kind: "auth", cause: { message: "vault is sealed" } });
  });

  test("observe see no header, no query and no key, and bodies only when asked", async () => {
    server.on((request, response) =>
      json(response, 400, { error: { message: `${request.headers.authorization} value-1` } }),
    );
    const record = async (bodies: boolean): Promise<string> => {
      const events: unknown[] = [];
      const keep = (event: unknown): void => void events.push(event);
      const observe = { onRequest: keep, onResponse: keep, bodies };
      const client = make({ observe, headers: { "x-token": "token-secret" } });
      await failure(client.updateConversation("c", { metadata: { a: "value-1" } }));
      await failure(client.listConversationItems("c", { query: { after: "query-1" } }));
      return inspect(events, { depth: 20 });
    };
    const plain = await record(false);
    const verbose = await record(true);
    for (const text of [plain, verbose]) {
      for (const secret of [KEY, "token-secret", "query-1"]) expect(text).not.toContain(secret);
    }
    expect(plain).not.toContain("value-1");
    expect(verbose).toContain("value-1");
  });

  test.each<[string, string | (() => string)]>([
    ["text", KEY],
    ["a function", () => KEY],
  ])("a key (%s) under a header whose name gives nothing away is not shown either", async (_name, apiKey) => {
    server.on((request, response) =>
      json(response, 403, { error: { message: `no, ${request.headers["x-acc"]}` } }),
    );
    const vendor = { ...openai, auth: { header: "X-Acc", prefix: "" } };
    const client = createClient<OpenAIClient>(vendor, { ...path, baseUrl: server.baseUrl, apiKey });
    const error = await failure(client.getConversation("c"));
    expect(server.seen[0]?.headers["x-acc"]).toBe(KEY);
    expect(error.message).toContain("no, [redacted]");
    expect(shown(error) + JSON.stringify(error.body)).not.toContain(KEY);
  });

  test.each([
    ["OPENAI_API_KEY", "auth"],
    ["OPENAI_ORG_ID", "invalid"],
    ["OPENAI_BASE_URL", "invalid"],
  ])("a malformed %s in the environment is refused at the call, without being quoted", async (name, kind) => {
    vi.stubEnv("OPENAI_API_KEY", KEY).stubEnv(name, "sk-abc\nX-Evil: 1");
    const client = createClient<OpenAIClient>(openai, path);
    const error = await failure(client.getConversation("c"));
    vi.unstubAllEnvs();
    expect(error).toMatchObject({ kind, provider: "openai" });
    expect(shown(error)).not.toContain("sk-");
  });

  test("network errors show no key", async () => {
    const client = makeClient(REFUSING_ORIGIN, { ...path, retry: "never" });
    expect(shown(await failure(client.getConversation("c")))).not.toContain(KEY);
  });
});
