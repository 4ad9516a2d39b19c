// Generated from specs/datagrid/openapi.yaml by `pnpm regen`. Do not edit: change the spec.
import type { Vendor } from "@convo/client";

/** Datagrid: Datagrid API 0.1.1, as data the client runs on. */
export const vendor: Vendor = {
  name: "datagrid",
  baseUrl: "https://api.datagrid.com/v1",
  auth: { header: "Authorization", prefix: "Bearer " },
  env: {
    apiKey: "DATAGRID_API_KEY",
    baseUrl: "DATAGRID_BASE_URL",
    headers: { "Datagrid-Teamspace": "DATAGRID_TEAMSPACE_ID" },
  },
  requestId: [],
  rateLimit: {
    limit: "X-RateLimit-Limit",
    remaining: "X-RateLimit-Remaining",
    reset: "X-RateLimit-Reset",
    resetIn: "epoch",
  },
  operations: {
    listConversations: {
      route: "GET /conversations",
      kind: "read",
      required: ["data"],
      page: { param: "after", cursor: "item.id", items: "data", more: "has_more", back: "before" },
    },
    createConversation: { route: "POST /conversations", kind: "create", body: "required", required: ["id"] },
    getConversation: { route: "GET /conversations/{conversation_id}", kind: "read", required: ["id"] },
    updateConversation: {
      route: "PATCH /conversations/{conversation_id}",
      kind: "update",
      body: "required",
      required: ["id"],
    },
    deleteConversation: { route: "DELETE /conversations/{conversation_id}", kind: "delete", empty: true },
    listConversationMessages: {
      route: "GET /conversations/{conversation_id}/messages",
      kind: "read",
      required: ["data"],
      page: { param: "after", cursor: "item.id", items: "data", more: "has_more", back: "before" },
    },
    getConversationMessage: {
      route: "GET /conversations/{conversation_id}/messages/{message_id}",
      kind: "read",
      required: ["id"],
    },
  },
};
