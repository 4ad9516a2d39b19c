import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Kind } from "./rules.ts";
import type { Doc } from "./types.ts";

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

/** All state of a sandbox: one SQLite database, in memory or in a file, every request one transaction. */
export interface Store {
  shelf(vendor: string, account: string, kinds: Readonly<Record<string, Kind>>): Shelf;
  /** Runs `work` whole or not at all; what it throws is passed on after the rollback. */
  transaction<T>(work: () => T): T;
  empty(): boolean;
  /** The accounts of a vendor that hold anything, in order of the alphabet. */
  accounts(vendor: string): string[];
  wipe(): void;
  close(): void;
}

/** Documents of one vendor in one account. Lists come in the order of insertion. */
export interface Shelf {
  get(kind: string, id: string): Doc | undefined;
  add(kind: string, doc: Doc): void;
  put(kind: string, doc: Doc): void;
  remove(kind: string, id: string): void;
  clear(kind: string, parent: string): void;
  list(kind: string, parent?: string): Doc[];
  find(kind: string, alias: string): Doc[];
  /** The next integer of a counter, from `first` on. */
  next(counter: string, first: number): number;
}

/**
 * Opens the store. A file is opened with a write-ahead log and `synchronous=FULL`, so that a write that was
 * acknowledged is on the disk before its response is sent. Throws when the file cannot be opened.
 */
export function openStore(file: string | undefined): Store {
  const db = new DatabaseSync(file ?? ":memory:");
  db.exec("PRAGMA busy_timeout = 5000");
  if (file !== undefined) db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  db.exec(SCHEMA);
  const cache = new Map<string, StatementSync>();
  const sql = (text: string): StatementSync => {
    const known = cache.get(text);
    if (known) return known;
    const statement = db.prepare(text);
    cache.set(text, statement);
    return statement;
  };
  return {
    shelf: (vendor, account, kinds) => shelf(sql, [vendor, account], kinds),
    transaction: (work) => transaction(sql, work),
    empty: () => sql("SELECT 1 FROM docs LIMIT 1").get() === undefined,
    accounts: (vendor) =>
      sql("SELECT DISTINCT account FROM docs WHERE vendor = ? ORDER BY account")
        .all(vendor)
        .map((row) => (row as { account: string }).account),
    wipe: () => db.exec("DELETE FROM docs; DELETE FROM counters"),
    close: () => db.close(),
  };
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

type Sql = (text: string) => StatementSync;

function shelf(sql: Sql, scope: readonly [string, string], kinds: Readonly<Record<string, Kind>>): Shelf {
  const parse = (row: unknown): Doc => JSON.parse((row as { body: string }).body) as Doc;
  const place = (kind: string, doc: Doc): { id: string; parent: string; alias: string } => {
    const rule = kinds[kind];
    if (!rule) throw new Error(`no such kind of document: ${kind}`);
    const field = (name: string | undefined): string => (name === undefined ? "" : String(doc[name] ?? ""));
    return { id: field(rule.id), parent: field(rule.parent), alias: field(rule.alias) };
  };
  return {
    get(kind, id) {
      const row = sql(SQL.get).get(...scope, kind, id);
      return row && parse(row);
    },
    add(kind, doc) {
      const { id, parent, alias } = place(kind, doc);
      sql(SQL.add).run(...scope, kind, id, parent, alias, JSON.stringify(doc));
    },
    put(kind, doc) {
      const { id, parent, alias } = place(kind, doc);
      sql(SQL.put).run(parent, alias, JSON.stringify(doc), ...scope, kind, id);
    },
    remove: (kind, id) => void sql(SQL.remove).run(...scope, kind, id),
    clear: (kind, parent) => void sql(SQL.clear).run(...scope, kind, parent),
    list(kind, parent) {
      const rows =
        parent === undefined
          ? sql(SQL.all).all(...scope, kind)
          : sql(SQL.children).all(...scope, kind, parent);
      return rows.map(parse);
    },
    find: (kind, alias) =>
      sql(SQL.aliased)
        .all(...scope, kind, alias)
        .map(parse),
    next(counter, first) {
      const row = sql(SQL.count).get([...scope, counter].join("/"), first) as { value: number };
      return row.value;
    },
  };
}

/** The document without the sandbox's own `$` keys. */
export function wire(doc: Doc): Doc {
  const out: Doc = {};
  for (const key in doc) if (!key.startsWith("$")) out[key] = doc[key];
  return out;
}
