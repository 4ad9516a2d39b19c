import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Agent, type Dispatcher } from "undici";
import { describe, expect, test } from "vitest";
import type { BodyReader } from "../src/index.ts";
import { undiciFetch } from "../src/undici.ts";
import { conversation, json, makeClient, startServer } from "./helpers.ts";

describe("undiciFetch", async () => {
  const server = await startServer();
  const ok = (): void => server.on((_request, response) => json(response, 200, conversation));

  test("asks for no compression unless the caller does", async () => {
    ok();
    const client = makeClient(server.baseUrl, { fetch: undiciFetch() });
    await client.getConversation("c");
    await client.getConversation("c", { headers: { "Accept-Encoding": "gzip" } });
    expect(server.seen.map(({ headers }) => headers["accept-encoding"])).toEqual(["identity", "gzip"]);
  });

  test("keeps to 64 connections, and all of 300 calls at once are answered", async () => {
    server.on((_request, response) => setTimeout(() => json(response, 200, conversation), 5));
    const client = makeClient(server.baseUrl, { fetch: undiciFetch() });
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, server.sockets.size);
    }, 1);
    await Promise.all(Array.from({ length: 300 }, () => client.getConversation("c")));
    clearInterval(watch);
    // Connections of the tests before may be among them.
    expect(most).toBeLessThanOrEqual(66);
  });

  test("a call that is aborted before it has a connection is never sent", async () => {
    ok();
    const dispatcher = new Agent({ connections: 1 });
    const client = makeClient(server.baseUrl, { fetch: undiciFetch({ dispatcher }) });
    server.on((_request, response) => setTimeout(() => json(response, 200, conversation), 100));
    const controller = new AbortController();
    const first = client.getConversation("first");
    const second = client.getConversation("second", { signal: controller.signal }).catch((error) => error);
    controller.abort();
    expect(await second).toMatchObject({ kind: "aborted" });
    await first;
    await dispatcher.close();
    expect(server.seen.map(({ url }) => url)).toEqual(["/v1/conversations/first"]);
  });

  test("what nobody reads is not fetched: the server waits, and then all of it arrives", async () => {
    const total = 64 * 2 ** 20;
    const chunk = Buffer.alloc(2 ** 16);
    let written = 0;
    server.on(async (_request, response) => {
      response.on("error", () => {});
      response.writeHead(200, { "content-length": total });
      for (; written < total; written += chunk.length)
        if (!response.write(chunk)) await once(response, "drain");
      response.end();
    });
    const { signal } = new AbortController();
    const init = { method: "GET", headers: {}, redirect: "manual", signal } as const;
    const { body } = await undiciFetch()(server.baseUrl, init);
    // As long as the server gets rid of more.
    for (let before = -1; before < written; ) {
      before = written;
      await sleep(300);
    }
    expect(written).toBeLessThan(total);
    const reader = (body as { getReader(): BodyReader }).getReader();
    let received = 0;
    for (;;) {
      const { value } = await reader.read();
      if (!value) break;
      received += value.length;
    }
    expect(received).toBe(total);
  });

  test("what came in many chunks is read at once", async () => {
    const text = JSON.stringify({ ...conversation, metadata: { long: "x".repeat(50_000) } });
    let reads = 0;
    // Gives the handler one byte a chunk, as undici does when packets hold one each.
    const drip: Pick<Dispatcher, "dispatch"> = {
      dispatch: (_options, handler) => {
        const controller = { pause: () => {}, resume: () => reads++, abort: () => {} };
        const given = controller as unknown as Dispatcher.DispatchController;
        handler.onRequestStart?.(given, {});
        handler.onResponseStart?.(given, 200, { "content-type": "application/json" }, "OK");
        for (const byte of Buffer.from(text)) handler.onResponseData?.(given, Buffer.of(byte));
        handler.onResponseEnd?.(given, {});
        return true;
      },
    };
    const fetch = undiciFetch({ dispatcher: drip as Dispatcher });
    expect(await makeClient(server.baseUrl, { fetch }).getConversation("c")).toEqual(JSON.parse(text));
    expect(reads).toBe(1);
  });

  test("takes the dispatcher of a call, of its method and of http; what else is for fetch does no harm", async () => {
    ok();
    const agent = new Agent();
    const routes: string[] = [];
    const dispatcher: Pick<Dispatcher, "dispatch"> = {
      dispatch: (options, handler) => {
        routes.push(`${options.method} ${options.path}`);
        return agent.dispatch(options, handler);
      },
    };
    const init = { dispatcher, cache: "no-store", next: { revalidate: 5 }, credentials: "include" };
    const client = makeClient(server.baseUrl, { fetch: undiciFetch() });
    await client.getConversation("c", { fetchOptions: init });
    const params = { path: { conversation_id: "d" } };
    await client.http.GET("/conversations/{conversation_id}", { params, ...init } as never);
    await client.getConversation("e");
    expect(routes).toEqual(["GET /v1/conversations/c", "GET /v1/conversations/d"]);
    expect(server.seen).toHaveLength(3);
    await agent.close();
  });
});
