import type { Metadata } from "../metadata/json.ts";

/** What every conversation may have, in our words; each provider says which of them its vendor has, and how it calls them. */
export interface CommonFields {
  /** The conversation's title. */
  name: string;
  /** What was said, in short. */
  summary: string;
  /** Whether someone starred it. */
  marked: boolean;
  /** Who the conversation is with, in the caller's own numbering. */
  customerId: string;
  /** The kind of device it is held on, e.g. `mobile`. */
  device: string;
  /** Language tag, e.g. `es-ES`. */
  language: string;
}

/** The name of a common field. */
export type CommonField = keyof CommonFields;

/** A conversation in our words. A field is there only if the vendor's answer told its value; `null` is the vendor's own null. */
export type Conversation = { [K in keyof CommonFields]?: CommonFields[K] | null } & {
  /** The vendor's name, e.g. `openai`. */
  provider: string;
  /** The id the vendor's answer gives the conversation. */
  id: string | number;
  /** The whole metadata document; absent where the vendor has none or did not tell. */
  metadata?: Metadata;
  /** ISO 8601, UTC. */
  createdAt?: string;
  /** ISO 8601, UTC. */
  updatedAt?: string;
};

/** Something the caller should know about an update that was done anyway, or about one that is planned. */
export interface Warning {
  /**
   * `skipped`: the vendor has no such field and the caller said to skip it. `kept_in_metadata`: it went into metadata. `superseded`: another writer gave the
   * field a newer value after our write, or a later update that shared the write did; that value stands. `not_echoed`: the vendor's answer shows
   * another value of a native field. `late_write`: under `verify`, the write took so long that it may have undone what other writers had verified. `lock_lost`: the
   * caller's lock was not held to the end, so that the update was not protected by it. `breaks_schema`: the metadata as it is now breaks the schema, which others, or the vendor,
   * brought about. `write_unanswered`: an earlier write of the conversation from this process got no answer, and may still reach the vendor and undo this one.
   * `unset_uncertain`, of a plan alone: the vendor may keep a key that the update removes; then the update fails with `not_applied`.
   */
  code:
    | "skipped"
    | "kept_in_metadata"
    | "superseded"
    | "not_echoed"
    | "late_write"
    | "lock_lost"
    | "breaks_schema"
    | "write_unanswered"
    | "unset_uncertain";
  /** Path of the field as the caller named it, e.g. `metadata.status`. */
  field: string;
  /** The vendor's name. */
  provider: string;
  /** What happened, as a sentence, without a value. */
  detail: string;
  /** The page about this code. */
  docs: string;
}
