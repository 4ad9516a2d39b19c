import { Agent } from "undici";
import { describe, expect, test } from "vitest";
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
});
