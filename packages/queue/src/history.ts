import type { Sql } from "./database.ts";
import { changedKeys, DISCARDED } from "./patches.ts";

/** What is known of one patch: who asked for what and when, and what became of it. */
export interface PatchRecord {
  /** The id that `enqueue` gave. */
  readonly id: string;
  /** The account's name in `createConvo`. */
  readonly account: string;
  /** The id of the conversation. */
  readonly conversation: string | number;
  /** Names of what it changes, such as `metadata.topic`; never values. */
  readonly keys: readonly string[];
  /** Who enqueued it, as the caller said. */
  readonly author?: string;
  /** When it was enqueued. */
  readonly createdAt: Date;
  /** `open`: it waits or is being written. `done`: it was written. `dead`: it was given up. */
  readonly state: "open" | "done" | "dead";
  /** Times it was tried. */
  readonly attempts: number;
  /** When it was done or given up. */
  readonly doneAt?: Date;
  /** Host and process id of the worker that had it last. */
  readonly worker?: string;
  /** The vendor's id of the last request. */
  readonly requestId?: string;
  /** `confirmed`, `accepted` (the vendor shows nothing back), `unchanged` (nothing had to be sent), `discarded`, or the kind of the last error. */
  readonly outcome?: string;
  /** Message of the last error. */
  readonly error?: string;
  /** The changes; only where they were asked for and are still kept. */
  readonly changes?: unknown;
}

/** Which patches to list. */
export interface HistoryFilter {
  /** Only those of this account. */
  readonly account?: string;
  /** Only those of this conversation. */
  readonly conversation?: string | number;
  /** Only those in this state. */
  readonly state?: "open" | "done" | "dead";
  /** Enqueued at or after. */
  readonly since?: Date;
  /** Whether to give the changes too. Default false. */
  readonly values?: boolean;
}

/** What a replay did. */
export interface Replay {
  /** Ids of the patches that are open again. */
  readonly replayed: readonly string[];
  /**
   * Ids of those left dead because a later patch has written one of their keys, or either replaces the metadata that both write; `overwrite`
   * replays them anyway.
   */
  readonly superseded: readonly string[];
}

type Row = { [K in keyof PatchRecord]: PatchRecord[K] | null } & { conversation: string };

const PAGE = 500;

const hasMetadata = (patch: string): string =>
  `exists (select from unnest(${patch}.keys) as key where key ~ '^metadata([.]|$)')`;

/** Whether two patches write the same. One that replaces the metadata writes every key of it, named or not. */
const OVERLAP = `(later.keys && d.keys or 'replace' in (d.options->>'merge', later.options->>'merge')
  and ${hasMetadata("d")} and ${hasMetadata("later")})`;

/** Reads the patch table as a history, and works on dead letters. */
export class History {
  readonly #table: string;

  constructor(schema: string) {
    this.#table = `${schema}.patch`;
  }

  /** Patches in the order of their ids, a page at a time. */
  async *list(sql: Sql, filter: HistoryFilter): AsyncGenerator<PatchRecord, void, undefined> {
    const { account, conversation, state, since, values } = filter;
    for (let after = "0"; ; ) {
      const rows = await sql.query<Row>(
        `select id::text, account, conversation, keys, author, created_at as "createdAt", state, attempts, done_at as "doneAt",
           worker, request_id as "requestId", outcome, error${values ? ", changes" : ""}
         from ${this.#table}
         where id > $1::text::bigint
           and ($2::text is null or account = $2::text)
           and ($3::text is null or conversation = $3::text)
           and ($4::text is null or state = $4::text)
           and ($5::text is null or created_at >= $5::text::timestamptz)
         order by id limit ${PAGE}`,
        [
          after,
          account ?? null,
          conversation === undefined ? null : JSON.stringify(conversation),
          state ?? null,
          since?.toISOString() ?? null,
        ],
      );
      for (const row of rows) yield toRecord(row);
      const last = rows.at(-1);
      if (!last?.id || rows.length < PAGE) return;
      after = last.id;
    }
  }

  /** Changes what a dead letter asks for; it stays dead. Gives whether there is such a letter. */
  async mend(sql: Sql, id: string, changes: unknown): Promise<boolean> {
    if (!isId(id)) return false;
    const rows = await sql.query(
      `update ${this.#table} set changes = $2::text::json, keys = array(select json_array_elements_text($3::text::json))
       where id = $1::text::bigint and state = 'dead' returning id`,
      [id, JSON.stringify(changes), JSON.stringify(changedKeys(changes))],
    );
    return rows.length > 0;
  }

  /** Closes dead letters for good; they stay in the history, without their changes. Gives the ids of those that were dead letters. */
  async discard(sql: Sql, ids: readonly string[]): Promise<string[]> {
    const rows = await sql.query<{ id: string }>(
      `update ${this.#table} set state = 'done', outcome = '${DISCARDED}', done_at = clock_timestamp(), changes = null
       where state = 'dead' and id in (select json_array_elements_text($1::text::json)::bigint) returning id::text`,
      [JSON.stringify(ids.filter(isId))],
    );
    return rows.map(({ id }) => id);
  }

  /** Opens dead letters again, all of an account or those named. Gives whose they are as well, to wake a worker for them. */
  async replay(
    sql: Sql,
    which: { readonly ids?: readonly string[] | undefined; readonly account?: string | undefined },
    overwrite: boolean,
  ): Promise<Replay & { readonly keys: { account: string; conversation: string }[] }> {
    const chosen = `state = 'dead'
      and ($1::text is null or id in (select json_array_elements_text($1::text::json)::bigint))
      and ($2::text is null or account = $2::text)`;
    const values = [which.ids ? JSON.stringify(which.ids.filter(isId)) : null, which.account ?? null];
    const opened = await sql.query<{ id: string; account: string; conversation: string }>(
      `update ${this.#table} d set state = 'open', attempts = 0, replayed_at = clock_timestamp(), due_at = clock_timestamp(),
         done_at = null, claim = null
       where ${chosen} ${
         overwrite
           ? ""
           : `and not exists (
                select 1 from ${this.#table} later
                where later.account = d.account and later.conversation = d.conversation and later.id > d.id
                  and later.state = 'done' and later.outcome is distinct from '${DISCARDED}' and ${OVERLAP})`
       } returning id::text, account, conversation`,
      values,
    );
    const left = await sql.query<{ id: string }>(
      `select id::text from ${this.#table} where ${chosen} order by id`,
      values,
    );
    return {
      replayed: opened.map(({ id }) => id),
      superseded: left.map(({ id }) => id),
      keys: opened.map(({ account, conversation }) => ({ account, conversation })),
    };
  }
}

/** Whether a patch can have this id. */
const isId = (id: string): boolean => /^\d{1,18}$/.test(id);

function toRecord({ conversation, ...row }: Row): PatchRecord {
  const given = Object.entries(row).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(given), conversation: JSON.parse(conversation) } as PatchRecord;
}
