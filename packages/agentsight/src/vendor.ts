// Generated from specs/agentsight/openapi.yaml by `pnpm regen`. Do not edit: change the spec.
import type { Vendor } from "@convo/client";

/** AgentSight: AgentSight API 0.1.2, as data the client runs on. */
export const vendor: Vendor = {
  name: "agentsight",
  baseUrl: "https://api.agentsight.io",
  auth: { header: "Authorization", prefix: "Api-Key " },
  env: { apiKey: "AGENTSIGHT_API_KEY", baseUrl: "AGENTSIGHT_API_ENDPOINT" },
  requestId: [],
  operations: {
    listConversations: {
      route: "GET /api/conversations/",
      kind: "read",
      required: ["results"],
      page: { param: "page", cursor: "page", items: "results", more: "next" },
    },
    createConversation: {
      route: "POST /api/conversations/",
      kind: "create",
      body: "required",
      required: ["id"],
    },
    lookupConversation: { route: "GET /api/conversations/lookup/", kind: "read", required: ["id"] },
    listConversationMetadataKeys: {
      route: "GET /api/conversations/metadata-keys/",
      kind: "read",
      required: ["keys"],
    },
    listConversationMetadataValues: {
      route: "GET /api/conversations/metadata-values/",
      kind: "read",
      required: ["key", "values"],
    },
    listMessageMetadataKeys: {
      route: "GET /api/conversations/message-metadata-keys/",
      kind: "read",
      required: ["keys"],
    },
    getConversation: { route: "GET /api/conversations/{id}/", kind: "read", required: ["id"] },
    updateConversation: {
      route: "PATCH /api/conversations/{id}/update/",
      kind: "update",
      body: "required",
      required: ["id"],
      limits: { name: { minLength: 1, maxLength: 255, pattern: "\\S" } },
    },
    renameConversation: {
      route: "PATCH /api/conversations/{id}/rename/",
      kind: "update",
      body: "required",
      required: ["id"],
      limits: { name: { minLength: 1, maxLength: 255, pattern: "\\S" } },
    },
    markConversation: {
      route: "POST /api/conversations/{id}/mark/",
      kind: "update",
      body: "required",
      required: ["id"],
    },
    deleteConversation: { route: "DELETE /api/conversations/{id}/delete/", kind: "delete", required: ["id"] },
    listConversationAttachments: {
      route: "GET /api/conversations/{id}/attachments/",
      kind: "read",
      required: ["conversation_id", "conversation"],
    },
    createConversationFeedback: {
      route: "POST /api/conversation-feedbacks/",
      kind: "create",
      body: "required",
      required: ["id"],
    },
    listFeedbacks: {
      route: "GET /api/feedbacks/",
      kind: "read",
      required: ["results"],
      page: { param: "page", cursor: "page", items: "results", more: "next" },
    },
    createFeedback: { route: "POST /api/feedbacks/", kind: "create", body: "required", required: ["id"] },
    getFeedback: { route: "GET /api/feedbacks/{id}/", kind: "read", required: ["id"] },
    updateFeedback: {
      route: "PATCH /api/feedbacks/{id}/",
      kind: "update",
      body: "required",
      required: ["id"],
      limits: {
        sentiment: { enum: ["positive", "neutral", "negative"] },
        topic: { maxLength: 50 },
        reason: { maxLength: 50 },
      },
    },
    deleteFeedback: { route: "DELETE /api/feedbacks/{id}/", kind: "delete", empty: true },
    getMessage: { route: "GET /api/track/{id}/", kind: "read", required: ["id"] },
    updateMessage: { route: "PATCH /api/track/{id}/", kind: "update", body: "required", required: ["id"] },
    getMe: { route: "GET /api/me/", kind: "read", required: ["agent_id", "role"] },
  },
};
