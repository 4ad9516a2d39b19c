import { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import {
  type ClientListener,
  ConvoError,
  createClient,
  DOCS_URL,
  isConvoError,
  type Target,
} from "../src/index.ts";
import { readRateLimit } from "../src/response-headers.ts";
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

const ROUTE = "POST /conversations/{conversation_id}";
const input = (body: unknown) => ({ path: { conversation_id: "c" }, body });

describe.each(paths)("a body that is a callback, over %s", async (_, path) => {
  const server = await startServer();
  const client = makeClient(server.baseUrl, path);

  test("is called before every attempt and told why the last one failed", async () => {
    server.on((_request, response) =>
      server.seen.length < 3
        ? json(response, 429, {}, { "retry-after-ms": "5" })
        : json(response, 200, conversation),
    );
    const told: unknown[] = [];
    const reply = await client.request(
      ROUTE,
      input(async ({ number, lastError }: { number: number; lastError?: ConvoError }) => {
        told.push([number, lastError?.kind]);
        return { metadata: { n: String(number) } };
      }),
    );
    expect(told).toEqual([
      [1, undefined],
      [2, "rate_limited"],
      [3, "rate_limited"],
    ]);
    expect(server.seen.map(({ body }) => JSON.parse(body).metadata.n)).toEqual(["1", "2", "3"]);
    expect(reply.httpRequests).toBe(3);
  });

  test("what it throws ends the call as it is, even an error that looks transient", async () => {
    server.on((_request, response) => json(response, 200, conversation));
    const own = { not: "an error" };
    const transient = new ConvoError({ provider: "openai", kind: "network", message: "of a read" });
    for (const thrown of [own, transient, new TypeError("x")]) {
      let told: unknown;
      const observe: ClientListener = { onError: ({ error }) => (told = error) };
      const body = (): never => {
        throw thrown;
      };
      expect(await failure(client.request(ROUTE, input(body), { observe }))).toBe(thrown);
      // It is no failure of the call, and may be none at all.
      expect(told).toBeUndefined();
    }
    expect(server.seen).toEqual([]);
  });

  test("its time counts for the deadline, and what stops it leaves no doubt about the write", async () => {
    const never = input(() => new Promise(() => {}));
    const late = await failure(client.request(ROUTE, never, { deadlineMs: 50, timeoutMs: 10 }));
    expect([late.kind, late.outcome]).toEqual(["timeout", undefined]);
    expect(late.message).toContain("deadlineMs (50 ms)");
    const aborts = new AbortController();
    const call = failure(client.request(ROUTE, never, { signal: aborts.signal }));
    const reason = { why: "closed the tab" };
    aborts.abort(reason);
    const { kind, outcome, cause } = await call;
    expect([kind, outcome, cause]).toEqual(["aborted", undefined, reason]);
  });

  test("a value that JSON would alter is refused as everywhere", async () => {
    expect(
      await failure(
        client.request(
          ROUTE,
          input(() => Number.NaN),
        ),
      ),
    ).toMatchObject({ kind: "invalid" });
  });
});

describe("resolveTarget", () => {
  const make = (options: object = {}): OpenAIClient =>
    createClient<OpenAIClient>(openai, { apiKey: KEY, baseUrl: "http://h", ...options });

  test("is synchronous for a key that is text, and independent of how the URL is spelt", () => {
    const a = make().resolveTarget() as Target;
    const b = make({ baseUrl: "HTTP://H:80/" }).resolveTarget() as Target;
    expect(a.baseUrl).toBe("http://h");
    expect([b.baseUrl, b.credentials]).toEqual([a.baseUrl, a.credentials]);
    expect(JSON.stringify(a) + Object.values(a)).not.toContain("sk-");
  });

  test("credentials are equal exactly when key and credential headers are", async () => {
    const credentials = async (options: object, call?: object): Promise<string> =>
      (await make(options).resolveTarget(call)).credentials;
    const mine = await credentials({});
    for (const same of [
      await credentials({ apiKey: async () => KEY }),
      await credentials({ apiKey: "sk-other" }, { apiKey: KEY }),
      await credentials({}, { headers: { authorization: `Bearer ${KEY}` } }),
      await credentials({ headers: { "x-trace": "1" } }),
    ])
      expect(same).toBe(mine);
    for (const other of [
      await credentials({ apiKey: "sk-other" }),
      await credentials({}, { apiKey: () => "sk-other" }),
      await credentials({}, { apiKey: null }),
      await credentials({}, { headers: { "x-session-token": "t1" } }),
      await credentials({}, { headers: { "OpenAI-Project": "p1" } }),
    ])
      expect(other).not.toBe(mine);
  });

  test("its callOptions send exactly what was compared, though the key function moves on", async () => {
    const server = await startServer();
    server.on((_request, response) => json(response, 200, conversation));
    let asked = 0;
    const client = makeClient(server.baseUrl, { apiKey: () => `sk-tenant-${++asked}` });
    const own = { headers: { "x-trace": "7" }, timeoutMs: 5_000 };
    const target = await client.resolveTarget(own);
    await client.getConversation("c", { ...own, ...target.callOptions });
    expect(asked).toBe(1);
    expect(server.seen[0]?.headers).toMatchObject({ authorization: "Bearer sk-tenant-1", "x-trace": "7" });
  });

  test("its callOptions are good for this client and as they are; changed, or elsewhere, they are options like any", async () => {
    const server = await startServer();
    const other = await startServer();
    const client = makeClient(server.baseUrl, { headers: { "x-mine": "1" } });
    const { callOptions } = await client.resolveTarget();
    expect(Object.isFrozen(callOptions) && Object.isFrozen(callOptions.headers)).toBe(true);
    await client.getConversation("c", { ...callOptions, maxRetries: 0 });
    await client.getConversation("c", { ...callOptions, baseUrl: other.baseUrl });
    await client.getConversation("c", { ...callOptions, apiKey: "sk-second" });
    await makeClient(other.baseUrl, { headers: { "x-theirs": "1" } }).getConversation("c", callOptions);
    expect(server.seen.map(({ headers }) => [headers["x-mine"], headers["x-theirs"]])).toEqual([
      ["1", undefined],
      ["1", undefined],
      [undefined, "1"],
    ]);
    expect(other.seen).toHaveLength(1);
    const bad = { ...callOptions, baseUrl: "nowhere" };
    expect(await failure(client.getConversation("c", bad))).toMatchObject({ kind: "invalid" });
  });

  test("fails as the call would", async () => {
    expect(() => make().resolveTarget({ baseUrl: "nowhere" })).toThrow("baseUrl");
    const broken = make({ apiKey: () => Promise.reject(new Error("vault")) }).resolveTarget();
    expect(await failure(broken as Promise<Target>)).toMatchObject({ kind: "auth" });
  });
});

describe.each(paths)("an error code that the vendor documents, over %s", async (_, path) => {
  const server = await startServer();
  const vendor = {
    ...openai,
    errors: { conversation_locked: { kind: "conflict", retryable: true } },
  } as const;
  const client = createClient<OpenAIClient>(vendor, { ...path, apiKey: KEY, baseUrl: server.baseUrl });
  const locked = {
    error: { message: "locked, retry", type: "invalid_request_error", code: "conversation_locked" },
  };

  test("means certainly not done: a write is sent again, with the normal backoff", async () => {
    server.on((_request, response) =>
      server.seen.length < 2 ? json(response, 400, locked) : json(response, 200, conversation),
    );
    expect(await client.updateConversation("c", {})).toEqual(conversation);
  });

  test.each([400, 503])("with status %i its outcome is known, until maxRetries", async (status) => {
    server.on((_request, response) => json(response, status, locked));
    const error = await failure(client.updateConversation("c", {}, { maxRetries: 1 }));
    expect(error).toMatchObject({
      kind: "conflict",
      retryable: true,
      status,
      httpRequests: 2,
    });
    expect(error.outcome).toBeUndefined();
  });

  test("any other code of that status is what it was", async () => {
    server.on((_request, response) => json(response, 400, { error: { code: "constructor" } }));
    expect(await failure(client.updateConversation("c", {}))).toMatchObject({
      kind: "invalid",
      httpRequests: 1,
    });
  });
});

describe("a rate limit in headers", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  const read = (resetIn: "seconds" | "epoch" | "duration", reset: string) =>
    readRateLimit(
      new Headers({ "x-limit": "60", "x-left": "7", "x-reset": reset }),
      { limit: "x-limit", remaining: "x-left", reset: "x-reset", resetIn },
      now,
    );

  test.each([
    ["seconds", "90", 90_000],
    ["epoch", String(now / 1000 + 90), 90_000],
    ["epoch", String(now / 1000 - 90), 0],
    ["duration", "1m30s", 90_000],
  ] as const)("starts again as the vendor counts it: %s %s", (resetIn, reset, resetMs) => {
    expect(read(resetIn, reset)).toEqual({ limit: 60, remaining: 7, resetMs });
  });

  test("is told without what cannot be read", () => {
    expect(read("seconds", "soon")).toEqual({ limit: 60, remaining: 7 });
  });
});

describe("the facts of an error survive", () => {
  class OwnError extends ConvoError {
    override readonly name: string = "OwnError";
  }
  const error = new OwnError({
    provider: "openai",
    kind: "conflict",
    message: "something happened",
    hint: "Do something.",
    status: 409,
    requestId: "req_1",
    outcome: "unknown",
    retryable: true,
    httpRequests: 2,
    body: { content: "private" },
  });
  const facts = {
    name: "OwnError",
    message: "[openai] something happened. Do something.",
    provider: "openai",
    kind: "conflict",
    docs: `${DOCS_URL}errors/conflict.md`,
    status: 409,
    requestId: "req_1",
    outcome: "unknown",
    retryable: true,
    httpRequests: 2,
  };
  const workerEcho = (value: unknown): Promise<object> =>
    new Promise((resolve, reject) => {
      const code =
        'const { parentPort } = require("node:worker_threads"); parentPort.once("message", (m) => parentPort.postMessage(m));';
      const worker = new Worker(code, { eval: true });
      worker.once("message", resolve).once("error", reject);
      worker.postMessage(value);
    });

  test.each<[string, () => object | Promise<object>]>([
    ["JSON.stringify", () => JSON.parse(JSON.stringify(error))],
    ["structuredClone", () => structuredClone(error.toJSON())],
    ["a worker's postMessage", () => workerEcho(error.toJSON())],
  ])("%s, and make the error again", async (_name, copy) => {
    const json = await copy();
    expect(json).toEqual(facts);
    const again = ConvoError.fromJSON(json);
    expect(isConvoError(again)).toBe(true);
    expect(again).toMatchObject(facts);
    expect(again.toJSON()).toEqual(facts);
    expect(again.stack).toContain("[openai] something happened");
  });
});
