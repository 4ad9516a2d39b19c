import type { CallOptions } from "@convo/client";
import type { MetadataDiff } from "../metadata/diff.ts";
import type { Metadata, MetadataPatch } from "../metadata/json.ts";
import type { Conversation, Warning } from "./conversation.ts";
import type { Merge, Unsupported } from "./shape.ts";

/** Options of HTTP calls; who wants to listen to them observes. */
export type HttpOptions = Omit<CallOptions, "observe">;

/** Options of one update, beside those of its HTTP calls. `deadlineMs` is for all of it: waiting, reading, writing, verifying. */
export interface UpdateOptions<P extends Unsupported = Unsupported, M extends Merge = Merge>
  extends HttpOptions {
  /** How `metadata` meets what is there: `shallow` (default), `deep` (RFC 7396), or `replace`, which reads nothing. */
  merge?: M;
  /** The metadata as the caller knows it: saves the read before a merge, and loses what others wrote since. */
  current?: MetadataPatch;
  /**
   * What to do with a field the vendor lacks: refuse (`error`, default), leave it out with a warning (`skip`),
   * or keep it in metadata under its own name (`metadata`; still an error where there is no metadata).
   */
  unsupported?: P;
  /**
   * Reads before the write and again some time after it, and merges anew onto what other processes wrote over it. Default false.
   *
   * No vendor has a conditional write, so what this guarantees is a matter of time. As long as every writer of the conversation
   * verifies, with the same `settleMs`, and reads show the last write, no change is undone by another writer's merge unnoticed:
   * its own caller gets `conflict`, or, if it was reported done already, the caller who undid it gets the warning `late_write`
   * (or `conflict` itself, or an error with `outcome: "unknown"`). Other writers (without `verify`, with `current`, of another
   * program, or whose process ends in the middle) are noticed as long as they take no longer than `settleMs` from their read to the
   * end of their write. Where that is not enough use a `lock`: with it nothing is lost.
   */
  verify?: boolean | VerifyOptions;
  /**
   * Called right before every write is sent, with the conversation as it was read for that write and the vendor's own body
   * (`undefined` where nothing had to be read): to check that a lease still holds, or to record what is about to change. What it throws ends the update, and that write is
   * not sent. Updates share a write only if they have the same function here.
   */
  beforeWrite?: (write: {
    readonly before: Conversation | undefined;
    readonly raw: unknown;
  }) => void | Promise<void>;
}

/** How `verify` reads back. */
export interface VerifyOptions {
  /**
   * How long to wait before reading back, so that a slower writer can finish, in milliseconds. Default 1000. Stretched to four times the
   * slowest request so far, at most fivefold, and by up to half at random; not waited under a lock.
   */
  settleMs?: number;
  /** Writes of one update before it fails with `conflict`. Default 5. */
  maxRounds?: number;
}

/**
 * What one update did. Callers whose changes went out in the same write share the metadata and `raw`: copy them before you change
 * anything in them.
 */
export interface UpdateResult<Raw = unknown, Out = Metadata | undefined> {
  /** The vendor's name. */
  readonly provider: string;
  /** The id as the caller gave it. */
  readonly id: string | number;
  /** The conversation as far as it is known now: the last answer, laid over the read before it. */
  readonly conversation: Conversation;
  /**
   * The metadata of it, as the schema gives it out where there is one; `undefined` where it is not known, or where what was read back breaks
   * the schema, which is a warning then.
   */
  readonly metadata: Out | undefined;
  /** Body of the vendor's last answer; `undefined` if nothing had to be sent. */
  readonly raw: Raw | undefined;
  /** What proves the change: the vendor's answer to the write, a read after it, or nothing but a success status. */
  readonly confirmed: "echo" | "read" | "none";
  /** What protected it from writers in other processes: a lock, a verifying read, or nothing. */
  readonly guarantee: "locked" | "verified" | "best_effort";
  readonly warnings: readonly Warning[];
  /** The vendor's id of the last request. */
  readonly requestId?: string;
  /** HTTP requests that were started, retries included; shared with the callers whose changes went out in the same write. */
  readonly httpRequests: number;
  /** Calls made: look-up, read, write, check; shared likewise. */
  readonly calls: number;
  /** What this caller's part did to the metadata; `null` if it did not touch it. */
  readonly diff: MetadataDiff | null;
  /** Values of the other fields this caller set, as they were before, under the caller's names; absent where nothing was read before. */
  readonly previous?: Metadata;
}

/** A conversation that was read. */
export interface GetResult<Raw = unknown, Out = Metadata | undefined> {
  readonly conversation: Conversation;
  /** The metadata of it, as the schema gives it out where there is one. */
  readonly metadata: Out;
  /** The vendor's own body. */
  readonly raw: Raw;
  readonly requestId?: string;
  /** HTTP requests that were started, retries included. */
  readonly httpRequests: number;
}
