import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { createConvo, openai } from "@convo/core";
import { createSandbox } from "@convo/sandbox";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createQueue, type PatchRecord, type Queue } from "../src/index.ts";
import { findPostgres, type Server, startPostgres } from "./postgres.ts";

const sandbox = createSandbox();
const provider = openai({
  baseUrl: sandbox.baseUrl("openai"),
  apiKey: sandbox.env().OPENAI_API_KEY ?? null,
  fetch: (url, init) => sandbox.fetch(url, init),
});
const convo = createConvo({ openai: provider });
afterAll(() => sandbox.close());

async function conversation(): Promise<string> {
  const made = await convo.openai.client.createConversation({ metadata: { kept: "yes" } });
  return made.id;
}
const metadata = (id: string) => (sandbox.read("openai", id) as { metadata: unknown }).metadata;
const writesTo = (id: string) =>
  sandbox.requests().filter(({ method, path }) => method === "POST" && path.endsWith(id)).length;

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const bin = findPostgres();
describe.each(["an embedded database", "a Postgres server"])("on %s", (kind) => {
  const server = kind === "a Postgres server";
  describe.skipIf(server && !bin)(server && !bin ? "(no Postgres installed)" : "", () => {
    const folder = mkdtempSync(join(tmpdir(), "convo-queue-"));
    let postgres: Server | undefined;
    let queue: Queue<typeof convo>;

    beforeAll(async () => {
      if (server) postgres = await startPostgres(bin as string, false);
      queue = createQueue<typeof convo>({ database: postgres?.url ?? folder });
      await queue.status();
    });
    afterAll(async () => {
      await queue.close();
      postgres?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    async function drain(): Promise<void> {
      await (await queue.work(convo)).drain();
    }
    async function history(id: string): Promise<PatchRecord[]> {
      return all(queue.history({ conversation: id }));
    }

    test("patches of one conversation become one write, in their order", async () => {
      const id = await conversation();
      await queue.enqueue("openai", id, { metadata: { a: "1", b: "1" } }, { author: "importer" });
      await queue.enqueue("openai", id, { metadata: { b: "2" }, unset: ["a"] });
      await queue.enqueue("openai", id, { metadata: { c: "3" } });
      await drain();
      expect(metadata(id)).toEqual({ kept: "yes", b: "2", c: "3" });
      expect(writesTo(id)).toBe(1);
      const records = await history(id);
      expect(records.map(({ keys }) => keys)).toEqual([
        ["metadata.a", "metadata.b"],
        ["metadata.b", "metadata.a"],
        ["metadata.c"],
      ]);
      const [first] = records;
      expect(first).toMatchObject({
        account: "openai",
        author: "importer",
        state: "done",
        outcome: "confirmed",
        attempts: 1,
      });
      expect(first?.requestId).toMatch(/^req_/);
      expect(first?.worker).toContain(String(process.pid));
      expect(first).not.toHaveProperty("changes");
    });

    test("values of any JSON text survive, those that Postgres has no character for too", async () => {
      const id = await conversation();
      const changes = { metadata: { "k\0y": "a\0b", ключ: "\u{1f600}" } };
      await queue.enqueue("openai", id, changes);
      await drain();
      const [record] = await all(queue.history({ conversation: id, values: true }));
      expect(record?.changes).toEqual(changes);
    });

    test("changes that cannot be made are a dead letter, which can be mended and replayed", async () => {
      const id = await conversation();
      await queue.enqueue("openai", id, { metadata: { big: "x".repeat(513) } });
      await queue.enqueue("openai", id, { metadata: { fine: "1" } });
      await drain();
      expect(metadata(id)).toEqual({ kept: "yes", fine: "1" });
      const [letter, other] = await history(id);
      expect(letter).toMatchObject({ state: "dead", outcome: "limit" });
      expect(letter?.error).toContain("metadata.big");
      expect(other?.state).toBe("done");
      expect((await queue.status())[0]?.dead).toBe(1);

      await queue.mend(letter?.id ?? "", { metadata: { big: "small" } });
      const replayed = await queue.replay({ account: "openai" });
      expect(replayed).toEqual({ replayed: [letter?.id], superseded: [] });
      await drain();
      expect(metadata(id)).toEqual({ kept: "yes", fine: "1", big: "small" });
      await expect(queue.mend(letter?.id ?? "", {})).rejects.toMatchObject({ kind: "not_found" });
    });

    test("a dead letter that is discarded is not tried again, and stays in the history", async () => {
      const id = await conversation();
      const letter = await queue.enqueue("openai", id, { metadata: { a: "x".repeat(600) } });
      const later = await queue.enqueue("openai", id, { metadata: { a: "y".repeat(600) } });
      await drain();
      expect(await queue.discard([later, "999999"])).toEqual([later]);
      expect(await queue.discard([later])).toEqual([]);
      const [, closed] = await history(id);
      expect(closed).toMatchObject({ state: "done", outcome: "discarded" });
      expect(closed?.changes).toBeFalsy();
      // It wrote nothing, so it does not stand in the way of an earlier one.
      await queue.mend(letter, { metadata: { a: "1" } });
      expect(await queue.replay()).toEqual({ replayed: [letter], superseded: [] });
      await drain();
      expect(metadata(id)).toMatchObject({ a: "1" });
    });

    test("a replay does not overwrite what a later patch has written, unless asked", async () => {
      const id = await conversation();
      const late = await queue.enqueue("openai", id, { metadata: { a: "x".repeat(600) } });
      await queue.enqueue("openai", id, { metadata: { a: "newer" } });
      await drain();
      await queue.mend(late, { metadata: { a: "older" } });
      expect(await queue.replay({ ids: [late] })).toEqual({ replayed: [], superseded: [late] });
      await drain();
      expect(metadata(id)).toMatchObject({ a: "newer" });
      expect(await queue.replay({ ids: [late], overwrite: true })).toEqual({
        replayed: [late],
        superseded: [],
      });
      await drain();
      expect(metadata(id)).toMatchObject({ a: "older" });
    });

    test("a vendor that fails for a while loses nothing, and the order stays", async () => {
      const id = await conversation();
      sandbox.fault({
        kind: "status",
        vendor: "openai",
        operation: "updateConversation",
        status: 503,
        times: 3,
      });
      await queue.enqueue("openai", id, { metadata: { a: "1" } });
      await queue.enqueue("openai", id, { metadata: { a: "2" } });
      const worker = await queue.work(convo);
      await expect.poll(() => metadata(id)).toMatchObject({ a: "2" });
      await worker.stop();
      const records = await history(id);
      expect(records.map(({ state }) => state)).toEqual(["done", "done"]);
    });

    test("a worker leaves the updates of accounts that it does not have to those that have them", async () => {
      const id = await conversation();
      const other = createConvo({ spare: provider });
      const both = queue as unknown as Queue<typeof convo & typeof other>;
      await both.enqueue("spare", id, { metadata: { spare: "1" } });
      await both.enqueue("openai", id, { metadata: { a: "1" } });
      await drain();
      expect(metadata(id)).toEqual({ kept: "yes", a: "1" });
      expect(await history(id)).toMatchObject([
        { account: "spare", state: "open", attempts: 0 },
        { account: "openai", state: "done" },
      ]);
      await (await both.work(other as never)).drain();
      expect(metadata(id)).toEqual({ kept: "yes", a: "1", spare: "1" });
    });

    test("a wait that no vendor means stops nobody", async () => {
      const id = await conversation();
      const refusal = { kind: "status", vendor: "openai", status: 429, retryAfter: 1_796_039_019 } as const;
      sandbox.fault({ ...refusal, times: 1 });
      await queue.enqueue("openai", id, { metadata: { a: "1" } });
      const worker = await queue.work(convo);
      await expect.poll(() => metadata(id)).toMatchObject({ a: "1" });
      await worker.stop();
    });

    test("a patch enqueued while its conversation is being written is written as well", async () => {
      const id = await conversation();
      const worker = await queue.work(convo);
      for (let n = 0; n < 20; n++)
        await queue.enqueue("openai", id, { metadata: { [`k${n % 10}`]: String(n) } });
      await worker.drain();
      const expected = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`k${n}`, String(n + 10)]));
      expect(metadata(id)).toEqual({ kept: "yes", ...expected });
    });

    test("many conversations at once; iterables of any length", async () => {
      const ids = await Promise.all(Array.from({ length: 20 }, conversation));
      async function* updates() {
        for (let n = 0; n < 60; n++)
          yield { id: ids[n % 20] as string, changes: { metadata: { n: String(n) } } };
      }
      expect(await queue.enqueueMany("openai", updates())).toBe(60);
      await drain();
      for (const [n, id] of ids.entries()) expect(metadata(id)).toEqual({ kept: "yes", n: String(n + 40) });
    });

    test("what cannot be stored or found is refused at once", async () => {
      await expect(queue.enqueue("openai", " ", {})).rejects.toMatchObject({ kind: "invalid" });
      const loop: Record<string, unknown> = {};
      loop.self = loop;
      await expect(queue.enqueue("openai", "c", { metadata: loop as never })).rejects.toThrow(
        "metadata.self",
      );
    });

    test("one holder of a lock at a time", async () => {
      let inside = 0;
      let most = 0;
      const work = async () => {
        most = Math.max(most, ++inside);
        await new Promise((resolve) => setTimeout(resolve, 5));
        inside--;
      };
      await Promise.all(Array.from({ length: 5 }, () => queue.lock.withLock("c1", work)));
      expect(most).toBe(1);
      const failing = queue.lock.withLock("c1", () => Promise.reject(new Error("no")));
      await expect(failing).rejects.toThrow("no");
      expect(await queue.lock.withLock("c1", async () => 7)).toBe(7);
    });

    test("nobody waits for a lock longer than they want", async () => {
      const gone = new AbortController();
      await queue.lock.withLock("c2", async () => {
        const waiting = queue.lock.withLock("c2", async () => 1, gone.signal);
        gone.abort();
        // In memory it settles when its turn comes.
        if (server) await expect(waiting).rejects.toThrow();
        else waiting.catch(() => {});
      });
    });
  });
});

test("an embedded database belongs to one process, until that is gone", async () => {
  const folder = mkdtempSync(join(tmpdir(), "convo-queue-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [first, second] = [createQueue({ database: folder }), createQueue({ database: folder })];
  await first.status();
  await expect(second.status()).rejects.toMatchObject({ kind: "conflict" });
  await first.close();
  // Of an earlier process that had the same number, as the first one of a container always has.
  const gone = { pid: process.pid, host: hostname(), since: "", started: "before" };
  writeFileSync(join(folder, `data.lock-${process.pid}-gone`), JSON.stringify(gone));
  expect(await second.status()).toEqual([]);
  await second.close();
});

test("options are checked, and a server that is not there is told", async () => {
  expect(() => createQueue({ schema: "a;b" })).toThrow("plain name");
  expect(() => createQueue({ heartbeatSeconds: 1 })).toThrow("at least 10");
  for (const database of [
    "mysql2://user:pw@host/db",
    "postgresql+psycopg://user:pw@host/db",
    "jdbc:postgresql://host/db?password=pw",
    '"postgres://user:pw@host/db"',
    "host=localhost dbname=db password=pw",
  ]) {
    const refused = () => createQueue({ database });
    expect(refused).toThrow(expect.objectContaining({ kind: "invalid" }));
    expect(refused).not.toThrow("pw");
  }
  const gone = createQueue({ database: "postgres://postgres@127.0.0.1:1/none" });
  await expect(gone.status()).rejects.toMatchObject({ kind: "network" });
  await gone.close();
});
