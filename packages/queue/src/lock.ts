import type { Lock } from "@convo/core";
import type { Database } from "./database.ts";

/** How long one wait for a lock takes at most before it is looked whether anybody still wants it. */
const LOOK_MS = 500;

/**
 * A lock over Postgres advisory locks, for core's `lock`: one holder at a time among all processes that use the same
 * database. It takes a connection of those for locks while it waits and while it is held. An embedded database has one process anyhow: there
 * the lock is in memory.
 *
 * @see https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
 */
export function createLock(open: () => Promise<Database>): Lock {
  const tails = new Map<string, Promise<unknown>>();
  return {
    async withLock(key, fn, signal) {
      const db = await open();
      return db.embedded ? inMemory(tails, key, fn, signal) : inDatabase(db, key, fn, signal);
    },
  };
}

async function inMemory<T>(
  tails: Map<string, Promise<unknown>>,
  key: string,
  fn: () => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const before = tails.get(key);
  const work = (async () => {
    await before?.catch(() => {});
    signal?.throwIfAborted();
    return fn();
  })();
  tails.set(key, work);
  try {
    return await work;
  } finally {
    if (tails.get(key) === work) tails.delete(key);
  }
}

async function inDatabase<T>(
  db: Database,
  key: string,
  fn: () => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const session = await db.session(signal);
  let broken = true;
  try {
    await session.query(`set lock_timeout = ${LOOK_MS}`);
    for (;;) {
      signal?.throwIfAborted();
      try {
        await session.query("select pg_advisory_lock(hashtextextended($1, 0))", [key]);
        break;
      } catch (error) {
        // 55P03: not within the time; everything else is an error.
        if ((error as { code?: string }).code !== "55P03") throw error;
      }
    }
    // A connection that breaks gives the lock away: core must know that it was not held to the end.
    const done = await Promise.race([fn(), session.lost]);
    await session.query("select pg_advisory_unlock(hashtextextended($1, 0))", [key]);
    await session.query("reset lock_timeout");
    broken = false;
    return done;
  } finally {
    session.release(broken);
  }
}
