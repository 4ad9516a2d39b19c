import type { ServerResponse } from "node:http";
import { ReadableStream } from "node:stream/web";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { createEventParser } from "../src/event-parser.ts";
import { type ClientListener, createClient, type StreamPromise } from "../src/index.ts";
import { failure, json, KEY, openai, paths, startServer } from "./helpers.ts";

interface Event {
  n: number;
  text?: string;
}
interface Streaming {
  send(id: string, body: { streaming: boolean }, options?: object): StreamPromise<Event>;
  watch(id: string, body?: undefined, options?: object): StreamPromise<Event>;
  request: ReturnType<typeof createClient>["request"];
}
const vendor = {
  ...openai,
  operations: {
    send: {
      route: "POST /c/{id}/messages",
      kind: "create",
      body: "required",
      stream: { unless: { streaming: false } },
    },
    watch: { route: "POST /c/{id}/stream", kind: "read", body: "optional", stream: {} },
  },
} as const;

const head = (response: ServerResponse): ServerResponse =>
  response.writeHead(200, {
    "content-type": "text/event-stream",
    "x-request-id": "req_s",
    connection: "close",
  });
const line = (n: number): string => `data: ${JSON.stringify({ n })}\n\n`;

async function collect(stream: AsyncIterable<Event>): Promise<number[]> {
  const all: number[] = [];
  for await (const { n } of stream) all.push(n);
  return all;
}

describe.each(paths)("streams over %s", async (_, path) => {
  const server = await startServer();
  const make = (options: object = {}): Streaming =>
    createClient(vendor, { ...path, apiKey: KEY, baseUrl: server.origin, ...options }) as never;
  const client = make();
  const socketsClosed = async (): Promise<void> => {
    while (server.sockets.size) await sleep(5);
  };

  test("events arrive as they are sent; the body decides whether there is a stream", async () => {
    server.on(({ body }, response) =>
      JSON.parse(body).streaming === false
        ? json(response, 200, { whole: true }, { connection: "close" })
        : head(response).end(
            `${line(1)}: a comment\n\nevent: x\r\ndata: {"n":\r\ndata: 2}\r\n\r\ndata: [DONE]\n\n${line(9)}`,
          ),
    );
    expect(await collect(client.send("c", { streaming: true }))).toEqual([1, 2]);
    expect(server.seen[0]?.headers.accept).toBe("text/event-stream");
    expect(await client.send("c", { streaming: false })).toEqual({ whole: true });
    const { requestId, httpRequests, data } = await client.send("c", { streaming: true }).withResponse();
    expect([requestId, httpRequests]).toEqual(["req_s", 1]);
    expect(await collect(data)).toEqual([1, 2]);
    expect(await failure(collect(data))).toMatchObject({ kind: "invalid" });
  });

  test("a route that streams cannot be called by mistake: nothing is sent", async () => {
    server.on((_request, response) => head(response).end());
    for (const [route, body] of [
      ["POST /c/{id}/messages", {}],
      ["POST /c/{id}/stream", undefined],
    ] as const)
      expect(await failure(client.request(route, { path: { id: "c" }, body }))).toMatchObject({
        kind: "invalid",
      });
    expect(server.seen).toEqual([]);
  });

  test("characters and events that are cut anywhere arrive whole", async () => {
    const bytes = Buffer.from(
      '\uFEFFdata: {"n":1,"text":"hé 👩‍💻"}\r\n\r\ndata: {"n":2}\r\n\r\ndata: [DONE]\r\n\r\n',
    );
    server.on(async (_request, response) => {
      head(response).flushHeaders();
      for (let at = 0; at < bytes.length; at += 3) {
        response.write(bytes.subarray(at, at + 3));
        await sleep(1);
      }
      response.end();
    });
    const events: Event[] = [];
    for await (const event of client.watch("c")) events.push(event);
    expect(events).toEqual([{ n: 1, text: "hé 👩‍💻" }, { n: 2 }]);
  });

  test("abort, leaving the loop and cancel close the socket", async () => {
    server.on((_request, response) => void head(response).write(line(1)));
    await socketsClosed();
    for (const leave of ["abort", "break", "cancel"] as const) {
      const aborts = new AbortController();
      const stream = await client.watch("c", undefined, { signal: aborts.signal });
      expect(server.sockets.size).toBe(1);
      const reason = { left: true };
      const reading = (async () => {
        for await (const _event of stream) {
          if (leave === "break") break;
          if (leave === "abort") aborts.abort(reason);
          else void stream.cancel();
        }
      })().catch((error) => error);
      const error = await reading;
      if (leave === "abort")
        expect(error).toMatchObject({ kind: "aborted", cause: reason, events: [{ n: 1 }] });
      else expect(error).toBeUndefined();
      await socketsClosed();
    }
  });

  test("whoever gives its iterator back frees the socket, unread or while a read waits", async () => {
    server.on((_request, response) => void head(response).write(line(1)));
    await socketsClosed();
    const iterator = (): AsyncIterator<Event> => client.watch("c")[Symbol.asyncIterator]();
    const give = {
      "a call's, unread": async () => void (await iterator().return?.()),
      "a stream's, unread": async () => void (await ReadableStream.from(await client.watch("c")).cancel()),
      "while a read waits": async () => {
        const events = iterator();
        expect(await events.next()).toEqual({ done: false, value: { n: 1 } });
        const next = events.next();
        await events.return?.();
        expect(await next).toEqual({ done: true, value: undefined });
        expect(await events.next()).toEqual({ done: true, value: undefined });
      },
      "a web stream's, while a read waits": async () => {
        const reader = ReadableStream.from(client.watch("c")).getReader();
        expect(await reader.read()).toEqual({ done: false, value: { n: 1 } });
        const next = reader.read();
        await reader.cancel();
        expect(await next).toEqual({ done: true, value: undefined });
      },
    };
    for (const name in give) {
      await give[name as keyof typeof give]();
      await socketsClosed();
    }
  });

  test("reads that do not wait for one another get one event each", async () => {
    server.on((_request, response) => void head(response).end(`${line(1)}${line(2)}data: [DONE]\n\n`));
    const events = client.watch("c")[Symbol.asyncIterator]();
    const read = await Promise.all([events.next(), events.next(), events.next()]);
    expect(read.map(({ value }) => value)).toEqual([{ n: 1 }, { n: 2 }, undefined]);
  });

  test.each<[string, (response: ServerResponse) => unknown, string]>([
    ["ends without [DONE]", (response) => response.end(), "network"],
    ["is reset", (response) => response.destroy(), "network"],
    ["sends what is not JSON", (response) => response.end("data: <html>\n\n"), "bad_response"],
    ["falls silent", () => undefined, "timeout"],
  ])(
    "one that %s is a typed error with what came before; a write is never replayed",
    async (_name, end, kind) => {
      server.on(async (_request, response) => {
        head(response).write(line(1) + line(2));
        await sleep(20);
        end(response);
      });
      // Short only where it has to pass: before, a busy machine needs its time for two events.
      const timeoutMs = kind === "timeout" ? 1500 : 60_000;
      const told: unknown[] = [];
      const observe: ClientListener = { onError: (event) => told.push(event.error) };
      const error = await failure(collect(client.send("c", { streaming: true }, { timeoutMs, observe })));
      expect(told).toEqual([error]);
      expect(error).toMatchObject({
        kind,
        outcome: "unknown",
        events: [{ n: 1 }, { n: 2 }],
        httpRequests: 1,
      });
      expect(JSON.stringify(error)).not.toContain('"n"');
      expect(server.seen).toHaveLength(1);
      await socketsClosed();
    },
  );

  test.each<[string, string, unknown, string]>([
    [
      "Letta's error message",
      '{"message_type":"error_message","run_id":"run-1","error_type":"llm_error","message":"no model"}',
      { message_type: "error_message", run_id: "run-1", error_type: "llm_error", message: "no model" },
      "no model",
    ],
    [
      "an error object",
      '{"error":{"message":"overloaded"}}',
      { error: { message: "overloaded" } },
      "overloaded",
    ],
    ["text, with our key in it", `bad key ${KEY}`, "bad key [redacted]", "bad key [redacted]"],
    [
      "a list of what is wrong",
      '{"detail":[{"loc":["body"],"msg":"field required"}]}',
      { detail: [{ loc: ["body"], msg: "field required" }] },
      '[{\\"loc\\":[\\"body\\"],\\"msg\\":\\"field required\\"}]',
    ],
    [
      "a number and a part of a cookie, both of which are in headers",
      '{"error":{"limit":1500,"message":"no s3cr3tvalue"}}',
      { error: { limit: 1500, message: "no [redacted]" } },
      "no [redacted]",
    ],
  ])("an event named error is thrown: %s", async (_name, data, body, words) => {
    server.on((_request, response) =>
      head(response).end(`${line(1)}event: error\ndata: ${data}\n\ndata: [DONE]\n\n`),
    );
    const headers = { "x-session": "1500", cookie: "sid=s3cr3tvalue; other=1" };
    const error = await failure(collect(client.send("c", { streaming: true }, { headers })));
    expect(error).toMatchObject({ kind: "server", body, events: [{ n: 1 }], outcome: "unknown" });
    expect(error.message).toContain(`was streamed an error: "${words}"`);
    expect(Object.keys(error)).not.toContain("body");
    await socketsClosed();
  });

  test("deadlineMs limits the whole stream only where the call gives one", async () => {
    server.on(async (_request, response) => {
      head(response);
      for (let n = 1; n <= 30 && !response.destroyed; n++) {
        response.write(line(n));
        await sleep(50);
      }
      response.end("data: [DONE]\n\n");
    });
    expect(await collect(make({ deadlineMs: 1000 }).watch("c"))).toHaveLength(30);
    const late = await failure(collect(client.watch("c", undefined, { deadlineMs: 1000 })));
    expect(late).toMatchObject({ kind: "timeout" });
    expect(late.message).toContain("deadlineMs (1000 ms)");
  });

  test("an event is bounded; the head decides errors as everywhere", async () => {
    server.on((_request, response) => head(response).end(`data: "${"x".repeat(5000)}"\n\n`));
    const error = await failure(collect(make({ maxResponseBytes: 1000 }).watch("c")));
    expect(error).toMatchObject({ kind: "bad_response" });
    server.on((_request, response) => json(response, 409, { detail: "busy" }));
    expect(await failure(client.watch("c"))).toMatchObject({ kind: "conflict", status: 409 });
    server.on((_request, response) => json(response, 200, {}));
    expect(await failure(client.watch("c"))).toMatchObject({ kind: "bad_response" });
  });
});

test("a reader of a custom fetch that throws at once is an error, and leaves nothing behind", async () => {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown): void => void unhandled.push(reason);
  process.on("unhandledRejection", listen);
  const fail = (): never => {
    throw new Error("closed");
  };
  const fetch = async () => ({
    status: 200,
    headers: new Headers({ "content-type": "text/event-stream" }),
    body: { getReader: () => ({ read: fail, cancel: fail }) },
  });
  const client = createClient(vendor, { fetch, apiKey: KEY, baseUrl: "http://h", timeoutMs: 20 });
  const aborts = new AbortController();
  const watch = (): StreamPromise<Event> =>
    (client as unknown as Streaming).watch("c", undefined, { signal: aborts.signal });
  expect(await failure(collect(watch()))).toMatchObject({ kind: "network" });
  await watch();
  aborts.abort();
  await sleep(50);
  process.off("unhandledRejection", listen);
  expect(unhandled).toEqual([]);
});

describe("the event parser", () => {
  test("gives the same events however the text is cut", () => {
    const text = "\ndata: a\r\ndata:b\r\rdata\n\n:c\nid: 1\nevent: e\ndata:  c\n\r\n\r\ndata: d\n\n";
    const expected = [{ data: "a\nb" }, { data: "" }, { event: "e", data: " c" }, { data: "d" }];
    for (let size = 1; size <= text.length; size++) {
      const parser = createEventParser(1000);
      const events = [];
      for (let at = 0; at < text.length; at += size) events.push(...parser.push(text.slice(at, at + size)));
      expect(events).toEqual(expected);
    }
  });

  test.each([
    ["\r", "\n"],
    ["\n", "\r"],
  ])("searches a text whose lines end with %j but once for %j", (end, other) => {
    const search = vi.spyOn(String.prototype, "indexOf");
    const events = createEventParser(1e6).push(`data: 1${end}${end}`.repeat(100));
    const searches = search.mock.calls.filter(([wanted]) => wanted === other);
    search.mockRestore();
    expect(events).toEqual(Array(100).fill({ data: "1" }));
    expect(searches).toHaveLength(1);
  });

  test("10 MB in pieces are one event; beyond the limit nothing is kept", () => {
    const parser = createEventParser(11e6);
    parser.push("data: ");
    for (let n = 0; n < 160; n++) expect(parser.push("x".repeat(65_536))).toEqual([]);
    expect(parser.push("\n\n")[0]?.data).toHaveLength(160 * 65_536);
    const small = createEventParser(10);
    expect(small.push("data: 123456789\n\n")).toEqual([]);
    expect(small.tooLarge).toBe(true);
  });
});
