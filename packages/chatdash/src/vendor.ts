// Generated from specs/chatdash/openapi.yaml by `pnpm regen`. Do not edit: change the spec.
import type { Vendor } from "@convo/client";

/** ChatDash: ChatDash API 2.0.0, as data the client runs on. */
export const vendor: Vendor = {
  name: "chatdash",
  baseUrl: "https://api.chat-dash.com/v1/public",
  auth: { header: "Authorization", prefix: "" },
  env: { apiKey: "CHATDASH_API_KEY", baseUrl: "CHATDASH_BASE_URL" },
  requestId: [],
  operations: {
    listConversations: { route: "GET /agents/{agentId}/conversations", kind: "read", page: {} },
    createConversation: { route: "POST /agents/{agentId}/conversations", kind: "create", body: "required" },
    getConversation: { route: "GET /agents/{agentId}/conversations/{conversationId}", kind: "read" },
    updateConversation: {
      route: "PUT /agents/{agentId}/conversations/{conversationId}",
      kind: "update",
      body: "required",
      limits: { status: { enum: ["ai", "pending", "human"] } },
    },
    deleteConversation: { route: "DELETE /agents/{agentId}/conversations/{conversationId}", kind: "delete" },
    listConversationMessages: {
      route: "GET /agents/{agentId}/conversations/{conversationId}/messages",
      kind: "read",
      page: {},
    },
    addConversationMessages: {
      route: "POST /agents/{agentId}/conversations/{conversationId}/messages",
      kind: "create",
      body: "required",
    },
    replaceConversationMessages: {
      route: "PUT /agents/{agentId}/conversations/{conversationId}/messages",
      kind: "update",
      body: "required",
    },
    deleteConversationMessages: {
      route: "DELETE /agents/{agentId}/conversations/{conversationId}/messages",
      kind: "delete",
    },
  },
};
