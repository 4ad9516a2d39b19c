import type { Json, Metadata } from "../metadata/json.ts";
import type { CommonField } from "../types/conversation.ts";
import type { MessageRole } from "../types/verbs.ts";

/** Query parameters under their wire names. */
export type WireQuery = Readonly<Record<string, string | number | boolean>>;

/** How a vendor creates a conversation. */
export interface CreateRules {
  readonly route: string;
  /** What the answer is: the conversation, its id alone, or an object that has the conversation, or its id, under a key. */
  readonly returns: "conversation" | "id" | { readonly in: string } | { readonly id: string };
  /** Property of the body that holds the conversation, where the body is a box around it. */
  readonly request?: { readonly in: string };
  /** What an update can set and a create cannot. */
  readonly lacks?: readonly (CommonField | "metadata")[];
  /** The external id: the caller's own id of a conversation, by which a create that is repeated finds the first one. */
  readonly externalId?: ExternalIdRules;
}

/** How a vendor keeps the external id. */
export interface ExternalIdRules {
  /** Field of the create's body, and of a read's answer, that holds it. */
  readonly field: string;
  /** Whether a create without it is refused. */
  readonly required: boolean;
  /** How it finds the conversation: as an id that the record's `lookup` resolves, or in the read's path with this query. */
  readonly find: "lookup" | WireQuery;
}

/** What a list can be filtered by, besides metadata. */
export type FilterField = CommonField | "createdAfter" | "createdBefore" | "updatedAfter" | "updatedBefore";

/** How a vendor lists conversations. */
export interface ListRules {
  readonly route: string;
  /** Queries whose answers together hold every conversation, each in an order that a delete does not shift. */
  readonly queries: readonly WireQuery[];
  /** Field of the answer that holds the rows, where the route is not a list itself: one answer is the whole list then. */
  readonly in?: string;
  /** Row field that is true for a conversation that is deleted and still listed. */
  readonly deleted?: string;
  /**
   * Query parameters that narrow the list by a field. What they let through is compared again, so one that matches
   * more than the exact value serves as well.
   */
  readonly filters: { readonly [K in FilterField]?: string };
  /** The query that narrows the list to a value of a metadata key; `undefined` where the vendor cannot tell it apart. */
  readonly metadata?: (key: string, value: Json) => WireQuery | undefined;
}

/** How a vendor deletes a conversation, and what it is documented to keep. */
export interface DeleteRules {
  readonly route: string;
  /** What remains at the vendor, as documented; `null` where nothing is said to remain. */
  readonly leaves: string | null;
  /** Field of a read's answer that is true once the conversation is deleted, where a read still finds it. */
  readonly hidden?: string;
  /** Parts of a conversation with a delete of their own, deleted before it by `erase`. */
  readonly parts?: readonly PartRules[];
}

/** Something that belongs to a conversation and is deleted by itself. */
export interface PartRules {
  /** What it is called, in the plural: `items`. */
  readonly name: string;
  readonly list: string;
  readonly delete: string;
  /** Path parameter of `delete`, and the field of a row that fills it. */
  readonly param: string;
  readonly id: string;
  /** Query parameter of `list` that takes the conversation's id, where its path does not. */
  readonly of?: string;
}

/** How a vendor archives a conversation: a field of the update that is true or false. */
export interface ArchiveRules {
  readonly field: string;
}

/** Where a conversation's messages are, and what they are called on the wire. */
export interface MessageRules {
  readonly route: string;
  /** Oldest first, where the vendor can. */
  readonly query?: WireQuery;
  /** Field of the answer that holds them, where the route is not a list itself. */
  readonly in?: string;
  readonly id: string | null;
  /**
   * Field that says who speaks, `author.type` of one further in, and our word for each of its values, `true` and `undefined` (no such
   * field) among them; any other is `other`.
   */
  readonly role: string;
  readonly roles: Readonly<Record<string, MessageRole>>;
  /** Field with the text, or with parts that have one. */
  readonly text: string;
  readonly createdAt: string | null;
  /** Field with the files of a message. */
  readonly attachments?: string;
  /** How messages are added without running a model. */
  readonly add?: AddMessageRules;
}

/** How messages are added to a conversation. */
export interface AddMessageRules {
  readonly route: string;
  /** Field of the body that takes the list of messages. */
  readonly in: string;
  /** Messages of one call at most. */
  readonly most: number;
  /** A message in the vendor's words. */
  readonly toWire: (message: { role: MessageRole; text: string }) => Metadata;
}

/** A vendor's rules for a verb; only a vendor that has the verb comes here. Throws TypeError otherwise. */
export function rulesFor<V extends keyof Verbs>(
  { data }: { readonly data: { readonly verbs?: Verbs } },
  verb: V,
): NonNullable<Verbs[V]> {
  const rules = data.verbs?.[verb];
  if (!rules) throw new TypeError(`The record has no rules for ${verb}`);
  return rules;
}

/** What a vendor can do with a conversation besides reading and updating it; `null` where it cannot. */
export interface Verbs {
  readonly create?: CreateRules | null;
  readonly list?: ListRules | null;
  readonly delete?: DeleteRules | null;
  readonly archive?: ArchiveRules | null;
  readonly messages?: MessageRules | null;
}
