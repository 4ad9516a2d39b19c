// Generated from specs/datagrid/openapi.yaml by `pnpm regen`. Do not edit: change the spec.
import {
  type CallOptions,
  type Client,
  type ClientOptions,
  createClient,
  type PageRequest,
} from "@convo/client";
import type { components, operations, paths } from "./schema.ts";
import { vendor } from "./vendor.ts";

type Schemas = components["schemas"];
type Query<Name extends keyof operations> = NonNullable<operations[Name]["parameters"]["query"]>;

/** Typed client of Datagrid API: one method per operation. Every method throws `ConvoError`. */
export interface DatagridClient extends Client<paths> {
  /**
   * List conversations
   *
   * Returns one page of the conversations of the teamspace.
   *
   * `GET /conversations`
   */
  listConversations(
    query?: Query<"listConversations">,
    options?: CallOptions,
  ): PageRequest<Schemas["ConversationList"], Schemas["ConversationList"]["data"][number]>;

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
  ): Promise<Schemas["Conversation"]>;

  /**
   * Read one conversation
   *
   * Returns the conversation with this id.
   *
   * `GET /conversations/{conversation_id}`
   */
  getConversation(conversationId: string, options?: CallOptions): Promise<Schemas["Conversation"]>;

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
  ): Promise<Schemas["Conversation"]>;

  /**
   * Delete a conversation
   *
   * Removes the conversation and answers without a body.
   *
   * `DELETE /conversations/{conversation_id}`
   */
  deleteConversation(conversationId: string, options?: CallOptions): Promise<void>;

  /**
   * List the messages of a conversation
   *
   * Returns one page of messages; the order cannot be chosen.
   *
   * `GET /conversations/{conversation_id}/messages`
   */
  listConversationMessages(
    conversationId: string,
    query?: Query<"listConversationMessages">,
    options?: CallOptions,
  ): PageRequest<Schemas["MessageList"], Schemas["MessageList"]["data"][number]>;

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
  ): Promise<Schemas["Message"]>;
}

/**
 * Creates a client for Datagrid. Options left out come from the environment at the first call: the key from
 * `DATAGRID_API_KEY`, the base URL from `DATAGRID_BASE_URL`.
 *
 * @throws ConvoError of kind `invalid` when an option is not usable.
 * @see https://developers.datagrid.com/
 */
export function createDatagridClient(options?: ClientOptions): DatagridClient {
  return createClient<DatagridClient>(vendor, options);
}
