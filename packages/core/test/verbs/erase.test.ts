import { describe, expect, test } from "vitest";
import { createCatalogue } from "../../src/catalogue/index.ts";
import { agentsight, chatdash, createConvo, datagrid, letta, openai } from "../../src/index.ts";
import type { EraseReceipt } from "../../src/types/erase.ts";
import { failure, start } from "../sandboxed.ts";

const IDS = {
  openai: "conv_sandbox0001",
  letta: "conv-00000000-0000-4000-8000-000000000001",
  datagrid: "cnv_sandbox_0001",
  chatdash: "66f0c0ffee0000000000cd01",
  agentsight: 42,
} as const;

function connect() {
  const { at, ...rest } = start();
  const convo = createConvo({
    openai: openai(at("openai")),
    letta: letta(at("letta")),
    datagrid: datagrid(at("datagrid")),
    chatdash: chatdash({ ...at("chatdash"), agentId: "agent_1" }),
    agentsight: agentsight(at("agentsight")),
  });
  return { convo, at, ...rest };
}

const outcomes = ({ entries }: EraseReceipt) =>
  Object.fromEntries(entries.map(({ provider, outcome }) => [provider, outcome]));

describe("erase", () => {
  test("a plan says what would go and what would stay, and deletes nothing", async () => {
    const { convo, writes } = connect();
    const plan = await convo.all.planErase(IDS);
    expect(new Set(Object.values(outcomes(plan)))).toEqual(new Set(["pending"]));
    expect(plan.entries.find(({ provider }) => provider === "openai")?.parts).toMatchObject([
      { name: "items", deleted: 0 },
    ]);
    expect(plan.entries.find(({ provider }) => provider === "letta")?.leaves).toMatch(/row/);
    expect(writes()).toEqual([]);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  test("deletes everywhere, reads back, and reports what it read", async () => {
    const { convo, stored } = connect();
    const receipt = await convo.all.erase(IDS);
    expect(outcomes(receipt)).toEqual({
      openai: "gone",
      letta: "gone",
      datagrid: "gone",
      chatdash: "gone",
      agentsight: "hidden",
    });
    expect(receipt.finishedAt).toBeDefined();
    for (const { deletedAt, checkedAt } of receipt.entries)
      expect(Date.parse(checkedAt ?? "")).toBeGreaterThanOrEqual(Date.parse(deletedAt ?? ""));
    const [openaiEntry] = receipt.entries;
    expect(openaiEntry?.parts[0]?.found).toBeGreaterThan(0);
    expect(openaiEntry?.parts[0]?.deleted).toBe(openaiEntry?.parts[0]?.found);
    expect(stored("agentsight", 42).is_deleted).toBe(true);
  });

  test("what is not there is not_found, and what the vendor says wrongly is failed", async () => {
    const { convo, at } = connect();
    expect(outcomes(await convo.all.erase({ openai: "conv_none" }))).toEqual({ openai: "not_found" });
    const deaf = openai({
      ...at("openai"),
      fetch: (url, init) =>
        init.method === "DELETE" && !url.includes("/items")
          ? Promise.resolve(Response.json({ id: IDS.openai, object: "conversation.deleted", deleted: true }))
          : at("openai").fetch(url, init),
    });
    const receipt = await createConvo({ openai: deaf }).all.erase({ openai: IDS.openai });
    expect(receipt.entries[0]).toMatchObject({
      outcome: "failed",
      error: expect.stringContaining("still finds"),
    });
    expect(receipt.finishedAt).toBeUndefined();
  });

  test.each([null, 5, {}, { id: null }])("a part that cannot be named (%j) stops it", async (row) => {
    const { at, writes } = connect();
    const page = { object: "list", data: [row], first_id: "a", last_id: "b", has_more: false };
    const convo = createConvo({
      openai: openai({
        ...at("openai"),
        fetch: (url, init) =>
          url.includes("/items") ? Promise.resolve(Response.json(page)) : at("openai").fetch(url, init),
      }),
    });
    expect(await failure(convo.all.erase({ openai: IDS.openai }))).toMatchObject({ kind: "bad_response" });
    expect(writes()).toEqual([]);
  });

  test("goes on from its own receipt, and repeats nothing that is done", async () => {
    const { convo, sandbox, writes } = connect();
    const clear = sandbox.fault({
      kind: "status",
      status: 500,
      vendor: "datagrid",
      operation: "deleteConversation",
      times: null,
    });
    const first = await convo.all.erase({ datagrid: IDS.datagrid, chatdash: IDS.chatdash });
    expect(outcomes(first)).toEqual({ datagrid: "failed", chatdash: "gone" });
    clear();
    const before = writes().length;
    const second = await convo.all.erase(JSON.parse(JSON.stringify(first)) as EraseReceipt);
    expect(outcomes(second)).toEqual({ datagrid: "gone", chatdash: "gone" });
    expect(writes().length - before).toBe(1);
    expect(second.finishedAt).toBeDefined();
  });

  test("gives the receipt after each conversation, for those who store it", async () => {
    const { convo } = connect();
    const stored: EraseReceipt[] = [];
    const receipt = await convo.all.erase(
      { datagrid: IDS.datagrid, chatdash: IDS.chatdash },
      { onReceipt: (now) => void stored.push(now) },
    );
    expect(stored.map((one) => Object.values(outcomes(one)))).toEqual([
      ["gone", "pending"],
      ["gone", "gone"],
      ["gone", "gone"],
    ]);
    expect(stored.at(-1)).toEqual(receipt);
  });

  test("by customer, where the vendor can find them; the others say that they cannot", async () => {
    const { convo } = connect();
    for (const n of [1, 2, 3])
      await convo.agentsight.create({ customerId: n < 3 ? "ada" : "bob" }, { externalId: `call-${n}` });
    const receipt = await convo.all.erase({ customerId: "ada" });
    const byVendor = (name: string) =>
      receipt.entries.filter(({ provider }) => provider === name).map(({ outcome }) => outcome);
    expect(byVendor("agentsight")).toEqual(["hidden", "hidden"]);
    expect(byVendor("openai")).toEqual(["unsupported"]);
    expect(await convo.agentsight.exists("call-3")).toBe(true);
  });

  test("feedback is deleted one by one before its conversation", async () => {
    const { convo } = connect();
    await convo.agentsight.client.createFeedback({
      kind: "conversation",
      conversation: 42,
      sentiment: "positive",
    } as never);
    const receipt = await convo.all.erase({ agentsight: 42 });
    const [part] = receipt.entries[0]?.parts ?? [];
    expect(part).toMatchObject({ name: "feedback" });
    expect(part?.deleted).toBe(part?.found);
    expect(part?.found).toBeGreaterThan(0);
  });
});

describe("what goes wrong during it", () => {
  test("an id that is named twice is erased once", async () => {
    const { convo } = connect();
    const receipt = await convo.all.erase({ datagrid: [IDS.datagrid, IDS.datagrid] });
    expect(receipt.entries.map(({ outcome }) => outcome)).toEqual(["gone"]);
  });

  test("a conversation that others delete just before us is gone, not failed", async () => {
    const { convo, at } = connect();
    const raced = datagrid({
      ...at("datagrid"),
      async fetch(url, init) {
        if (init.method === "DELETE") await convo.datagrid.delete(IDS.datagrid);
        return at("datagrid").fetch(url, init);
      },
    });
    const receipt = await createConvo({ datagrid: raced }).all.erase({ datagrid: IDS.datagrid });
    expect(receipt.entries[0]).toMatchObject({ outcome: "gone" });
    expect(receipt.entries[0]?.deletedAt).toBeUndefined();
  });

  test("items that others add while we delete them are deleted too", async () => {
    const { convo, at } = connect();
    let added = false;
    const raced = openai({
      ...at("openai"),
      async fetch(url, init) {
        if (init.method === "DELETE" && !added) {
          added = true;
          await convo.openai.addMessage(IDS.openai, { role: "user", text: "wait" });
        }
        return at("openai").fetch(url, init);
      },
    });
    const { entries } = await createConvo({ openai: raced }).all.erase({ openai: IDS.openai });
    const [plan] = (await connect().convo.all.planErase({ openai: IDS.openai })).entries;
    expect(entries[0]?.parts[0]?.deleted).toBe((plan?.parts[0]?.found ?? 0) + 1);
  });

  test("a second search that fails does not lose the receipt, and is made again with it", async () => {
    const { convo, sandbox } = connect();
    await convo.agentsight.create({ customerId: "ada" }, { externalId: "call-1" });
    const plan = await convo.all.planErase({ customerId: "ada" });
    const clear = sandbox.fault({
      kind: "status",
      status: 500,
      vendor: "agentsight",
      operation: "GET /api/conversations/",
      times: null,
    });
    const first = await convo.all.erase(plan, { maxRetries: 0 });
    clear();
    const agentsightOf = ({ entries }: EraseReceipt) =>
      entries
        .filter(({ provider }) => provider === "agentsight")
        .map(({ id, outcome }) => [id === null, outcome]);
    expect(agentsightOf(first)).toEqual([
      [false, "hidden"],
      [true, "failed"],
    ]);
    expect(first.finishedAt).toBeUndefined();
    const second = await convo.all.erase(first);
    expect(agentsightOf(second)).toEqual([[false, "hidden"]]);
    expect(second.finishedAt).toBeDefined();
  });

  test("once aborted it begins no other conversation, sends nothing more, and gives what it has", async () => {
    const { convo, sandbox } = connect();
    const stop = new AbortController();
    const receipt = await convo.all.erase(
      { datagrid: IDS.datagrid, chatdash: IDS.chatdash },
      { signal: stop.signal, onReceipt: () => stop.abort() },
    );
    expect(outcomes(receipt)).toEqual({ datagrid: "gone", chatdash: "pending" });
    expect(receipt.finishedAt).toBeUndefined();
    const sent = sandbox.requests().length;
    await new Promise((resolve) => setImmediate(resolve));
    expect(sandbox.requests()).toHaveLength(sent);
    expect(await convo.chatdash.exists(IDS.chatdash)).toBe(true);
  });
});

describe("by customer through the catalogue", () => {
  test("finds what this process has seen, at vendors that cannot list by customer, and says that it may not be all", async () => {
    const { at } = start();
    const convo = createConvo(
      { openai: openai(at("openai")), agentsight: agentsight(at("agentsight")) },
      { catalogue: createCatalogue() },
    );
    const { id } = await convo.openai.create({ metadata: { customerId: "ada" } });
    await convo.openai.create({ metadata: { customerId: "bob" } });
    const { entries } = await convo.all.erase({ customerId: "ada" });
    expect(entries).toMatchObject(
      [
        { provider: "openai", id, outcome: "gone" },
        { provider: "openai", id: null, outcome: "unsupported", error: /catalogue/ },
      ].map((entry) => (entry.error ? { ...entry, error: expect.stringMatching(entry.error) } : entry)),
    );
    expect(await convo.openai.exists(id as string)).toBe(false);
  });
});

describe("bad input loses nothing", () => {
  test("no ids, an unknown provider, a blank customer", async () => {
    const { convo, sandbox } = connect();
    for (const [target, message] of [
      [{}, /ids are empty/],
      [{ nobody: "a" }, /Unknown provider "nobody"/],
      [{ customerId: " " }, /not blank/],
      [{ customerId: "ada", openai: IDS.openai }, /two/],
      [undefined, /must be an object/],
    ] as const)
      expect((await failure(convo.all.erase(target as never))).message).toMatch(message);
    expect(sandbox.requests()).toEqual([]);
  });

  test("a receipt that was edited, is of another version or of another account is refused", async () => {
    const { convo, at, writes } = connect();
    const plan = await convo.all.planErase({ openai: IDS.openai });
    const edited = { ...plan, entries: plan.entries.map((entry) => ({ ...entry, id: "conv_other" })) };
    expect((await failure(convo.all.erase(edited))).message).toMatch(/was edited/);
    expect((await failure(convo.all.erase({ ...plan, version: 2 } as never))).message).toMatch(/version 2/);
    const other = createConvo({ openai: openai({ ...at("openai"), account: "other" }) });
    expect((await failure(other.all.erase(plan))).message).toMatch(/another account/);
    expect(writes()).toEqual([]);
  });

  test("more than the limit is refused, with the number", async () => {
    const { convo, writes } = connect();
    const plan = await convo.all.planErase({ openai: IDS.openai, datagrid: IDS.datagrid });
    const error = await failure(convo.all.erase(plan, { limit: 1 }));
    expect(error).toMatchObject({ kind: "limit" });
    expect(error.message).toContain("2 conversations");
    expect(writes()).toEqual([]);
  });

  test("what others delete between plan and erase is gone, by nobody's delete of ours; what they create is erased too", async () => {
    const { convo } = connect();
    for (const n of [1, 2]) await convo.agentsight.create({ customerId: "ada" }, { externalId: `call-${n}` });
    const plan = await convo.all.planErase({ customerId: "ada" });
    await convo.agentsight.create({ customerId: "ada" }, { externalId: "call-3" });
    const receipt = await convo.all.erase(plan);
    expect(receipt.entries.filter(({ provider }) => provider === "agentsight")).toHaveLength(3);
    const gone = await convo.all.planErase({ datagrid: IDS.datagrid });
    await convo.datagrid.delete(IDS.datagrid);
    const [entry] = (await convo.all.erase(gone)).entries;
    expect(entry).toMatchObject({ outcome: "gone", checkedAt: expect.any(String) });
    expect(entry?.deletedAt).toBeUndefined();
  });
});
