import { createLettaClient, type paths } from "@convo/letta";
import { defineProvider } from "../define-provider.ts";

export const letta = /* @__PURE__ */ defineProvider<paths>()({
  client: createLettaClient,
  read: "GET /v1/conversations/{conversation_id}",
  update: "PATCH /v1/conversations/{conversation_id}",
  id: "conversation_id",
  self: "id",
  echo: true,
  alias: ["default"],
  fields: { name: null, summary: "summary", marked: null, customerId: null, device: null, language: null },
  metadata: null,
  times: { createdAt: "created_at", updatedAt: "updated_at" },
});
