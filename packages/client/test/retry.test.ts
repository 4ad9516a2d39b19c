import type { Socket } from "node:net";
import { zstdCompressSync } from "node:zlib";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type ClientOptions, createClient, type Fetch } from "../src/index.ts";
import {
  conversation,
  failure,
  json,
  KEY,
  makeClient,
  type OpenAIClient,
  openai,
  paths,
  REFUSING_ORIGIN,
  startServer,
  startTcp,
} from "./helpers.ts";

const FAST = { "retry-after-ms": "1" };

describe.each(paths)("what is sent again over %s", async (_, path) => {
  const server = await startServer();
  const make = (options: ClientOptions = {}) => makeClient(server.baseUrl, { ...path, ...options });
  /** Answers every request with a status; says "wait 1 ms" so that tests are quick. */
  const always = (
    status: number,
    headers: Record<string, string> = FAST,
    body: unknown = { error: { message: "no" } },
  ): void => server.on((_request, response) => json(response, status, body, headers));

  test.each([408, 429, 500, 502, 503, 504, 529])("a read: %i, three requests", async (status) => {
    always(status);
    expect(await failure(make().getConversation("c"))).toMatchObject({
      status,
      httpRequests: 3,
      retryable: true,
    });
    expect(server.seen).toHaveLength(3);
  });

  test.each([400, 401, 402, 403, 404, 405, 409, 410, 412, 413, 415, 422, 423, 431, 451])(
    "a read: %i, one request",
    async (status) => {
      always(status);
      expect(await failure(make().getConversation("c"))).toMatchObject({
        status,
        httpRequests: 1,
        retryable: false,
      });
      expect(server.seen).toHaveLength(1);
    },
  );

  test.each([408, 500, 502, 503, 504])("a write: %i, one request, outcome unknown", async (status) => {
    always(status);
    const error = await failure(make().updateConversation("c", {}));
    expect(error).toMatchObject({ status, httpRequests: 1, outcome: "unknown" });
    expect(error.message).toContain("may have been applied");
    expect(error.message).not.toContain("Try again");
    expect(server.seen).toHaveLength(1);
  });

  test.each([400, 401, 404, 409, 412, 422])(
    "a write: %i, one request, and it was certainly not applied",
    async (status) => {
      always(status);
      expect((await failure(make().createConversation({}))).outcome).toBeUndefined();
      expect(server.seen).toHaveLength(1);
    },
  );

  test("a write: 429 is sent again, whole", async () => {
    server.on((_request, response) =>
      server.seen.length < 3 ? json(response, 429, {}, FAST) : json(response, 200, conversation),
    );
    await make().updateConversation("c", { metadata: { a: "b" } });
    expect(server.seen.map(({ body }) => body)).toEqual(Array(3).fill('{"metadata":{"a":"b"}}'));
  });

  test("the modes: always repeats a write and remembers that its outcome is unknown, never repeats nothing", async () => {
    server.on((_request, response) =>
      server.seen.length < 2 ? json(response, 503, {}, FAST) : json(response, 404, {}),
    );
    const error = await failure(make({ retry: "always" }).updateConversation("c", {}));
    expect(error).toMatchObject({ kind: "not_found", httpRequests: 2, outcome: "unknown" });
    always(429);
    await failure(make({ retry: "never" }).getConversation("c"));
    await failure(make().getConversation("c", { retry: "never" }));
    expect(server.seen).toHaveLength(2);
  });

  test("a write with an idempotency key that the vendor honours, under that key each time", async () => {
    const vendor = { ...openai, idempotencyHeader: "Idempotency-Key" };
    const options = { ...path, baseUrl: server.baseUrl, apiKey: KEY };
    const client = createClient<OpenAIClient>(vendor, options);
    server.on((_request, response) =>
      server.seen.length < 2 ? json(response, 503, {}, FAST) : json(response, 200, conversation),
    );
    await client.updateConversation("c", {}, { idempotencyKey: "order 17" });
    expect(server.seen.map(({ headers }) => headers["idempotency-key"])).toEqual(["order 17", "order 17"]);
    // An empty key names nothing, so it must not make a write look safe to repeat.
    for (const idempotencyKey of ["", " ", "a\nb", "é", 5, {}, null]) {
      const call = client.updateConversation("c", {}, { idempotencyKey } as never);
      expect(await failure(call)).toMatchObject({ kind: "invalid", httpRequests: 0 });
    }
    const unknown = make().updateConversation("c", {}, { idempotencyKey: "order 17" });
    expect(await failure(unknown)).toMatchObject({ kind: "unsupported", httpRequests: 0 });
    expect(server.seen).toHaveLength(2);
  });

  test("maxRetries, of the client and of the call", async () => {
    always(429);
    await failure(make({ maxRetries: 1 }).getConversation("c"));
    expect(server.seen).toHaveLength(2);
    await failure(make({ maxRetries: 1 }).getConversation("c", { maxRetries: 4 }));
    expect(server.seen).toHaveLength(7);
    await failure(make({ maxRetries: 0 }).getConversation("c"));
    expect(server.seen).toHaveLength(8);
  });

  test("what the vendor says is final is final: x-should-retry, retryable in the body", async () => {
    always(503, { ...FAST, "x-should-retry": "false" });
    expect(await failure(make().getConversation("c"))).toMatchObject({ retryable: false, httpRequests: 1 });
    always(429, FAST, { retryable: false, message: "spent" });
    expect(await failure(make().getConversation("c"))).toMatchObject({ retryable: false, httpRequests: 1 });
  });

  test("a wait over the cap, or over the deadline, fails at once and says how long", async () => {
    always(429, { "retry-after": "90" });
    const capped = await failure(make().getConversation("c"));
    expect(capped).toMatchObject({ kind: "rate_limited", retryAfterMs: 90_000, httpRequests: 1 });
    expect(capped.message).toContain("90 s");
    const late = await failure(make({ maxRetryAfterMs: 100_000, deadlineMs: 1000 }).getConversation("c"));
    expect(late).toMatchObject({ kind: "rate_limited", retryAfterMs: 90_000, httpRequests: 1 });
    expect(server.seen).toHaveLength(2);
  });

  test("what ends before its request counts none", async () => {
    always(200);
    const client = make();
    const controller = new AbortController();
    const abort = () => controller.abort();
    for (const options of [
      { signal: AbortSignal.abort() },
      { signal: controller.signal, beforeAttempt: abort },
      { signal: controller.signal, observe: { onRequest: abort } },
    ])
      expect(await failure(client.getConversation("c", options))).toMatchObject({ httpRequests: 0 });
    expect(server.seen).toEqual([]);
  });

  test("a write that is stopped between two attempts was refused, and not unknown", async () => {
    always(429, { "retry-after": "30" });
    const controller = new AbortController();
    const client = make({ observe: { onRetry: () => controller.abort() } });
    const error = await failure(client.updateConversation("c", {}, { signal: controller.signal }));
    expect(error).toMatchObject({ kind: "aborted", httpRequests: 1 });
    expect(error.outcome).toBeUndefined();
  });

  test("a wait ends the moment the signal aborts", async () => {
    always(429, { "retry-after": "30" });
    const controller = new AbortController();
    const call = failure(
      make({ observe: { onRetry: () => controller.abort(new Error("enough")) } }).getConversation("c", {
        signal: controller.signal,
      }),
    );
    const error = await call;
    expect(error).toMatchObject({ kind: "aborted", retryable: false });
    expect((error.cause as Error).message).toBe("enough");
    expect(server.seen).toHaveLength(1);
  });

  const tcp: [string, (socket: Socket) => void][] = [
    ["reset", (socket) => void socket.resetAndDestroy()],
    ["close without an answer", (socket) => void socket.end()],
    [
      "reset in the headers",
      (socket) => void socket.write("HTTP/1.1 200 OK\r\nContent-", () => socket.resetAndDestroy()),
    ],
    [
      "reset in the body",
      (socket) =>
        void socket.write(
          'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"id":',
          () => socket.resetAndDestroy(),
        ),
    ],
    [
      "truncated body",
      (socket) =>
        void socket.end(
          'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"id":"c"}',
        ),
    ],
    [
      "truncated chunks",
      (socket) =>
        void socket.end(
          'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"id"\r\n',
        ),
    ],
  ];
  test.each(tcp)(
    "%s: a read is repeated, a write is not and its outcome is unknown",
    async (_name, handle) => {
      let connections = 0;
      const origin = await startTcp((socket) => {
        connections++;
        handle(socket);
      });
      const client = makeClient(origin, { ...path, maxRetries: 1 });
      const read = await failure(client.getConversation("c"));
      expect(read).toMatchObject({ kind: "network", retryable: true, httpRequests: 2 });
      expect(read.outcome).toBeUndefined();
      expect(connections).toBe(2);
      expect(await failure(client.updateConversation("c", {}))).toMatchObject({
        kind: "network",
        httpRequests: 1,
        outcome: "unknown",
      });
      expect(connections).toBe(3);
    },
  );

  const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
  test.each([
    [
      "a length that its chunks contradict",
      `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
    ],
    ["two lengths", `${head}Content-Length: 2\r\nContent-Length: 5\r\n\r\n{}`],
    ["an invalid header", `${head}garbage\r\nContent-Length: 2\r\n\r\n{}`],
    // Where Node reads zstd at all.
    ...(zstdCompressSync !== undefined
      ? [["invalid zstd", `${head}Content-Encoding: zstd\r\nContent-Length: 2\r\n\r\n{}`]]
      : []),
  ])("%s is no fault of the network: one request, bad_response", async (_name, answer) => {
    const origin = await startTcp((socket) => void socket.end(answer));
    const error = await failure(makeClient(origin, path).getConversation("c"));
    expect(error).toMatchObject({ kind: "bad_response", retryable: false, httpRequests: 1 });
  });

  /** Answers `answers` requests, then closes the connection under the next `fails`. */
  const closing = (answers: number, fails: number): void =>
    server.on((_request, response, socket) => {
      const number = server.seen.length - answers;
      return number > 0 && number <= fails ? socket.destroy() : json(response, 200, conversation);
    });

  /** The shortest waits there are. */
  const hurry = (): void => {
    const random = vi.spyOn(Math, "random").mockReturnValue(1);
    onTestFinished(() => random.mockRestore());
  };

  test("a read whose connection is closed under it counts as no attempt where the vendor has answered", async () => {
    hurry();
    closing(8, 7);
    const client = make();
    await Promise.all(Array.from({ length: 8 }, () => client.getConversation("c")));
    const { httpRequests } = await client.getConversation("c").withResponse();
    expect(httpRequests).toBe(8);
  });

  test("five such attempts count for none, no more of them than answers, and none where there are no retries", async () => {
    hurry();
    const requests = async (answers: number, options: ClientOptions = {}): Promise<number | undefined> => {
      closing(answers, Number.POSITIVE_INFINITY);
      const client = make(options);
      for (let n = 0; n < answers; n++) await client.getConversation("c");
      return (await failure(client.getConversation("c"))).httpRequests;
    };
    expect(await requests(8)).toBe(8);
    expect(await requests(1)).toBe(4);
    expect(await requests(8, { maxRetries: 0 })).toBe(1);
    expect(await requests(8, { retry: "never" })).toBe(1);
  });

  test("a write whose connection is closed under it is not sent again, whatever the vendor has answered", async () => {
    closing(8, Number.POSITIVE_INFINITY);
    const client = make();
    for (let n = 0; n < 8; n++) await client.getConversation("c");
    const error = await failure(client.updateConversation("c", {}));
    expect(error).toMatchObject({ kind: "network", httpRequests: 1, outcome: "unknown" });
  });

  test("an id that looks like a code of the network changes nothing where the error quotes the address, as Deno's do", async () => {
    for (const id of ["ENOTFOUND", "(407)", "certificate"]) {
      const fetch: Fetch = async (url) => {
        throw new TypeError(
          `error sending request for ${url} (127.0.0.1:80): client error (SendRequest): connection closed before message completed`,
        );
      };
      const error = await failure(make({ fetch }).updateConversation(id, {}));
      expect(error).toMatchObject({ kind: "network", httpRequests: 1, outcome: "unknown", retryable: true });
    }
  });

  test.each([
    ["a refused connection", REFUSING_ORIGIN, /ECONNREFUSED/],
    ["a host that does not exist", "http://nowhere.invalid", /ENOTFOUND|EAI_AGAIN/],
  ])("%s: nothing was sent, so a write is repeated and its outcome is known", async (_name, origin, code) => {
    const error = await failure(makeClient(origin, { ...path, maxRetries: 1 }).updateConversation("c", {}));
    expect(error).toMatchObject({ kind: "network", httpRequests: 2, retryable: true });
    expect(error.outcome).toBeUndefined();
    expect(error.message).toMatch(code);
  });

  test("a write that HTTP/2 refused was not processed (RFC 9113, 8.7), so it is sent again", async () => {
    let refusals = 0;
    const send = path.fetch ?? (fetch as Fetch);
    const refuse: Fetch = async (url, init) => {
      if (refusals++ > 0) return send(url, init);
      const code = "ERR_HTTP2_STREAM_ERROR";
      throw Object.assign(new Error("Stream closed with error code NGHTTP2_REFUSED_STREAM"), { code });
    };
    server.on((_request, response) => json(response, 200, conversation));
    expect(await make({ fetch: refuse }).updateConversation("c", {})).toEqual(conversation);
    expect([refusals, server.seen.length]).toEqual([2, 1]);
  });

  test("TLS to a server that speaks none: nothing was applied, and trying again is useless", async () => {
    const origin = await startTcp((socket) => void socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    const error = await failure(
      makeClient(origin.replace("http", "https"), path).updateConversation("c", {}),
    );
    expect(error).toMatchObject({ kind: "network", httpRequests: 1, retryable: false });
    expect(error.outcome).toBeUndefined();
  });

  test("an outage is not multiplied: 60 failing calls make at most 96 requests", async () => {
    always(503, { "retry-after-ms": "1" });
    const client = make();
    await Promise.all(Array.from({ length: 60 }, () => failure(client.getConversation("c"))));
    expect(server.seen.length).toBeGreaterThanOrEqual(60);
    expect(server.seen.length).toBeLessThanOrEqual(96);
  });
});
