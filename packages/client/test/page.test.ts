import { beforeEach, describe, expect, expectTypeOf, test } from "vitest";
import { createClient, type PagePromise, type Vendor } from "../src/index.ts";
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

  test("awaited it is the first page, iterated all items", async () => {
    const list = client.listConversationItems("c", { query: { limit: 2, include: ["a"] } });
    expectTypeOf(list).toEqualTypeOf<PagePromise<ItemList, { id: string }>>();
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

  test("a list that is looked at in any way rejects with a typed error", async () => {
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

  test("cursors that repeat pages are an error too", async () => {
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

  test("an empty page that says there is more is passed over; without a cursor it is an error", async () => {
    server.on(({ url }, response) =>
      url.endsWith("after=i2")
        ? json(response, 200, { data: [{ id: "i3" }], has_more: false, last_id: "i3" })
        : json(response, 200, { data: [], has_more: true, last_id: "i2" }),
    );
    expect(await ids(client.listConversationItems("c"))).toEqual(["i3"]);
    for (const last_id of [null, "", undefined, {}]) {
      server.on((_request, response) => json(response, 200, { data: [], has_more: true, last_id }));
      expect(await failure(ids(client.listConversationItems("c")))).toMatchObject({ kind: "bad_response" });
    }
  });

  test("empty pages forever are an error", async () => {
    server.on((_request, response) =>
      json(response, 200, { data: [], has_more: true, last_id: `i${server.seen.length}` }),
    );
    expect((await failure(ids(client.listConversationItems("c")))).message).toContain("100 empty pages");
  });

  test("pages tell cursor, query and request id; the query goes on where they stopped", async () => {
    const seen: unknown[] = [];
    let resume: object | undefined;
    for await (const { items, cursor, nextQuery, data, status } of client
      .listConversationItems("c", { query: { limit: 2 } })
      .pages()) {
      seen.push([items.map(({ id }) => id), cursor, data.has_more, status]);
      resume ??= nextQuery;
    }
    expect(seen).toEqual([
      [["1", "2"], "2", true, 200],
      [["3", "4"], "4", true, 200],
      [["5"], undefined, false, 200],
    ]);
    expect(resume).toEqual({ limit: 2, after: "2" });
    expect(await ids(client.listConversationItems("c", { query: resume as object }))).toEqual([
      "3",
      "4",
      "5",
    ]);
  });

  test("collect gives an array, and asks for no page beyond its limit", async () => {
    const collected = await client.listConversationItems("c").collect({ limit: 3 });
    expect(collected.map(({ id }) => id)).toEqual(["1", "2", "3"]);
    expect(server.seen).toHaveLength(2);
    expect(await client.listConversationItems("c").collect()).toHaveLength(5);
    expect(await client.listConversationItems("c").collect({ limit: 0 })).toEqual([]);
    expect(await client.listConversationItems("c").collect(null as never)).toHaveLength(5);
    const text = client.listConversationItems("c").collect({ limit: "3" } as never);
    expect(await failure(text)).toMatchObject({ kind: "invalid" });
    const wrong = client.listConversationItems("c").collect({ limit: Number.NaN });
    expect(await failure(wrong)).toMatchObject({ kind: "invalid" });
  });

  test("deleting while iterating skips nothing: the cursor is of the page that was read", async () => {
    const items = ["1", "2", "3", "4", "5"];
    const left = new Set(items);
    server.on(({ url }, response) => {
      const after = new URL(url, "http://x").searchParams.get("after") ?? "0";
      const rest = items.filter((id) => left.has(id) && id > after);
      const data = rest.slice(0, 2).map((id) => ({ id }));
      json(response, 200, { data, has_more: rest.length > 2, last_id: data.at(-1)?.id ?? null });
    });
    for await (const { id } of client.listConversationItems("c")) left.delete(id);
    expect([...left]).toEqual([]);
  });

  test("an array without pages is one page; catch and finally are there", async () => {
    const vendor: Vendor = {
      ...openai,
      operations: { list: { route: "GET /all", kind: "read", page: {} } },
    };
    type Lists = ReturnType<typeof makeClient> & { list(): PagePromise<unknown, { id: string }> };
    const lists = createClient<Lists>(vendor, { baseUrl: server.origin, apiKey: "k", ...path });
    server.on((_request, response) => json(response, 200, [{ id: "a" }, { id: "b" }]));
    expect(await ids(lists.list())).toEqual(["a", "b"]);
    expect(server.seen).toHaveLength(1);
    expect(await lists.list().finally(() => {})).toHaveLength(2);
    server.on((_request, response) => json(response, 200, { message: "no list" }));
    expect(await lists.list().catch(({ kind }) => kind)).toBe("bad_response");
  });

  test("the header Link names the next page; its query is taken over, and its host is not", async () => {
    const vendor: Vendor = {
      ...openai,
      operations: { list: { route: "GET /all", kind: "read", page: { cursor: "link", items: "items" } } },
    };
    type Lists = ReturnType<typeof makeClient> & { list(): PagePromise<unknown, { id: string }> };
    const lists = createClient<Lists>(vendor, { baseUrl: server.origin, apiKey: "k", ...path });
    const pages: Record<string, [id: string, link?: string]> = {
      "/all": ["a", '<https://elsewhere.test/all?tag=a&at=x%2F2&tag=b>; rel="next"'],
      "/all?tag=a&tag=b&at=x%2F2": ["b", "<https://x/all>; rel=first, <https://x/all?at=3&max=1>; rel=next"],
      "/all?tag=a&tag=b&at=3&max=1": ["c", '<https://x/all>; rel="prev"'],
    };
    server.on(({ url }, response) => {
      const [id, link] = pages[url] ?? ["none"];
      if (link) response.setHeader("link", link);
      json(response, 200, { items: [{ id }] });
    });
    expect(await ids(lists.list())).toEqual(["a", "b", "c"]);
    pages["/all?tag=a&tag=b&at=3&max=1"] = ["c", "<https://x/all?max=1&at=3>; rel=next"];
    expect(await failure(ids(lists.list()))).toMatchObject({ kind: "bad_response" });
  });

  describe("a cursor in the body and no field for more", () => {
    const vendor: Vendor = {
      ...openai,
      operations: {
        list: {
          route: "GET /all",
          kind: "read",
          page: { param: "cursor", cursor: "body.next", items: "data" },
        },
      },
    };
    type Lists = ReturnType<typeof makeClient> & { list(): PagePromise<unknown, { id: string }> };
    const lists = createClient<Lists>(vendor, { baseUrl: server.origin, apiKey: "k", ...path });

    test.each([[{ next: null }], [{ next: "" }], [{}]])("ends with %j", async (last) => {
      server.on(({ url }, response) =>
        json(
          response,
          200,
          url.endsWith("cursor=2") ? { data: [{ id: "b" }], ...last } : { data: [{ id: "a" }], next: "2" },
        ),
      );
      expect(await ids(lists.list())).toEqual(["a", "b"]);
      expect(server.seen).toHaveLength(2);
    });

    test("an empty page with a cursor is passed over; a cursor of another kind is an error", async () => {
      server.on(({ url }, response) =>
        json(
          response,
          200,
          url.endsWith("cursor=2") ? { data: [{ id: "b" }], next: null } : { data: [], next: "2" },
        ),
      );
      expect(await ids(lists.list())).toEqual(["b"]);
      server.on((_request, response) => json(response, 200, { data: [{ id: "a" }], next: { page: 2 } }));
      expect(await failure(ids(lists.list()))).toMatchObject({ kind: "bad_response" });
    });
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
    expect(await ids(sight.listConversations({ query: { is_marked: true } }))).toEqual([10, 20, 30]);
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
      operations: { list: { route: "GET /messages/", kind: "read", page } },
    };
    type Letta = ReturnType<typeof makeClient> & {
      list(options: object): PagePromise<unknown, { id: string }>;
    };
    const list = (query?: object) =>
      createClient<Letta>(letta, { baseUrl: server.origin, apiKey: "k", ...path }).list({ query });
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

  describe("lists as other vendors have them", () => {
    type Row = { id: number };
    type Any = ReturnType<typeof makeClient> & { list(): PagePromise<unknown, Row> };
    const list = (page: object) => {
      const operations = { list: { route: "GET /rows", kind: "read", page } } as Vendor["operations"];
      return createClient<Any>(
        { ...openai, operations },
        { baseUrl: server.origin, apiKey: "k", ...path },
      ).list();
    };
    /** Rows 1 to 5, two a page; `place` tells of a query which row comes first, `show` makes the answer. */
    const serve = (place: (query: URLSearchParams) => number, show: (rows: Row[], next: number) => unknown) =>
      server.on(({ url }, response) => {
        const from = place(new URL(url, "http://x").searchParams);
        const rows = [1, 2, 3, 4, 5].slice(from, from + 2).map((id) => ({ id }));
        json(response, 200, show(rows, from + 2));
      });
    const at = (name: string) => (query: URLSearchParams) => Number(query.get(name) ?? 0);

    test("a cursor deep in the body, which the last page lacks", async () => {
      const page = { param: "after", cursor: "body.paging.next.after", items: "results" };
      serve(at("after"), (results, next) =>
        next < 5 ? { results, paging: { next: { after: String(next) } } } : { results },
      );
      expect(await ids(list(page))).toEqual([1, 2, 3, 4, 5]);
      expect(queries()).toEqual(["", "after=2", "after=4"]);
    });

    test("the URL of the next page, whose whole query is taken over", async () => {
      const page = { param: "token", cursor: "url.next", items: "rows" };
      serve(at("token"), (rows, next) => ({
        rows,
        next: next < 5 ? `/rows?token=${next}&size=2#top` : null,
      }));
      expect(await ids(list(page))).toEqual([1, 2, 3, 4, 5]);
      expect(queries()).toEqual(["", "token=2&size=2", "token=4&size=2"]);
    });

    test("pages counted from 0, and an offset", async () => {
      serve(
        (query) => at("page")(query) * 2,
        (rows) => rows,
      );
      expect(await ids(list({ param: "page", cursor: "page", first: 0 }))).toEqual([1, 2, 3, 4, 5]);
      expect(queries()).toEqual(["", "page=1", "page=2", "page=3"]);
      serve(at("offset"), (rows) => rows);
      expect(await ids(list({ param: "offset", cursor: "offset" }))).toEqual([1, 2, 3, 4, 5]);
      expect(queries()).toEqual(["", "offset=2", "offset=4", "offset=5"]);
    });
  });
});
