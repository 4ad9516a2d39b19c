// Generated from specs/openai/openapi.yaml by `pnpm regen`. Do not edit: change the spec.
import {
  type ApiPromise,
  type CallOptions,
  type Client,
  type ClientOptions,
  createClient,
  type PagePromise,
  type WithMap,
} from "@convo/client";
import type { components, operations, paths } from "./schema.ts";
import { vendor } from "./vendor.ts";

type Schemas = components["schemas"];

/** Options of `createConversationItems`: its query, and those of every call. */
export interface CreateConversationItemsOptions extends CallOptions {
  query?: NonNullable<operations["createConversationItems"]["parameters"]["query"]> | undefined;
}

/** Options of `listConversationItems`: its query, and those of every call. */
export interface ListConversationItemsOptions extends CallOptions {
  query?: NonNullable<operations["listConversationItems"]["parameters"]["query"]> | undefined;
}

/** Options of `getConversationItem`: its query, and those of every call. */
export interface GetConversationItemOptions extends CallOptions {
  query?: NonNullable<operations["getConversationItem"]["parameters"]["query"]> | undefined;
}

/** Typed client of OpenAI Conversations API: one method per operation. A method rejects with `ConvoError`, or with what a callback you gave it throws. */
export interface OpenAIClient extends Client<paths> {
  /**
   * Create a conversation
   *
   * Creates a conversation, optionally with metadata and up to 20 first items. The items are taken all or none.
   *
   * `POST /conversations`
   */
  createConversation<Own extends object>(
    body?: WithMap<Schemas["CreateConversationBody"], "metadata", Own>,
    options?: CallOptions,
  ): ApiPromise<Schemas["Conversation"]>;

  /**
   * Get a conversation
   *
   * Returns the conversation with its metadata. Its items are listed separately.
   *
   * `GET /conversations/{conversation_id}`
   */
  getConversation(conversationId: string, options?: CallOptions): ApiPromise<Schemas["Conversation"]>;

  /**
   * Update a conversation
   *
   * Sets the conversation's metadata and returns the conversation. Whether the map sent replaces the stored one or is merged into it is not documented (users report a merge), nor is what null does: read first, then send the complete map.
   *
   * `POST /conversations/{conversation_id}`
   */
  updateConversation<Own extends object>(
    conversationId: string,
    body: WithMap<Schemas["UpdateConversationBody"], "metadata", Own>,
    options?: CallOptions,
  ): ApiPromise<Schemas["Conversation"]>;

  /**
   * Delete a conversation
   *
   * Deletes the conversation but not its items. From then on it answers 404, also to a second delete.
   *
   * `DELETE /conversations/{conversation_id}`
   */
  deleteConversation(
    conversationId: string,
    options?: CallOptions,
  ): ApiPromise<Schemas["DeletedConversation"]>;

  /**
   * Add items
   *
   * Adds up to 20 items, all or none, and returns just those. The server gives them ids of its own and, to messages, the status `completed`.
   *
   * `POST /conversations/{conversation_id}/items`
   */
  createConversationItems(
    conversationId: string,
    body: Schemas["CreateConversationItemsBody"],
    options?: CreateConversationItemsOptions,
  ): ApiPromise<Schemas["ConversationItemList"]>;

  /**
   * List items
   *
   * Lists the conversation's items by position, newest first unless asked otherwise.
   *
   * `GET /conversations/{conversation_id}/items`
   */
  listConversationItems(
    conversationId: string,
    options?: ListConversationItemsOptions,
  ): PagePromise<Schemas["ConversationItemList"], Schemas["ConversationItemList"]["data"][number]>;

  /**
   * Get an item
   *
   * Returns one item of the conversation.
   *
   * `GET /conversations/{conversation_id}/items/{item_id}`
   */
  getConversationItem(
    conversationId: string,
    itemId: string,
    options?: GetConversationItemOptions,
  ): ApiPromise<Schemas["ConversationItem"]>;

  /**
   * Delete an item
   *
   * Deletes one item. Recorded traffic answers with a deletion notice; the vendor documents the conversation. Either is accepted: `object` tells them apart.
   *
   * `DELETE /conversations/{conversation_id}/items/{item_id}`
   */
  deleteConversationItem(
    conversationId: string,
    itemId: string,
    options?: CallOptions,
  ): ApiPromise<Schemas["DeleteConversationItemResult"]>;
}

/**
 * Creates a client for OpenAI. Options left out come from the environment at the first call: the key from
 * `OPENAI_API_KEY`, the base URL from `OPENAI_BASE_URL`.
 *
 * @throws ConvoError of kind `invalid` or `auth` for invalid options.
 * @see https://platform.openai.com/docs/api-reference/conversations
 */
export function createOpenAIClient(options?: ClientOptions): OpenAIClient {
  return createClient<OpenAIClient>(vendor, options);
}
