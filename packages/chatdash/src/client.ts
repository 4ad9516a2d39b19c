// Generated from specs/chatdash/openapi.yaml by `pnpm regen`. Do not edit: change the spec.
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

/** Options of `listConversations`: its query, and those of every call. */
export interface ListConversationsOptions extends CallOptions {
  query?: NonNullable<operations["listConversations"]["parameters"]["query"]> | undefined;
}

/** Options of `getConversation`: its query, and those of every call. */
export interface GetConversationOptions extends CallOptions {
  query?: NonNullable<operations["getConversation"]["parameters"]["query"]> | undefined;
}

/** Typed client of ChatDash API: one method per operation. A method rejects with `ConvoError`, or with what a callback you gave it throws. */
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
    options?: ListConversationsOptions,
  ): PagePromise<Schemas["ConversationList"], Schemas["ConversationList"][number]>;

  /**
   * Create a conversation
   *
   * Stores a new conversation for the agent and returns it; the vendor advises to fill many fields.
   *
   * `POST /agents/{agentId}/conversations`
   */
  createConversation<Own extends object, Own2 extends object>(
    agentId: string,
    body: WithMap<WithMap<Schemas["CreateConversationBody"], "customAnalysis", Own>, "metadata", Own2>,
    options?: CallOptions,
  ): ApiPromise<Schemas["CreateConversationResponse"]>;

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
    options?: GetConversationOptions,
  ): ApiPromise<Schemas["Conversation"]>;

  /**
   * Update a conversation
   *
   * Sets the fields that are sent and answers with a message only; read the conversation again for its new state. The vendor's prose names five fields, its schema 34; the schema counts.
   *
   * `PUT /agents/{agentId}/conversations/{conversationId}`
   */
  updateConversation<Own extends object, Own2 extends object>(
    agentId: string,
    conversationId: string,
    body: WithMap<WithMap<Schemas["UpdateConversationBody"], "customAnalysis", Own>, "metadata", Own2>,
    options?: CallOptions,
  ): ApiPromise<Schemas["MessageResponse"]>;

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
  ): ApiPromise<Schemas["MessageResponse"]>;

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
  ): PagePromise<Schemas["MessageList"], Schemas["MessageList"][number]>;

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
  ): ApiPromise<Schemas["MessageResponse"]>;

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
  ): ApiPromise<Schemas["MessageResponse"]>;

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
  ): ApiPromise<Schemas["MessageResponse"]>;
}

/**
 * Creates a client for ChatDash. Options left out come from the environment at the first call: the key from
 * `CHATDASH_API_KEY`, the base URL from `CHATDASH_BASE_URL`.
 *
 * @throws ConvoError of kind `invalid` or `auth` for invalid options.
 * @see https://docs.chat-dash.com/
 */
export function createChatDashClient(options?: ClientOptions): ChatDashClient {
  return createClient<ChatDashClient>(vendor, options);
}
