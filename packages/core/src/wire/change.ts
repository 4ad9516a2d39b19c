import { DOCS_URL } from "@convo/client";
import type { Json, Metadata } from "../metadata/json.ts";
import type { Warning } from "../types/conversation.ts";
import type { Merge } from "../types/update.ts";

/** Metadata a caller wants changed. */
export interface MetadataChange {
  readonly patch: Metadata;
  readonly unset: readonly string[];
  readonly merge: Merge;
}

/** Items to add to and to remove from a list. */
export interface ListChange {
  readonly add: readonly Json[];
  readonly remove: readonly Json[];
}

/** One caller's changes in the vendor's words, copied from what the caller passed and checked as far as that is possible without a read. */
export interface WireChange {
  /** Wire fields to set, mapped and native. */
  readonly set: Readonly<Record<string, Json>>;
  /** Those of them that came as `native` and are no common field: how the vendor spells their values is not known. */
  readonly native: readonly string[];
  /** What the caller calls a wire field, or a metadata key that a common field is mapped to. */
  readonly names: ReadonlyMap<string, string>;
  readonly lists: Readonly<Record<string, ListChange>>;
  readonly metadata: MetadataChange | null;
  /** The metadata the caller says is there. */
  readonly current: Metadata | undefined;
  readonly warnings: readonly Warning[];
  /** Whether the caller's policy left nothing to send. */
  readonly nothing: boolean;
}

/** The part of a conversation that an update is about. */
export interface State {
  /** Values of wire fields other than metadata. */
  readonly fields: Metadata;
  /** The whole metadata document; where there are `keys`, these of it only. */
  readonly document: Metadata | undefined;
  /** The keys that a vendor with `write: "patch"` is sent; those that `document` has not are removed. */
  readonly keys?: ReadonlySet<string> | undefined;
}

/** A warning, with the address of its page. */
export const createWarning = (
  provider: string,
  code: Warning["code"],
  field: string,
  detail: string,
): Warning => ({ code, field, provider, detail, docs: `${DOCS_URL}warnings/${code}.md` });
