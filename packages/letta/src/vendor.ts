// Generated from specs/letta/openapi.yaml by `pnpm regen`. Do not edit: change the spec.
import type { Vendor } from "@convo/client";

/** Letta: Letta Conversations API 1.0.0, as data the client runs on. */
export const vendor: Vendor = {
  name: "letta",
  baseUrl: "https://api.letta.com",
  auth: { header: "Authorization", prefix: "Bearer " },
  env: { apiKey: "LETTA_API_KEY", baseUrl: "LETTA_BASE_URL" },
  requestId: [],
  operations: {
    createConversation: {
      route: "POST /v1/conversations/",
      kind: "create",
      body: "optional",
      required: ["id"],
    },
    listConversations: {
      route: "GET /v1/conversations/",
      kind: "read",
      page: { param: "after", cursor: "item.id", size: { param: "limit", default: 50 } },
    },
    getConversation: { route: "GET /v1/conversations/{conversation_id}", kind: "read", required: ["id"] },
    updateConversation: {
      route: "PATCH /v1/conversations/{conversation_id}",
      kind: "update",
      body: "required",
      required: ["id"],
    },
    deleteConversation: { route: "DELETE /v1/conversations/{conversation_id}", kind: "delete", scalar: true },
    forkConversation: {
      route: "POST /v1/conversations/{conversation_id}/fork",
      kind: "create",
      required: ["id"],
    },
    cancelConversation: { route: "POST /v1/conversations/{conversation_id}/cancel", kind: "update" },
    recompileConversation: {
      route: "POST /v1/conversations/{conversation_id}/recompile",
      kind: "update",
      body: "optional",
      scalar: true,
      limits: {
        "compaction_settings.mode": {
          enum: ["all", "sliding_window", "self_compact_all", "self_compact_sliding_window"],
        },
      },
    },
    listConversationMessages: {
      route: "GET /v1/conversations/{conversation_id}/messages",
      kind: "read",
      page: { param: "before", whenAsc: "after", cursor: "item.id" },
    },
    sendConversationMessage: {
      route: "POST /v1/conversations/{conversation_id}/messages",
      kind: "create",
      body: "required",
      required: ["messages", "stop_reason"],
      stream: { unless: { streaming: false } },
    },
    previewConversationModelRequest: {
      route: "POST /v1/conversations/{conversation_id}/messages/preview-raw-payload",
      kind: "read",
      body: "required",
    },
    retrieveConversationStream: {
      route: "POST /v1/conversations/{conversation_id}/stream",
      kind: "read",
      body: "optional",
      stream: {},
    },
    compactConversation: {
      route: "POST /v1/conversations/{conversation_id}/compact",
      kind: "update",
      body: "optional",
      required: ["summary", "num_messages_before"],
      limits: {
        "compaction_settings.mode": {
          enum: ["all", "sliding_window", "self_compact_all", "self_compact_sliding_window"],
        },
      },
    },
  },
};
