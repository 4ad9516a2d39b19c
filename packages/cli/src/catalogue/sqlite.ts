import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { CatalogueRow, CatalogueStore } from "@convo/core/catalogue";

const SCHEMA = `
CREATE TABLE IF NOT EXISTS conversations (
  account TEXT NOT NULL, id TEXT NOT NULL, provider TEXT NOT NULL, external_id TEXT,
  conversation TEXT NOT NULL, seen_at TEXT NOT NULL,
  PRIMARY KEY (account, id)
);
CREATE INDEX IF NOT EXISTS conversations_by_time ON conversations (seen_at DESC);
`;

// A read by the vendor's id does not tell the external id: what was known of it stays.
const PUT = `
INSERT INTO conversations (account, id, provider, external_id, conversation, seen_at) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (account, id) DO UPDATE SET
  provider = excluded.provider, external_id = coalesce(excluded.external_id, external_id),
  conversation = excluded.conversation, seen_at = excluded.seen_at`;

interface Stored {
  readonly account: string;
  readonly id: string;
  readonly provider: string;
  readonly external_id: string | null;
  readonly conversation: string;
  readonly seen_at: string;
}

/**
 * Rows of a catalogue in a SQLite file that its owner alone may read (mode 0600). Several processes may use it at once.
 *
 * @param file made, with its folder, at the first use; `:memory:` keeps the rows in memory
 */
export function sqliteStore(file: string): CatalogueStore & {
  /** Closes the file; it is opened again where it is needed. */
  close(): void;
} {
  let opened: DatabaseSync | undefined;
  const db = (): DatabaseSync => {
    opened ??= openDatabase(file);
    return opened;
  };
  return {
    put({ account, id, provider, externalId, conversation, seenAt }) {
      const values = [account, JSON.stringify(id), provider, externalId ?? null];
      db()
        .prepare(PUT)
        .run(...values, JSON.stringify(conversation), seenAt);
    },
    remove(account, id) {
      db().prepare("DELETE FROM conversations WHERE account = ? AND id = ?").run(account, JSON.stringify(id));
    },
    *rows(provider) {
      const select = "SELECT * FROM conversations";
      const order = "ORDER BY seen_at DESC, rowid DESC";
      const rows =
        provider === undefined
          ? db().prepare(`${select} ${order}`).iterate()
          : db().prepare(`${select} WHERE provider = ? ${order}`).iterate(provider);
      for (const row of rows) yield toRow(row as unknown as Stored);
    },
    close() {
      opened?.close();
      opened = undefined;
    },
  };
}

const toRow = (row: Stored): CatalogueRow => ({
  provider: row.provider,
  account: row.account,
  id: JSON.parse(row.id),
  ...(row.external_id !== null && { externalId: row.external_id }),
  conversation: JSON.parse(row.conversation),
  seenAt: row.seen_at,
});

function openDatabase(file: string): DatabaseSync {
  if (file !== ":memory:") {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // SQLite gives its own files the mode of the database, and would create that for everybody to read.
    closeSync(openSync(file, "a", 0o600));
  }
  const { DatabaseSync } = loadSqlite();
  const db = new DatabaseSync(file);
  db.exec("PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON");
  db.exec(SCHEMA);
  return db;
}

/** Node's SQLite, without the warning of Node 22 that it is new. */
function loadSqlite(): typeof import("node:sqlite") {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule("node:sqlite");
  } finally {
    process.emitWarning = emitWarning;
  }
}
