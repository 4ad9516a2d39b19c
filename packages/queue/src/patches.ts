import type { Sql } from "./database.ts";
import type { Key } from "./engine.ts";

/** One row to be written. */
export interface NewPatch {
  readonly conversation: string;
  readonly changes: unknown;
}

/** A patch that a worker has claimed. */
export interface ClaimedPatch extends Key {
  readonly id: string;
  readonly changes: object;
  readonly options: object | null;
  readonly attempts: number;
  /** Milliseconds since it was enqueued, or replayed. */
  readonly ageMs: number;
  /** Milliseconds until it may be tried again; not positive when it is due. */
  readonly dueMs: number;
  /** When it was claimed, on the database's clock, as text. */
  readonly claimedAt: string;
}

/** What became of a claimed patch. `open` means: try again after `delayMs`. */
export interface Settlement {
  readonly id: string;
  readonly state: "done" | "dead" | "open";
  readonly delayMs?: number;
  readonly outcome?: string;
  readonly requestId?: string | undefined;
  readonly error?: string;
}

/** How many patches are in which state. */
export interface Counts {
  /** The account's name in `createConvo`. */
  readonly account: string;
  /** Patches that wait, or are being written. */
  readonly open: number;
  /** Open patches that may be tried now. */
  readonly due: number;
  /** Patches that were given up. */
  readonly dead: number;
  /** Patches done within the last minute. */
  readonly doneLastMinute: number;
  /** Age of the oldest open patch, in seconds. */
  readonly oldestSeconds: number;
}

/** The outcome of a dead letter that nobody wants to try again. */
export const DISCARDED = "discarded";

/** Patches that one worker takes of one conversation at a time. */
export const CLAIM_LIMIT = 500;

/** Old patches of one statement: it holds their rows no longer than that takes. */
const OLD_LIMIT = 10_000;

/** The statements on the patch table. Every one of them is right however many workers run it at once. */
export class Patches {
  readonly #table: string;

  constructor(schema: string) {
    this.#table = `${schema}.patch`;
  }

  /** Appends patches in the order given; gives their ids. */
  async append(
    sql: Sql,
    account: string,
    patches: readonly NewPatch[],
    author: string | undefined,
    options: object | undefined,
  ): Promise<string[]> {
    // Changes are text inside the JSON: Postgres would refuse a NUL or half a surrogate pair anywhere in a record.
    const rows = patches.map(({ conversation, changes }) => ({
      conversation,
      changes: JSON.stringify(changes),
      keys: changedKeys(changes),
    }));
    const added = await sql.query<{ id: string }>(
      `insert into ${this.#table} (account, conversation, changes, keys, author, options)
       select $1::text, r.conversation, r.changes::json, r.keys, $3::text, $4::text::json
       from rows from (json_to_recordset($2::text::json) as (conversation text, changes text, keys text[]))
         with ordinality as r (conversation, changes, keys, n)
       order by n returning id::text`,
      [account, JSON.stringify(rows), author ?? null, options ? JSON.stringify(options) : null],
    );
    return added.map(({ id }) => id);
  }

  /** Takes the open patches of conversations for one claim, away from whoever had them. Oldest first. */
  async claim(sql: Sql, keys: readonly Key[], claim: string, worker: string): Promise<ClaimedPatch[]> {
    const rows = await sql.query<ClaimedPatch>(
      `with mine as (
         select p.id from json_to_recordset($1::text::json) as w (account text, conversation text)
         cross join lateral (
           select id from ${this.#table} p
           where p.state = 'open' and p.account = w.account and p.conversation = w.conversation
           order by id limit ${CLAIM_LIMIT}
         ) p
       )
       update ${this.#table} p set claim = $2::text::uuid, claimed_at = clock_timestamp(), worker = $3::text
       from mine where p.id = mine.id and p.state = 'open'
       returning p.id::text, account, conversation, changes, options, attempts, claimed_at::text as "claimedAt",
         (extract(epoch from clock_timestamp() - coalesce(replayed_at, created_at)) * 1000)::float8 as "ageMs",
         (extract(epoch from due_at - clock_timestamp()) * 1000)::float8 as "dueMs"`,
      [JSON.stringify(keys.map(({ account, conversation }) => ({ account, conversation }))), claim, worker],
    );
    return rows.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  }

  /** Whether a patch still belongs to a claim. */
  async holds(sql: Sql, id: string, claim: string): Promise<boolean> {
    const rows = await sql.query(
      `select 1 from ${this.#table} where id = $1::text::bigint and claim = $2::text::uuid and state = 'open'`,
      [id, claim],
    );
    return rows.length > 0;
  }

  /** Writes down what became of claimed patches; gives the number of those that still belonged to the claim. */
  async settle(sql: Sql, claim: string, settlements: readonly Settlement[]): Promise<number> {
    const rows = await sql.query(
      `update ${this.#table} p set
         state = r.state,
         attempts = p.attempts + 1,
         due_at = clock_timestamp() + coalesce(r."delayMs", 0) * interval '1 millisecond',
         done_at = case when r.state <> 'open' then clock_timestamp() end,
         request_id = r."requestId", outcome = r.outcome, error = r.error
       from json_to_recordset($1::text::json)
         as r (id bigint, state text, "delayMs" float8, outcome text, "requestId" text, error text)
       where p.id = r.id and p.claim = $2::text::uuid and p.state = 'open' returning p.id`,
      [JSON.stringify(settlements.map(wellFormed)), claim],
    );
    return rows.length;
  }

  /**
   * Opens everything again that was or is being written since a lost claim: a write that was under way when the claim was
   * lost may have landed on top of it. Writing the same changes again in their order makes it right.
   */
  async reopen(sql: Sql, { account, conversation, id, claimedAt }: ClaimedPatch): Promise<void> {
    await sql.query(
      `update ${this.#table} set state = 'open', claim = null, done_at = null, due_at = clock_timestamp()
       where account = $1::text and conversation = $2::text and id >= $3::text::bigint and changes is not null
         and (state = 'open' or (state = 'done' and done_at >= $4::text::timestamptz))`,
      [account, conversation, id, claimedAt],
    );
  }

  /** Conversations with patches that have been due for a while, so that a wake-up that went missing is made up for. */
  overdue(sql: Sql, seconds: number): Promise<Key[]> {
    return sql.query<Key>(
      `select distinct account, conversation from (
         select account, conversation from ${this.#table}
         where state = 'open' and due_at < clock_timestamp() - $1::text::float8 * interval '1 second'
         order by due_at limit 1000) as late`,
      [String(seconds)],
    );
  }

  counts(sql: Sql): Promise<Counts[]> {
    return sql.query<Counts>(
      `select account,
         sum(open)::float8 as open, sum(due)::float8 as due, sum(dead)::float8 as dead, sum(done)::float8 as "doneLastMinute",
         coalesce(extract(epoch from clock_timestamp() - min(oldest)), 0)::float8 as "oldestSeconds"
       from (
         select account, count(*) as open, count(*) filter (where due_at <= clock_timestamp()) as due, 0 as dead, 0 as done,
           min(created_at) as oldest
         from ${this.#table} where state = 'open' group by account
         union all
         select account, 0, 0, count(*), 0, null from ${this.#table} where state = 'dead' group by account
         union all
         select account, 0, 0, 0, count(*), null from ${this.#table}
         where state = 'done' and outcome is distinct from '${DISCARDED}'
           and done_at > clock_timestamp() - interval '1 minute' group by account
       ) as parts group by account order by account`,
    );
  }

  /** Removes what was done longer ago than this. */
  async removeRows(sql: Sql, ms: number): Promise<void> {
    await this.#forOld(sql, ms, "true", (old) => `delete from ${this.#table} where id in (${old})`);
  }

  /** Removes the values of what was done longer ago than this. */
  async removeValues(sql: Sql, ms: number): Promise<void> {
    const toUpdate = (old: string): string => `update ${this.#table} set changes = null where id in (${old})`;
    await this.#forOld(sql, ms, "changes is not null", toUpdate);
  }

  /** Runs a statement on what was done longer ago than this, by the database's clock, until nothing is left that no other worker is at. */
  async #forOld(sql: Sql, ms: number, which: string, toSql: (old: string) => string): Promise<void> {
    const statement = toSql(
      `select id from ${this.#table}
       where state = 'done' and ${which} and done_at < clock_timestamp() - $1::text::float8 * interval '1 millisecond'
       order by done_at limit ${OLD_LIMIT} for update skip locked`,
    );
    for (let count = OLD_LIMIT; count === OLD_LIMIT; ) {
      const [row] = await sql.query<{ count: number }>(
        `with old as (${statement} returning 1) select count(*)::int as count from old`,
        [String(ms)],
      );
      count = row?.count ?? 0;
    }
  }
}

/** The names of what changes, without values: `name`, `metadata.topic`, `unset.draft`. */
export function changedKeys(changes: unknown): string[] {
  if (typeof changes !== "object" || changes === null) return [];
  const keys = Object.entries(changes).flatMap(([field, value]) => {
    if (field === "unset" && Array.isArray(value)) return value.map((key) => `metadata.${String(key)}`);
    const isDocument = (field === "metadata" || field === "native") && typeof value === "object";
    const nested = isDocument ? Object.keys(value ?? {}) : [];
    return nested.length > 0 ? nested.map((key) => `${field}.${key}`) : [field];
  });
  return keys.map(postgresText);
}

/** Postgres holds neither NUL nor half a surrogate pair. */
const postgresText = (text: string): string =>
  text.replace(/\p{Surrogate}/gu, "\uFFFD").replaceAll("\0", "\uFFFD");

const wellFormed = (settlement: Settlement): Settlement => ({
  ...settlement,
  ...(settlement.requestId !== undefined && { requestId: postgresText(settlement.requestId) }),
  ...(settlement.error !== undefined && { error: postgresText(settlement.error) }),
});
