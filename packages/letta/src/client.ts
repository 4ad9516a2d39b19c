// Generated from specs/letta/openapi.yaml by `pnpm regen`. Do not edit: change the spec.
import {
  type ApiPromise,
  type CallOptions,
  type Client,
  type ClientOptions,
  createClient,
  type PagePromise,
  type StreamPromise,
} from "@convo/client";
import type { components, operations, paths } from "./schema.ts";
import { vendor } from "./vendor.ts";

type Schemas = components["schemas"];

/** Options of `createConversation`: its query, and those of every call. */
export interface CreateConversationOptions extends CallOptions {
  query: NonNullable<operations["createConversation"]["parameters"]["query"]>;
}

/** Options of `listConversations`: its query, and those of every call. */
export interface ListConversationsOptions extends CallOptions {
  query?: NonNullable<operations["listConversations"]["parameters"]["query"]> | undefined;
}

/** Options of `forkConversation`: its query, and those of every call. */
export interface ForkConversationOptions extends CallOptions {
  query?: NonNullable<operations["forkConversation"]["parameters"]["query"]> | undefined;
}

/** Options of `cancelConversation`: its query, and those of every call. */
export interface CancelConversationOptions extends CallOptions {
  query?: NonNullable<operations["cancelConversation"]["parameters"]["query"]> | undefined;
}

/** Options of `recompileConversation`: its query, and those of every call. */
export interface RecompileConversationOptions extends CallOptions {
  query?: NonNullable<operations["recompileConversation"]["parameters"]["query"]> | undefined;
}

/** Options of `listConversationMessages`: its query, and those of every call. */
export interface ListConversationMessagesOptions extends CallOptions {
  query?: NonNullable<operations["listConversationMessages"]["parameters"]["query"]> | undefined;
}

/** Typed client of Letta Conversations API: one method per operation. A method rejects with `ConvoError`, or with what a callback you gave it throws. */
export interface LettaClient extends Client<paths> {
  /**
   * Create a conversation
   *
   * Start a conversation on an agent. The trailing slash of the path matters: without it servers redirect.
   *
   * `POST /v1/conversations/`
   */
  createConversation(
    body: Schemas["CreateConversationBody"] | undefined,
    options: CreateConversationOptions,
  ): ApiPromise<Schemas["Conversation"]>;

  /**
   * List conversations
   *
   * List conversations, newest first in the base era. The answer is a bare array; a page shorter than `limit` is the last. An unknown `after` id gives 404 on the open-source server.
   *
   * `GET /v1/conversations/`
   */
  listConversations(
    options?: ListConversationsOptions,
  ): PagePromise<Schemas["ConversationList"], Schemas["ConversationList"][number]>;

  /**
   * Get a conversation
   *
   * Read one conversation; the only operation that fills `in_context_message_ids` on every server.
   *
   * `GET /v1/conversations/{conversation_id}`
   */
  getConversation(conversationId: string, options?: CallOptions): ApiPromise<Schemas["Conversation"]>;

  /**
   * Update a conversation
   *
   * Change the fields that are present and not null; all else stays. Null is ignored by the open-source servers, so it does not clear a field. Unknown fields are ignored. `{}` is valid and may still move `updated_at`.
   *
   * `PATCH /v1/conversations/{conversation_id}`
   */
  updateConversation(
    conversationId: string,
    body: Schemas["UpdateConversationBody"],
    options?: CallOptions,
  ): ApiPromise<Schemas["Conversation"]>;

  /**
   * Delete a conversation
   *
   * Soft delete: the conversation and the messages no live fork shares are hidden, isolated blocks are gone for good. Reading, updating or deleting it again gives 404.
   *
   * `DELETE /v1/conversations/{conversation_id}`
   */
  deleteConversation(
    conversationId: string,
    options?: CallOptions,
  ): ApiPromise<Schemas["DeleteConversationResult"]>;

  /**
   * Fork a conversation
   *
   * Make a new conversation on the same agent that shares the messages in context. The fork has a fresh system message, copies the model overrides and starts with a null `summary`.
   *
   * `POST /v1/conversations/{conversation_id}/fork`
   */
  forkConversation(
    conversationId: string,
    body?: undefined,
    options?: ForkConversationOptions,
  ): ApiPromise<Schemas["Conversation"]>;

  /**
   * Cancel the active runs
   *
   * Stop what runs in the conversation. Nothing running gives 409; run tracking switched off gives 400.
   *
   * `POST /v1/conversations/{conversation_id}/cancel`
   */
  cancelConversation(
    conversationId: string,
    body?: undefined,
    options?: CancelConversationOptions,
  ): ApiPromise<Schemas["CancelConversationResult"]>;

  /**
   * Recompile the system prompt
   *
   * Compile the conversation's system prompt again, store it, and answer with its text.
   *
   * `POST /v1/conversations/{conversation_id}/recompile`
   */
  recompileConversation(
    conversationId: string,
    body?: Schemas["RecompileConversationBody"],
    options?: RecompileConversationOptions,
  ): ApiPromise<Schemas["CompiledSystemPrompt"]>;

  /**
   * List messages
   *
   * List all messages, not only those in context, as a bare array. On the open-source server `before` always means older and `after` newer, whatever `order` says, so page with `order=desc&before=` or `order=asc&after=`. An unknown conversation gives `[]`, an unknown cursor is ignored.
   *
   * `GET /v1/conversations/{conversation_id}/messages`
   */
  listConversationMessages(
    conversationId: string,
    options?: ListConversationMessagesOptions,
  ): PagePromise<Schemas["LettaMessageList"], Schemas["LettaMessageList"][number]>;

  /**
   * Send messages
   *
   * Give the agent new input and run it. With `streaming` true, which is what leaving it out means, the answer is a stream of server-sent events; with false it is one JSON object. One request may be active per conversation, a second gets 409. From E2 on, `otid` on the input de-duplicates a repeated send.
   *
   * `POST /v1/conversations/{conversation_id}/messages`
   */
  sendConversationMessage(
    conversationId: string,
    body: Schemas["SendConversationMessageBody"] & {
      streaming?: Exclude<Schemas["SendConversationMessageBody"]["streaming"], false>;
    },
    options?: CallOptions,
  ): StreamPromise<Schemas["LettaStreamEvent"]>;

  /**
   * Send messages
   *
   * Give the agent new input and run it. With `streaming` true, which is what leaving it out means, the answer is a stream of server-sent events; with false it is one JSON object. One request may be active per conversation, a second gets 409. From E2 on, `otid` on the input de-duplicates a repeated send.
   *
   * `POST /v1/conversations/{conversation_id}/messages`
   */
  sendConversationMessage(
    conversationId: string,
    body: Schemas["SendConversationMessageBody"] & { streaming: false },
    options?: CallOptions,
  ): ApiPromise<Schemas["LettaResponse"]>;

  /**
   * Preview the model request
   *
   * Build the request the model provider would get for this input, and answer with it instead of sending it.
   *
   * `POST /v1/conversations/{conversation_id}/messages/preview-raw-payload`
   */
  previewConversationModelRequest(
    conversationId: string,
    body: Schemas["SendConversationMessageBody"],
    options?: CallOptions,
  ): ApiPromise<Schemas["RawModelRequest"]>;

  /**
   * Resume a stream
   *
   * Follow a run again from a sequence number. The run must have been sent with `background` true and be younger than three hours (else 410); without an active run the answer is 400. From E2 on the run is found by `run_id`, then `otid`, then the latest active one.
   *
   * `POST /v1/conversations/{conversation_id}/stream`
   */
  retrieveConversationStream(
    conversationId: string,
    body?: Schemas["RetrieveConversationStreamBody"],
    options?: CallOptions,
  ): StreamPromise<Schemas["LettaStreamEvent"]>;

  /**
   * Compact the context
   *
   * Summarise the messages in context to make room. Nothing to compact, or a summary that does not shrink the context, gives 400.
   *
   * `POST /v1/conversations/{conversation_id}/compact`
   */
  compactConversation(
    conversationId: string,
    body?: Schemas["CompactConversationBody"],
    options?: CallOptions,
  ): ApiPromise<Schemas["CompactionResponse"]>;
}

/**
 * Creates a client for Letta. Options left out come from the environment at the first call: the key from
 * `LETTA_API_KEY`, the base URL from `LETTA_BASE_URL`.
 *
 * @throws ConvoError of kind `invalid` or `auth` for invalid options.
 * @see https://docs.letta.com/api
 */
export function createLettaClient(options?: ClientOptions): LettaClient {
  return createClient<LettaClient>(vendor, options);
}
