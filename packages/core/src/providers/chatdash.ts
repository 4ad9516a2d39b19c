import { createChatDashClient, type paths } from "@convo/chatdash";
import { defineProvider } from "../provider/define.ts";
import { chatdashVerbs } from "./verbs/chatdash.ts";

/**
 * Configures ChatDash for `createConvo`: `summary`, `device` and metadata of any JSON. Takes the agent: `chatdash({ agentId })`.
 * The key is that of `CHATDASH_API_KEY` unless it is given.
 *
 * @throws ConvoError of kind `invalid` or `auth` for invalid options.
 * @see https://docs.chat-dash.com/
 */
export const chatdash = /* @__PURE__ */ defineProvider<paths>()({
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
