import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { createConvo, openai, type ProviderOptions } from "@convo/core";
import { createSandbox } from "@convo/sandbox";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import createKnex from "knex";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, onTestFinished, type TestContext, test, vi } from "vitest";
import {
  createQueue,
  fromDrizzle,
  fromKnex,
  fromPrisma,
  type Queue,
  type Transaction,
} from "../src/index.ts";
import { findPostgres, type Server, startPostgres } from "./postgres.ts";
import { startProxy } from "./proxy.ts";

const bin = findPostgres();

/** What only a server has: transactions of other connections, and workers that lose sight of one another. */
describe.skipIf(!bin)("on a Postgres server", () => {
  const sandbox = createSandbox({ openai: { metadata: "replace" } });
  let onRequest: (method: string) => Promise<void> = async () => {};
  /** Does something before each request of a test reaches the vendor. */
  const beforeRequests = (does: typeof onRequest): void => {
    onRequest = does;
    onTestFinished(() => {
      onRequest = async () => {};
    });
  };
  const account: ProviderOptions = {
    baseUrl: sandbox.baseUrl("openai"),
    apiKey: sandbox.env().OPENAI_API_KEY ?? null,
    async fetch(url, init) {
      await onRequest(init.method);
      return sandbox.fetch(url, init as RequestInit);
    },
  };
  const convo = createConvo({ openai: openai(account) });
  let server: Server;
  let queue: Queue<typeof convo>;
  let pool: pg.Pool;
  let origin: string;

  beforeAll(async () => {
    server = await startPostgres(bin as string, false);
    queue = createQueue<typeof convo>({ database: server.url });
    pool = new pg.Pool({ connectionString: server.url });
    await queue.status();
    ({ origin } = await sandbox.listen());
  });
  afterAll(async () => {
    await queue.close();
    await pool.end();
    server.stop();
    await sandbox.close();
  });

  const conversation = async () =>
    (await convo.openai.client.createConversation({ metadata: { kept: "yes" } })).id;
  const metadata = (id: string) => (sandbox.read("openai", id) as { metadata: unknown }).metadata;
  const writesTo = (id: string) =>
    sandbox.requests().filter(({ method, path }) => method === "POST" && path.endsWith(id)).length;
  const drain = async () => (await queue.work(convo)).drain();

  /** Runs work in a transaction of the caller's, each in its own way. */
  const ways: Record<string, (work: (tx: Transaction) => Promise<void>) => Promise<void>> = {
    async pg(work) {
      const client = await pool.connect();
      try {
        await client.query("begin");
        await work(client);
        await client.query("commit");
      } catch (error) {
        await client.query("rollback");
        throw error;
      } finally {
        client.release();
      }
    },
    drizzle: (work) => drizzle(pool).transaction((tx) => work(fromDrizzle(tx, sql))),
    async knex(work) {
      const knex = createKnex({ client: "pg", connection: server.url });
      try {
        await knex.transaction((tx) => work(fromKnex(tx)));
      } finally {
        await knex.destroy();
      }
    },
    // Prisma's own client is generated from a schema; this is the one method of it that the adapter calls.
    "an object with Prisma's $queryRawUnsafe": (work) =>
      ways.pg?.((tx) =>
        work(
          fromPrisma({
            $queryRawUnsafe: async (text: string, ...values: unknown[]) =>
              (await (tx as pg.PoolClient).query(text, values)).rows as never,
          }),
        ),
      ) as Promise<void>,
  };

  test.each(Object.entries(ways))(
    "enqueued in a transaction of %s: there when it commits, gone when it does not",
    async (_, run) => {
      const id = await conversation();
      await run(async (tx) => {
        await queue.enqueue("openai", id, { metadata: { a: "1" } }, { tx, author: "o'neill" });
        await queue.enqueue("openai", id, { metadata: { b: "?" } }, { tx, merge: "deep" });
      });
      const failed = run(async (tx) => {
        await queue.enqueue("openai", id, { metadata: { c: "1" } }, { tx });
        throw new Error("changed my mind");
      });
      await expect(failed).rejects.toThrow("changed my mind");
      await drain();
      expect(metadata(id)).toEqual({ kept: "yes", a: "1", b: "?" });
    },
  );

  test("a patch whose transaction is still open is not left without a worker", async () => {
    const id = await conversation();
    await queue.enqueue("openai", id, { metadata: { first: "1" } });
    const worker = await queue.work(convo);
    await ways.pg?.(async (tx) => {
      const other = await conversation();
      await queue.enqueue("openai", other, { metadata: { first: "1" } }, { tx });
      await queue.enqueue("openai", id, { metadata: { second: "2" } }, { tx });
      // Long enough for a worker to take what it can.
      await pause(600);
    });
    await worker.drain();
    expect(metadata(id)).toEqual({ kept: "yes", first: "1", second: "2" });
    expect((await queue.status()).every(({ open }) => open === 0)).toBe(true);
  });

  test("a replay does not remove what was written later, where either replaces the metadata", async () => {
    const long = { metadata: { a: "x".repeat(600) } };
    const merge = "replace";
    for (const [wrong, later, changes] of [
      [{ merge }, {}, { metadata: { b: "2" } }],
      [{}, { merge }, { metadata: { b: "2" } }],
      [{}, { merge }, { metadata: {} }],
    ] as const) {
      const id = await conversation();
      const late = await queue.enqueue("openai", id, long, wrong);
      const name = await queue.enqueue("openai", id, { native: { none: "x" } } as never, { merge });
      await drain();
      await queue.enqueue("openai", id, changes, later);
      await drain();
      await queue.mend(late, { metadata: { a: "1" } });
      expect(await queue.replay({ ids: [late, name] })).toEqual({ replayed: [name], superseded: [late] });
      await drain();
      await queue.discard([late, name]);
      expect(metadata(id)).not.toHaveProperty("a");
    }
  });

  test("what is old is removed by the database's clock, whatever that of the machine says", async () => {
    const id = await conversation();
    const insert = (age: string) =>
      pool.query(
        `insert into convo.patch (account, conversation, changes, keys, author, state, done_at)
         values ('openai', $1, '{"metadata":{"a":"1"}}', '{metadata.a}', $2::text, 'done', clock_timestamp() - $2::text::interval)`,
        [JSON.stringify(id), age],
      );
    for (const age of ["31 days", "2 hours", "1 minute"]) await insert(age);
    const left = async () =>
      (await all(queue.history({ conversation: id, values: true }))).map(
        ({ author, changes }) => `${author}: ${changes ? "values" : "none"}`,
      );
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"], now: Date.now() + 40 * 86_400_000 });
    onTestFinished(() => void vi.useRealTimers());
    const pruning = createQueue<typeof convo>({ database: server.url });
    onTestFinished(() => pruning.close());
    await pruning.work(convo);
    await vi.advanceTimersByTimeAsync(60_000);
    while ((await left()).includes("2 hours: values")) await pause(20);
    expect(await left()).toEqual(["2 hours: none", "1 minute: values"]);
  });

  /** Another worker takes the conversation, as after a lost heartbeat. */
  const steal = () => pool.query("update convo.patch set claim = gen_random_uuid() where state = 'open'");

  test("nothing is written once a claim is lost", async () => {
    const id = await conversation();
    await queue.enqueue("openai", id, { metadata: { a: "1" } });
    let reads = 0;
    beforeRequests(async (method) => {
      if (method === "GET" && reads++ === 0) await steal();
    });
    await drain();
    // The first attempt read and saw that its claim was gone; the second one wrote.
    expect(reads).toBe(2);
    expect(writesTo(id)).toBe(1);
    expect(metadata(id)).toEqual({ kept: "yes", a: "1" });
  });

  test("a write that was under way when its claim was lost is made again", async () => {
    const id = await conversation();
    await queue.enqueue("openai", id, { metadata: { a: "1" } });
    let writes = 0;
    beforeRequests(async (method) => {
      if (method === "POST" && writes++ === 0) await steal();
    });
    await drain();
    expect(writes).toBeGreaterThanOrEqual(1);
    expect(metadata(id)).toEqual({ kept: "yes", a: "1" });
    const [record] = await all(queue.history({ conversation: id }));
    expect(record).toMatchObject({ state: "done", attempts: 1 });
  });

  test("what others have written meanwhile is written again on top of a late write", async () => {
    const id = await conversation();
    await queue.enqueue("openai", id, { metadata: { a: "old" } });
    let writes = 0;
    beforeRequests(async (method) => {
      if (method !== "POST" || writes++ > 0) return;
      // Another worker takes over and is through before this write arrives.
      await steal();
      await convo.openai.client.updateConversation(id, { metadata: { kept: "yes", a: "old", b: "newer" } });
      await pool.query(
        `insert into convo.patch (account, conversation, changes, keys, state, done_at)
         select account, conversation, '{"metadata":{"b":"newer"}}', '{metadata.b}', 'done', clock_timestamp()
         from convo.patch where state = 'open';
         update convo.patch set state = 'done', done_at = clock_timestamp() where state = 'open'`,
      );
    });
    await drain();
    expect(metadata(id)).toEqual({ kept: "yes", a: "old", b: "newer" });
    expect((await all(queue.history({ conversation: id }))).map(({ state }) => state)).toEqual([
      "done",
      "done",
    ]);
  });

  /**
   * A worker in a process of its own on a new database is frozen after a statement, longer than the heartbeat; another one takes over and
   * makes a newer update as well. Gives who made the writes, and what has become of the conversation, when both are through.
   */
  async function freezeAfter(pattern: string, waitSeconds: number, { onTestFinished }: TestContext) {
    const name = `frozen_${waitSeconds}`;
    await pool.query(`create database ${name}`);
    const database = server.url.replace(/postgres$/, name);
    const id = await conversation();
    const others = createQueue<typeof convo>({ database, heartbeatSeconds: 10 });
    onTestFinished(() => others.close());
    await others.enqueue("openai", id, { metadata: { a: "old" } });
    const client = new pg.Client(database);
    await client.connect();
    await client.query(
      `insert into convo.rate (account, blocked_until) values ('openai', now() + interval '${waitSeconds} seconds')`,
    );
    await client.end();
    const file = new URL("./frozen-worker.ts", import.meta.url);
    const child = fork(file, [database, `${origin}/openai/v1`, pattern], { execArgv: ["--no-warnings"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    await once(child, "message");
    const worker = await others.work(convo);
    while ((await others.status()).some(({ open }) => open > 0)) await pause(100);
    await others.enqueue("openai", id, { metadata: { a: "new" } });
    await worker.drain();
    child.kill("SIGCONT");
    child.send("drain");
    expect(await once(child, "exit")).toEqual([0, null]);
    const writers = sandbox
      .requests()
      .filter(({ method, path }) => method === "POST" && path.endsWith(id))
      .map(({ headers }) => headers["x-worker"] ?? "other");
    return { writers, metadata: metadata(id) };
  }

  // Each on its own database, and most of the time is the heartbeat that is waited for: together they take as long as one.
  test.concurrent("a worker that stood still between the look at its claim and the write does not begin it", async (context) => {
    // It waits for its turn, so that its update has time left when its claim is lost.
    expect(await freezeAfter("^select 1 from .* claim = ", 9, context)).toEqual({
      writers: ["other", "other"],
      metadata: { kept: "yes", a: "new" },
    });
  });

  test.concurrent("a worker that stands still in a transaction holds nobody up for long", async (context) => {
    const { writers, metadata } = await freezeAfter("state = r[.]state", 0, context);
    expect(writers.slice(0, 3)).toEqual(["frozen", "other", "other"]);
    expect(metadata).toEqual({ kept: "yes", a: "new" });
  });

  test("a connection that is dead without a word is given up, and the next one works", async () => {
    const proxy = await startProxy(server.url);
    const behind = createQueue({ database: proxy.url, connections: 1, onError() {} });
    await behind.status();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const swallowed = proxy.swallow();
    const refused = expect(behind.status()).rejects.toMatchObject({
      kind: "network",
      message: expect.stringContaining("Check that the server is up"),
    });
    await swallowed;
    await vi.advanceTimersByTimeAsync(60_000);
    await refused;
    vi.useRealTimers();
    await behind.status();
    await behind.close();
    proxy.close();
  });

  test("a commit whose answer is lost may have been done, and of many it is told how many are", async () => {
    const proxy = await startProxy(server.url);
    const behind = createQueue<typeof convo>({ database: proxy.url });
    await behind.status();
    proxy.cutAt("commit");
    const lost = { kind: "network", outcome: "unknown" };
    await expect(behind.enqueue("openai", "conv_x", { metadata: { a: "1" } })).rejects.toMatchObject(lost);
    async function* updates() {
      for (let n = 0; n < 1500; n++) {
        if (n === 1001) proxy.cutAt("commit");
        yield { id: "conv_x", changes: { metadata: { a: "1" } } };
      }
    }
    await expect(behind.enqueueMany("openai", updates())).rejects.toMatchObject({
      ...lost,
      message: expect.stringContaining("1000 updates are enqueued, and then: "),
    });
    await behind.close();
    proxy.close();
  });

  test("a server that only reads is told, and leaves nothing running", async () => {
    const url = `${server.url}?options=-c%20default_transaction_read_only%3Don`;
    const { href } = new URL("../src/index.ts", import.meta.url);
    const program = `import { createQueue } from ${JSON.stringify(href)};
      const queue = createQueue({ database: ${JSON.stringify(url)}, onError() {} });
      await queue.status().catch((error) => console.log(error.kind, error.message));
      await queue.close();`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program]);
    expect(stdout).toMatch(/^network .*DATABASE_URL must lead to the primary/);
  });

  test("a limit holds for all workers of the database together", async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, conversation));
    const other = createQueue<typeof convo>({ database: server.url });
    onTestFinished(() => other.close());
    onTestFinished(async () => void (await pool.query("update convo.rate set per_second = null")));
    await queue.enqueueMany(
      "openai",
      ids.map((id) => ({ id, changes: { metadata: { a: "1" } } })),
    );
    const limits = { openai: { requests: 10, perMs: 100 } };
    const begun = performance.now();
    const workers = await Promise.all([queue, other].map((each) => each.work(convo, { limits })));
    await Promise.all(workers.map((worker) => worker.drain()));
    // 40 requests, one every 10 ms; a timer may be early by 1 ms.
    expect(performance.now() - begun).toBeGreaterThan(380);
    for (const id of ids) expect(metadata(id)).toEqual({ kept: "yes", a: "1" });
  });

  test("locks hold between connections, and who gives up waiting leaves none behind", async () => {
    const other = createQueue({ database: server.url });
    const gone = new AbortController();
    await queue.lock.withLock("k", async () => {
      const waiting = other.lock.withLock("k", async () => "got it", gone.signal);
      await pause(50);
      gone.abort(new Error("enough"));
      await expect(waiting).rejects.toThrow();
    });
    expect(await other.lock.withLock("k", async () => "free")).toBe("free");
    await other.close();
  });

  test("who waits for a lock while its queue has all of them in use waits as long as they want", async () => {
    const one = createQueue({ database: server.url, connections: 1 });
    onTestFinished(() => one.close());
    await one.status();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    let release = (): void => {};
    const gone = new AbortController();
    await new Promise<void>((inside) => {
      void one.lock.withLock("a", async () => {
        inside();
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      });
    });
    const waiting = one.lock.withLock("b", async () => "b");
    const refused = expect(one.lock.withLock("c", async () => "c", gone.signal)).rejects.toThrow("enough");
    gone.abort(new Error("enough"));
    await vi.advanceTimersByTimeAsync(25_000);
    await refused;
    release();
    expect(await waiting).toBe("b");
  });

  test("held locks leave the connections that their updates need", async () => {
    const ids = await Promise.all(Array.from({ length: 30 }, conversation));
    const few = createQueue<typeof convo>({ database: server.url, connections: 2 });
    onTestFinished(() => few.close());
    const locked = createConvo({ openai: openai({ ...account, lock: few.lock }) });
    await few.enqueueMany(
      "openai",
      ids.map((id) => ({ id, changes: { metadata: { a: "1" } } })),
    );
    await (await few.work(locked)).drain();
    for (const id of ids) {
      expect(metadata(id)).toEqual({ kept: "yes", a: "1" });
      expect(await all(few.history({ conversation: id }))).toMatchObject([{ state: "done", attempts: 1 }]);
    }
  });

  test("a connection that breaks while the lock is held is told", async () => {
    const broken = queue.lock.withLock("k2", async () => {
      await pool.query("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'");
      await pause(100);
    });
    await expect(broken).rejects.toThrow();
  });
});

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
