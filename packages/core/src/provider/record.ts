import type { ClientOptions } from "@convo/client";
import type { CommonField } from "../types/conversation.ts";
import type { VendorClient } from "../types/shape.ts";
import type { Verbs } from "./verbs.ts";

/** A vendor field that has the name of a common one and means something else: an answer, where `null` would be an oversight. */
export interface Homonym<Key extends string = string> {
  /** The field on the wire that means something else. */
  readonly homonym: Key;
}

/** How a vendor keeps metadata. */
export interface MetadataRules {
  /** Its name on the wire. */
  readonly field: string;
  /**
   * What a write does to keys it does not name: `replace` removes them, `merge` keeps them and cannot remove any; `patch` keeps them, and
   * `null` removes a key; `unknown` where the vendor does not say.
   */
  readonly write: "replace" | "merge" | "patch" | "unknown";
  /** What a value may be. */
  readonly values: "string" | "json";
  /** What a read says of a conversation that has none yet, besides `{}`. Any other absence is an answer not to be trusted. */
  readonly emptyAs?: "null" | "absent";
}

/** How another id the caller may hold leads to the one in the path. */
export interface LookupRules {
  /** The list that is asked, as `GET /path`. */
  readonly route: string;
  /** The query parameter that takes the id, and what goes with it. */
  readonly param: string;
  /** Further query parameters. */
  readonly query: Readonly<Record<string, unknown>>;
  /** Key of the answer that holds the rows. */
  readonly rows: string;
  /** Key of a row that must equal the id asked for. */
  readonly match: string;
}

/** The properties that hold the conversation where a body is a box around it: of the answers to a read and an update, of an update's request. */
export interface Envelope {
  /** May lead further in: `data.conversation`. */
  readonly read?: string;
  /** Around the answer to an update. */
  readonly update?: string;
  /** Around the request of an update. */
  readonly request?: string;
}

/** A provider record, as the runtime reads it. `defineProvider` is what checks it against the spec. */
export interface ProviderData {
  /** Makes the vendor's client. */
  readonly client: (options?: ClientOptions) => VendorClient;
  /** The route of one conversation: `GET /threads/{thread}`. */
  readonly read: string;
  /** The route that changes one: `PATCH /threads/{thread}`. */
  readonly update: string;
  /** The path parameter that is the conversation's id. */
  readonly id: string;
  /** `"integer"` where the path takes a number. Answers may say it as text anyway. */
  readonly idType?: "integer";
  /** The key of an answer that holds that id. */
  readonly idField: string;
  /** Whether the answer to an update is the conversation (or the part of it that was sent). */
  readonly returnsConversation: boolean;
  /** Ids the vendor answers under another name. */
  readonly idAliases?: readonly string[];
  /** How another id leads to the one in the path; left out where there is none. */
  readonly lookup?: LookupRules;
  /** Boxes around the conversation in bodies; left out where there are none. */
  readonly envelope?: Envelope;
  /** What answers call a field of the update's body, where that is another name: `{ FriendlyName: "friendly_name" }`. */
  readonly answerNames?: Readonly<Record<string, string>>;
  /**
   * Fields of the update's body that every write repeats from a read before it, because the vendor demands them. Where the spec says that a
   * write replaces the conversation (`x-convo-replaces`), all of them are.
   */
  readonly resend?: readonly string[];
  /** Where each common field goes on the wire: a field, or `null`. */
  readonly fields: Readonly<Record<CommonField, string | null | Homonym>>;
  /** How the vendor keeps metadata; `null` where it has none. */
  readonly metadata: null | MetadataRules | Homonym;
  /** The fields of an answer that hold times; `null` where the vendor does not tell. */
  readonly timestamps: { readonly createdAt: string | null; readonly updatedAt: string | null };
  /** What the vendor can do with a conversation besides reading and updating it; without it, nothing. */
  readonly verbs?: Verbs;
}
