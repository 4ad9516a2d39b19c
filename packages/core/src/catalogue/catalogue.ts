import { validationError } from "../errors.ts";
import type { Violation } from "../metadata/limits.ts";
import { checkFilter, matches } from "../read/filter.ts";
import { type Catalogue, type CatalogueRow, type CatalogueStore, FEED } from "../types/catalogue.ts";
import { createFeed } from "./feed.ts";

/** Options of a catalogue. */
export interface CatalogueOptions {
  /** Where the rows are; by default in memory, see {@link memoryStore}. */
  readonly store?: CatalogueStore;
}

/**
 * An index of the conversations that this process has seen, for vendors that cannot list:
 * `createConvo(providers, { catalogue: createCatalogue() })`. What that `Convo` reads, lists and writes is recorded; `find` asks no vendor. What the
 * store throws, or does not answer within five seconds, ends none of these calls.
 */
export function createCatalogue({ store = memoryStore() }: CatalogueOptions = {}): Catalogue {
  const catalogue: Catalogue = {
    async *find({ provider, externalId, filter } = {}) {
      const violations: Violation[] = [];
      const asked = checkFilter(filter, violations);
      if (violations.length > 0) throw validationError("convo", violations);
      for await (const row of store.rows(provider))
        if ((externalId === undefined || row.externalId === externalId) && matches(row.conversation, asked))
          yield row;
    },
    record: async (row) => store.put({ ...row, seenAt: new Date().toISOString() }),
    forget: async (account, id) => store.remove(account, id),
  };
  return Object.assign(catalogue, { [FEED]: createFeed(catalogue) });
}

/** Rows in memory, at most `maxRows` (10,000 by default): the ones seen least recently are dropped. */
export function memoryStore({ maxRows = 10_000 }: { readonly maxRows?: number } = {}): CatalogueStore {
  const rows = new Map<string, CatalogueRow>();
  const keyOf = (account: string, id: string | number): string => JSON.stringify([account, id]);
  return {
    put(row) {
      const key = keyOf(row.account, row.id);
      const known = rows.get(key);
      rows.delete(key);
      // A read by the vendor's id does not tell the external id: what was known of it stays.
      rows.set(key, known?.externalId && !row.externalId ? { ...row, externalId: known.externalId } : row);
      if (rows.size > maxRows) rows.delete(rows.keys().next().value as string);
    },
    remove: (account, id) => void rows.delete(keyOf(account, id)),
    *rows(provider) {
      for (const row of [...rows.values()].reverse())
        if (provider === undefined || row.provider === provider) yield row;
    },
  };
}
