import type { ConvoError } from "@convo/client";
import { type Lock, snapshot } from "@convo/core";
import {
  assertDatabase,
  type Database,
  openDatabase,
  type Sql,
  type Transaction,
  toSql,
} from "./database.ts";
import { type Engine, startEngine } from "./engine.ts";
import { explain, queueError } from "./errors.ts";
import { History, type HistoryFilter, type PatchRecord, type Replay } from "./history.ts";
import { createLock } from "./lock.ts";
import { type Counts, Patches } from "./patches.ts";
import { type RateLimit, SharedRate } from "./rate.ts";
import { createTables } from "./tables.ts";
import { type Accounts, Worker } from "./worker.ts";

/** Options of a queue. */
export interface QueueOptions {
  /**
   * A connection string, or the path of a folder for an embedded Postgres that one process can use. Default: `DATABASE_URL`,
   * else the folder `.convo/queue`.
   */
  database?: string;
  /** Schema of the tables: lowercase letters, digits and `_`. Default `convo`; pg-boss' are in `<schema>_boss`. */
  schema?: string;
  /** Connections to a Postgres server at most, and as many again for what holds a `lock`. Default 10. */
  connections?: number;
  /**
   * Seconds without a sign of life after which another worker takes over, at least 10. Default 30. It is the database's: the process
   * that starts last sets it for what is enqueued from then on.
   */
  heartbeatSeconds?: number;
  /** Whether values of changes are kept with the history. Default false: they are removed an hour after they were written. */
  keepValues?: boolean;
  /** Days that the history of what is done is kept. Default 30. */
  retentionDays?: number;
  /** Told of errors that no caller waits for, such as a database that does not answer. Default: a Node warning. */
  onError?: (error: unknown) => void;
}

/** Options of `enqueue`. */
export interface EnqueueOptions {
  /** The caller's transaction: the patch exists if it commits, and does not if it rolls back. */
  tx?: Transaction;
  /** Who asks for it, for the history. */
  author?: string;
  /** How metadata is merged, as in core's `update`. */
  merge?: "shallow" | "deep" | "replace";
  /** What to do with a field the vendor lacks, as in core's `update`. */
  unsupported?: "error" | "skip" | "metadata";
}

/** Options of `work`. */
export interface WorkOptions {
  /** Conversations worked on at once. Default 20. */
  concurrency?: number;
  /** What each account may send, shared by all workers of the database. */
  limits?: Readonly<Record<string, RateLimit>>;
  /** How long a patch that keeps failing is tried, in milliseconds since it was enqueued. Default 24 hours. */
  retryForMs?: number;
}

/** A worker that runs. */
export interface RunningWorker {
  /** Works until nothing is left that could be done now, then stops. */
  drain(): Promise<void>;
  /** Takes nothing more, and resolves when what is under way is done. */
  stop(): Promise<void>;
}

/** The changes that an account's `update` takes. */
export type ChangesOf<C, K extends keyof C> = C[K] extends {
  update(id: infer _Id, changes: infer Changes, ...rest: never): unknown;
}
  ? Changes
  : unknown;

/** Updates that wait in Postgres, are applied in order, and survive whatever happens to the processes. */
export interface Queue<C = Accounts> {
  /**
   * Appends one update of a conversation; it has been made once a worker has got to it. Resolves to its id.
   *
   * @throws ConvoError of kind `invalid` for changes that JSON cannot hold
   */
  enqueue<K extends keyof C & string>(
    account: K,
    id: string | number,
    changes: ChangesOf<C, K>,
    options?: EnqueueOptions,
  ): Promise<string>;
  /** Appends many, in their order, a thousand at a time. Resolves to their number. */
  enqueueMany<K extends keyof C & string>(
    account: K,
    updates:
      | Iterable<{ id: string | number; changes: ChangesOf<C, K> }>
      | AsyncIterable<{ id: string | number; changes: ChangesOf<C, K> }>,
    options?: EnqueueOptions,
  ): Promise<number>;
  /** Starts a worker in this process. `accounts` is what `createConvo` gave. */
  work(accounts: C, options?: WorkOptions): Promise<RunningWorker>;
  /** How much waits, is due, is dead, and was done within the last minute, for each account. */
  status(): Promise<Counts[]>;
  /** What happened, oldest first. */
  history(filter?: HistoryFilter): AsyncIterable<PatchRecord>;
  /** Replaces the changes of a dead letter. Throws `ConvoError` of kind `not_found` where there is none of that id. */
  mend(id: string, changes: object): Promise<void>;
  /**
   * Opens dead letters again, in their old place. One whose keys a later patch has written stays dead, since it would overwrite
   * something newer (with `merge: "replace"`, in either, that is all of the metadata); `overwrite` replays it anyway.
   */
  replay(which?: { ids?: readonly string[]; account?: string; overwrite?: boolean }): Promise<Replay>;
  /**
   * Closes dead letters that shall not be tried again, such as one with a wrong id. They stay in the history, with the outcome `discarded` and
   * without their changes. Resolves to the ids of those that were dead letters.
   */
  discard(ids: readonly string[]): Promise<readonly string[]>;
  /** For core's `lock`: one writer of a conversation at a time among all that use this database. */
  readonly lock: Lock;
  /** Stops the workers of this process, and closes the database. */
  close(): Promise<void>;
}

interface Opened {
  readonly db: Database;
  readonly engine: Engine;
}

const BATCH = 1000;
const MAINTAIN_MS = 60_000;
/** Values are needed as long as a frozen worker may come back and overwrite them. */
const VALUES_MS = 3_600_000;

/**
 * Makes a queue. Nothing is opened before it is used. Type it by its accounts: `createQueue<typeof convo>()`.
 *
 * @throws ConvoError of kind `invalid` for a `database` that is a connection string of another kind, a `schema` that is not a plain name, or a
 *   `heartbeatSeconds` below 10
 */
export function createQueue<C = Accounts>(options: QueueOptions = {}): Queue<C> {
  const {
    database = process.env.DATABASE_URL || ".convo/queue",
    schema = "convo",
    connections = 10,
    heartbeatSeconds = 30,
    keepValues = false,
    retentionDays = 30,
    onError: tell = (error) => process.emitWarning(error instanceof Error ? error : String(error)),
  } = options;
  const onError = (error: unknown): void => tell(explain(error));
  if (!/^[a-z_][a-z0-9_]{0,40}$/.test(schema))
    throw queueError(
      "invalid",
      `schema "${schema}" is not a plain name.`,
      "Use lowercase letters, digits and _.",
    );
  assertDatabase(database);
  if (!(heartbeatSeconds >= 10))
    throw queueError("invalid", "heartbeatSeconds must be at least 10", "Raise it.");
  const patches = new Patches(schema);
  const history = new History(schema);
  const workers = new Set<Worker>();
  let opening: Promise<Opened> | undefined;
  let supervisor: NodeJS.Timeout | undefined;

  async function open(): Promise<Opened> {
    opening ??= start();
    try {
      return await opening;
    } catch (error) {
      opening = undefined;
      throw explain(error);
    }
  }

  async function start(): Promise<Opened> {
    const db = await openDatabase(database, connections);
    try {
      await createTables(db, schema);
      const engine = await startEngine(db, {
        schema: `${schema}_boss`,
        supervise: true,
        heartbeatSeconds,
        onError,
      });
      return { db, engine };
    } catch (error) {
      await db.close();
      throw error;
    }
  }

  async function append(
    account: string,
    updates: readonly { id: string | number; changes: unknown }[],
    { tx, author, merge, unsupported }: EnqueueOptions,
  ): Promise<string[]> {
    const rows = updates.map(({ id, changes }) => ({
      conversation: checkedId(id),
      changes: snapshot(changes, "changes"),
    }));
    const chosen = merge || unsupported ? { merge, unsupported } : undefined;
    const { db, engine } = await open();
    const add = async (sql: Sql): Promise<string[]> => {
      const ids = await patches.append(sql, account, rows, author, chosen);
      await engine.wake(
        sql,
        rows.map(({ conversation }) => ({ account, conversation })),
      );
      return ids;
    };
    return tx ? add(toSql(tx)) : db.transaction(add).catch(rethrow);
  }

  async function maintain(): Promise<void> {
    const { db, engine } = await open();
    await engine.wake(db, await patches.overdue(db, 60));
    await patches.removeRows(db, retentionDays * 86_400_000);
    if (!keepValues) await patches.removeValues(db, VALUES_MS);
  }

  return {
    async enqueue(account, id, changes, given = {}) {
      const [added] = await append(account, [{ id, changes }], given);
      return added as string;
    },
    async enqueueMany(account, updates, given = {}) {
      let count = 0;
      let batch: { id: string | number; changes: unknown }[] = [];
      const add = async (): Promise<void> => {
        try {
          count += (await append(account, batch, given)).length;
          batch = [];
        } catch (error) {
          throw count === 0 || given.tx ? error : partly(error, count);
        }
      };
      for await (const update of updates) if (batch.push(update) === BATCH) await add();
      if (batch.length > 0) await add();
      return count;
    },
    async work(accounts, { concurrency = 20, limits = {}, retryForMs = 86_400_000 } = {}) {
      const { db, engine } = await open();
      const rate = new SharedRate(db, schema, limits);
      const parts = { accounts: accounts as Accounts, db, engine, patches, rate };
      const worker = new Worker({ ...parts, concurrency, retryForMs, onError });
      workers.add(worker);
      supervisor ??= setInterval(() => maintain().catch(onError), MAINTAIN_MS);
      return {
        drain: () => worker.drain().finally(() => workers.delete(worker)),
        stop: () => worker.stop().finally(() => workers.delete(worker)),
      };
    },
    async status() {
      return patches.counts((await open()).db).catch(rethrow);
    },
    async *history(filter = {}) {
      try {
        yield* history.list((await open()).db, filter);
      } catch (error) {
        throw explain(error);
      }
    },
    async mend(id, changes) {
      const found = await history.mend((await open()).db, id, snapshot(changes, "changes")).catch(rethrow);
      if (!found)
        throw queueError(
          "not_found",
          `There is no dead letter ${id}.`,
          'List them: history({ state: "dead" }).',
        );
    },
    async replay({ ids, account, overwrite = false } = {}) {
      const { db, engine } = await open();
      return db
        .transaction(async (tx) => {
          const { keys, ...replay } = await history.replay(tx, { ids, account }, overwrite);
          await engine.wake(tx, keys);
          return replay;
        })
        .catch(rethrow);
    },
    async discard(ids) {
      return history.discard((await open()).db, ids).catch(rethrow);
    },
    lock: createLock(async () => (await open()).db),
    async close() {
      clearInterval(supervisor);
      await Promise.all([...workers].map((worker) => worker.stop()));
      const opened = await opening?.catch(() => undefined);
      opening = undefined;
      // Where the database is gone, there is nothing that it could tell it.
      await opened?.engine.stop().catch(onError);
      await opened?.db.close();
    },
  };
}

function rethrow(error: unknown): never {
  throw explain(error);
}

/** Tells how many of many updates were enqueued before an error. */
function partly(error: unknown, count: number): Error {
  const { kind = "server", message = String(error), outcome } = Object(error) as Partial<ConvoError>;
  return queueError(
    kind,
    `${count} updates are enqueued, and then: ${message.replace(/^\[queue\] /, "").replace(/\.$/, "")}`,
    `Enqueue only those after the first ${count}.`,
    error,
    outcome,
  );
}

function checkedId(id: unknown): string {
  if ((typeof id === "string" && id.trim() !== "") || Number.isSafeInteger(id)) return JSON.stringify(id);
  throw queueError("invalid", "id must be a string that is not blank, or a whole number", "Correct it.");
}
