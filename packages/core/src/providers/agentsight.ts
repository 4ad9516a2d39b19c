import { createAgentSightClient, type paths } from "@convo/agentsight";
import { defineProvider, type ProviderFactory, type ShapeMadeBy } from "../provider/define.ts";
import { agentsightVerbs } from "./verbs/agentsight.ts";

const record = /* @__PURE__ */ defineProvider<paths>()({
  client: createAgentSightClient,
  read: "GET /api/conversations/{id}/",
  update: "PATCH /api/conversations/{id}/update/",
  id: "id",
  idField: "id",
  returnsConversation: true, // of what was sent
  lookup: {
    route: "GET /api/conversations/",
    param: "conversation_id",
    query: { full: false, include_deleted: true, page_size: 1 },
    rows: "results",
    match: "conversation_id",
  },
  fields: {
    name: "name",
    summary: null,
    marked: "is_marked",
    customerId: "customer_id",
    device: "device",
    language: "language",
  },
  metadata: { field: "metadata", write: "replace", values: "json", emptyAs: "null" },
  timestamps: { createdAt: "started_at", updatedAt: null },
  verbs: agentsightVerbs,
});

/** What AgentSight can do, as types: `Provider<AgentSightShape>` is what `agentsight()` returns. */
export interface AgentSightShape extends ShapeMadeBy<typeof record> {}

/**
 * Configures AgentSight for `createConvo`: `name`, `marked`, `customerId`, `device`, `language` and metadata of any JSON. An id is the number,
 * or the `conversation_id` that the conversation was created under.
 * The key is that of `AGENTSIGHT_API_KEY` unless it is given.
 *
 * @throws ConvoError of kind `invalid` or `auth` for invalid options.
 * @see https://github.com/agentsightio/agentsightio/blob/main/docs/getting-started/api-reference.md
 */
export const agentsight: ProviderFactory<AgentSightShape> = record;
