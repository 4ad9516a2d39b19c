import { expect, test } from "vitest";
import { createConvo, letta, openai } from "../../src/index.ts";
import { failure, start } from "../sandboxed.ts";

const ID = "conv_sandbox0001";
const DOCUMENT = { kind: "convo_export", version: 1, conversation: {}, messages: [], attachments: [] };

/** Options that nobody can follow, as JavaScript callers give them. */
const BAD = [
  null,
  false,
  0,
  "x",
  [],
  { bogus: 1 },
  { signal: false },
  { signal: 0 },
  { deadlineMs: "5" },
  { maxRetries: -1 },
  { retry: true },
];

const all = async (list: AsyncIterable<unknown>): Promise<unknown[]> => {
  const items: unknown[] = [];
  for await (const item of list) items.push(item);
  return items;
};

function connect() {
  const { at, sandbox } = start();
  const convo = createConvo({ openai: openai(at("openai")), letta: letta(at("letta")) });
  const line = { id: ID, changes: { metadata: { a: "1" } } };
  const verbs: Record<string, (options: never) => Promise<unknown>> = {
    get: (options) => convo.openai.get(ID, options),
    update: (options) => convo.openai.update(ID, line.changes, options),
    plan: (options) => convo.openai.plan(ID, line.changes, options),
    exists: (options) => convo.openai.exists(ID, options),
    create: (options) => convo.openai.create({}, options),
    delete: (options) => convo.openai.delete(ID, options),
    list: (options) => all(convo.letta.list(options)),
    archive: (options) => convo.letta.archive("conv-1", options),
    messages: (options) => all(convo.openai.messages(ID, options)),
    addMessage: (options) => convo.openai.addMessage(ID, { role: "user", text: "x" }, options),
    export: (options) => convo.openai.export(ID, options),
    import: (options) => convo.openai.import(DOCUMENT as never, options),
    updateMany: (options) => all(convo.openai.updateMany([line], options)),
    undo: (options) => all(convo.openai.undo({} as never, options)),
    probe: (options) => convo.openai.probe(options),
    "all.update": (options) => convo.all.update({ openai: ID }, line.changes, options),
    "all.updateMany": (options) =>
      all(convo.all.updateMany([{ ids: { openai: ID }, changes: line.changes }], options)),
    "all.undo": (options) => all(convo.all.undo({} as never, options)),
    "all.planErase": (options) => convo.all.planErase({ openai: ID }, options),
    "all.erase": (options) => convo.all.erase({ openai: ID }, options),
  };
  return { verbs, sandbox };
}

test("every verb refuses options that cannot be followed, before anything is sent", async () => {
  const { verbs, sandbox } = connect();
  for (const [name, call] of Object.entries(verbs))
    for (const bad of BAD) {
      const kind = await call(bad as never).then(
        () => "done",
        (error) => error.kind,
      );
      expect([name, bad, kind]).toEqual([name, bad, "invalid"]);
    }
  expect(sandbox.requests()).toEqual([]);
});

test("an erase checks its own options before it deletes anything", async () => {
  const { verbs, sandbox } = connect();
  for (const bad of [{ onReceipt: 5 }, { limit: 0 }, { limit: "1" }])
    expect(await failure(verbs["all.erase"]?.(bad as never) ?? expect.unreachable())).toMatchObject({
      kind: "invalid",
    });
  expect(sandbox.requests()).toEqual([]);
});

test("a bulk run checks its options once, and reads no line", async () => {
  const { verbs, sandbox } = connect();
  for (const bad of [{ dryRun: "no" }, { concurrency: 0 }, { journal: "file" }, { merge: "all" }])
    expect(await failure(verbs.updateMany?.(bad as never) ?? expect.unreachable())).toMatchObject({
      kind: "invalid",
    });
  expect(sandbox.requests()).toEqual([]);
});

test("a message holds nothing that would be dropped", async () => {
  const { at, writes } = start();
  const convo = createConvo({ openai: openai(at("openai")) });
  const message = { role: "user", text: "x", createdAt: "2026-01-01" } as const;
  const error = await failure(convo.openai.addMessage(ID, message));
  expect(error.message).toMatch(/messages\[0\]\.createdAt is not part of a message/);
  expect(writes()).toEqual([]);
});

test("lines, journals and overrides of a wrong type are refused", async () => {
  const { at, sandbox } = start();
  const convo = createConvo({ openai: openai(at("openai")) });
  const changes = { metadata: { a: "1" } };
  for (const bad of [null, undefined, 5, {}, "lines"] as never[]) {
    expect(await failure(all(convo.openai.updateMany(bad)))).toMatchObject({ kind: "invalid" });
    expect(await failure(all(convo.all.updateMany(bad)))).toMatchObject({ kind: "invalid" });
    expect(await failure(all(convo.openai.undo(bad)))).toMatchObject({ kind: "invalid" });
    expect(await failure(all(convo.all.undo(bad)))).toMatchObject({ kind: "invalid" });
  }
  for (const overrides of [null, 5, [], "x"] as never[])
    expect(await failure(convo.all.update({ openai: ID }, changes, { overrides }))).toMatchObject({
      kind: "invalid",
    });
  for (const encode of ["false", 1, null] as never[])
    expect(() => openai({ ...at("openai"), encode })).toThrow(/encode must be a boolean/);
  expect(sandbox.requests()).toEqual([]);
});
