/** Undo takes back all that an update has written, wherever the vendor keeps it, and says whether it wrote anything. */
import { expect, onTestFinished, test } from "vitest";
import { agentsight, chatdash, createConvo, datagrid, memoryJournal, openai } from "../../src/index.ts";
import { all, start } from "../sandboxed.ts";
import { serve } from "../server.ts";

const GRID = "cnv_sandbox_0001";

function setUp() {
  const { at, stored, writes } = start({ openai: { metadata: "replace" } });
  return {
    convo: createConvo({ openai: openai(at("openai")), datagrid: datagrid(at("datagrid")) }),
    metadata: (id: string) => stored("openai", id).metadata,
    agents: () => stored("datagrid", GRID).agent_ids,
    writes: () => writes().length,
  };
}

test("a field that the vendor lacks, kept in its metadata", async () => {
  const { convo, metadata } = setUp();
  const { id } = await convo.openai.client.createConversation({ metadata: { kept: "yes" } });
  const journal = memoryJournal();
  const changes = { summary: "s", marked: true } as never;
  await convo.openai.updateMany([{ id, changes }], { unsupported: "metadata", journal }).finish();
  expect(metadata(id)).toEqual({ kept: "yes", summary: "s", marked: "true" });
  expect(await all(convo.openai.undo(journal))).toMatchObject([{ status: "restored", kept: [] }]);
  expect(metadata(id)).toEqual({ kept: "yes" });

  const result = await convo.openai.update(id, { summary: "s" }, { unsupported: "metadata" });
  expect(await all(convo.openai.undo(result))).toMatchObject([{ status: "restored" }]);
  expect(metadata(id)).toEqual({ kept: "yes" });
});

test("a common field that the provider keeps under a metadata key, also where there was none before", async () => {
  const { at, stored } = start({ openai: { metadata: "replace" } });
  const fields = { name: "metadata.title" } as const;
  const convo = createConvo({ openai: openai({ ...at("openai"), fields }) });
  const { id } = await convo.openai.client.createConversation({ metadata: {} });
  const journal = memoryJournal();
  await convo.openai.updateMany([{ id, changes: { name: "Refund" } }], { journal }).finish();
  expect(stored("openai", id).metadata).toEqual({ title: "Refund" });
  expect(await all(convo.openai.undo(journal))).toMatchObject([{ status: "restored", kept: [] }]);
  expect(stored("openai", id).metadata).toEqual({});
});

test("items of a list: by a journal, planned, and by a result", async () => {
  const { convo, agents } = setUp();
  const before = agents();
  const changes = { lists: { agent_ids: { add: ["agent_new"], remove: ["agent_1"] } } };
  const journal = memoryJournal();
  await convo.datagrid.updateMany([{ id: GRID, changes }], { journal }).finish();
  const after = agents();
  expect(after).not.toEqual(before);
  expect(await all(convo.datagrid.undo(journal, { dryRun: true }))).toMatchObject([
    { status: "planned", restores: [{ path: "lists.agent_ids", before: after, after: before }] },
  ]);
  expect(await all(convo.datagrid.undo(journal))).toMatchObject([{ status: "restored", kept: [] }]);
  expect(agents()).toEqual(before);

  const result = await convo.datagrid.update(GRID, changes);
  expect(result.previous).toEqual({ "lists.agent_ids": before });
  expect(await all(convo.datagrid.undo(result))).toMatchObject([{ status: "restored" }]);
  expect(agents()).toEqual(before);
});

test("a list that was changed since is left alone", async () => {
  const { convo, agents } = setUp();
  const journal = memoryJournal();
  const add = (item: string) => ({ lists: { agent_ids: { add: [item] } } });
  await convo.datagrid.updateMany([{ id: GRID, changes: add("mine") }], { journal }).finish();
  await convo.datagrid.update(GRID, add("theirs"));
  const since = agents();
  for (const dryRun of [true, false])
    expect(await all(convo.datagrid.undo(journal, { dryRun }))).toEqual([
      { provider: "datagrid", id: GRID, status: "unchanged", kept: ["lists.agent_ids"] },
    ]);
  expect(agents()).toEqual(since);
});

test("`unchanged` means that nothing was written, `partly` that something was", async () => {
  const { convo, metadata, writes } = setUp();
  const { id } = await convo.openai.client.createConversation({ metadata: { a: "1", b: "1" } });
  const journal = memoryJournal();
  await convo.openai.updateMany([{ id, changes: { metadata: { a: "2", b: "2" } } }], { journal }).finish();
  const both = await convo.openai.update(id, { metadata: { a: "3" } });
  let sent = writes();
  expect(await all(convo.openai.undo(journal))).toMatchObject([{ status: "partly", kept: ["metadata.a"] }]);
  expect([writes() - sent, metadata(id)]).toEqual([1, { a: "3", b: "1" }]);

  await convo.openai.update(id, { metadata: { a: "4", b: "4" } });
  sent = writes();
  expect(await all(convo.openai.undo(journal))).toMatchObject([
    { status: "unchanged", kept: ["metadata.a", "metadata.b"] },
  ]);
  expect(await all(convo.openai.undo(both))).toMatchObject([{ status: "unchanged", kept: ["metadata.a"] }]);
  expect(writes()).toBe(sent);
});

test("a write whose answer was lost and that the vendor has made is told as made", async () => {
  const stored: Record<string, unknown> = { id: 42, name: "old" };
  const server = await serve(({ method, body }) => {
    if (method !== "GET") Object.assign(stored, body);
    return body.name === "old" ? "drop" : { body: stored };
  });
  onTestFinished(() => server.close());
  const convo = createConvo({ agentsight: agentsight({ apiKey: null, baseUrl: server.baseUrl }) });
  const journal = memoryJournal();
  await convo.agentsight.updateMany([{ id: 42, changes: { name: "new" } }], { journal }).finish();
  expect(await all(convo.agentsight.undo(journal))).toMatchObject([{ status: "restored" }]);
  expect(stored.name).toBe("old");
  expect(server.seen.filter(({ body }) => body.name === "old")).toHaveLength(1);
});

test("what a result does not show as made is in `kept`, never passed over", async () => {
  const { at, stored } = start();
  const convo = createConvo({ chatdash: chatdash({ ...at("chatdash"), agentId: "agent_1" }) });
  const id = "66f0c0ffee0000000000cd01";
  const result = await convo.chatdash.update(id, { native: { name: "New" } as never, metadata: { a: 1 } });
  expect(await all(convo.chatdash.undo(result))).toMatchObject([{ kept: ["native.name"] }]);
  expect(stored("chatdash", id).name).toBe("New");
});
