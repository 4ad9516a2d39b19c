// Generated from specs/datagrid/openapi.yaml by `pnpm regen`. Do not edit: change the spec.
import {
  type ApiPromise,
  type CallOptions,
  type Client,
  type ClientOptions,
  createClient,
  type PagePromise,
} from "@convo/client";
import type { components, operations, paths } from "./schema.ts";
import { vendor } from "./vendor.ts";

type Schemas = components["schemas"];

/** Options of `listConversations`: its query, and those of every call. */
export interface ListConversationsOptions extends CallOptions {
  query?: NonNullable<operations["listConversations"]["parameters"]["query"]> | undefined;
}

/** Options of `listConversationMessages`: its query, and those of every call. */
export interface ListConversationMessagesOptions extends CallOptions {
  query?: NonNullable<operations["listConversationMessages"]["parameters"]["query"]> | undefined;
}

/** Typed client of Datagrid API: one method per operation. A method rejects with `ConvoError`, or with what a callback you gave it throws. */
export interface DatagridClient extends Client<paths> {
  /**
   * List conversations
   *
   * Returns one page of the conversations of the teamspace.
   *
   * `GET /conversations`
   */
  listConversations(
    options?: ListConversationsOptions,
  ): PagePromise<Schemas["ConversationList"], Schemas["ConversationList"]["data"][number]>;

  /**
   * Create a conversation
   *
   * Creates an empty conversation; sending the call twice creates two.
   *
   * `POST /conversations`
   */
  createConversation(
    body: Schemas["CreateConversationBody"],
    options?: CallOptions,
  ): ApiPromise<Schemas["Conversation"]>;

  /**
   * Read one conversation
   *
   * Returns the conversation with this id.
   *
   * `GET /conversations/{conversation_id}`
   */
  getConversation(conversationId: string, options?: CallOptions): ApiPromise<Schemas["Conversation"]>;

  /**
   * Update a conversation
   *
   * Changes the name or the assigned agents and returns the whole conversation.
   *
   * `PATCH /conversations/{conversation_id}`
   */
  updateConversation(
    conversationId: string,
    body: Schemas["UpdateConversationBody"],
    options?: CallOptions,
  ): ApiPromise<Schemas["Conversation"]>;

  /**
   * Delete a conversation
   *
   * Removes the conversation and answers without a body.
   *
   * `DELETE /conversations/{conversation_id}`
   */
  deleteConversation(conversationId: string, options?: CallOptions): ApiPromise<void>;

  /**
   * List the messages of a conversation
   *
   * Returns one page of messages; the order cannot be chosen.
   *
   * `GET /conversations/{conversation_id}/messages`
   */
  listConversationMessages(
    conversationId: string,
    options?: ListConversationMessagesOptions,
  ): PagePromise<Schemas["MessageList"], Schemas["MessageList"]["data"][number]>;

  /**
   * Read one message
   *
   * Returns one message of the conversation.
   *
   * `GET /conversations/{conversation_id}/messages/{message_id}`
   */
  getConversationMessage(
    conversationId: string,
    messageId: string,
    options?: CallOptions,
  ): ApiPromise<Schemas["Message"]>;
}

/**
 * Creates a client for Datagrid. Options left out come from the environment at the first call: the key from
 * `DATAGRID_API_KEY`, the base URL from `DATAGRID_BASE_URL`.
 *
 * @throws ConvoError of kind `invalid` or `auth` for invalid options.
 * @see https://developers.datagrid.com/
 */
export function createDatagridClient(options?: ClientOptions): DatagridClient {
  return createClient<DatagridClient>(vendor, options);
}
