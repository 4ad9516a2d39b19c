import { closeSync, openSync } from "node:fs";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Row, Rows, Scope } from "./rows.ts";

const SCHEMA = `
CREATE TABLE IF NOT EXISTS docs (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  vendor TEXT NOT NULL, account TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
  parent TEXT NOT NULL DEFAULT '', alias TEXT NOT NULL DEFAULT '', body TEXT NOT NULL,
  UNIQUE (vendor, account, kind, id)
);
CREATE INDEX IF NOT EXISTS docs_by_parent ON docs (vendor, account, kind, parent, seq);
CREATE INDEX IF NOT EXISTS docs_by_alias ON docs (vendor, account, kind, alias);
CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
`;

/** How long to wait for another process that has the file, in milliseconds. */
const BUSY_MS = 30_000;
const SQLITE_BUSY = 5;

const WHERE = "WHERE vendor = ? AND account = ? AND kind = ?";
const SQL = {
  get: `SELECT body FROM docs ${WHERE} AND id = ?`,
  add: "INSERT INTO docs (vendor, account, kind, id, parent, alias, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
  put: `UPDATE docs SET parent = ?, alias = ?, body = ? ${WHERE} AND id = ?`,
  remove: `DELETE FROM docs ${WHERE} AND id = ?`,
  clear: `DELETE FROM docs ${WHERE} AND parent = ?`,
  all: `SELECT body FROM docs ${WHERE} ORDER BY seq`,
  children: `SELECT body FROM docs ${WHERE} AND parent = ? ORDER BY seq`,
  aliased: `SELECT body FROM docs ${WHERE} AND alias = ? ORDER BY seq`,
  count:
    "INSERT INTO counters (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value",
} as const;

/**
 * Rows in a SQLite file that its owner alone may read, with a write-ahead log and `synchronous=FULL`: a write that was
 * acknowledged is on the disk before its response is sent. Throws when the file cannot be opened.
 */
export function sqliteRows(file: string): Rows {
  const db = openDatabase(file);
  const prepared = new Map<string, StatementSync>();
  const sql = (text: string): StatementSync => {
    const statement = prepared.get(text) ?? db.prepare(text);
    prepared.set(text, statement);
    return statement;
  };
  const bodies = (text: string, ...values: string[]): string[] =>
    sql(text)
      .all(...values)
      .map((row) => (row as { body: string }).body);
  return {
    get(scope, id) {
      const row = sql(SQL.get).get(...scope, id) as { body: string } | undefined;
      return row?.body;
    },
    add: (scope: Scope, { id, parent, alias, body }: Row) =>
      void sql(SQL.add).run(...scope, id, parent, alias, body),
    put: (scope: Scope, { id, parent, alias, body }: Row) =>
      void sql(SQL.put).run(parent, alias, body, ...scope, id),
    remove: (scope, id) => void sql(SQL.remove).run(...scope, id),
    clear: (scope, parent) => void sql(SQL.clear).run(...scope, parent),
    all: (scope) => bodies(SQL.all, ...scope),
    children: (scope, parent) => bodies(SQL.children, ...scope, parent),
    aliased: (scope, alias) => bodies(SQL.aliased, ...scope, alias),
    count: (counter, first) => (sql(SQL.count).get(counter, first) as { value: number }).value,
    transaction: (work) => transaction(sql, work),
    empty: () => sql("SELECT 1 FROM docs UNION ALL SELECT 1 FROM counters LIMIT 1").get() === undefined,
    accounts: (vendor) =>
      sql("SELECT DISTINCT account FROM docs WHERE vendor = ? ORDER BY account")
        .all(vendor)
        .map((row) => (row as { account: string }).account),
    wipe: () => db.exec("DELETE FROM docs; DELETE FROM counters"),
    close: () => db.close(),
  };
}

function openDatabase(file: string): DatabaseSync {
  // Asked for here alone: a sandbox without a file runs where Node has no SQLite.
  const sqlite = process.getBuiltinModule?.("node:sqlite") as typeof import("node:sqlite") | undefined;
  if (!sqlite)
    throw new Error(
      `[sandbox] Keeping the state in a file needs Node 22.13 or newer, and this is Node ${process.versions.node}; without a file the state is kept in memory.`,
    );
  try {
    // SQLite gives its own files the mode of the database, and would create that for everybody to read.
    if (file !== ":memory:") closeSync(openSync(file, "a", 0o600));
    const db = new sqlite.DatabaseSync(file);
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    untilFree(() => db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${SCHEMA}`));
    return db;
  } catch (cause) {
    throw new Error(`[sandbox] The data file ${file} could not be opened: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/** SQLite waits for a lock itself, but for the one that it needs to begin a write-ahead log it fails at once. */
function untilFree(work: () => void): void {
  const end = performance.now() + BUSY_MS;
  for (;;) {
    try {
      work();
      return;
    } catch (error) {
      if ((error as { errcode?: number }).errcode !== SQLITE_BUSY || performance.now() > end) throw error;
      // Nothing else can be done meanwhile: the sandbox is being made, and that does not wait.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function transaction<T>(sql: (text: string) => StatementSync, work: () => T): T {
  sql("BEGIN IMMEDIATE").run();
  try {
    const result = work();
    sql("COMMIT").run();
    return result;
  } catch (error) {
    sql("ROLLBACK").run();
    throw error;
  }
}
