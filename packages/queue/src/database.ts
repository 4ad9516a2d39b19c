import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { lockFile } from "@convo/core/journal";
import pg from "pg";
import { fromPglite } from "pg-boss";
import { queueError } from "./errors.ts";

/** Anything that runs SQL with `$1` placeholders and gives rows. */
export interface Sql {
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/**
 * The caller's own transaction: a `pg` client or a PGlite transaction as it is, others through pg-boss' adapters, such as
 * `fromDrizzle(tx, sql)`.
 */
export type Transaction =
  | {
      /** Runs one statement with `$1` placeholders, as pg-boss' adapters do. */
      executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
    }
  | {
      /** Runs one statement with `$1` placeholders, as `pg` and PGlite do. */
      query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
    };

/** A connection that one holder has to itself, for locks that belong to a session. */
export interface Session extends Sql {
  /** Rejects when the connection is lost. */
  readonly lost: Promise<never>;
  /** Gives the connection back; `broken` closes it instead. */
  release(broken: boolean): void;
}

/** A Postgres that is open: a server's, or the one embedded in this process. */
export interface Database extends Sql {
  readonly embedded: boolean;
  /** Runs `work` in one transaction, rolled back when it throws. */
  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T>;
  /**
   * A connection that statements do not need, waited for until `signal` aborts while all are in use; an embedded database has only one and
   * cannot give it away.
   */
  session(signal?: AbortSignal): Promise<Session>;
  /** Runs statements without parameters, also several at once. */
  script(text: string): Promise<unknown[]>;
  close(): Promise<void>;
}

/** A process that stands still in a transaction would hold its rows, and everybody who wants them, for as long as it does. */
const BEGIN = "begin; set local idle_in_transaction_session_timeout = 10000";

/** SQL through whatever the caller has. */
export function toSql(tx: Transaction): Sql {
  return {
    async query<Row>(text: string, values: readonly unknown[] = []) {
      const { rows } =
        "executeSql" in tx ? await tx.executeSql(text, [...values]) : await tx.query(text, [...values]);
      return rows as Row[];
    },
  };
}

const isServer = (where: string): boolean => /^postgres(ql)?:\/\//.test(where);

/** Throws `ConvoError`, kind `invalid`, for a connection string of another kind: as a folder, its name would hold a password. */
export function assertDatabase(where: string): void {
  if (isServer(where) || !/:\/\/|\b(host|dbname)\s*=/.test(where)) return;
  throw queueError(
    "invalid",
    "The database is a connection string that is not understood",
    "Give postgres://user:password@host/database, or the path of a folder.",
  );
}

/**
 * Opens a Postgres server's database, or an embedded one in a folder.
 *
 * @param where a connection string (`postgres://...`), or the path of a folder, which is created where it is missing
 * @throws ConvoError of kind `conflict` for a folder that another process has open, `network` for a server that cannot be reached
 */
export function openDatabase(where: string, connections: number): Promise<Database> {
  return isServer(where) ? openServer(where, connections) : openFolder(where);
}

async function openServer(connectionString: string, max: number): Promise<Database> {
  // A connection can die without a word, as behind a proxy or a NAT: then nobody would ever answer.
  const config = {
    max,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    query_timeout: 60_000,
    connectionString,
  };
  const pool = new pg.Pool(config);
  // Who holds a session needs the other pool to go on, so that the two are apart.
  const sessions = new pg.Pool(config);
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  for (const each of [pool, sessions]) each.on("error", () => {});
  const run = async <Row>(client: pg.Pool | pg.PoolClient, text: string, values?: readonly unknown[]) =>
    (await client.query(text, values as unknown[])).rows as Row[];
  try {
    await pool.query("select 1");
  } catch (error) {
    await pool.end();
    const message = error instanceof Error && error.message ? error.message : "no answer";
    throw queueError("network", `Cannot connect to Postgres: ${message}`, "Check DATABASE_URL.", error);
  }
  return {
    embedded: false,
    query: (text, values) => run(pool, text, values),
    script: async (text) => [await pool.query(text)].flat().flatMap(({ rows }) => rows),
    async transaction(work) {
      const client = await pool.connect();
      let broken = false;
      let isCommitting = false;
      const onError = (): void => {
        broken = true;
      };
      // The statement that meets a lost connection rejects; without a listener it would also end the process.
      client.on("error", onError);
      try {
        await client.query(BEGIN);
        const done = await work({ query: (text, values) => run(client, text, values) });
        isCommitting = true;
        await client.query("commit");
        return done;
      } catch (error) {
        await client.query("rollback").catch(() => {
          broken = true;
        });
        if (isCommitting && broken)
          throw queueError(
            "network",
            "The connection to Postgres was lost during a commit, so that it may have been done",
            "Look before you do it again.",
            error,
            "unknown",
          );
        throw error;
      } finally {
        client.off("error", onError);
        client.release(broken);
      }
    },
    async session(signal) {
      const client = await waitForClient(sessions, signal);
      const lost = new Promise<never>((_, reject) => {
        client.once("error", reject);
        client.once("end", () => reject(new Error("The connection to Postgres ended.")));
      });
      lost.catch(() => {});
      return {
        lost,
        query: (text, values) => run(client, text, values),
        release: (broken) => client.release(broken),
      };
    },
    async close() {
      await Promise.all([pool.end(), sessions.end()]);
    },
  };
}

/** A client of a pool, however long those who have them all need them; a server that does not answer is an error. */
async function waitForClient(pool: pg.Pool, signal: AbortSignal | undefined): Promise<pg.PoolClient> {
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await pool.connect();
    } catch (error) {
      // What the pool says while all are in use.
      if ((error as Error).message !== "timeout exceeded when trying to connect") throw error;
    }
  }
}

async function openFolder(folder: string): Promise<Database> {
  const data = join(folder, "data");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Two processes that write it would lose it.
  const unlock = await lockFile(data);
  try {
    const { PGlite } = await import("@electric-sql/pglite");
    const db = await PGlite.create(data);
    const { executeSql } = fromPglite(db);
    return {
      embedded: true,
      query: async (text, values) => (await db.query(text, values as unknown[])).rows as never,
      script: async (text) => (await executeSql(text)).rows,
      transaction: (work) => db.transaction((tx) => work(toSql(tx as Transaction))),
      session() {
        throw queueError("unsupported", "An embedded database has one session", "Use a Postgres server.");
      },
      async close() {
        await db.close();
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}
