import { describe, expect, test } from "vitest";
import { agentsight, chatdash, createConvo, datagrid, letta } from "../../src/index.ts";
import type { Page } from "../../src/types/verbs.ts";
import { start } from "../sandboxed.ts";

/** An agent of the seed. */
const AGENT = "agent-00000000-0000-4000-8000-000000000001";

function connect(options?: Parameters<typeof start>[0]) {
  const { at, ...rest } = start(options);
  const convo = createConvo({
    letta: letta(at("letta")),
    datagrid: datagrid(at("datagrid")),
    chatdash: chatdash({ ...at("chatdash"), agentId: "agent_1" }),
    agentsight: agentsight(at("agentsight")),
  });
  return { convo, ...rest };
}

type Convo = ReturnType<typeof connect>["convo"];

/** Creates one conversation called by a number, at each vendor that can list. */
const CREATE = {
  letta: (convo: Convo, n: number) =>
    convo.letta.create({ summary: `n${n}` }, { query: { agent_id: AGENT } }),
  datagrid: (convo: Convo, n: number) => convo.datagrid.create({ name: `n${n}` }),
  chatdash: (convo: Convo, n: number) =>
    convo.chatdash.create({ summary: `n${n}`, native: { record: n % 2 === 0, interacted: n % 3 === 0 } }),
  agentsight: (convo: Convo, n: number) =>
    convo.agentsight.create({ name: `n${n}`, metadata: { n, even: n % 2 === 0 } }, { externalId: `x${n}` }),
};
type Vendor = keyof typeof CREATE;
const VENDORS = Object.keys(CREATE) as Vendor[];

type Row = { id: string | number };

/** The lists and deletes of all vendors, under one type. */
const handleOf = (convo: Convo, vendor: Vendor) =>
  convo[vendor] as unknown as {
    list(options?: object): AsyncIterable<Row> & { pages(): AsyncIterable<Page<Row>> };
    delete(id: string | number): Promise<unknown>;
  };

async function pagesOf<Item>(list: { pages(): AsyncIterable<Page<Item>> }): Promise<Page<Item>[]> {
  const pages: Page<Item>[] = [];
  for await (const page of list.pages()) pages.push(page);
  return pages;
}

async function all<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of list) items.push(item);
  return items;
}

describe("list", () => {
  test.each(VENDORS)("%s: every conversation once, whatever hides by default", async (vendor) => {
    const { convo } = connect();
    const before = (await all(handleOf(convo, vendor).list())).map(({ id }) => id);
    const created: (string | number)[] = [];
    for (let n = 0; n < 7; n++) created.push((await CREATE[vendor](convo, n)).id);
    const ids = (await all(handleOf(convo, vendor).list())).map(({ id }) => id);
    expect(ids.slice().sort()).toEqual([...before, ...created].sort());
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(VENDORS)(
    "%s: goes on from the cursor of any page, also of one that a limit has cut",
    async (vendor) => {
      const { convo } = connect();
      for (let n = 0; n < 7; n++) await CREATE[vendor](convo, n);
      const ids = (await all(handleOf(convo, vendor).list())).map(({ id }) => id);
      const found: (string | number)[] = [];
      let cursor: string | undefined;
      do {
        const pages = await pagesOf(handleOf(convo, vendor).list({ limit: 3, ...(cursor && { cursor }) }));
        found.push(...pages.flatMap(({ items }) => items.map(({ id }) => id)));
        cursor = pages.at(-1)?.cursor;
      } while (cursor);
      expect(found).toEqual(ids);
    },
  );

  test("a row has our words and the vendor's own", async () => {
    const { convo } = connect();
    const [row] = await all(convo.agentsight.list({ limit: 1 }));
    expect(row).toMatchObject({ provider: "agentsight", id: 42, metadata: { topic: "project-x" } });
    expect(row?.raw.conversation_id).toBe("support-session-456");
  });

  test("a deleted conversation is left out, also where the vendor still lists it", async () => {
    const { convo } = connect();
    const { id } = await CREATE.agentsight(convo, 1);
    await convo.agentsight.delete(id);
    expect((await all(convo.agentsight.list())).map((row) => row.id)).not.toContain(id);
  });
});

describe("filters", () => {
  test("are the vendor's where it can, and compared again here", async () => {
    const { convo, sandbox } = connect();
    for (let n = 0; n < 12; n++) await CREATE.agentsight(convo, n);
    // The vendor's own filter finds n1, n10 and n11.
    const found = await all(convo.agentsight.list({ filter: { name: "n1" } }));
    expect(found.map(({ name }) => name)).toEqual(["n1"]);
    expect(sandbox.requests().at(-1)?.query).toContain("name=n1");
  });

  test("of metadata: the vendor's, or a scan that says how many it read", async () => {
    const { convo } = connect();
    for (let n = 0; n < 4; n++) await CREATE.agentsight(convo, n);
    await convo.agentsight.update("x1", { metadata: { status: "open" } });
    const pages = await pagesOf(convo.agentsight.list({ filter: { metadata: { status: "open" } } }));
    expect(pages.flatMap(({ items }) => items.map(({ name }) => name))).toEqual(["n1"]);
    expect(pages[0]?.scanned).toBe(1);
    // Numbers are not told apart from text by the vendor.
    const error = await all(convo.agentsight.list({ filter: { metadata: { n: 2 } } })).catch(
      (thrown) => thrown,
    );
    expect(error).toMatchObject({ kind: "unsupported" });
    expect(error.message).toContain("metadata.n");
    const scanned = await pagesOf(convo.agentsight.list({ filter: { metadata: { n: 2 } }, scan: true }));
    expect(scanned.flatMap(({ items }) => items.map(({ name }) => name))).toEqual(["n2"]);
    expect(scanned.reduce((sum, page) => sum + page.scanned, 0)).toBeGreaterThanOrEqual(4);
  });

  test("what a vendor cannot answer is refused before any request, unless a scan is allowed", async () => {
    const { convo, sandbox } = connect();
    const lists = [
      () => convo.datagrid.list({ filter: { name: "a" } }),
      () => convo.letta.list({ filter: { createdAfter: "2026-01-01T00:00:00Z" } }),
    ];
    for (const list of lists)
      expect(await all<unknown>(list()).catch((error) => error)).toMatchObject({ kind: "unsupported" });
    expect(sandbox.requests()).toEqual([]);
    await CREATE.datagrid(convo, 5);
    const found = await all(convo.datagrid.list({ filter: { name: "n5" }, scan: true }));
    expect(found.map(({ name }) => name)).toEqual(["n5"]);
  });

  test("times are compared as times", async () => {
    const { convo } = connect();
    const { conversation } = await CREATE.chatdash(convo, 0);
    const at = new Date(conversation.createdAt ?? "");
    const ids = async (filter: object) => (await all(convo.chatdash.list({ filter }))).map(({ id }) => id);
    expect(await ids({ createdAfter: at })).toContain(conversation.id);
    expect(await ids({ createdAfter: new Date(at.getTime() + 1000) })).not.toContain(conversation.id);
  });
});

describe("bad input", () => {
  test.each([
    ["an unknown filter", { filter: { colour: "red" } }, /filter.colour is unknown/],
    ["a field the vendor lacks", { filter: { summary: "a" } }, /does not have/],
    ["a filter of a wrong type", { filter: { name: 5 } }, /filter.name must be a string/],
    ["a time that is not one", { filter: { createdAfter: "yesterday" }, scan: true }, /ISO 8601/],
    ["a limit of nothing", { limit: 0 }, /limit must be a whole number/],
    ["a cursor that is not one", { cursor: "abc" }, /cursor must be/],
    ["an unknown option", { page: 2 }, /page/],
  ])("%s", async (_, options, message) => {
    const { convo, sandbox } = connect();
    const error = await all(convo.datagrid.list(options as object)).catch((thrown) => thrown);
    expect(error.message).toMatch(message);
    expect(sandbox.requests()).toEqual([]);
  });

  test("a cursor of another vendor, or of another filter, is refused", async () => {
    const { convo } = connect();
    for (let n = 0; n < 4; n++) await CREATE.datagrid(convo, n);
    const [page] = await pagesOf(convo.datagrid.list({ limit: 1 }));
    const cursor = page?.cursor ?? "";
    for (const list of [
      convo.letta.list({ cursor }),
      convo.datagrid.list({ cursor, filter: { name: "n1" }, scan: true }),
    ])
      expect(await all<unknown>(list).catch((error) => error.message)).toMatch(/belongs to another list/);
  });
});

describe("while others delete", () => {
  test.each(["letta", "datagrid"] as const)(
    "%s: goes on behind a conversation that is gone",
    async (vendor) => {
      const { convo } = connect();
      const created: (string | number)[] = [];
      for (let n = 0; n < 130; n++) created.push((await CREATE[vendor](convo, n)).id);
      const seen: (string | number)[] = [];
      for await (const page of handleOf(convo, vendor).list().pages()) {
        seen.push(...page.items.map(({ id }) => id));
        const last = page.items.at(-1);
        if (last && page.cursor) await handleOf(convo, vendor).delete(last.id as string);
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toEqual(expect.arrayContaining(created));
    },
  );
});

describe("messages", () => {
  test("in our words, with the vendor's own", async () => {
    const { convo } = connect();
    const messages = await all(convo.agentsight.messages(42));
    expect(messages[0]).toMatchObject({ role: expect.any(String), text: expect.any(String) });
    expect(await all(convo.agentsight.messages("support-session-456"))).toEqual(messages);
    for await (const message of convo.chatdash.messages("66f0c0ffee0000000000cd01"))
      expect(["user", "assistant"]).toContain(message.role);
  });
});
