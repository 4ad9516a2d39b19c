import type { Database } from "./database.ts";
import { queueError } from "./errors.ts";

/** Version of the tables below. */
const VERSION = 1;

/**
 * The patch table is the order of updates (`id`), their progress (`state`) and the audit trail (who, when, which keys, the
 * vendor's request id, the outcome) at once. `claim` says which worker may write: it is overwritten by the next worker that
 * takes the conversation, and looked at before every write.
 */
const TABLES = (schema: string): string => `
create schema if not exists ${schema};
create table if not exists ${schema}.patch (
  id bigint generated always as identity primary key,
  account text not null,
  conversation text not null,
  changes json,
  options json,
  keys text[] not null,
  author text,
  created_at timestamptz not null default clock_timestamp(),
  state text not null default 'open' check (state in ('open', 'done', 'dead')),
  due_at timestamptz not null default clock_timestamp(),
  attempts int not null default 0,
  claim uuid,
  claimed_at timestamptz,
  worker text,
  done_at timestamptz,
  replayed_at timestamptz,
  request_id text,
  outcome text,
  error text
);
create index if not exists patch_open on ${schema}.patch (account, conversation, id) where state = 'open';
create index if not exists patch_due on ${schema}.patch (due_at) where state = 'open';
create index if not exists patch_dead on ${schema}.patch (id) where state = 'dead';
create index if not exists patch_done on ${schema}.patch (done_at) where state = 'done';
create index if not exists patch_values on ${schema}.patch (done_at) where state = 'done' and changes is not null;
create index if not exists patch_history on ${schema}.patch (account, conversation, id);
create table if not exists ${schema}.rate (
  account text primary key,
  per_second float8,
  next_at timestamptz not null default clock_timestamp(),
  blocked_until timestamptz not null default '-infinity'
);
create table if not exists ${schema}.version (version int not null);
`;

/** Creates the tables where they are missing. Safe to run by many processes at once. */
export async function createTables(db: Database, schema: string): Promise<void> {
  // One at a time: two "create if not exists" at once can fail. The number is that of this package.
  await db.transaction(async (tx) => {
    await tx.query("select pg_advisory_xact_lock(731150)");
    const [found] = await tx.query<{ there: string | null }>("select to_regclass($1) as there", [
      `${schema}.version`,
    ]);
    const known = found?.there
      ? await tx.query<{ version: number }>(`select version from ${schema}.version`)
      : [];
    const version = known[0]?.version;
    if (version === VERSION) return;
    if (version !== undefined)
      throw queueError(
        "conflict",
        `The tables in schema ${schema} are of version ${version}, this program knows version ${VERSION}.`,
        "Use the same version of @convo/queue everywhere.",
      );
    for (const statement of TABLES(schema).split(";")) if (statement.trim() !== "") await tx.query(statement);
    await tx.query(`insert into ${schema}.version values (${VERSION})`);
  });
}
