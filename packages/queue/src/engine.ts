/**
 * Wake-ups on pg-boss. A job says no more than "this conversation has open patches": which, and in what order, is in the
 * patch table. Policy `stately` keeps at most one job per conversation waiting and one at work, so a burst of patches
 * makes one job. Nothing else in this package knows pg-boss, so another engine can take its place.
 *
 * @see https://pgboss.io
 */
import { PgBoss } from "pg-boss";
import type { Database, Sql } from "./database.ts";

/** A conversation of an account; `conversation` is the id as JSON, so that `42` and `"42"` differ. */
export interface Key {
  readonly account: string;
  readonly conversation: string;
}

/** A wake-up that a worker has taken and nobody else can take. */
export interface Wakeup extends Key {
  readonly job: { readonly id: string; readonly retryCount: number };
  /** Milliseconds without a sign of life after which another worker can take it. */
  readonly heartbeatMs: number;
}

/** What the queue needs of a job engine. */
export interface Engine {
  /** Wakes a worker for each conversation once the transaction of `sql` is committed, after a delay if one is given. */
  wake(sql: Sql, keys: readonly Key[], afterMs?: number): Promise<void>;
  /** Takes up to `limit` wake-ups, oldest first, of conversations that nobody is working on, without those of some accounts. */
  take(limit: number, without?: readonly string[]): Promise<Wakeup[]>;
  /** Says that these are still being worked on; to be called more often than their heartbeats. */
  touch(wakeups: readonly Wakeup[]): Promise<void>;
  /** Ends wake-ups that are done. */
  finish(wakeups: readonly Wakeup[]): Promise<void>;
  stop(): Promise<void>;
}

/** How the engine is run. */
export interface EngineOptions {
  /** Schema of pg-boss' tables. */
  readonly schema: string;
  /** Whether this process gives wake-ups of silent workers back; one process that does is enough, and more do no harm. */
  readonly supervise: boolean;
  /** Seconds without a sign of life after which a wake-up goes to another worker; at least 10. */
  readonly heartbeatSeconds: number;
  /** Told of errors in the background, such as a database that does not answer. */
  readonly onError: (error: Error) => void;
}

const QUEUE = "convo-wakeup";
/** Jobs of one insert. */
const BATCH = 1000;
/** A wake-up must outlive everything that can hold a worker up: ten years. */
const KEEP_SECONDS = 10 * 365 * 86_400;

/** Starts pg-boss on an open database; creates or updates its tables where that is needed. */
export async function startEngine(db: Database, options: EngineOptions): Promise<Engine> {
  const { schema, supervise, heartbeatSeconds, onError } = options;
  const superviseSeconds = Math.max(1, Math.floor(heartbeatSeconds / 5));
  const boss = new PgBoss({
    db: {
      executeSql: async (text, values) => ({
        rows: values?.length ? await db.query(text, values) : ((await db.script(text)) as never[]),
      }),
    },
    ...(db.embedded && { backend: "pglite" as const }),
    schema,
    schedule: false,
    supervise,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
  });
  // Some are plain objects with the fields of an error.
  boss.on("error", (error) => onError(error instanceof Error ? error : Object.assign(new Error(), error)));
  const stop = (): Promise<void> => boss.stop({ graceful: false });
  try {
    await boss.start();
    await boss.createQueue(QUEUE, {
      policy: "stately",
      heartbeatSeconds,
      expireInSeconds: 86_000,
      retentionSeconds: KEEP_SECONDS,
      deleteAfterSeconds: 60,
      // What failed was the worker, never the work: it is handed to workers until one does it.
      retryLimit: 1_000_000,
    });
    // Making a queue changes none that is there.
    await boss.updateQueue(QUEUE, { heartbeatSeconds });
  } catch (error) {
    // Its timers would go on asking a closed database.
    await stop().catch(() => {});
    throw error;
  }

  return {
    async wake(sql, keys, afterMs = 0) {
      // Sorted, so that two transactions that wake the same conversations wait for each other in one order.
      const names = [...new Set(keys.map(nameOf))].sort();
      const db = {
        executeSql: async (text: string, values?: unknown[]) => ({
          rows: await sql.query<never>(text, values),
        }),
      };
      for (let start = 0; start < names.length; start += BATCH) {
        let missing = names.slice(start, start + BATCH);
        while (missing.length > 0) {
          const jobs = missing.map((singletonKey) => ({
            singletonKey,
            group: { id: accountOf(singletonKey) },
            ...(afterMs > 0 && { startAfter: afterMs / 1000 }),
          }));
          const added = await boss.insert(QUEUE, jobs, { db });
          if (added?.length === missing.length) break;
          missing = await holdWaiting(sql, schema, missing);
        }
      }
    },
    async take(limit, without = []) {
      const ignoreGroups = [...without];
      const jobs = await boss.fetch(QUEUE, { batchSize: limit, includeMetadata: true, ignoreGroups });
      return jobs.map(({ id, retryCount, singletonKey, heartbeatSeconds: own }) => {
        const [account, conversation] = JSON.parse(singletonKey ?? "[]") as [string, string];
        return {
          account,
          conversation,
          job: { id, retryCount },
          heartbeatMs: (own ?? heartbeatSeconds) * 1000,
        };
      });
    },
    async touch(wakeups) {
      if (wakeups.length > 0)
        await boss.touch(
          QUEUE,
          wakeups.map(({ job }) => job),
        );
    },
    async finish(wakeups) {
      if (wakeups.length > 0)
        await boss.complete(
          QUEUE,
          wakeups.map(({ job }) => job),
        );
    },
    stop,
  };
}

/** One name for account and conversation. */
export const nameOf = ({ account, conversation }: Key): string => JSON.stringify([account, conversation]);

const accountOf = (name: string): string => (JSON.parse(name) as [string, string])[0];

/**
 * The insert of a job that is waiting already is dropped. Should a worker take that job before the caller commits, it would
 * not see the caller's patches, and nobody would come for them. So the waiting job is locked until the caller's transaction
 * ends: workers skip it. Gives the conversations whose job has been taken meanwhile; they need a new one.
 */
async function holdWaiting(sql: Sql, schema: string, names: readonly string[]): Promise<string[]> {
  const held = await sql.query<{ key: string }>(
    `select singleton_key as key from ${schema}.job
     where name = '${QUEUE}' and policy = 'stately' and state = 'created'
       and coalesce(singleton_key, '') in (select json_array_elements_text($1::text::json))
     for share`,
    [JSON.stringify(names)],
  );
  const known = new Set(held.map(({ key }) => key));
  return names.filter((name) => !known.has(name));
}
