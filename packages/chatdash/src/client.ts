// Generated from specs/chatdash/openapi.yaml by `pnpm regen`. Do not edit: change the spec.
import { type CallOptions, type Client, type ClientOptions, createClient } from "@convo/client";
import type { components, operations, paths } from "./schema.ts";
import { vendor } from "./vendor.ts";

type Schemas = components["schemas"];
type Query<Name extends keyof operations> = NonNullable<operations[Name]["parameters"]["query"]>;

/** Typed client of ChatDash API: one method per operation. Every method throws `ConvoError`. */
export interface ChatDashClient extends Client<paths> {
  /**
   * List the conversations of an agent
   *
   * Returns a plain array. Left alone, the filters `record` and `interacted` act as true, so a bare call omits conversations that are not recorded or that no user took part in.
   *
   * `GET /agents/{agentId}/conversations`
   */
  listConversations(
    agentId: string,
    query?: Query<"listConversations">,
    options?: CallOptions,
  ): Promise<Schemas["ConversationList"]>;

  /**
   * Create a conversation
   *
   * Stores a new conversation for the agent and returns it; the vendor advises to fill many fields.
   *
   * `POST /agents/{agentId}/conversations`
   */
  createConversation(
    agentId: string,
    body: Schemas["CreateConversationBody"],
    options?: CallOptions,
  ): Promise<Schemas["CreateConversationResponse"]>;

  /**
   * Read one conversation
   *
   * The only operation that can also take the id of the source platform in the path.
   *
   * `GET /agents/{agentId}/conversations/{conversationId}`
   */
  getConversation(
    agentId: string,
    conversationId: string,
    query?: Query<"getConversation">,
    options?: CallOptions,
  ): Promise<Schemas["Conversation"]>;

  /**
   * Update a conversation
   *
   * Sets the fields that are sent and answers with a message only; read the conversation again for its new state. The vendor's prose names five fields, its schema 34; the schema counts.
   *
   * `PUT /agents/{agentId}/conversations/{conversationId}`
   */
  updateConversation(
    agentId: string,
    conversationId: string,
    body: Schemas["UpdateConversationBody"],
    options?: CallOptions,
  ): Promise<Schemas["MessageResponse"]>;

  /**
   * Delete a conversation
   *
   * Removes the conversation with this `_id`.
   *
   * `DELETE /agents/{agentId}/conversations/{conversationId}`
   */
  deleteConversation(
    agentId: string,
    conversationId: string,
    options?: CallOptions,
  ): Promise<Schemas["MessageResponse"]>;

  /**
   * List the messages of a conversation
   *
   * Returns all messages as a plain array; there is no paging.
   *
   * `GET /agents/{agentId}/conversations/{conversationId}/messages`
   */
  listConversationMessages(
    agentId: string,
    conversationId: string,
    options?: CallOptions,
  ): Promise<Schemas["MessageList"]>;

  /**
   * Add messages to a conversation
   *
   * Appends one or more messages; sending the same call twice appends them twice.
   *
   * `POST /agents/{agentId}/conversations/{conversationId}/messages`
   */
  addConversationMessages(
    agentId: string,
    conversationId: string,
    body: Schemas["AddConversationMessagesBody"],
    options?: CallOptions,
  ): Promise<Schemas["MessageResponse"]>;

  /**
   * Replace the messages of a conversation
   *
   * Overwrites the whole list of messages with the one sent.
   *
   * `PUT /agents/{agentId}/conversations/{conversationId}/messages`
   */
  replaceConversationMessages(
    agentId: string,
    conversationId: string,
    body: Schemas["ReplaceConversationMessagesBody"],
    options?: CallOptions,
  ): Promise<Schemas["MessageResponse"]>;

  /**
   * Delete the messages of a conversation
   *
   * Removes every message of the conversation and keeps the conversation.
   *
   * `DELETE /agents/{agentId}/conversations/{conversationId}/messages`
   */
  deleteConversationMessages(
    agentId: string,
    conversationId: string,
    options?: CallOptions,
  ): Promise<Schemas["MessageResponse"]>;
}

/**
 * Creates a client for ChatDash. Options left out come from the environment at the first call: the key from
 * `CHATDASH_API_KEY`, the base URL from `CHATDASH_BASE_URL`.
 *
 * @throws ConvoError of kind `invalid` when an option is not usable.
 * @see https://docs.chat-dash.com/
 */
export function createChatDashClient(options?: ClientOptions): ChatDashClient {
  return createClient<ChatDashClient>(vendor, options);
}
