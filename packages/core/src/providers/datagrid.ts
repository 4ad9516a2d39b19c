import { createDatagridClient, type paths } from "@convo/datagrid";
import { defineProvider } from "../define-provider.ts";

export const datagrid = /* @__PURE__ */ defineProvider<paths>()({
  client: createDatagridClient,
  read: "GET /conversations/{conversation_id}",
  update: "PATCH /conversations/{conversation_id}",
  id: "conversation_id",
  self: "id",
  echo: true,
  fields: { name: "name", summary: null, marked: null, customerId: null, device: null, language: null },
  metadata: null,
  times: { createdAt: "created_at", updatedAt: "updated_at" },
});
