import { describe, expect, test } from "vitest";
import { createCatalogue, memoryStore } from "../../src/catalogue/index.ts";
import { agentsight, createConvo, datagrid, openai } from "../../src/index.ts";
import { failure, start } from "../sandboxed.ts";

function connect() {
  const { at, ...rest } = start();
  const catalogue = createCatalogue();
  const providers = {
    openai: openai(at("openai")),
    datagrid: datagrid(at("datagrid")),
    agentsight: agentsight(at("agentsight")),
  };
  return { convo: createConvo(providers, { catalogue }), catalogue, ...rest };
}

type Catalogue = ReturnType<typeof createCatalogue>;

async function find(catalogue: Catalogue, query?: Parameters<Catalogue["find"]>[0]) {
  const rows = [];
  for await (const row of catalogue.find(query)) rows.push(row);
  return rows;
}

describe("catalogue", () => {
  test("knows what was read, written, created and listed, and says when", async () => {
    const { convo, catalogue } = connect();
    const before = Date.now();
    const { id } = await convo.openai.create({ metadata: { status: "open" } });
    await convo.openai.get("conv_sandbox0001");
    await convo.openai.update("conv_sandbox0001", { metadata: { status: "open", topic: "billing" } });
    const open = await find(catalogue, { provider: "openai", filter: { metadata: { status: "open" } } });
    expect(open.map((row) => row.id)).toEqual(["conv_sandbox0001", id]);
    expect(Date.parse(open[0]?.seenAt ?? "")).toBeGreaterThanOrEqual(before);
    for await (const _ of convo.datagrid.list());
    expect((await find(catalogue, { provider: "datagrid" })).length).toBeGreaterThan(0);
    expect(JSON.stringify(await find(catalogue))).not.toContain('"raw"');
  });

  test("knows the external id beside the vendor's, and forgets by either", async () => {
    const { convo, catalogue } = connect();
    await convo.agentsight.get("support-session-456");
    await convo.agentsight.get(42);
    const [row] = await find(catalogue, { externalId: "support-session-456" });
    expect(row?.id).toBe(42);
    await convo.agentsight.delete("support-session-456");
    expect(await find(catalogue, { provider: "agentsight" })).toEqual([]);
  });

  test("keeps apart what calls with their own base URL see, under one id too", async () => {
    const [own, other] = [start(), start()];
    const ours = own.at("datagrid");
    const theirs = { baseUrl: `${ours.baseUrl}/other` };
    const fetch = (url: string, init: object) =>
      url.includes("/other/")
        ? other.sandbox.fetch(url.replace("/other/", "/"), init)
        : own.sandbox.fetch(url, init);
    const catalogue = createCatalogue();
    const convo = createConvo({ datagrid: datagrid({ ...ours, fetch }) }, { catalogue });
    const id = "cnv_sandbox_0001";
    await convo.datagrid.get(id);
    await convo.datagrid.update(id, { name: "theirs" }, theirs);
    const names = async () => (await find(catalogue)).map(({ conversation }) => conversation.name);
    expect(await names()).toEqual(["theirs", own.stored("datagrid", id).name]);
    await convo.datagrid.update(id, { name: "ours" });
    await convo.datagrid.get(id, theirs);
    expect(await names()).toEqual(["theirs", "ours"]);
    for await (const _ of convo.datagrid.list());
    await convo.all.update({ datagrid: id }, { name: "theirs too" }, theirs);
    expect((await names()).filter((name) => name === "ours" || name === "theirs too")).toEqual([
      "theirs too",
      "ours",
    ]);
    await convo.datagrid.delete(id, theirs);
    expect(await names()).toContain("ours");
    expect(await names()).not.toContain("theirs too");
  });

  test("knows what one vendor has done where another has failed", async () => {
    const { convo, catalogue, sandbox } = connect();
    sandbox.fault({ kind: "status", status: 400, vendor: "datagrid", operation: "updateConversation" });
    const ids = { openai: "conv_sandbox0001", datagrid: "cnv_sandbox_0001" };
    const changes = { openai: { metadata: { status: "done" } }, datagrid: { name: "n" } } as never;
    const error = await failure(convo.all.update(ids, {}, { overrides: changes }));
    expect(error.kind).toBe("partial");
    const rows = await find(catalogue);
    expect(rows.map(({ provider, conversation }) => [provider, conversation.metadata])).toEqual([
      ["openai", expect.objectContaining({ status: "done" })],
    ]);
  });

  test("forgets what is deleted, erased, or found to be gone", async () => {
    const { convo, catalogue, sandbox } = connect();
    await convo.openai.get("conv_sandbox0001");
    await convo.datagrid.get("cnv_sandbox_0001");
    await convo.all.erase({ openai: "conv_sandbox0001" });
    expect((await find(catalogue)).map((row) => row.provider)).toEqual(["datagrid"]);
    sandbox.fault({ kind: "status", status: 404, vendor: "datagrid", operation: "getConversation" });
    await failure(convo.datagrid.get("cnv_sandbox_0001"));
    expect(await find(catalogue)).toEqual([]);
  });

  test("what is deleted does not come back from a vendor that still shows it", async () => {
    const { convo, catalogue } = connect();
    await convo.agentsight.get(42);
    await convo.agentsight.delete(42);
    await convo.agentsight.get(42);
    expect(await find(catalogue)).toEqual([]);
  });

  test("what the store throws never fails a call", async () => {
    const { at } = start();
    const broken = createCatalogue({
      store: { put: () => Promise.reject(new Error("disk full")), remove: () => {}, rows: () => [] },
    });
    const convo = createConvo({ openai: openai(at("openai")) }, { catalogue: broken });
    expect((await convo.openai.get("conv_sandbox0001")).conversation.id).toBe("conv_sandbox0001");
  });

  test("memory is bounded: the rows seen least recently go", async () => {
    const catalogue = createCatalogue({ store: memoryStore({ maxRows: 2 }) });
    for (const id of ["a", "b", "a", "c"])
      await catalogue.record({ provider: "x", account: "x", id, conversation: { provider: "x", id } });
    expect((await find(catalogue)).map((row) => row.id)).toEqual(["c", "a"]);
  });

  test("an unknown filter is refused", async () => {
    const error = await find(createCatalogue(), { filter: { colour: "red" } as never }).catch(
      (thrown) => thrown,
    );
    expect(error).toMatchObject({ kind: "invalid" });
  });
});
