// Generated from specs/agentsight/openapi.yaml by `pnpm regen`. Do not edit: change the spec.
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

/** Options of `lookupConversation`: its query, and those of every call. */
export interface LookupConversationOptions extends CallOptions {
  query: NonNullable<operations["lookupConversation"]["parameters"]["query"]>;
}

/** Options of `listConversationMetadataValues`: its query, and those of every call. */
export interface ListConversationMetadataValuesOptions extends CallOptions {
  query: NonNullable<operations["listConversationMetadataValues"]["parameters"]["query"]>;
}

/** Options of `listFeedbacks`: its query, and those of every call. */
export interface ListFeedbacksOptions extends CallOptions {
  query?: NonNullable<operations["listFeedbacks"]["parameters"]["query"]> | undefined;
}

/** Typed client of AgentSight API: one method per operation. A method rejects with `ConvoError`, or with what a callback you gave it throws. */
export interface AgentSightClient extends Client<paths> {
  /**
   * List conversations
   *
   * Returns one page of conversations. With an API key each row carries its whole transcript unless `full` is false. To find the numeric id of a `conversation_id`, filter by it with `full=false`, `include_deleted=true` and `page_size=1`.
   *
   * `GET /api/conversations/`
   */
  listConversations(
    options?: ListConversationsOptions,
  ): PagePromise<Schemas["ConversationList"], Schemas["ConversationList"]["results"][number]>;

  /**
   * Create a conversation
   *
   * Registers a conversation under your own id, or finds the one already there without changing it. Needs a write key. This route is outside the published contract, in which only the SDK records conversations.
   *
   * `POST /api/conversations/`
   */
  createConversation<Own extends object>(
    body: WithMap<Schemas["CreateConversationBody"], "metadata", Own>,
    options?: CallOptions,
  ): ApiPromise<Schemas["CreateConversationResponse"]>;

  /**
   * Look up the numeric id of a conversation
   *
   * Turns your id into the numeric one. Prefer the filtered list, which is published and also finds deleted conversations.
   *
   * `GET /api/conversations/lookup/`
   */
  lookupConversation(options: LookupConversationOptions): ApiPromise<Schemas["ConversationLookup"]>;

  /**
   * List metadata keys in use
   *
   * Names the metadata keys of recent conversations, nested ones as dot paths; 200 at most.
   *
   * `GET /api/conversations/metadata-keys/`
   */
  listConversationMetadataKeys(options?: CallOptions): ApiPromise<Schemas["MetadataKeys"]>;

  /**
   * List the values of a metadata key
   *
   * Names the values that a metadata key has in recent conversations; 200 at most.
   *
   * `GET /api/conversations/metadata-values/`
   */
  listConversationMetadataValues(
    options: ListConversationMetadataValuesOptions,
  ): ApiPromise<Schemas["MetadataValues"]>;

  /**
   * List metadata keys of messages in use
   *
   * Names the metadata keys of recent messages, nested ones as dot paths; 200 at most.
   *
   * `GET /api/conversations/message-metadata-keys/`
   */
  listMessageMetadataKeys(options?: CallOptions): ApiPromise<Schemas["MetadataKeys"]>;

  /**
   * Read one conversation
   *
   * Returns the whole conversation with transcript, feedback, tickets and token usage, even when deleted.
   *
   * `GET /api/conversations/{id}/`
   */
  getConversation(id: number, options?: CallOptions): ApiPromise<Schemas["Conversation"]>;

  /**
   * Update a conversation
   *
   * Changes the fields that are sent and echoes them. Needs a write key. `metadata` replaces the whole document. As long as a tracking process has the conversation open, its next event may undo all but `is_marked`.
   *
   * `PATCH /api/conversations/{id}/update/`
   */
  updateConversation<Own extends object>(
    id: number,
    body: WithMap<Schemas["UpdateConversationBody"], "metadata", Own>,
    options?: CallOptions,
  ): ApiPromise<Schemas["UpdateConversationResponse"]>;

  /**
   * Rename a conversation
   *
   * Sets the name only. Needs a write key.
   *
   * `PATCH /api/conversations/{id}/rename/`
   */
  renameConversation(
    id: number,
    body: Schemas["RenameConversationBody"],
    options?: CallOptions,
  ): ApiPromise<Schemas["RenameConversationResponse"]>;

  /**
   * Mark or unmark a conversation
   *
   * Sets the mark only. Needs a write key.
   *
   * `POST /api/conversations/{id}/mark/`
   */
  markConversation(
    id: number,
    body: Schemas["MarkConversationBody"],
    options?: CallOptions,
  ): ApiPromise<Schemas["MarkConversationResponse"]>;

  /**
   * Delete a conversation
   *
   * Hides the conversation from lists; it can still be read by its id. Needs a write key. There is no way back.
   *
   * `DELETE /api/conversations/{id}/delete/`
   */
  deleteConversation(id: number, options?: CallOptions): ApiPromise<Schemas["DeleteConversationResponse"]>;

  /**
   * List the attachments of a conversation
   *
   * Returns all attachments, with download addresses that end after one hour.
   *
   * `GET /api/conversations/{id}/attachments/`
   */
  listConversationAttachments(
    id: number,
    options?: CallOptions,
  ): ApiPromise<Schemas["ConversationAttachments"]>;

  /**
   * Leave feedback on a conversation, the old way
   *
   * Older form of `createFeedback`, which the vendor is going to remove. Needs a write key.
   *
   * `POST /api/conversation-feedbacks/`
   * @deprecated
   */
  createConversationFeedback<Own extends object>(
    body: WithMap<Schemas["CreateConversationFeedbackBody"], "metadata", Own>,
    options?: CallOptions,
  ): ApiPromise<Schemas["Feedback"]>;

  /**
   * List feedback
   *
   * Returns one page of feedback, newest first.
   *
   * `GET /api/feedbacks/`
   */
  listFeedbacks(
    options?: ListFeedbacksOptions,
  ): PagePromise<Schemas["FeedbackList"], Schemas["FeedbackList"]["results"][number]>;

  /**
   * Leave feedback
   *
   * Stores feedback on a conversation, a message or the agent. Needs a write key. A message holds one vote, so a second call for it changes the first and may be repeated safely; the other kinds are stored again each time.
   *
   * `POST /api/feedbacks/`
   */
  createFeedback(body: Schemas["CreateFeedbackBody"], options?: CallOptions): ApiPromise<Schemas["Feedback"]>;

  /**
   * Read one piece of feedback
   *
   * Returns the feedback with its ticket, or null where it has none.
   *
   * `GET /api/feedbacks/{id}/`
   */
  getFeedback(id: number, options?: CallOptions): ApiPromise<Schemas["Feedback"]>;

  /**
   * Update feedback
   *
   * Changes the fields that are sent and returns the whole feedback. Needs a write key.
   *
   * `PATCH /api/feedbacks/{id}/`
   */
  updateFeedback(
    id: number,
    body: Schemas["UpdateFeedbackBody"],
    options?: CallOptions,
  ): ApiPromise<Schemas["Feedback"]>;

  /**
   * Delete feedback
   *
   * Removes the feedback for good. Needs a write key.
   *
   * `DELETE /api/feedbacks/{id}/`
   */
  deleteFeedback(id: number, options?: CallOptions): ApiPromise<void>;

  /**
   * Read one message
   *
   * Returns the message with its attachments, action logs and vote.
   *
   * `GET /api/track/{id}/`
   */
  getMessage(id: number, options?: CallOptions): ApiPromise<Schemas["Message"]>;

  /**
   * Update the metadata of a message
   *
   * Replaces the whole metadata document of the message. Needs a write key.
   *
   * `PATCH /api/track/{id}/`
   */
  updateMessage<Own extends object>(
    id: number,
    body: WithMap<Schemas["UpdateMessageBody"], "metadata", Own>,
    options?: CallOptions,
  ): ApiPromise<Schemas["Message"]>;

  /**
   * Read what the API key is and may do
   *
   * Returns the agent, role and environments of the key.
   *
   * `GET /api/me/`
   */
  getMe(options?: CallOptions): ApiPromise<Schemas["Me"]>;
}

/**
 * Creates a client for AgentSight. Options left out come from the environment at the first call: the key from
 * `AGENTSIGHT_API_KEY`, the base URL from `AGENTSIGHT_API_ENDPOINT`.
 *
 * @throws ConvoError of kind `invalid` or `auth` for invalid options.
 * @see https://github.com/agentsightio/agentsightio/blob/main/docs/getting-started/api-reference.md
 */
export function createAgentSightClient(options?: ClientOptions): AgentSightClient {
  return createClient<AgentSightClient>(vendor, options);
}
