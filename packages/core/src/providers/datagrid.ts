import { createDatagridClient, type paths } from "@convo/datagrid";
import { defineProvider, type ProviderFactory, type ShapeMadeBy } from "../provider/define.ts";
import { datagridVerbs } from "./verbs/datagrid.ts";

const record = /* @__PURE__ */ defineProvider<paths>()({
  client: createDatagridClient,
  read: "GET /conversations/{conversation_id}",
  update: "PATCH /conversations/{conversation_id}",
  id: "conversation_id",
  idField: "id",
  returnsConversation: true,
  fields: { name: "name", summary: null, marked: null, customerId: null, device: null, language: null },
  metadata: null,
  timestamps: { createdAt: "created_at", updatedAt: "updated_at" },
  verbs: datagridVerbs,
});

/** What Datagrid can do, as types: `Provider<DatagridShape>` is what `datagrid()` returns. */
export interface DatagridShape extends ShapeMadeBy<typeof record> {}

/**
 * Configures Datagrid for `createConvo`: `name`; no metadata.
 * The key is that of `DATAGRID_API_KEY` unless it is given.
 *
 * @throws ConvoError of kind `invalid` or `auth` for invalid options.
 * @see https://developers.datagrid.com/
 */
export const datagrid: ProviderFactory<DatagridShape> = record;
