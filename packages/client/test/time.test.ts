import { describe, expect, test, vi } from "vitest";
import type { ClientOptions } from "../src/index.ts";
import { failure, type Handler, json, makeClient, paths, startServer } from "./helpers.ts";

const HEAD = { "content-type": "application/json" };

/** Ways for a server to be too slow. */
const slow: [string, Handler][] = [
  ["no answer", () => {}],
  ["headers, no body", (_, response) => void response.writeHead(200, HEAD).write("{")],
  ["an error body that stalls", (_, response) => void response.writeHead(500, HEAD).write("{")],
  [
    "a body that drips",
    (_, response) => {
      response.writeHead(200, HEAD);
      const drip = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(drip));
    },
  ],
  [
    "1xx forever",
    (_, response) => {
      const drip = setInterval(() => response.writeProcessing(), 20);
      response.on("close", () => clearInterval(drip));
    },
  ],
];

describe.each(paths)("time over %s", async (_, path) => {
  const server = await startServer();
  const make = (options: ClientOptions = {}) => makeClient(server.baseUrl, { ...path, ...options });
  const socketsClosed = async (): Promise<void> => {
    while (server.sockets.size) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  test.each(slow)(
    "%s: timeoutMs ends the attempt, names itself and closes the socket",
    async (_name, handler) => {
      server.on(handler);
      const error = await failure(make({ timeoutMs: 400, retry: "never" }).getConversation("c"));
      // The head decides what an error is; a body that stalls costs only the excerpt.
      const kind = error.status === undefined ? "timeout" : "server";
      expect(error).toMatchObject({ kind, retryable: true, httpRequests: 1 });
      expect(error.message).toContain("timeoutMs (400 ms)");
      expect(error.outcome).toBeUndefined();
      await socketsClosed();
    },
  );

  test.each(slow)("%s: a write is not repeated and its outcome is unknown", async (name, handler) => {
    server.on(handler);
    const error = await failure(make({ timeoutMs: 500 }).updateConversation(name, {}));
    const kind = error.status === undefined ? "timeout" : "server";
    expect(error).toMatchObject({ kind, httpRequests: 1, outcome: "unknown" });
    // A busy server may not have come to it in that time, nor to the write of the test before.
    const writes = server.seen.filter(({ url }) => url.endsWith(encodeURIComponent(name)));
    expect(writes.length).toBeLessThanOrEqual(1);
  });

  test("a read is repeated after a timeout", async () => {
    server.on((_request, response) =>
      server.seen.length > 1 ? json(response, 200, { id: "c" }) : undefined,
    );
    const options = { timeoutMs: 400, maxRetries: 20 };
    expect(await make(options).getConversation("c")).toEqual({ id: "c" });
  });

  test("deadlineMs ends the whole call, whatever attempt it is in", async () => {
    server.on(() => {});
    const error = await failure(
      make({ timeoutMs: 300, deadlineMs: 3000, maxRetries: 50 }).getConversation("c"),
    );
    expect(error.kind).toBe("timeout");
    expect(error.httpRequests).toBeGreaterThan(1);
    expect(error.httpRequests).toBeLessThan(50);
    const short = await failure(make({ timeoutMs: 400, deadlineMs: 100 }).getConversation("c"));
    expect(short.message).toContain("deadlineMs (100 ms)");
    server.on((_request, response) =>
      server.seen.length > 1 ? undefined : json(response, 503, {}, { "retry-after-ms": "1" }),
    );
    const rest = await failure(make({ deadlineMs: 600 }).getConversation("c"));
    // The figure is the caller's, whatever was left of it.
    expect(rest.message).toContain("deadlineMs (600 ms)");
  });

  test("an apiKey function that never answers is bounded too, and nothing was sent", async () => {
    server.on(() => {});
    const error = await failure(
      make({ apiKey: () => new Promise(() => {}), timeoutMs: 50, retry: "never" }).updateConversation(
        "c",
        {},
      ),
    );
    expect(error.kind).toBe("timeout");
    expect(error.outcome).toBeUndefined();
    expect(server.seen).toEqual([]);
  });

  test("no attempt begins after the deadline, even if the wait before it took too long", async () => {
    server.on((_request, response) => json(response, 429, {}, { "retry-after-ms": "1" }));
    const random = vi.spyOn(Math, "random").mockReturnValue(0);
    const { now } = performance;
    const onRetry = (): void => {
      vi.spyOn(performance, "now").mockImplementation(() => now.call(performance) + 20_000);
    };
    const options = { deadlineMs: 20_000, observe: { onRetry } };
    const error = await failure(make(options).updateConversation("c", {}));
    vi.mocked(performance.now).mockRestore();
    random.mockRestore();
    expect(error.message).toContain("deadlineMs (20000 ms)");
    expect(error.outcome).toBeUndefined();
    expect(server.seen).toHaveLength(1);
  });

  test("a signal aborts at every moment: before, while waiting for headers, in the body", async () => {
    const early = await failure(make().updateConversation("c", {}, { signal: AbortSignal.abort("no") }));
    expect(early.kind).toBe("aborted");
    expect(early.outcome).toBeUndefined();
    for (const [, handler] of slow.slice(0, 2)) {
      const controller = new AbortController();
      server.on((request, response, socket) => {
        handler(request, response, socket);
        setTimeout(() => controller.abort(), 100);
      });
      const error = await failure(make().updateConversation("c", {}, { signal: controller.signal }));
      expect(error).toMatchObject({ kind: "aborted", outcome: "unknown", httpRequests: 1 });
    }
    await socketsClosed();
  });

  test("a signal used for many calls keeps no listener", async () => {
    server.on((_request, response) => json(response, 200, { id: "c" }));
    const { signal } = new AbortController();
    let listeners = 0;
    for (const [name, by] of [
      ["addEventListener", 1],
      ["removeEventListener", -1],
    ] as const) {
      const original = signal[name].bind(signal);
      signal[name] = (type: string, listener: EventListenerOrEventListenerObject) => {
        listeners += by;
        original(type, listener);
      };
    }
    const client = make();
    for (let i = 0; i < 20; i++) await client.getConversation("c", { signal });
    expect(listeners).toBe(0);
  });

  test("a fetch that ignores its signal cannot hold the call", async () => {
    const client = make({ fetch: () => new Promise(() => {}), timeoutMs: 50, retry: "never" });
    expect((await failure(client.getConversation("c"))).kind).toBe("timeout");
  });
});
