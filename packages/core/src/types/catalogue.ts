import type { Conversation } from "./conversation.ts";
import type { ListFilter } from "./verbs.ts";

/** A conversation as it was seen last. */
export interface CatalogueRow {
  /** The provider's name in `createConvo`. */
  readonly provider: string;
  /** Vendor, server, account and path parameters; it holds no key. */
  readonly account: string;
  /** The vendor's id of the conversation. */
  readonly id: string | number;
  /** The external id: the caller's own, where the conversation was created or addressed by one. */
  readonly externalId?: string;
  /** The conversation as it was seen, without the vendor's own body. */
  readonly conversation: Conversation;
  /** When it was seen, ISO 8601. */
  readonly seenAt: string;
}

/** Where a catalogue keeps its rows; one row per account and id. */
export interface CatalogueStore {
  /** Adds a row, or replaces the one of the same account and id. */
  put(row: CatalogueRow): Promise<void> | void;
  /** Removes a row; one that is not there is no error. */
  remove(account: string, id: string | number): Promise<void> | void;
  /** All rows, or those of one provider, the one seen last first. */
  rows(provider?: string): AsyncIterable<CatalogueRow> | Iterable<CatalogueRow>;
}

/** What to find. */
export interface CatalogueQuery {
  /** The provider's name in `createConvo`; all of them by default. */
  readonly provider?: string;
  /** The external id: the caller's own. */
  readonly externalId?: string;
  /** All of it must hold. */
  readonly filter?: ListFilter;
}

/** Where a catalogue has what makes calls tell it: with it, and not with core, so that only those load it who have a catalogue. */
export const FEED: unique symbol = Symbol.for("@convo/core/feed") as never;

/** An index of the conversations that this process has seen. `createCatalogue` makes one. */
export interface Catalogue {
  /**
   * Rows that fit, the one seen last first. A row says what was true at `seenAt`; nobody asks the vendor.
   *
   * @throws ConvoError of kind `invalid` for an unknown filter
   */
  find(query?: CatalogueQuery): AsyncIterable<CatalogueRow>;
  /** Records a conversation. `createConvo` does it after every get, list, update and create. */
  record(row: Omit<CatalogueRow, "seenAt">): Promise<void>;
  /** Forgets a conversation. `createConvo` does it after every delete and erase. */
  forget(account: string, id: string | number): Promise<void>;
}
