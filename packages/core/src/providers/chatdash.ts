import { createChatDashClient, type paths } from "@convo/chatdash";
import { defineProvider } from "../define-provider.ts";

/**
 * Configures ChatDash for `createConvo`: `summary`, `device` and metadata of any JSON. Takes the agent: `chatdash({ agentId })`.
 * The key is that of `CHATDASH_API_KEY` unless it is given.
 *
 * @throws ConvoError of kind `invalid` or `auth` for options that cannot be meant.
 * @see https://docs.chat-dash.com/
 */
export const chatdash = /* @__PURE__ */ defineProvider<paths>()({
  client: createChatDashClient,
  read: "GET /agents/{agentId}/conversations/{conversationId}",
  update: "PUT /agents/{agentId}/conversations/{conversationId}",
  id: "conversationId",
  self: "_id",
  echo: false, // it answers a message only
  fields: {
    name: { otherMeaning: "name" }, // the end user's, not the conversation's
    summary: "summary",
    marked: null,
    customerId: null,
    device: "device",
    language: null,
  },
  metadata: { field: "metadata", write: "unknown", values: "json", none: "absent" },
  times: { createdAt: "createdAt", updatedAt: "updatedAt" },
});
