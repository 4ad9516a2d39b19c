import type { Json } from "../metadata/json.ts";
import type { CommonFields, Conversation, Warning } from "./conversation.ts";
import type { Shape } from "./shape.ts";
import type { HttpOptions } from "./update.ts";

/** Who wrote a message. `other` is anything a vendor calls by a name that has no common one. */
export type MessageRole = "user" | "assistant" | "system" | "tool" | "other";

/** A message in our words. */
export interface Message<S extends Shape = Shape> {
  /** The vendor's id of the message; absent where messages have none. */
  readonly id?: string | number;
  /** Who wrote it. */
  readonly role: MessageRole;
  /** The text of the message, its parts joined by line breaks; empty where it has none. */
  readonly text: string;
  /** ISO 8601, as the vendor tells it. */
  readonly createdAt?: string;
  /** The vendor's own message. */
  readonly raw: RawIn<S, "messages">;
}

/** The vendor's own row, message or answer of a verb. */
export type RawIn<
  S extends Shape,
  Verb extends "list" | "delete" | "messages" | "addMessage",
> = S["verbs"][Verb]["raw"];

/** A conversation of a list, with the vendor's own row. */
export interface ListedConversation<S extends Shape = Shape> extends Conversation {
  /** The id, as every other call takes it. */
  readonly id: S["id"];
  /** The vendor's own row. */
  readonly raw: RawIn<S, "list">;
}

/** Which conversations a list is about. All of it must hold; a value is compared exactly. */
export interface ListFilter extends Partial<CommonFields> {
  /** Top-level metadata keys and the value each must have. */
  readonly metadata?: { readonly [key: string]: Json };
  /** Created at this time or later: ISO 8601 or a `Date`. */
  readonly createdAfter?: string | Date;
  /** Created at this time or earlier: ISO 8601 or a `Date`. */
  readonly createdBefore?: string | Date;
  /** Changed at this time or later: ISO 8601 or a `Date`. */
  readonly updatedAfter?: string | Date;
  /** Changed at this time or earlier: ISO 8601 or a `Date`. */
  readonly updatedBefore?: string | Date;
}

/** Options of `list`; those of HTTP calls hold for each page. */
export interface ListOptions extends HttpOptions {
  /** Which conversations; all of it must hold. Default: all conversations. */
  readonly filter?: ListFilter;
  /**
   * Reads every conversation and filters here what the vendor cannot filter. Default false: such a filter is refused.
   * `scanned` of each page says how many were read.
   */
  readonly scan?: boolean;
  /** Conversations in all, from 1. Default: no limit. */
  readonly limit?: number;
  /** `cursor` of a page of the same list, to go on after it. */
  readonly cursor?: string;
}

/** One page of a list. */
export interface Page<Item> {
  /** The items of this page that pass the filter. */
  readonly items: readonly Item[];
  /** Goes on after this page; absent on the last one. */
  readonly cursor?: string;
  /** Rows the vendor sent for this page, before filtering. */
  readonly scanned: number;
  /** The vendor's id of the request, where it sends one. */
  readonly requestId?: string;
  /** HTTP requests that were started for this page, retries included. */
  readonly httpRequests: number;
}

/** Items as they are read, page after page; nothing is sent before it is iterated. */
export interface PagedList<Item> extends AsyncIterable<Item> {
  /** The same by the page, with the cursor to go on from. */
  pages(): AsyncIterable<Page<Item>>;
}

/** Options of `messages`. */
export type MessagesOptions = HttpOptions & Pick<ListOptions, "limit" | "cursor">;

/** A message to add. */
export interface NewMessage {
  /** Who wrote it. */
  readonly role: "user" | "assistant" | "system";
  /** Not empty. */
  readonly text: string;
}

/** What `create` gives. */
export interface CreateResult<S extends Shape = Shape> {
  /** The vendor's name. */
  readonly provider: string;
  /** The id of the new conversation, as every other call takes it. */
  readonly id: S["id"];
  /** The conversation in our words. Its metadata is as it is stored. */
  readonly conversation: Conversation;
  /** Its metadata as the schema returns it; `undefined` without a schema. */
  readonly parsedMetadata: S["parsed"];
  /** The vendor's own conversation. */
  readonly raw: S["raw"];
  /** Whether a conversation with this `externalId` was there before; nothing was created or changed then. */
  readonly existed: boolean;
  /** Fields that were left out, or kept in metadata; empty as a rule. */
  readonly warnings: readonly Warning[];
  /** The vendor's id of the last request, where it sends one. */
  readonly requestId?: string;
  /** HTTP requests that were started, retries included. */
  readonly httpRequests: number;
}

/** What `delete`, `archive`, `unarchive` and `addMessage` give. */
export interface VerbResult {
  /** The vendor's name. */
  readonly provider: string;
  /** The id as the caller gave it. */
  readonly id: string | number;
  /** The vendor's own answer; `undefined` where it has no body. */
  readonly raw: unknown;
  /** The vendor's id of the last request, where it sends one. */
  readonly requestId?: string;
  /** HTTP requests that were started, retries included. */
  readonly httpRequests: number;
}

/** What `delete` gives. */
export interface DeleteResult<S extends Shape = Shape> extends VerbResult {
  readonly raw: RawIn<S, "delete">;
  /** What the vendor is documented to keep; `null` where nothing is said to remain. */
  readonly leaves: string | null;
}

/** What `archive` and `unarchive` give. */
export interface ArchiveResult<S extends Shape = Shape> extends VerbResult {
  readonly raw: S["answer"];
}

/** What `addMessage` gives. */
export interface AddMessageResult<S extends Shape = Shape> extends VerbResult {
  readonly raw: RawIn<S, "addMessage">;
}
