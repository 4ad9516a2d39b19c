import type { Conversation } from "./conversation.ts";
import type { Message } from "./verbs.ts";

/** A conversation with all that can be read of it: plain JSON, to be stored or imported elsewhere. */
export interface ExportDocument {
  /** Tells this document from others. */
  readonly kind: "convo_export";
  /** Of this format. */
  readonly version: 1;
  /** ISO 8601. */
  readonly exportedAt: string;
  /** Where it comes from: vendor, server, account and path parameters. It holds no key. */
  readonly source: { readonly provider: string; readonly account: string; readonly id: string | number };
  /** In our words, metadata included. */
  readonly conversation: Conversation;
  /** The vendor's own conversation. */
  readonly raw: unknown;
  /** Oldest first where the vendor can; each with the vendor's own as `raw`. Empty where the vendor has no messages. */
  readonly messages: readonly Message[];
  /** Files of messages, by reference: the vendor's own records, whose addresses may expire. Their content is not part of the document. */
  readonly attachments: readonly { readonly message: string | number | null; readonly raw: unknown }[];
}

/** What could not be carried over by an import. */
export interface NotCarried {
  /** Path in the document: `conversation.summary`, `messages[3]`, `attachments`. */
  readonly path: string;
  /** Why, as a sentence. */
  readonly reason: string;
}

/** What an import did. */
export interface ImportResult {
  /** The vendor's name. */
  readonly provider: string;
  /** The id of the new conversation. */
  readonly id: string | number;
  /** The conversation that was created, or continued. */
  readonly conversation: Conversation;
  /** Whether a conversation with this `externalId` was there before: its messages were completed. */
  readonly existed: boolean;
  /** Messages that were added. */
  readonly messages: number;
  /** What the vendor cannot hold, each with its reason. */
  readonly notCarried: readonly NotCarried[];
  /** HTTP requests that were started, retries included. */
  readonly httpRequests: number;
}
