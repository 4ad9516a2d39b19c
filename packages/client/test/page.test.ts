import { beforeEach, describe, expect, expectTypeOf, test } from "vitest";
import { createClient, type PageRequest, type Vendor } from "../src/index.ts";
import {
  type AgentSightClient,
  agentsight,
  failure,
  type ItemList,
  json,
  makeClient,
  openai,
  paths,
  startServer,
} from "./helpers.ts";

const ids = async (pages: AsyncIterable<{ id: unknown }>): Promise<unknown[]> => {
  const all: unknown[] = [];
  for await (const { id } of pages) all.push(id);
  return all;
};

describe.each(paths)("lists over %s", async (_, path) => {
  const server = await startServer();
  const client = makeClient(server.baseUrl, path);
  const queries = (): string[] => server.seen.map(({ url }) => url.split("?")[1] ?? "");
  /** Items 1 to 5, two a page, OpenAI's way. */
  beforeEach(() =>
    server.on(({ url }, response) => {
      const from = Number(new URL(url, "http://x").searchParams.get("after") ?? 0);
      const data = [1, 2, 3, 4, 5].slice(from, from + 2).map((id) => ({ id: String(id) }));
      json(response, 200, { data, has_more: from + 2 < 5, last_id: data.at(-1)?.id ?? null });
    }),
  );

  test("awaited it is the first page, iterated all items; nothing is sent before", async () => {
    const list = client.listConversationItems("c", { limit: 2, include: ["a"] });
    expectTypeOf(list).toEqualTypeOf<PageRequest<ItemList, { id: string }>>();
    expect(server.seen).toEqual([]);
    expect((await list).data).toHaveLength(2);
    expect(await ids(list)).toEqual(["1", "2", "3", "4", "5"]);
    expect(queries()).toEqual([
      "limit=2&include=a",
      "limit=2&include=a&after=2",
      "limit=2&include=a&after=4",
    ]);
    expect(await ids(list)).toHaveLength(5);
  });

  test("leaving the loop asks for no more", async () => {
    for await (const { id } of client.listConversationItems("c")) if (id === "3") break;
    expect(server.seen).toHaveLength(2);
  });

  test("a list nobody looks at fails in silence; one that is looked at rejects with a typed error", async () => {
    client.listConversationItems("..");
    expect(await failure(client.listConversationItems(".."))).toMatchObject({ kind: "invalid" });
    expect(await failure(ids(client.listConversationItems("..")))).toMatchObject({ kind: "invalid" });
    expect(server.seen).toEqual([]);
  });

  test.each([
    ["more without a cursor", { data: [{ id: "1" }], has_more: true, last_id: null }],
    ["no list of items", { has_more: true }],
  ])("%s is an error, not a short list", async (_name, page) => {
    server.on((_request, response) => json(response, 200, page));
    expect(await failure(ids(client.listConversationItems("c")))).toMatchObject({ kind: "bad_response" });
  });

  test("a cursor that does not move on is an error, not an endless loop", async () => {
    server.on((_request, response) =>
      json(response, 200, { data: [{ id: "1" }], has_more: true, last_id: "1" }),
    );
    expect(await failure(ids(client.listConversationItems("c")))).toMatchObject({ kind: "bad_response" });
    expect(server.seen).toHaveLength(2);
  });

  test("cursors that lead round in circles are an error too", async () => {
    server.on(({ url }, response) =>
      json(response, 200, {
        data: [{ id: "1" }],
        has_more: true,
        last_id: url.endsWith("after=a") ? "b" : "a",
      }),
    );
    expect(await failure(ids(client.listConversationItems("c")))).toMatchObject({ kind: "bad_response" });
    expect(server.seen).toHaveLength(3);
  });

  test("an empty page ends the list, even if the vendor says there is more", async () => {
    server.on((_request, response) => json(response, 200, { data: [], has_more: true, last_id: null }));
    expect(await ids(client.listConversationItems("c"))).toEqual([]);
  });

  test("numbered pages end where next is null", async () => {
    server.on(({ url }, response) => {
      const page = Number(new URL(url, "http://x").searchParams.get("page") ?? 1);
      json(response, 200, { results: [{ id: page * 10 }], next: page < 3 ? "http://elsewhere/" : null });
    });
    const sight = createClient<AgentSightClient>(agentsight, {
      baseUrl: server.origin,
      apiKey: "k",
      ...path,
    });
    expect(await ids(sight.listConversations({ is_marked: true }))).toEqual([10, 20, 30]);
    expect(queries()).toEqual(["is_marked=true", "is_marked=true&page=2", "is_marked=true&page=3"]);
  });

  describe("bare arrays with item cursors, Letta's way", () => {
    const page = {
      param: "before",
      whenAsc: "after",
      cursor: "item.id",
      size: { param: "limit", default: 3 },
    };
    const letta: Vendor = {
      ...openai,
      operations: { list: { route: "GET /messages/", kind: "read", query: true, page } },
    };
    type Letta = ReturnType<typeof makeClient> & {
      list(query?: object): PageRequest<unknown, { id: string }>;
    };
    const list = (query?: object) =>
      createClient<Letta>(letta, { baseUrl: server.origin, apiKey: "k", ...path }).list(query);
    const serve = (most: number): void =>
      server.on(({ url }, response) => {
        const query = new URL(url, "http://x").searchParams;
        const from = Number(query.get("before") ?? query.get("after") ?? 0);
        const size = Math.min(most, Number(query.get("limit") ?? 3));
        json(
          response,
          200,
          [1, 2, 3, 4, 5, 6, 7].slice(from, from + size).map((id) => ({ id: String(id) })),
        );
      });

    test("a short page is the last", async () => {
      serve(100);
      expect(await ids(list())).toHaveLength(7);
      expect(queries()).toEqual(["", "before=3", "before=6"]);
    });

    test("ascending uses the other parameter", async () => {
      serve(100);
      expect(await ids(list({ order: "asc", limit: 2 }))).toHaveLength(7);
      expect(queries()[1]).toBe("order=asc&limit=2&after=2");
    });

    test("a server that gives fewer than asked for cuts nothing off", async () => {
      serve(3);
      expect(await ids(list({ limit: 1000 }))).toHaveLength(7);
    });
  });
});
