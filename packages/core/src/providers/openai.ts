import { createOpenAIClient, type paths } from "@convo/openai";
import { defineProvider } from "../define-provider.ts";

export const openai = /* @__PURE__ */ defineProvider<paths>()({
  client: createOpenAIClient,
  read: "GET /conversations/{conversation_id}",
  update: "POST /conversations/{conversation_id}",
  id: "conversation_id",
  self: "id",
  echo: true,
  fields: { name: null, summary: null, marked: null, customerId: null, device: null, language: null },
  metadata: { field: "metadata", write: "unknown", values: "string" },
  times: { createdAt: "created_at", updatedAt: null },
});
