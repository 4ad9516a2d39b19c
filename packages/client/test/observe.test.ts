import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { type CallEvent, type ClientListener, createClient, type Fetch } from "../src/index.ts";
import {
  conversation,
  failure,
  json,
  makeClient,
  type OpenAIClient,
  openai,
  paths,
  startServer,
} from "./helpers.ts";

describe.each(paths)("observe over %s", async (_, path) => {
  const server = await startServer();
  const log = (): { events: [string, CallEvent & Record<string, unknown>][]; observe: ClientListener } => {
    const events: [string, CallEvent & Record<string, unknown>][] = [];
    const keep = (name: string) => (event: CallEvent) => void events.push([name, { ...event }]);
    const observe = {
      onRequest: keep("request"),
      onResponse: keep("response"),
      onRetry: keep("retry"),
      onError: keep("error"),
    };
    return { events, observe };
  };

  test("a call that succeeds at the second attempt", async () => {
    server.on((_request, response) =>
      server.seen.length < 2
        ? json(response, 429, {}, { "retry-after-ms": "20", "x-request-id": "req_1" })
        : json(response, 200, conversation, { "x-request-id": "req_2" }),
    );
    const { events, observe } = log();
    await makeClient(server.baseUrl, { ...path, observe }).listConversationItems("c", {
      query: { limit: 5 },
    });
    expect(events.map(([name, { attempt }]) => [name, attempt])).toEqual([
      ["request", 1],
      ["response", 1],
      ["retry", 1],
      ["request", 2],
      ["response", 2],
    ]);
    const base = { provider: "openai", route: "GET /conversations/{conversation_id}/items", kind: "read" };
    for (const [, event] of events) {
      expect(event).toMatchObject({ ...base, url: `${server.baseUrl}/conversations/c/items` });
    }
    const [, first, retry, , last] = events.map(([, event]) => event);
    expect(first).toMatchObject({ status: 429, requestId: "req_1", waitedMs: 0 });
    expect(first?.ms).toBeGreaterThan(0);
    expect(retry).toMatchObject({ error: { kind: "rate_limited", httpRequests: 1 } });
    expect(retry?.waitMs).toBeGreaterThanOrEqual(20);
    expect(last).toMatchObject({ status: 200, requestId: "req_2", waitedMs: retry?.waitMs });
    expect(last?.elapsedMs).toBeGreaterThanOrEqual(19);
  });

  test("a call that fails, and one that is refused before it is sent", async () => {
    server.on((_request, response) => json(response, 404, {}));
    const { events, observe } = log();
    const client = makeClient(server.baseUrl, { ...path, observe });
    const error = await failure(client.getConversation("c"));
    expect(events.map(([name]) => name)).toEqual(["request", "response", "error"]);
    expect(events[2]?.[1].error).toBe(error);
    const keyless = createClient<OpenAIClient>(
      { ...openai, env: { apiKey: "NO_SUCH_VARIABLE" } },
      { ...path, observe },
    );
    const refused = await failure(keyless.getConversation("c"));
    expect(events[3]).toMatchObject(["error", { error: refused, url: "/conversations/c" }]);
    const stopped = await failure(keyless.getConversation("c", { signal: AbortSignal.abort() }));
    expect(stopped.kind).toBe("aborted");
  });

  test("onError receives a call that could not even be prepared", async () => {
    const { events, observe } = log();
    const client = makeClient(server.baseUrl, { ...path, observe });
    const errors = [
      await failure(client.getConversation("..")),
      await failure(client.request("nonsense")),
      await failure(client.request(undefined as never, null as never)),
    ];
    expect(errors).toMatchObject(Array(3).fill({ kind: "invalid", provider: "openai" }));
    expect(events).toMatchObject(errors.map((error) => ["error", { error, attempt: 0, waitedMs: 0 }]));
  });

  test("listeners of one call are told besides the client's own", async () => {
    server.on((_request, response) => json(response, 200, conversation));
    const [mine, its] = [log(), log()];
    const client = makeClient(server.baseUrl, { ...path, observe: mine.observe });
    await client.getConversation("c", { observe: its.observe });
    await client.getConversation("d");
    const told = ({ events }: typeof its): string[] =>
      events.map(([name, { url }]) => `${name} ${url.at(-1)}`);
    expect(told(its)).toEqual(["request c", "response c"]);
    expect(told(mine)).toEqual(["request c", "response c", "request d", "response d"]);
  });

  test("options whose getters throw are a typed error, the observe' getter too", async () => {
    const client = makeClient(server.baseUrl, path);
    for (const name of ["observe", "signal", "timeoutMs"]) {
      const get = (): never => {
        throw new Error("getter");
      };
      const options = Object.defineProperty({}, name, { get, enumerable: true });
      expect(await failure(client.getConversation("c", options))).toMatchObject({ kind: "invalid" });
    }
  });

  test.each<[string, () => unknown]>([
    [
      "throw",
      () => {
        throw new Error("logger is broken");
      },
    ],
    ["reject", () => Promise.reject(new Error("logger is broken"))],
    ["never settle", () => new Promise(() => {})],
  ])("listeners that %s break nothing", async (_name, hook) => {
    const observe = { onRequest: hook, onResponse: hook, onRetry: hook, onError: hook };
    const client = makeClient(server.baseUrl, { ...path, observe, maxRetries: 1 });
    server.on((_request, response) => json(response, 200, conversation));
    expect(await client.getConversation("c")).toEqual(conversation);
    server.on((_request, response) => json(response, 503, {}, { "retry-after-ms": "1" }));
    expect((await failure(client.getConversation("c", { observe }))).kind).toBe("server");
  });

  test("an answer that comes after its attempt was given up is told to nobody", async () => {
    server.on((_request, response) => json(response, 200, conversation));
    const { events, observe } = log();
    let answer = (): void => {};
    const late = new Promise<void>((resolve) => {
      answer = resolve;
    });
    // One that ignores its signal.
    const fetch: Fetch = async (url, { signal: _signal, ...init }) => {
      const { signal } = new AbortController();
      const response = await (path.fetch ?? (globalThis.fetch as Fetch))(url, { ...init, signal });
      await late;
      return response;
    };
    const client = makeClient(server.baseUrl, { fetch, observe, retry: "never", timeoutMs: 20 });
    expect(await failure(client.getConversation("c"))).toMatchObject({ kind: "timeout" });
    answer();
    await sleep(50);
    expect(events.map(([name]) => name)).toEqual(["request", "error"]);
  });
});
