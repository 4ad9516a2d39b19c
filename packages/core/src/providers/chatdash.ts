import { createChatDashClient, type paths } from "@convo/chatdash";
import { defineProvider, type ProviderFactory, type ShapeMadeBy } from "../provider/define.ts";
import { chatdashVerbs } from "./verbs/chatdash.ts";

const record = /* @__PURE__ */ defineProvider<paths>()({
  client: createChatDashClient,
  read: "GET /agents/{agentId}/conversations/{conversationId}",
  update: "PUT /agents/{agentId}/conversations/{conversationId}",
  id: "conversationId",
  idField: "_id",
  returnsConversation: false, // it answers a message only
  fields: {
    name: { homonym: "name" }, // the end user's, not the conversation's
    summary: "summary",
    marked: null,
    customerId: null,
    device: "device",
    language: null,
  },
  metadata: { field: "metadata", write: "unknown", values: "json", emptyAs: "absent" },
  timestamps: { createdAt: "createdAt", updatedAt: "updatedAt" },
  verbs: chatdashVerbs,
});

/** What ChatDash can do, as types: `Provider<ChatDashShape>` is what `chatdash()` returns. */
export interface ChatDashShape extends ShapeMadeBy<typeof record> {}

/**
 * Configures ChatDash for `createConvo`: `summary`, `device` and metadata of any JSON. Takes the agent: `chatdash({ agentId })`.
 * The key is that of `CHATDASH_API_KEY` unless it is given.
 *
 * @throws ConvoError of kind `invalid` or `auth` for invalid options.
 * @see https://docs.chat-dash.com/
 */
export const chatdash: ProviderFactory<ChatDashShape> = record;
