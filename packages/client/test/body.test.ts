import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { ClientOptions } from "../src/index.ts";
import { conversation, failure, json, makeClient, paths, startServer, startTcp } from "./helpers.ts";

const TYPE = { "content-type": "application/json" };

describe.each(paths)("response bodies over %s", async (_, path) => {
  const server = await startServer();
  const make = (options: ClientOptions = {}) => makeClient(server.baseUrl, { ...path, ...options });
  const answer = (status: number, headers: Record<string, string>, body: string | Uint8Array): void =>
    server.on((_request, response) =>
      response.writeHead(status, { "x-request-id": "req_7", ...headers }).end(body),
    );

  const bad: [string, number, Record<string, string>, string | Uint8Array][] = [
    ["an empty 200", 200, TYPE, ""],
    ["white space", 200, TYPE, " \n"],
    ["an HTML page", 200, { "content-type": "text/html" }, "<!doctype html><title>Sign in</title>"],
    ["JSON called HTML", 200, { "content-type": "text/html" }, "{}"],
    ["JSON called text", 200, { "content-type": "text/plain" }, "{}"],
    ["an event stream", 200, { "content-type": "text/event-stream" }, "data: {}\n\n"],
    ["JSON lines", 200, { "content-type": "application/jsonl" }, "{}"],
    ["truncated JSON", 200, TYPE, '{"id":"conv_1","meta'],
    ["invalid JSON", 200, TYPE, "{'id': 1}"],
    ["something after the JSON", 200, TYPE, "{} trailing"],
    ["null", 200, TYPE, "null"],
    ["a number", 200, TYPE, "42"],
    ["a text", 200, TYPE, '"ok"'],
    ["bytes that are not UTF-8", 200, TYPE, new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ["an empty 202", 202, TYPE, ""],
  ];
  test.each(bad)(
    "%s is a bad_response with status and request id; for a write the outcome is unknown",
    async (_name, status, headers, body) => {
      answer(status, headers, body);
      const read = await failure(make().getConversation("c"));
      expect(read).toMatchObject({ kind: "bad_response", status, retryable: false, httpRequests: 1 });
      expect(read.outcome).toBeUndefined();
      if (typeof body === "string") {
        expect(read.requestId).toBe("req_7");
        expect(read.message).toContain(JSON.stringify(body.slice(0, 200)));
      }
      expect(await failure(make().updateConversation("c", {}))).toMatchObject({
        kind: "bad_response",
        outcome: "unknown",
      });
    },
  );

  test.each([{ message: "down", code: 503 }, "down"])(
    "a delete that is answered 200 with the error %j has not happened for certain",
    async (error) => {
      answer(200, { "content-type": "application/json" }, JSON.stringify({ error }));
      const kind = typeof error === "string" ? "bad_response" : "server";
      expect(
        await failure(
          make().request("DELETE /conversations/{conversation_id}/unknown", {
            path: { conversation_id: "c" },
          }),
        ),
      ).toMatchObject({ kind, outcome: "unknown" });
    },
  );

  test("204 is a bad_response where an object is expected, and nothing for a delete", async () => {
    answer(204, {}, "");
    expect(await failure(make().getConversation("c"))).toMatchObject({ kind: "bad_response", status: 204 });
    expect(await make().deleteConversation("c")).toBeUndefined();
    answer(200, TYPE, '{"deleted":true}');
    expect(await make().deleteConversation("c")).toEqual({ deleted: true });
  });

  test("only the first 200 characters are quoted", async () => {
    answer(200, { "content-type": "text/html" }, `<html>${"x".repeat(5000)}`);
    expect((await failure(make().getConversation("c"))).message.length).toBeLessThan(500);
  });

  const good: [string, Record<string, string>, string | Uint8Array][] = [
    ["a byte order mark", TYPE, `\ufeff${JSON.stringify(conversation)}`],
    ["no content type", {}, JSON.stringify(conversation)],
    ["a charset", { "content-type": "application/json; charset=utf-8" }, JSON.stringify(conversation)],
    ["a JSON dialect", { "content-type": "application/vnd.api+json" }, JSON.stringify(conversation)],
    ["white space around", TYPE, `\r\n${JSON.stringify(conversation)}\n`],
    ["unrequested gzip", { ...TYPE, "content-encoding": "gzip" }, gzipSync(JSON.stringify(conversation))],
    ["deflate", { ...TYPE, "content-encoding": "deflate" }, deflateSync(JSON.stringify(conversation))],
  ];
  test.each(good)("%s is read", async (_name, headers, body) => {
    answer(200, headers, body);
    expect(await make().getConversation("c")).toEqual(conversation);
  });

  test("unknown fields and new enum values pass, dangerous keys stay plain data", async () => {
    answer(200, TYPE, '{"id":"c","status":"brand_new","extra":{"a":[1]},"__proto__":{"polluted":true}}');
    const data = (await make().getConversation("c")) as unknown as Record<string, unknown>;
    expect(data).toMatchObject({ status: "brand_new", extra: { a: [1] } });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test("characters cut in two by chunks arrive whole", async () => {
    const bytes = Buffer.from(JSON.stringify({ id: "c", metadata: { text: "会話👩‍👧é".repeat(50) } }));
    server.on(async (_request, response) => {
      response.writeHead(200, TYPE);
      for (let at = 0; at < bytes.length; at += 7) {
        response.write(bytes.subarray(at, at + 7));
        await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
    });
    expect(await make().getConversation("c")).toEqual(JSON.parse(bytes.toString()));
  });

  test.each(["", "identity, identity", "none", "utf-8"])(
    "a content-encoding that is no compression does not matter: %j",
    async (encoding) => {
      answer(200, { ...TYPE, "content-encoding": encoding }, JSON.stringify(conversation));
      expect(await make().getConversation("c")).toEqual(conversation);
    },
  );

  test("a compression it cannot read, and data that is not what was announced", async () => {
    answer(200, { ...TYPE, "content-encoding": "compress-x" }, brotliCompressSync("{}"));
    expect((await failure(make().getConversation("c"))).kind).toBe("bad_response");
    answer(200, { ...TYPE, "content-encoding": "gzip" }, "this is not gzip");
    expect(await failure(make().updateConversation("c", {}))).toMatchObject({
      kind: "bad_response",
      outcome: "unknown",
    });
  });

  test("a body over the limit is given up while it streams, and the socket closed", async () => {
    let sent = 0;
    server.on((_request, response) => {
      response.writeHead(200, TYPE);
      const chunk = Buffer.alloc(65_536, " ");
      const push = (): void => {
        while (!response.destroyed && sent < 500_000_000) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once("drain", push);
        }
        response.end();
      };
      push();
    });
    const error = await failure(make({ maxResponseBytes: 1_000_000 }).getConversation("c"));
    expect(error).toMatchObject({ kind: "bad_response", status: 200 });
    expect(error.message).toContain("maxResponseBytes");
    expect(error.message).toContain("raise maxResponseBytes");
    expect(sent).toBeLessThan(100_000_000);
    while (server.sockets.size) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  test("a body that is empty needs no decompression, whatever the head says", async () => {
    for (const encoding of ["gzip", "br", "deflate", "gzip, br"]) {
      answer(204, { "content-encoding": encoding }, "");
      expect(await make().deleteConversation("c")).toBeUndefined();
      answer(200, { ...TYPE, "content-encoding": encoding, "content-length": "0" }, "");
      expect(await failure(make().getConversation("c"))).toMatchObject({ kind: "bad_response", status: 200 });
    }
  });

  test("exactly the limit is read, one byte more is not", async () => {
    const text = JSON.stringify(conversation);
    answer(200, TYPE, text);
    expect(await make({ maxResponseBytes: text.length }).getConversation("c")).toEqual(conversation);
    expect((await failure(make({ maxResponseBytes: text.length - 1 }).getConversation("c"))).kind).toBe(
      "bad_response",
    );
  });

  test("a gzip bomb is stopped by what comes out of it", async () => {
    answer(200, { ...TYPE, "content-encoding": "gzip" }, gzipSync(Buffer.alloc(200_000_000, " ")));
    const error = await failure(make().getConversation("c"));
    expect(error).toMatchObject({ kind: "bad_response" });
    expect(error.message).toContain("maxResponseBytes");
  });

  test("an endless error body is cut at 64 kB and its status kept", async () => {
    server.on((_request, response) => {
      response.writeHead(400, { "content-type": "text/plain" });
      const push = (): void => {
        while (!response.destroyed && response.write("x".repeat(65_536)));
        if (!response.destroyed) response.once("drain", push);
      };
      push();
    });
    const error = await failure(make().getConversation("c"));
    expect(error).toMatchObject({ kind: "invalid", status: 400 });
    expect((error.body as string).length).toBe(64_000);
  });

  test.each([
    ["garbage instead of HTTP", "SSH-2.0-OpenSSH_9.9\r\n"],
    ["garbage in a header", "HTTP/1.1 200 OK\r\nbad header: \u0001\r\n\r\n{}"],
    ["a header block without end", `HTTP/1.1 200 OK\r\nx: ${"y".repeat(200_000)}\r\n\r\n{}`],
  ])("%s is a typed error, and a write is sent once", async (_name, text) => {
    let connections = 0;
    const origin = await startTcp((socket) => {
      connections++;
      socket.end(text);
    });
    const error = await failure(makeClient(origin, path).updateConversation("c", {}));
    expect(error).toMatchObject({ kind: "bad_response", outcome: "unknown", retryable: false });
    expect(connections).toBe(1);
  });

  test("no socket is left behind by many errors", async () => {
    server.on((_request, response) => json(response, 400, { error: { message: "x".repeat(1000) } }));
    const client = make();
    for (let i = 0; i < 30; i++) await failure(client.getConversation("c"));
    expect(server.sockets.size).toBeLessThanOrEqual(2);
  });
});

describe("the end of a body", () => {
  /** An answer in these pieces, whose end is only told with `ends`. */
  const client = (pieces: string[], headers: Record<string, string>, { type = "basic", ends = true } = {}) =>
    makeClient("http://127.0.0.1:9", {
      deadlineMs: 2000,
      fetch: async () => {
        const chunks = pieces.map((piece) => new TextEncoder().encode(piece));
        const read = async () => {
          const value = chunks.shift();
          return value || ends ? { done: !value, value } : new Promise<never>(() => {});
        };
        const body = { getReader: () => ({ read, cancel: async () => undefined }) };
        return { status: 200, type, headers: new Headers({ ...TYPE, ...headers }), body };
      },
    });

  test("is not waited for once all announced bytes are there", async () => {
    const pieces = ['{"id":', '"c"}'];
    const silent = client(pieces, { "content-length": "10" }, { ends: false });
    expect(await silent.getConversation("c")).toEqual({ id: "c" });
  });

  test.each([
    ["compressed", { "content-length": "6", "content-encoding": "gzip" }, {}],
    ["of another origin, which may have been compressed", { "content-length": "6" }, { type: "cors" }],
    ["without a length", {}, {}],
  ])("is what tells that a body %s is whole", async (_name, headers, how) => {
    expect(await client(["", '{"id":', '"c"}'], headers, how).getConversation("c")).toEqual({ id: "c" });
  });
});
