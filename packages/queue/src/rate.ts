import type { Sql } from "./database.ts";

/** How much a vendor allows, as it says it itself. */
export interface RateLimit {
  /** Requests within `perMs`. */
  readonly requests: number;
  /** Milliseconds. */
  readonly perMs: number;
}

interface Waiter {
  readonly account: string;
  readonly permits: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The rate limit of vendor accounts, shared by all workers: one row each, which says when the next request may start. A
 * worker reserves for all of its requests that wait with one statement.
 */
export class SharedRate {
  readonly #db: Sql;
  readonly #table: string;
  readonly #limits: Readonly<Record<string, RateLimit>>;
  readonly #waiting = new Map<string, Waiter[]>();

  constructor(db: Sql, schema: string, limits: Readonly<Record<string, RateLimit>>) {
    this.#db = db;
    this.#table = `${schema}.rate`;
    this.#limits = limits;
  }

  /** Waits until `permits` requests may start. */
  take(account: string, permits: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter = { account, permits, resolve, reject };
      const waiting = this.#waiting.get(account);
      if (waiting) waiting.push(waiter);
      else {
        this.#waiting.set(account, [waiter]);
        void this.#reserve(account);
      }
    });
  }

  /** Stops all requests of an account for a while, as its vendor asks. */
  async block(account: string, ms: number): Promise<void> {
    await this.#db.query(
      `insert into ${this.#table} (account, blocked_until)
       values ($1::text, clock_timestamp() + $2::text::float8 * interval '1 millisecond')
       on conflict (account) do update set blocked_until = greatest(rate.blocked_until, excluded.blocked_until)`,
      [account, String(ms)],
    );
  }

  /** Reserves for those who wait, and for those who come while it does, until nobody waits. */
  async #reserve(account: string): Promise<void> {
    for (let batch = this.#waiting.get(account) ?? []; batch.length > 0; ) {
      this.#waiting.set(account, []);
      try {
        const total = batch.reduce((sum, { permits }) => sum + permits, 0);
        const { waitMs, perSecond } = await this.#next(account, total);
        let before = 0;
        for (const { permits, resolve } of batch) {
          const ms = waitMs + (perSecond ? (before * 1000) / perSecond : 0);
          if (ms > 0) setTimeout(resolve, ms);
          else resolve();
          before += permits;
        }
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
      batch = this.#waiting.get(account) ?? [];
    }
    this.#waiting.delete(account);
  }

  async #next(account: string, permits: number): Promise<{ waitMs: number; perSecond: number | null }> {
    const limit = this.#limits[account];
    const perSecond = limit ? String((limit.requests * 1000) / limit.perMs) : null;
    const [row] = await this.#db.query<{ waitMs: number; perSecond: number | null }>(
      `insert into ${this.#table} as r (account, per_second, next_at)
       values ($1::text, $2::text::float8, clock_timestamp() + coalesce($3::text::float8 / $2::text::float8, 0) * interval '1 second')
       on conflict (account) do update set
         per_second = coalesce(excluded.per_second, r.per_second),
         next_at = greatest(r.next_at, r.blocked_until, clock_timestamp())
           + coalesce($3::text::float8 / coalesce(excluded.per_second, r.per_second), 0) * interval '1 second'
       returning per_second as "perSecond",
         (extract(epoch from next_at - clock_timestamp()) * 1000 - coalesce($3::text::float8 * 1000 / per_second, 0))::float8 as "waitMs"`,
      [account, perSecond, String(permits)],
    );
    return row ?? { waitMs: 0, perSecond: null };
  }
}
