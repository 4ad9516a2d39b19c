/** A journal belongs to the source as it was: whatever of it is done is compared before it is passed over. */
import { expect, test } from "vitest";
import { digest, openJournal } from "../../src/bulk/journal.ts";
import { createConvo, type JournalStore, memoryJournal, openai } from "../../src/index.ts";
import { failure, start } from "../sandboxed.ts";

type Line = { id: string; changes: { metadata: { n: string } } };

async function setUp(count: number) {
  const { at, stored } = start({ openai: { metadata: "replace" } });
  const { openai: handle } = createConvo({ openai: openai(at("openai")) });
  const created = await Promise.all(
    Array.from({ length: count }, () => handle.client.createConversation({ metadata: {} })),
  );
  const source: Line[] = created.map(({ id }, n) => ({ id, changes: { metadata: { n: String(n) } } }));
  const metadata = (line: number) => stored("openai", source[line - 1]?.id ?? "").metadata;
  return { handle, source, metadata };
}

/** The source with other values from one line to another. */
const changed = (source: Line[], from: number, to: number): Line[] =>
  source.map((line, at) =>
    at + 1 < from || at + 1 > to ? line : { ...line, changes: { metadata: { n: "changed" } } },
  );

test.each([
  ["its last lines", 2, 3],
  ["one in the middle", 2, 2],
  ["its first", 1, 1],
])("of a short source that is done, %s cannot be changed", async (_, from, to) => {
  const { handle, source, metadata } = await setUp(3);
  const journal = memoryJournal();
  await handle.updateMany(source, { journal }).finish();
  const error = await failure(handle.updateMany(changed(source, from, to), { journal }).finish());
  expect(error).toMatchObject({ kind: "conflict" });
  expect(error.message).toContain(`line ${from} or one before it differs`);
  expect(metadata(2)).toEqual({ n: "1" });
  expect(await handle.updateMany(source, { journal }).finish()).toMatchObject({ resumed: 3, updated: 0 });
});

test("nor can what a run that was ended in the middle has done", async () => {
  const { handle, source, metadata } = await setUp(8);
  const journal = memoryJournal();
  let read = 0;
  for await (const _ of handle.updateMany(source, { journal, concurrency: 1 })) if (++read === 5) break;
  const error = await failure(handle.updateMany(changed(source, 4, 4), { journal }).finish());
  expect(error).toMatchObject({ kind: "conflict" });
  expect(metadata(8)).toEqual({});
});

test("a source that has become longer goes on, one that has become shorter is told", async () => {
  const { handle, source, metadata } = await setUp(5);
  const journal = memoryJournal();
  await handle.updateMany(source.slice(0, 3), { journal }).finish();
  const longer = await handle.updateMany(source, { journal }).finish();
  expect(longer).toMatchObject({ resumed: 3, updated: 2 });
  expect(metadata(5)).toEqual({ n: "4" });
  const error = await failure(handle.updateMany(source.slice(0, 2), { journal }).finish());
  expect(error.message).toContain("another source: it has no line 3");
});

test("of thousands of lines one digest per thousand is kept, beside a few early ones and the last lines", async () => {
  const store = memoryJournal();
  const first = await openJournal(store, "openai", undefined);
  const hashes: number[] = [];
  for (let line = 1, hash: number | undefined; line <= 2500; line++) {
    hash = digest(String(line), hash);
    hashes[line] = hash;
    first.check(line, hash);
    await first.finish({ line, done: "updated", digest: hash });
  }
  const again = await openJournal(store, "openai", undefined);
  const known = hashes.flatMap((hash, line) => {
    try {
      again.check(line, hash + 1);
      return [];
    } catch {
      return [line];
    }
  });
  expect(known.slice(0, 6)).toEqual([1, 10, 100, 1000, 2000, 2001]);
  expect(known.length).toBe(505);
  expect(() => again.checkEnd(2499)).toThrow("it has no line 2500");
  again.checkEnd(2500);
});

test("a journal of an older version, whose lines have no digests, is gone on with", async () => {
  const { handle, source } = await setUp(3);
  const journal = memoryJournal();
  const hash = digest(JSON.stringify(source[0]));
  const written = [
    { journal: "convo-bulk", version: 1, target: "openai" },
    { lines: 1, digest: hash },
    { line: 1, done: "updated" },
    { line: 2, done: "failed", again: true, error: "HTTP 503" },
  ];
  await journal.append(written.map((entry) => JSON.stringify(entry)));
  expect(await handle.updateMany(source, { journal }).finish()).toMatchObject({ resumed: 1, updated: 2 });
});

/** A vendor that refuses the first write, and a journal that its line is tried again from. */
async function resumedLine(
  meanwhile: (handle: Awaited<ReturnType<typeof setUp>>["handle"], id: string) => unknown,
) {
  const { at, stored, sandbox } = start({ openai: { metadata: "replace" } });
  const { openai: handle } = createConvo({ openai: openai(at("openai")) });
  const { id } = await handle.client.createConversation({ metadata: { status: "open" } });
  const source = [{ id, changes: { metadata: { status: "closed" } } }];
  const journal = memoryJournal();
  const recover = sandbox.fault({
    kind: "status",
    vendor: "openai",
    operation: "updateConversation",
    status: 403,
    times: 100,
  });
  expect(await handle.updateMany(source, { journal }).finish()).toMatchObject({ failed: 1 });
  recover();
  await meanwhile(handle, id);
  await handle.updateMany(source, { journal }).finish();
  expect(stored("openai", id).metadata).toEqual({ status: "closed" });
  return { handle, journal, status: () => stored("openai", id).metadata };
}

const intents = (journal: JournalStore): string[] =>
  (journal.read() as string[]).filter((line) => line.includes('"before"'));

test("what others wrote before a line was tried again is what its undo restores", async () => {
  const { handle, journal, status } = await resumedLine((convo, id) =>
    convo.update(id, { metadata: { status: "escalated" } }),
  );
  expect(intents(journal)).toHaveLength(2);
  for await (const _ of handle.undo(journal));
  expect(status()).toEqual({ status: "escalated" });
});

test("where nobody wrote meanwhile, the values before it are written down once", async () => {
  const { handle, journal, status } = await resumedLine(() => {});
  expect(intents(journal)).toHaveLength(1);
  for await (const _ of handle.undo(journal));
  expect(status()).toEqual({ status: "open" });
});
