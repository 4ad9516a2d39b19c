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
    createConversation: { route: "POST /v1/conversations/", kind: "create", body: true, query: true },
    listConversations: {
      route: "GET /v1/conversations/",
      kind: "read",
      query: true,
      page: { param: "after", cursor: "item.id", size: { param: "limit", default: 50 } },
    },
    getConversation: { route: "GET /v1/conversations/{conversation_id}", kind: "read" },
    updateConversation: { route: "PATCH /v1/conversations/{conversation_id}", kind: "update", body: true },
    deleteConversation: { route: "DELETE /v1/conversations/{conversation_id}", kind: "delete", scalar: true },
    forkConversation: { route: "POST /v1/conversations/{conversation_id}/fork", kind: "create", query: true },
    cancelConversation: {
      route: "POST /v1/conversations/{conversation_id}/cancel",
      kind: "update",
      query: true,
    },
    recompileConversation: {
      route: "POST /v1/conversations/{conversation_id}/recompile",
      kind: "update",
      body: true,
      query: true,
      scalar: true,
    },
    listConversationMessages: {
      route: "GET /v1/conversations/{conversation_id}/messages",
      kind: "read",
      query: true,
      page: { param: "before", whenAsc: "after", cursor: "item.id" },
    },
    sendConversationMessage: {
      route: "POST /v1/conversations/{conversation_id}/messages",
      kind: "create",
      body: true,
    },
    previewConversationModelRequest: {
      route: "POST /v1/conversations/{conversation_id}/messages/preview-raw-payload",
      kind: "read",
      body: true,
    },
    compactConversation: {
      route: "POST /v1/conversations/{conversation_id}/compact",
      kind: "update",
      body: true,
    },
  },
};
