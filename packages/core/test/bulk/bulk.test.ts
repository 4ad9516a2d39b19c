import { expect, test } from "vitest";
import { memoryJournal } from "../../src/bulk/journal.ts";
import { type BulkResult, createConvo, datagrid, type JournalStore, openai } from "../../src/index.ts";
import { all, failure, start } from "../sandboxed.ts";

async function setUp() {
  const { at, stored, sandbox } = start({ datagrid: { rateLimit: false }, openai: { metadata: "replace" } });
  const convo = createConvo({ openai: openai(at("openai")), datagrid: datagrid(at("datagrid")) });
  const create = async (metadata = { kept: "yes" }): Promise<string> =>
    (await convo.openai.client.createConversation({ metadata })).id;
  return {
    convo,
    sandbox,
    create,
    ids: (count: number) => Promise.all(Array.from({ length: count }, () => create())),
    metadata: (id: string) => stored("openai", id).metadata,
    writes: (id: string) =>
      sandbox.requests().filter(({ method, path }) => method === "POST" && path.endsWith(id)).length,
  };
}

test("many conversations, each line with its result", async () => {
  const { convo, ids, metadata } = await setUp();
  const some = await ids(20);
  async function* lines() {
    for (const [n, id] of some.entries()) yield { id, changes: { metadata: { n: String(n) } } };
  }
  const run = convo.openai.updateMany(lines(), { total: 20 });
  const results = await all(run);
  expect(results.map(({ line }) => line).toSorted((a, b) => a - b)).toEqual(some.map((_, n) => n + 1));
  for (const [n, id] of some.entries()) expect(metadata(id)).toEqual({ kept: "yes", n: String(n) });
  const [first] = results;
  expect(first).toMatchObject({
    status: "updated",
    result: { confirmed: "echo" },
    input: { id: expect.any(String) },
  });
  expect(run.progress()).toMatchObject({ updated: 20, failed: 0, total: 20, secondsLeft: 0 });
  expect(run.progress().limits.openai).toMatchObject({ refused: 0, granted: 40, inFlight: 0 });
});

test("a line of which nothing is left to send is unchanged", async () => {
  const { convo } = await setUp();
  const lines = [{ id: "cnv_sandbox_0001", changes: { metadata: { a: "1" } } as never }];
  const run = convo.datagrid.updateMany(lines, { unsupported: "skip" });
  expect(await all(run)).toMatchObject([{ status: "unchanged", result: { httpRequests: 0 } }]);
  expect(run.progress()).toMatchObject({ updated: 0, unchanged: 1 });
});

test("lines of one conversation are written in their order", async () => {
  const { convo, create, metadata } = await setUp();
  const id = await create();
  const lines = Array.from({ length: 12 }, (_, n) => ({ id, changes: { metadata: { n: String(n) } } }));
  const results = await all(convo.openai.updateMany(lines));
  expect(results.map(({ line }) => line)).toEqual(lines.map((_, n) => n + 1));
  expect(metadata(id)).toEqual({ kept: "yes", n: "11" });
});

test("a bad line is told with its number, and the run goes on", async () => {
  const { convo, ids, metadata } = await setUp();
  const [one, two] = (await ids(2)) as [string, string];
  const results = await all(
    convo.openai.updateMany([
      { id: one, changes: { metadata: { big: "x".repeat(600) } } },
      "no line" as never,
      { id: "conv_gone", changes: { metadata: { a: "1" } } },
      { id: two, changes: { metadata: { a: "1" } } },
    ]),
  );
  const byLine = new Map(results.map((result) => [result.line, result]));
  expect(byLine.get(1)).toMatchObject({ status: "failed", again: false, error: { kind: "limit" } });
  expect(byLine.get(2)).toMatchObject({ status: "failed", again: false, error: { kind: "invalid" } });
  expect(byLine.get(3)).toMatchObject({ status: "failed", again: false, error: { kind: "not_found" } });
  expect(byLine.get(4)).toMatchObject({ status: "updated" });
  expect(metadata(two)).toEqual({ kept: "yes", a: "1" });
});

test("a dry run plans every line and writes nothing, the journal neither", async () => {
  const { convo, ids, writes } = await setUp();
  const [id] = (await ids(1)) as [string];
  const journal = memoryJournal();
  const [result] = await all(
    convo.openai.updateMany([{ id, changes: { metadata: { a: "1" } } }], { dryRun: true, journal }),
  );
  expect(result).toMatchObject({ status: "planned", plan: { diff: { added: { a: "1" } } } });
  expect(writes(id)).toBe(0);
  expect(await all(lines(journal))).toEqual([]);
});

async function* lines(journal: JournalStore) {
  yield* journal.read();
}

test("a run that was ended goes on where it was, and does nothing twice", async () => {
  const { convo, ids, metadata, writes } = await setUp();
  const some = await ids(30);
  const source = some.map((id, n) => ({ id, changes: { metadata: { n: String(n) } } }));
  const journal = memoryJournal();
  let read = 0;
  for await (const _ of convo.openai.updateMany(source, { journal, concurrency: 4 }))
    if (++read === 10) break;
  const before = some.map(writes);
  expect(before.filter((count) => count > 0).length).toBeLessThan(30);
  const run = convo.openai.updateMany(source, { journal, concurrency: 4 });
  const progress = await run.finish();
  expect(progress.resumed).toBeGreaterThanOrEqual(10);
  expect(progress.resumed + progress.updated).toBe(30);
  for (const [n, id] of some.entries()) {
    expect(metadata(id)).toEqual({ kept: "yes", n: String(n) });
    expect(writes(id)).toBe(1);
  }
});

test("the values from before are safe before anything is written", async () => {
  const { convo, create, writes } = await setUp();
  const id = await create();
  const memory = memoryJournal();
  const seen: number[] = [];
  const journal: JournalStore = {
    read: memory.read,
    async append(more) {
      if (more.some((line) => line.includes('"before"'))) seen.push(writes(id));
      await memory.append(more);
    },
  };
  await convo.openai.updateMany([{ id, changes: { metadata: { a: "1" } } }], { journal }).finish();
  expect(seen).toEqual([0]);
  expect(writes(id)).toBe(1);
});

test("a journal that cannot be written ends the run before anything more is sent", async () => {
  const { convo, ids, writes } = await setUp();
  const some = await ids(20);
  const memory = memoryJournal();
  let appended = 0;
  const journal: JournalStore = {
    read: memory.read,
    append: (more) => (++appended > 3 ? Promise.reject(new Error("disk full")) : memory.append(more)),
  };
  const source = some.map((id) => ({ id, changes: { metadata: { a: "1" } } }));
  const error = await failure(convo.openai.updateMany(source, { journal, concurrency: 2 }).finish());
  expect(error).toMatchObject({ kind: "aborted" });
  expect(error.message).toContain("disk full");
  const sent = some.map(writes).reduce((sum, count) => sum + count, 0);
  expect(sent).toBeLessThan(6);

  // With room again nothing is lost and nothing is done twice but what was under way.
  const progress = await convo.openai.updateMany(source, { journal: memory, concurrency: 2 }).finish();
  expect(progress.resumed + progress.updated + progress.unchanged).toBe(20);
  for (const id of some) expect(writes(id)).toBeGreaterThanOrEqual(1);
});

test("a journal that cannot be written is the reason, however many lines it stops", async () => {
  const { convo, ids } = await setUp();
  let fail: (error: Error) => void = () => {};
  const written = new Promise<void>((_, reject) => {
    fail = reject;
  });
  let waiting = 0;
  const options = {
    concurrency: 10,
    journal: { read: () => [], append: () => written },
    async beforeWrite() {
      if (++waiting === 10) fail(new Error("disk full"));
    },
  };
  const source = (await ids(20)).map((id) => ({ id, changes: { metadata: { a: "1" } } }));
  const error = await failure(convo.openai.updateMany(source, options).finish());
  expect(error.message).toMatch(/^\[openai\] The journal cannot be written: disk full[.]/);
});

test("the journal of another source, vendor, label or version is refused", async () => {
  const { convo, ids } = await setUp();
  const [one, two] = (await ids(2)) as [string, string];
  const journal = memoryJournal();
  const line = (id: string) => ({ id, changes: { metadata: { a: "1" } } });
  await convo.openai.updateMany([line(one)], { journal, source: "a.jsonl" }).finish();
  const others = [
    convo.openai.updateMany([line(two)], { journal, source: "a.jsonl" }),
    convo.openai.updateMany([line(one)], { journal, source: "b.jsonl" }),
    convo.datagrid.updateMany([], { journal }),
  ];
  for (const run of others) expect(await failure(run.finish())).toMatchObject({ kind: "conflict" });
  const future: JournalStore = {
    read: () => ['{"journal":"convo-bulk","version":2}'],
    append: async () => {},
  };
  const newer = await failure(convo.openai.updateMany([], { journal: future }).finish());
  expect(newer.message).toContain("version 2");
  const noise: JournalStore = { read: () => ["no json"], append: async () => {} };
  expect(await failure(convo.openai.updateMany([], { journal: noise }).finish())).toMatchObject({
    kind: "bad_response",
  });
});

/** A run over two conversations, of which somebody has changed the second one again. */
async function runToUndo() {
  const made = await setUp();
  const { convo, create } = made;
  const [one, two] = [await create({ kept: "yes" }), await create({ kept: "old" })];
  const journal = memoryJournal();
  await convo.openai
    .updateMany(
      [
        { id: one, changes: { metadata: { kept: "no", added: "1" } } },
        { id: one, changes: { metadata: { added: "2" }, unset: ["kept"] } },
        { id: two, changes: { metadata: { kept: "new", more: "1" } } },
      ],
      { journal },
    )
    .finish();
  await convo.openai.update(two, { metadata: { kept: "newer" } });
  return { ...made, one, two, journal };
}

test("a run is undone where nobody has written since", async () => {
  const { convo, metadata, one, two, journal } = await runToUndo();
  const undone = await all(convo.openai.undo(journal));
  expect(metadata(one)).toEqual({ kept: "yes" });
  expect(metadata(two)).toEqual({ kept: "newer" });
  expect(undone.find(({ id }) => id === two)).toMatchObject({ status: "partly", kept: ["metadata.kept"] });
  const again = await all(convo.openai.undo(journal));
  expect(again.filter(({ status }) => status === "restored")).toEqual([]);
  expect(metadata(one)).toEqual({ kept: "yes" });
});

test("a planned undo says what would be restored, as the undo then does it, and writes nothing", async () => {
  const { convo, metadata, sandbox, one, two, journal } = await runToUndo();
  const before = [metadata(one), metadata(two)];
  const writes = () => sandbox.requests().filter(({ method }) => method === "POST").length;
  const sent = writes();
  const planned = await all(convo.openai.undo(journal, { dryRun: true }));
  expect(writes()).toBe(sent);
  expect([metadata(one), metadata(two)]).toEqual(before);
  expect(planned.filter(({ id }) => id === one)).toEqual([
    {
      provider: "openai",
      id: one,
      status: "planned",
      kept: [],
      restores: [
        { path: "metadata.kept", after: "no" },
        { path: "metadata.added", before: "2", after: "1" },
      ],
      warnings: [],
    },
    {
      provider: "openai",
      id: one,
      status: "planned",
      kept: [],
      restores: [
        { path: "metadata.kept", before: "no", after: "yes" },
        { path: "metadata.added", before: "1" },
      ],
      warnings: [expect.objectContaining({ code: "unset_uncertain", field: "metadata.added" })],
    },
  ]);
  expect(planned.find(({ id }) => id === two)).toMatchObject({
    kept: ["metadata.kept"],
    restores: [{ path: "metadata.more", before: "1" }],
  });
});

test("what a vendor does not let go is told", async () => {
  const { at, stored } = start({ openai: { metadata: "merge" } });
  const { openai: handle } = createConvo({ openai: openai(at("openai")) });
  const { id } = await handle.client.createConversation({ metadata: { kept: "yes" } });
  const result = await handle.update(id, { metadata: { kept: "no", added: "1" } });
  expect(await all(handle.undo(result))).toMatchObject([{ status: "partly", kept: ["metadata.added"] }]);
  expect(stored("openai", id).metadata).toEqual({ kept: "yes", added: "1" });
});

test("a single update is undone by its result", async () => {
  const { convo, create, metadata } = await setUp();
  const id = await create({ kept: "yes" });
  const result = await convo.openai.update(id, { metadata: { kept: "no", added: "1" } });
  expect(await all(convo.openai.undo(result))).toMatchObject([{ status: "restored" }]);
  expect(metadata(id)).toEqual({ kept: "yes" });
});

test("fields are undone as well, several vendors in one run", async () => {
  const { convo, create, sandbox, metadata } = await setUp();
  const id = await create({ kept: "yes" });
  const cnv = "cnv_sandbox_0001";
  const nameOf = () => (sandbox.read("datagrid", cnv) as { name: string }).name;
  const name = nameOf();
  const journal = memoryJournal();
  const run = convo.all.updateMany(
    [
      {
        ids: { openai: id, datagrid: cnv },
        changes: {},
        overrides: { openai: { metadata: { a: "1" } }, datagrid: { name: "New" } },
      },
    ],
    { journal },
  );
  expect(await all(run)).toMatchObject([{ status: "updated", result: { openai: {}, datagrid: {} } }]);
  expect([nameOf(), metadata(id)]).toEqual(["New", { kept: "yes", a: "1" }]);
  const undone = await all(convo.all.undo(journal));
  expect(undone.map(({ status }) => status)).toEqual(["restored", "restored"]);
  expect([nameOf(), metadata(id)]).toEqual([name, { kept: "yes" }]);

  const result = await convo.datagrid.update(cnv, { name: "Newer" }, { verify: { settleMs: 0 } });
  expect(await all(convo.datagrid.undo(result))).toMatchObject([{ status: "restored" }]);
  expect(nameOf()).toBe(name);
});

test("a run is read once: what is left of it goes on, and nothing is sent twice", async () => {
  const { convo, ids, writes } = await setUp();
  const some = await ids(3);
  const sent = () => some.map(writes);
  const source = some.map((id) => ({ id, changes: { metadata: { a: "1" } } }));
  const run = convo.openai.updateMany(source);
  for await (const _ of run);
  expect(await run.finish()).toMatchObject({ updated: 3 });
  expect(sent()).toEqual([1, 1, 1]);
  expect(await failure(all(run))).toMatchObject({ kind: "invalid" });

  const twice = convo.openai.updateMany(source);
  const [one, two] = await Promise.all([twice.finish(), twice.finish()]);
  expect([one.updated, two.updated, sent()]).toEqual([3, 3, [2, 2, 2]]);
});

test("after a break nothing more is sent, whoever asks for the numbers", async () => {
  const { convo, ids, writes } = await setUp();
  const some = await ids(20);
  const sent = () => some.map(writes);
  const run = convo.openai.updateMany(
    some.map((id) => ({ id, changes: { metadata: { a: "1" } } })),
    { concurrency: 2 },
  );
  for await (const _ of run) break;
  const before = sent();
  expect(before.filter((count) => count > 0).length).toBeLessThan(20);
  expect(await run.finish()).toMatchObject({ updated: 1 });
  expect(sent()).toEqual(before);
});

test("who asks twice for the numbers of a run that failed is told twice why", async () => {
  const { convo, ids } = await setUp();
  const [id = ""] = await ids(1);
  async function* broken() {
    yield { id, changes: { metadata: { a: "1" } } };
    throw new Error("the database is gone");
  }
  const run = convo.openai.updateMany(broken());
  const errors = [await failure(run.finish()), await failure(run.finish())];
  expect(errors.map(({ message }) => message)).toEqual(["the database is gone", "the database is gone"]);
});

test("refusals are waited out, and the limit is learned", async () => {
  const { convo, ids, sandbox } = await setUp();
  const some = await ids(10);
  sandbox.fault({
    kind: "status",
    vendor: "openai",
    operation: "updateConversation",
    status: 429,
    retryAfter: 1,
    times: 2,
  });
  const run = convo.openai.updateMany(some.map((id) => ({ id, changes: { metadata: { a: "1" } } })));
  expect(await run.finish()).toMatchObject({ updated: 10, failed: 0 });
});

test("while a run works, other calls of the account wait for its limit as well; afterwards they are free", async () => {
  const { convo, ids } = await setUp();
  const some = await ids(6);
  // What one run learns of an account the next one knows: counted from here.
  const first = await convo.openai
    .updateMany([{ id: some[0] as string, changes: { name: "x" } as never }])
    .finish();
  const before = first.limits.openai?.granted ?? 0;
  const run = convo.openai.updateMany(some.map((id) => ({ id, changes: { metadata: { a: "1" } } })));
  const granted = () => (run.progress().limits.openai?.granted ?? 0) - before;
  let plain = 0;
  for await (const { line } of run) {
    if (line !== 1) continue;
    const { httpRequests } = await convo.openai.update(some[0] as string, { metadata: { b: "2" } });
    plain += httpRequests + (await convo.openai.get(some[1] as string)).httpRequests;
  }
  expect(plain).toBe(3);
  expect(granted()).toBe(some.length * 2 + plain);
  await convo.openai.get(some[0] as string);
  expect(granted()).toBe(some.length * 2 + plain);
});

test("a wrong key ends the run at once and says how to go on", async () => {
  const { convo, sandbox } = await setUp();
  sandbox.fault({ kind: "status", vendor: "openai", status: 401, times: 1000 });
  const journal = memoryJournal();
  const source = Array.from({ length: 100 }, (_, n) => ({
    id: `conv_${n}`,
    changes: { metadata: { a: "1" } },
  }));
  const error = await failure(convo.openai.updateMany(source, { journal, concurrency: 2 }).finish());
  expect(error).toMatchObject({ kind: "auth" });
  expect(error.message).toMatch(/because every line would fail like this one: [A-Z]+ .* 401/);
  expect(error.message).toContain("same journal");
});

test("so does one of several vendors that refuses the key", async () => {
  const { convo, ids, sandbox } = await setUp();
  sandbox.fault({ kind: "status", vendor: "datagrid", status: 401, times: 1000 });
  const source = (await ids(40)).map((id) => ({
    ids: { openai: id, datagrid: "cnv_sandbox_0001" },
    changes: {},
    overrides: { openai: { metadata: { a: "1" } }, datagrid: { name: "New" } },
  }));
  const error = await failure(convo.all.updateMany(source, { concurrency: 2 }).finish());
  expect(error).toMatchObject({ kind: "auth", cause: { provider: "datagrid" } });
});

test("what a line has done at one vendor is not repeated when it is tried again at another", async () => {
  const { convo, create, sandbox, writes, metadata } = await setUp();
  const id = await create();
  sandbox.fault({ kind: "status", vendor: "datagrid", status: 429, retryAfter: 1, times: 1 });
  const line = {
    ids: { openai: id, datagrid: "cnv_sandbox_0001" },
    changes: {},
    overrides: { openai: { metadata: { a: "1" } }, datagrid: { name: "New" } },
  };
  const run = convo.all.updateMany([line], { maxRetries: 0 });
  expect(await all(run)).toMatchObject([
    { status: "updated", result: { openai: { confirmed: "echo" }, datagrid: { confirmed: "echo" } } },
  ]);
  expect([writes(id), metadata(id)]).toEqual([1, { kept: "yes", a: "1" }]);
});

test("a line that JSON cannot hold fails alone, with a journal too", async () => {
  const { convo, ids } = await setUp();
  const source = (await ids(2)).map((id, n) => ({
    id,
    changes: { metadata: { a: n ? "1" : (1n as never) } },
  }));
  const results = await all(convo.openai.updateMany(source, { journal: memoryJournal(), concurrency: 1 }));
  expect(results).toMatchObject([
    { line: 1, status: "failed", again: false, error: { kind: "invalid" } },
    { line: 2, status: "updated" },
  ]);
});

test.each([402, 403])(
  "credit or rights that are used up (%i) stop a run, and once mended it goes on",
  async (status) => {
    const { at, sandbox, stored } = start({ openai: { metadata: "replace" } });
    const convo = createConvo({ "open-ai": openai(at("openai")) });
    const created = await Promise.all(
      Array.from({ length: 40 }, () => convo["open-ai"].client.createConversation({ metadata: {} })),
    );
    const source = created.map(({ id }) => ({ id, changes: { metadata: { a: "1" } } }));
    const mend = sandbox.fault({ kind: "status", vendor: "openai", status, times: 1000 });
    const journal = memoryJournal();
    const run = convo["open-ai"].updateMany(source, { journal, concurrency: 2 });
    const error = await failure(run.finish());
    expect(error).toMatchObject({ kind: "permission" });
    expect(error.message).toContain("because too many lines failed in a row: GET ");
    expect(run.progress().failed).toBeLessThan(20);
    mend();
    const progress = await convo["open-ai"].updateMany(source, { journal, concurrency: 2 }).finish();
    expect(progress).toMatchObject({ updated: 40, failed: 0 });
    for (const { id } of created) expect(stored("openai", id).metadata).toEqual({ a: "1" });
  },
);

test("a property that a line has not is refused, with what was probably meant", async () => {
  const { convo, ids, metadata } = await setUp();
  const [id] = (await ids(1)) as [string];
  const metadataOf = (a: string) => ({ metadata: { a } });
  const lines = [
    { id, changes: metadataOf("1"), merge: "deep" },
    { id, changes: metadataOf("2"), override: {} },
  ];
  const results = await all(convo.openai.updateMany(lines));
  expect(results).toMatchObject([
    { line: 1, status: "failed", again: false, error: { kind: "invalid" } },
    { line: 2, status: "failed", again: false },
  ]);
  const both = { ids: { openai: id }, changes: metadataOf("1"), override: { openai: metadataOf("2") } };
  const [failed] = await all(convo.all.updateMany([both]));
  expect(failed).toMatchObject({
    status: "failed",
    error: { message: expect.stringContaining('"override": did you mean "overrides"?') },
  });
  expect(metadata(id)).toEqual({ kept: "yes" });
});

test("deadlineMs is the time of a line, tries and pauses included: a vendor that never recovers ends the run", async () => {
  const { convo, ids, sandbox, metadata } = await setUp();
  const some = await ids(30);
  const recover = sandbox.fault({ kind: "status", vendor: "openai", status: 503, times: 100_000 });
  const source = some.map((id) => ({ id, changes: { metadata: { a: "1" } } }));
  const journal = memoryJournal();
  const results: BulkResult[] = [];
  const error = await failure(
    (async () => {
      for await (const result of convo.openai.updateMany(source, {
        journal,
        concurrency: 4,
        deadlineMs: 300,
      }))
        results.push(result);
    })(),
  );
  // On a busy machine the time may be over before the first answer is there.
  expect(["server", "timeout"]).toContain(error.kind);
  expect(error.message).toContain("same journal");
  expect(results.length).toBeGreaterThanOrEqual(10);
  for (const result of results)
    expect(result).toMatchObject({ status: "failed", again: true, error: { retryable: true } });
  recover();
  const progress = await convo.openai.updateMany(source, { journal, concurrency: 4 }).finish();
  expect(progress).toMatchObject({ updated: 30, failed: 0, resumed: 0 });
  for (const id of some) expect(metadata(id)).toEqual({ kept: "yes", a: "1" });
});

test("a last try that is cut short does not hide why the others failed", async () => {
  const { at } = start();
  const silent = () => new Promise<Response>(() => {});
  const convo = createConvo({ openai: openai({ ...at("openai"), fetch: silent }) });
  const lines = [{ id: "conv_sandbox0001", changes: { metadata: { a: "1" } } }];
  const [result] = await all(
    convo.openai.updateMany(lines, { maxRetries: 0, timeoutMs: 300, deadlineMs: 1500 }),
  );
  expect(result).toMatchObject({
    status: "failed",
    error: { message: expect.stringContaining("timeoutMs (300 ms)") },
  });
});

test("invalid options are refused", async () => {
  const { convo } = await setUp();
  expect(await failure(convo.openai.updateMany([], { concurrency: 0 }).finish())).toMatchObject({
    kind: "invalid",
  });
});
