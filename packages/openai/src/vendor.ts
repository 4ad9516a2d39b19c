// Generated from specs/openai/openapi.yaml by `pnpm regen`. Do not edit: change the spec.
import type { Vendor } from "@convo/client";

/** OpenAI: OpenAI Conversations API 2.3.0, as data the client runs on. */
export const vendor: Vendor = {
  name: "openai",
  baseUrl: "https://api.openai.com/v1",
  auth: { header: "Authorization", prefix: "Bearer " },
  env: {
    apiKey: "OPENAI_API_KEY",
    baseUrl: "OPENAI_BASE_URL",
    headers: { "OpenAI-Organization": "OPENAI_ORG_ID", "OpenAI-Project": "OPENAI_PROJECT_ID" },
  },
  requestId: ["x-request-id"],
  rateLimit: {
    limit: "x-ratelimit-limit-requests",
    remaining: "x-ratelimit-remaining-requests",
    reset: "x-ratelimit-reset-requests",
    resetIn: "duration",
  },
  errors: { conversation_locked: { kind: "conflict", retryable: true } },
  operations: {
    createConversation: { route: "POST /conversations", kind: "create", body: "optional", required: ["id"] },
    getConversation: { route: "GET /conversations/{conversation_id}", kind: "read", required: ["id"] },
    updateConversation: {
      route: "POST /conversations/{conversation_id}",
      kind: "update",
      body: "required",
      required: ["id"],
      limits: { metadata: { maxProperties: 16, maxKeyLength: 64, maxValueLength: 512 } },
    },
    deleteConversation: {
      route: "DELETE /conversations/{conversation_id}",
      kind: "delete",
      required: ["id"],
    },
    createConversationItems: {
      route: "POST /conversations/{conversation_id}/items",
      kind: "create",
      body: "required",
      required: ["object", "data"],
    },
    listConversationItems: {
      route: "GET /conversations/{conversation_id}/items",
      kind: "read",
      required: ["data"],
      page: { param: "after", cursor: "body.last_id", items: "data", more: "has_more" },
    },
    getConversationItem: {
      route: "GET /conversations/{conversation_id}/items/{item_id}",
      kind: "read",
      required: ["type"],
    },
    deleteConversationItem: {
      route: "DELETE /conversations/{conversation_id}/items/{item_id}",
      kind: "delete",
      required: ["id"],
    },
  },
};
