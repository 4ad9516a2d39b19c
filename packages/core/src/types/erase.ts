import type { Catalogue } from "./catalogue.ts";
import type { HttpOptions } from "./update.ts";

/**
 * What became of a conversation, as a read afterwards showed. `gone`: it was there when the erase was planned, and no read finds it now.
 * `hidden`: deleted, and a read by its id still finds it. `not_found`: it was not there when the erase was planned. `unsupported`: the vendor
 * cannot delete, or cannot find conversations by customer. `failed`: it is still there, or that could not be told; see `error`. `pending`: it
 * is there, and nothing has been tried yet.
 */
export type EraseOutcome = "pending" | "gone" | "hidden" | "not_found" | "unsupported" | "failed";

/** What an erase plans, or did, with one conversation. */
export interface EraseEntry {
  /** The provider's name in `createConvo`. */
  readonly provider: string;
  /** Which account it is in: vendor, server, account and path parameters. It holds no key. */
  readonly account: string;
  /** The id; `null` where the vendor cannot find conversations by customer, or could not be asked. */
  readonly id: string | number | null;
  /** What became of it, as a read afterwards showed. */
  readonly outcome: EraseOutcome;
  /** What the vendor is documented to keep after a delete; `null` where nothing is said to remain. */
  readonly leaves: string | null;
  /** Parts that are deleted one by one before it: how many were found, and how many a delete was confirmed for. */
  readonly parts: readonly { readonly name: string; readonly found: number; readonly deleted: number }[];
  /** When our delete was confirmed, ISO 8601. Absent from what is gone by somebody else's, or by one that a crash cut off. */
  readonly deletedAt?: string;
  /** When it was read back, ISO 8601. */
  readonly checkedAt?: string;
  /** The vendor's ids of the requests made for it, where it has such ids. */
  readonly requestIds: readonly string[];
  /** Why it failed, without content and secrets. */
  readonly error?: string;
}

/**
 * A plan of an erase, and its receipt: the same document, filled in as it is carried out. Plain JSON; keep it, and pass it to `erase` again to go on.
 * Its JSON Schema is `@convo/core/erase-receipt.schema.json`.
 */
export interface EraseReceipt {
  /** Tells this document from others. */
  readonly kind: "convo_erase";
  /** Of this format. */
  readonly version: 1;
  /** ISO 8601. */
  readonly plannedAt: string;
  /** When nothing was left to do, ISO 8601. */
  readonly finishedAt?: string;
  /** The customer whose conversations it is about. */
  readonly customerId?: string;
  /** One for each conversation, and one for each vendor that could not be searched. */
  readonly entries: readonly EraseEntry[];
  /** SHA-256 of all the rest, in hexadecimal: a document that was edited is refused. */
  readonly digest: string;
}

/** Options of an erase, beside those of its HTTP calls. `deadlineMs` holds for each conversation. */
export interface EraseOptions extends HttpOptions {
  /** Conversations that may be erased at most. Default 1,000: more have to be allowed by hand. */
  readonly limit?: number;
  /** Where conversations of a customer are found at vendors that cannot list by customer. Default: that of `createConvo`. */
  readonly catalogue?: Catalogue;
  /** Receives the receipt after each conversation, and is awaited: store it to go on after a crash. */
  readonly onReceipt?: (receipt: EraseReceipt) => unknown;
}
