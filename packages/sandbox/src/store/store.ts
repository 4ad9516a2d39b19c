import type { Doc } from "../engine/types.ts";
import { memoryRows } from "./memory.ts";
import type { Row, Rows, Scope } from "./rows.ts";
import { sqliteRows } from "./sqlite.ts";

/** All state of a sandbox, in memory or in a SQLite file. Every request that writes is one transaction. */
export interface Store {
  /** The documents of one vendor in one account. `check` throws for a document that must not be stored. */
  collection(
    vendor: string,
    account: string,
    kinds: Readonly<Record<string, Kind>>,
    check?: (kind: string, doc: Doc) => void,
  ): Collection;
  /** Runs `work` whole or not at all; what it throws is passed on after the rollback. */
  transaction<T>(work: () => T): T;
  /** Whether nothing was put here since the beginning or the last wipe. */
  empty(): boolean;
  /** Notes that the rows to start with, if any, are here: it is not empty from now on, even if all of them are deleted. */
  begun(): void;
  /** The accounts of a vendor that hold anything, in alphabetical order. */
  accounts(vendor: string): string[];
  wipe(): void;
  close(): void;
}

/** Documents of one vendor in one account. Lists come in the order of insertion. */
export interface Collection {
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
 * How documents of one kind are filed: the names of the fields that hold id, parent and a second look-up key, and the
 * schema of the spec they are served as, which every stored one has to fit.
 */
export interface Kind {
  readonly id: string;
  readonly schema?: string;
  readonly parent?: string;
  readonly alias?: string;
}

/**
 * Opens the store: a SQLite file, or memory without one. Throws when the file cannot be opened, and when this Node has
 * no SQLite.
 */
export function openStore(file: string | undefined): Store {
  const rows = file === undefined ? memoryRows() : sqliteRows(file);
  return {
    collection: (vendor, account, kinds, check) => collection(rows, [vendor, account], kinds, check),
    transaction: rows.transaction,
    empty: rows.empty,
    begun: () => void rows.count("begun", 1),
    accounts: rows.accounts,
    wipe: rows.wipe,
    close: rows.close,
  };
}

function collection(
  rows: Rows,
  [vendor, account]: readonly [string, string],
  kinds: Readonly<Record<string, Kind>>,
  check: (kind: string, doc: Doc) => void = () => undefined,
): Collection {
  const scope = (kind: string): Scope => [vendor, account, kind];
  const parse = (body: string): Doc => JSON.parse(body) as Doc;
  const toRow = (kind: string, doc: Doc): Row => {
    const rule = kinds[kind];
    if (!rule) throw new Error(`no such kind of document: ${kind}`);
    check(kind, doc);
    const field = (name: string | undefined): string => (name === undefined ? "" : String(doc[name] ?? ""));
    const body = JSON.stringify(doc);
    return { id: field(rule.id), parent: field(rule.parent), alias: field(rule.alias), body };
  };
  return {
    get(kind, id) {
      const body = rows.get(scope(kind), id);
      return body === undefined ? undefined : parse(body);
    },
    add: (kind, doc) => rows.add(scope(kind), toRow(kind, doc)),
    put: (kind, doc) => rows.put(scope(kind), toRow(kind, doc)),
    remove: (kind, id) => rows.remove(scope(kind), id),
    clear: (kind, parent) => rows.clear(scope(kind), parent),
    list: (kind, parent) =>
      (parent === undefined ? rows.all(scope(kind)) : rows.children(scope(kind), parent)).map(parse),
    find: (kind, alias) => rows.aliased(scope(kind), alias).map(parse),
    next: (counter, first) => rows.count([vendor, account, counter].join("/"), first),
  };
}

/** The document without the sandbox's own `$` keys. */
export function wire(doc: Doc): Doc {
  const out: Doc = {};
  for (const key in doc) if (!key.startsWith("$")) out[key] = doc[key];
  return out;
}
