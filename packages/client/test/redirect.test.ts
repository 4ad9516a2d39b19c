import { beforeEach, describe, expect, test } from "vitest";
import { conversation, failure, json, makeClient, paths, startServer } from "./helpers.ts";

describe.each(paths)("redirects over %s", async (_, path) => {
  const server = await startServer();
  const other = await startServer();
  const client = makeClient(server.baseUrl, path);
  const to = (status: number, location: string): void =>
    server.on((request, response) =>
      request.url.includes("moved")
        ? json(response, 200, conversation)
        : response.writeHead(status, { location }).end("body"),
    );
  beforeEach(() => other.on((_request, response) => json(response, 200, conversation)));

  test.each([301, 302, 303, 307, 308])(
    "%i: a read follows inside its origin, a write is sent once and told",
    async (status) => {
      to(status, "/v1/moved?x=1");
      expect(await client.getConversation("c")).toEqual(conversation);
      expect(server.seen.map(({ url }) => url)).toEqual(["/v1/conversations/c", "/v1/moved?x=1"]);
      to(status, "/v1/moved");
      const error = await failure(client.updateConversation("c", { a: 1 }));
      expect(error).toMatchObject({ kind: "bad_response", status, outcome: "unknown" });
      expect(server.seen).toHaveLength(1);
    },
  );

  test.each([301, 302, 303, 307, 308])("%i: nothing is ever sent to another origin", async (status) => {
    to(status, `${other.origin}/v1/conversations/c`);
    for (const call of [client.getConversation("c"), client.updateConversation("c", {})]) {
      const error = await failure(call);
      expect(error).toMatchObject({ kind: "bad_response", status, retryable: false });
      expect(error.message).toContain(other.origin);
    }
    expect(other.seen).toEqual([]);
  });

  test.each(["https://user:pw@127.0.0.1/", "http://[", "file:///etc/passwd", "data:application/json,{}"])(
    "to %s is refused",
    async (location) => {
      to(302, location);
      expect((await failure(client.getConversation("c"))).kind).toBe("bad_response");
    },
  );

  test("to the same origin with credentials in the address is refused", async () => {
    to(302, `${server.origin.replace("//", "//user:pw@")}/moved`);
    const error = await failure(client.getConversation("c"));
    expect(error.kind).toBe("bad_response");
    expect(error.message).not.toContain("pw");
    expect(server.seen).toHaveLength(1);
  });

  test("a fragment is not sent, and the redirect's own body does not matter", async () => {
    server.on((_request, response) =>
      server.seen.length < 2
        ? response.writeHead(302, { location: "/v1/there#part", "content-encoding": "br" }).end("no brotli")
        : json(response, 200, { id: "c" }),
    );
    expect(await client.getConversation("c")).toEqual({ id: "c" });
    expect(server.seen[1]?.url).toBe("/v1/there");
  });

  test("a loop ends after five", async () => {
    to(302, "/v1/again");
    expect(await failure(client.getConversation("c"))).toMatchObject({
      kind: "bad_response",
      httpRequests: 6,
    });
    expect(server.seen).toHaveLength(6);
  });

  test("a fetch that comes back after the abort is not sent on", async () => {
    const aborts = new AbortController();
    let requests = 0;
    const fetch = async (): Promise<Response> => {
      requests++;
      aborts.abort();
      return new Response(null, { status: 302, headers: { location: "/v1/moved" } });
    };
    const late = makeClient(server.baseUrl, { fetch }).getConversation("c", { signal: aborts.signal });
    expect(await failure(late)).toMatchObject({ kind: "aborted", httpRequests: 1 });
    await new Promise((resolve) => setImmediate(resolve));
    expect(requests).toBe(1);
  });

  test.each([300, 304])("%i without a place to go is a bad_response", async (status) => {
    server.on((_request, response) => response.writeHead(status).end());
    expect(await failure(client.getConversation("c"))).toMatchObject({ kind: "bad_response", status });
  });
});
