import type { Json } from "../metadata/json.ts";
import type { HttpOptions } from "./update.ts";

/** One thing that was measured. */
export interface Finding {
  /** What was measured. */
  readonly name:
    | "echo"
    | "other_fields"
    | "metadata_write"
    | "null_value"
    | "null_document"
    | "empty_document"
    | "max_properties"
    | "max_key_length"
    | "max_value_length"
    | "length_unit"
    | "unknown_id";
  /** What the vendor does, e.g. `replace`, `refused`, `16`. */
  readonly measured: string;
  /** What the provider's record or spec says, where it says something. */
  readonly expected?: string;
  /** Whether it contradicts `expected`. */
  readonly differs: boolean;
  /** The request, its status, and what was seen afterwards; never a value of the conversation. */
  readonly evidence: string;
  /** ISO 8601, UTC. */
  readonly measuredAt: string;
}

/** A conversation the probe worked on. */
export interface ScratchConversation {
  /** Its id. */
  readonly id: string | number;
  /** Whether the probe created it. */
  readonly created: boolean;
  /** Whether it is gone again, or, where it was given, has the metadata it had. */
  readonly clean: boolean;
}

/** Options of a probe, beside those of its HTTP calls. */
export interface ProbeOptions extends HttpOptions {
  /**
   * A conversation to measure on, where none can be created. Everything in it may be lost. Without it the probe creates what it
   * needs and deletes it afterwards; it never touches any other conversation.
   */
  id?: string | number;
  /** What the vendor wants to know of a new conversation, e.g. `{ query: { agent_id } }` at Letta. */
  create?: { body?: { readonly [key: string]: Json }; query?: { readonly [key: string]: string } };
}

/** What a probe found. */
export interface ProbeReport {
  /** The vendor's name. */
  readonly provider: string;
  /** ISO 8601, UTC. */
  readonly measuredAt: string;
  /** What does not apply to the vendor, or cannot be measured on the conversation given, is left out. */
  readonly facts: readonly Finding[];
  /** Those of them that contradict what the provider's record and spec say: the record is wrong, or the vendor has changed. */
  readonly differs: readonly Finding[];
  /** The conversations it worked on, and whether they are as they were. */
  readonly scratch: readonly ScratchConversation[];
  /** HTTP calls made. */
  readonly calls: number;
}
