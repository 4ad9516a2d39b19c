import type { Row, Rows, Scope } from "./rows.ts";

/** A row with its place in the order of insertion, which it keeps when it is replaced. */
interface PlacedRow extends Row {
  readonly place: number;
}

/** The rows of one scope, and who is whose child or alias. */
interface Table {
  readonly rows: Map<string, PlacedRow>;
  readonly byParent: Map<string, Set<string>>;
  readonly byAlias: Map<string, Set<string>>;
}

/** Rows in memory. A transaction that fails is undone step by step. */
export function memoryRows(): Rows {
  const tables = new Map<string, Table>();
  const counters = new Map<string, number>();
  let added = 0;
  let undo: (() => void)[] | undefined;
  const onRollback = (step: () => void): void => void undo?.push(step);

  function tableOf(scope: Scope): Table {
    const key = JSON.stringify(scope);
    const table = tables.get(key) ?? emptyTable();
    tables.set(key, table);
    return table;
  }
  function remove(scope: Scope, id: string): void {
    const table = tableOf(scope);
    const row = table.rows.get(id);
    if (!row) return;
    unlink(table, row);
    onRollback(() => refill(table, [...table.rows.values(), row]));
  }
  const bodies = ({ rows }: Table, ids: Iterable<string> = []): string[] =>
    inOrder(Array.from(ids, (id) => rows.get(id) as PlacedRow)).map(({ body }) => body);

  return {
    get: (scope, id) => tableOf(scope).rows.get(id)?.body,
    add(scope, row) {
      const table = tableOf(scope);
      if (table.rows.has(row.id)) throw new Error(`two rows have the id ${row.id}`);
      added += 1;
      const placed = { ...row, place: added };
      link(table, placed);
      onRollback(() => unlink(table, placed));
    },
    put(scope, row) {
      const table = tableOf(scope);
      const before = table.rows.get(row.id);
      if (!before) return;
      const after = { ...row, place: before.place };
      replace(table, before, after);
      onRollback(() => replace(table, after, before));
    },
    remove,
    clear(scope, parent) {
      for (const id of [...(tableOf(scope).byParent.get(parent) ?? [])]) remove(scope, id);
    },
    all: (scope) => bodies(tableOf(scope), tableOf(scope).rows.keys()),
    children: (scope, parent) => bodies(tableOf(scope), tableOf(scope).byParent.get(parent)),
    aliased: (scope, alias) => bodies(tableOf(scope), tableOf(scope).byAlias.get(alias)),
    count(counter, first) {
      const before = counters.get(counter);
      const value = before === undefined ? first : before + 1;
      counters.set(counter, value);
      onRollback(() => (before === undefined ? counters.delete(counter) : counters.set(counter, before)));
      return value;
    },
    transaction(work) {
      undo = [];
      try {
        return work();
      } catch (error) {
        for (const step of undo.reverse()) step();
        throw error;
      } finally {
        undo = undefined;
      }
    },
    empty: () => counters.size === 0 && [...tables.values()].every(({ rows }) => rows.size === 0),
    accounts(vendor) {
      const full = [...tables].filter(([, { rows }]) => rows.size > 0);
      const scopes = full.map(([key]) => JSON.parse(key) as Scope).filter(([owner]) => owner === vendor);
      return [...new Set(scopes.map(([, account]) => account))].sort();
    },
    wipe() {
      tables.clear();
      counters.clear();
    },
    close: () => undefined,
  };
}

const emptyTable = (): Table => ({ rows: new Map(), byParent: new Map(), byAlias: new Map() });

function link({ rows, byParent, byAlias }: Table, row: PlacedRow): void {
  rows.set(row.id, row);
  include(byParent, row.parent, row.id);
  include(byAlias, row.alias, row.id);
}

function include(index: Map<string, Set<string>>, key: string, id: string): void {
  const ids = index.get(key) ?? new Set();
  ids.add(id);
  index.set(key, ids);
}

function unlink({ rows, byParent, byAlias }: Table, { id, parent, alias }: Row): void {
  rows.delete(id);
  exclude(byParent, parent, id);
  exclude(byAlias, alias, id);
}

function exclude(index: Map<string, Set<string>>, key: string, id: string): void {
  const ids = index.get(key);
  ids?.delete(id);
  if (ids?.size === 0) index.delete(key);
}

function replace(table: Table, before: PlacedRow, after: PlacedRow): void {
  if (before.parent !== after.parent) {
    exclude(table.byParent, before.parent, before.id);
    include(table.byParent, after.parent, after.id);
  }
  if (before.alias !== after.alias) {
    exclude(table.byAlias, before.alias, before.id);
    include(table.byAlias, after.alias, after.id);
  }
  table.rows.set(after.id, after);
}

function refill(table: Table, rows: PlacedRow[]): void {
  for (const part of [table.rows, table.byParent, table.byAlias]) part.clear();
  for (const row of inOrder(rows)) link(table, row);
}

const inOrder = (rows: PlacedRow[]): PlacedRow[] => rows.sort((a, b) => a.place - b.place);
