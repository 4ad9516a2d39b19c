import type { Json } from "../metadata/json.ts";
import type { CommonFields, Conversation, Warning } from "./conversation.ts";
import type { AnswerOf, BodyOf, Opened, QueryOf } from "./spec.ts";
import type { HttpOptions } from "./update.ts";

/** Who wrote a message. `other` is anything a vendor calls by a name that has no common one. */
export type MessageRole = "user" | "assistant" | "system" | "tool" | "other";

/** A message in our words. */
export interface Message<Raw = unknown> {
  /** The vendor's id of the message; absent where messages have none. */
  readonly id?: string | number;
  readonly role: MessageRole;
  /** The text of the message, its parts joined by line breaks; empty where it has none. */
  readonly text: string;
  /** ISO 8601, as the vendor tells it. */
  readonly createdAt?: string;
  /** The vendor's own message. */
  readonly raw: Raw;
}

/** A conversation of a list, with the vendor's own row. */
export type ListedConversation<Raw = unknown> = Conversation & { readonly raw: Raw };

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
  readonly items: readonly Item[];
  /** Goes on after this page; absent on the last one. */
  readonly cursor?: string;
  /** Rows the vendor sent for this page, before filtering. */
  readonly scanned: number;
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
  readonly role: "user" | "assistant" | "system";
  /** Not empty. */
  readonly text: string;
}

/** What `create` gives. */
export interface CreateResult<Raw = unknown, Out = unknown> {
  /** The vendor's name. */
  readonly provider: string;
  /** The id of the new conversation, as every other call takes it. */
  readonly id: string | number;
  readonly conversation: Conversation;
  /** Its metadata as the schema returns it; `undefined` without a schema. */
  readonly parsedMetadata: Out;
  /** The vendor's own conversation. */
  readonly raw: Raw;
  /** Whether a conversation with this `externalId` was there before; nothing was created or changed then. */
  readonly existed: boolean;
  readonly warnings: readonly Warning[];
  readonly requestId?: string;
  /** HTTP requests that were started, retries included. */
  readonly httpRequests: number;
}

/** What `delete`, `archive`, `unarchive` and `addMessage` give. */
export interface VerbResult<Raw = unknown> {
  /** The vendor's name. */
  readonly provider: string;
  /** The id as the caller gave it. */
  readonly id: string | number;
  /** The vendor's own answer; `undefined` where it has no body. */
  readonly raw: Raw;
  readonly requestId?: string;
  /** HTTP requests that were started, retries included. */
  readonly httpRequests: number;
}

/** What `delete` gives. */
export interface DeleteResult<Raw = unknown> extends VerbResult<Raw> {
  /** What the vendor is documented to keep; `null` where nothing is said to remain. */
  readonly leaves: string | null;
}

/** Which verbs a vendor has, as types: `never` where it lacks one. */
export interface VerbShapes {
  create: unknown;
  /** Has the vendor's own row as `raw`; so have those that follow, with the vendor's own answer or message. */
  list: unknown;
  delete: unknown;
  archive: unknown;
  messages: unknown;
  addMessage: unknown;
}

type RowOf<Answer> = Answer extends readonly (infer Row)[]
  ? Row
  : {
      [K in keyof Answer]-?: NonNullable<Answer[K]> extends readonly (infer Row)[] ? Row : never;
    }[keyof Answer];

type RowAt<Answer, Key> = Key extends keyof Answer ? RowOf<NonNullable<Answer[Key]>> : never;

/** An answer that may have no body. */
type RawOf<Answer> = [Answer] extends [never] ? undefined : Answer;

/** The verbs of a record as types. */
export interface VerbsOf<Paths, V, M> {
  create: V extends { create: infer C extends { route: string } }
    ? {
        lacks: C extends { lacks: readonly (infer Field)[] } ? Field : never;
        externalId: C extends { externalId: { required: infer Required } } ? Required : never;
        native: Omit<
          Opened<BodyOf<Paths, C["route"]>, C extends { request: { in: infer Box } } ? Box : undefined>,
          | (M extends { field: infer Field } ? Field & PropertyKey : never)
          | (C extends { externalId: { field: infer Field } } ? Field & PropertyKey : never)
        >;
        query: QueryOf<Paths, C["route"]>;
      }
    : never;
  list: V extends { list: { route: infer R extends string } } ? { raw: RowOf<AnswerOf<Paths, R>> } : never;
  delete: V extends { delete: { route: infer R extends string } }
    ? { raw: RawOf<AnswerOf<Paths, R>> }
    : never;
  archive: V extends { archive: { field: string } } ? true : never;
  messages: V extends { messages: { route: infer R extends string; in: infer Key } }
    ? { raw: RowAt<AnswerOf<Paths, R>, Key> }
    : V extends { messages: { route: infer R extends string } }
      ? { raw: RowOf<AnswerOf<Paths, R>> }
      : never;
  addMessage: V extends { messages: { add: { route: infer R extends string } } }
    ? { raw: RawOf<AnswerOf<Paths, R>> }
    : never;
}
