import type { CallOptions } from "@convo/client";
import type { MetadataDiff } from "../metadata/diff.ts";
import type { AnyDocument, Given, Metadata } from "../metadata/json.ts";
import type { Conversation, Warning } from "./conversation.ts";
import type { Merge, Shape, Unsupported } from "./shape.ts";

export type { Merge, Unsupported };

/** Options of the HTTP requests of one operation; `deadlineMs` is for the whole of it. To listen to them use `observe` of the provider. */
export type HttpOptions = Omit<CallOptions, "observe" | "idempotencyKey">;

/** Options of one update, beside those of its HTTP requests. `deadlineMs` covers all of it: waiting, reading, writing, verifying. */
export interface UpdateOptions<
  P extends Unsupported = Unsupported,
  M extends Merge = Merge,
  C extends object = AnyDocument,
> extends HttpOptions {
  /** How `metadata` is combined with what is there: `shallow` (default), `deep` (RFC 7396), or `replace`, which reads nothing. */
  merge?: M | undefined;
  /** The metadata as the caller knows it: saves the read before a merge, and loses what others wrote since. */
  current?: Given<C> | undefined;
  /**
   * What to do with a field the vendor lacks: fail (`error`, default), leave it out with a warning (`skip`),
   * or keep it in metadata under its own name (`metadata`; still an error where there is no metadata).
   */
  unsupported?: P | undefined;
  /** Reads before the write and again some time after it, and merges again if another process has overwritten it. Default false. See docs/guide/guarantees.md. */
  verify?: boolean | VerifyOptions | undefined;
  /**
   * Called right before every write is sent, with the conversation as it was read for that write and the vendor's own body (`undefined` where
   * nothing had to be read): to check that a lease still holds, or to record what is about to change. What it throws ends the update, and that write is
   * not sent; one before it that got no answer may land yet. Updates share a write only if they have the same function here.
   */
  beforeWrite?:
    | ((write: { readonly before: Conversation | undefined; readonly raw: unknown }) => void | Promise<void>)
    | undefined;
}

/** How `verify` reads back. */
export interface VerifyOptions {
  /**
   * How long to wait before reading back, so that a slower writer can finish, in milliseconds. Default 1000. Stretched to four times the
   * slowest request so far, at most fivefold, and by up to half at random; not waited under a lock.
   */
  settleMs?: number | undefined;
  /** Writes of one update before it fails with `conflict`. Default 5. */
  maxRounds?: number | undefined;
}

/**
 * What one update did. Callers whose changes went out in the same write share `conversation.metadata` and `raw`: copy them before
 * you change anything in them.
 */
export interface UpdateResult<S extends Shape = Shape> {
  /** The vendor's name. */
  readonly provider: string;
  /** The id as the caller gave it. */
  readonly id: string | number;
  /** The conversation as far as it is known now: the last response, over the read before it. Its metadata is as it is stored. */
  readonly conversation: Conversation;
  /**
   * The metadata as the schema returns it; `undefined` without a schema, where the metadata is not known, or where it breaks the schema,
   * which is a warning.
   */
  readonly parsedMetadata: S["parsed"] | undefined;
  /** The vendor's own bodies: of the last read and of the last write, where there was one. */
  readonly raw: { readonly read?: S["raw"]; readonly update?: S["answer"] };
  /** What proves the change: the vendor's response to the write, a read after it, or nothing but a success status. */
  readonly confirmed: "echo" | "read" | "none";
  /** What protected it from writers in other processes: the vendor (`write: "patch"`), a lock, a verifying read, or nothing. */
  readonly guarantee: "atomic" | "locked" | "verified" | "best_effort";
  /** What the caller should know though the update was made; empty as a rule. */
  readonly warnings: readonly Warning[];
  /** The vendor's id of the last request. */
  readonly requestId?: string;
  /** HTTP requests that were started, retries included; shared with the callers whose changes went out in the same write. */
  readonly httpRequests: number;
  /** Client calls: look-up, read, write, read-back; shared likewise. */
  readonly calls: number;
  /** What this caller's part did to the metadata; `null` if it did not touch it or what was there is not known. */
  readonly diff: MetadataDiff | null;
  /**
   * Values of the other fields this caller set, and of lists it changed, as they were before, under the caller's names (`name`, `native.x`,
   * `lists.tags`); absent where nothing was read before.
   */
  readonly previous?: Metadata;
}

/** A conversation that was read. */
export interface GetResult<S extends Shape = Shape> {
  /** The conversation in our words. Its metadata is as it is stored. */
  readonly conversation: Conversation;
  /** The metadata as the schema returns it; `undefined` without a schema. */
  readonly parsedMetadata: S["parsed"];
  /** The vendor's own body. */
  readonly raw: S["raw"];
  /** The vendor's id of the request, where it sends one. */
  readonly requestId?: string;
  /** HTTP requests that were started, retries included. */
  readonly httpRequests: number;
}
