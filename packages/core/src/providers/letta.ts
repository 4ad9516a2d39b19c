import { createLettaClient, type paths } from "@convo/letta";
import { defineProvider, type ProviderFactory, type ShapeMadeBy } from "../provider/define.ts";
import { lettaVerbs } from "./verbs/letta.ts";

const record = /* @__PURE__ */ defineProvider<paths>()({
  client: createLettaClient,
  read: "GET /v1/conversations/{conversation_id}",
  update: "PATCH /v1/conversations/{conversation_id}",
  id: "conversation_id",
  idField: "id",
  returnsConversation: true,
  idAliases: ["default"],
  fields: { name: null, summary: "summary", marked: null, customerId: null, device: null, language: null },
  metadata: null,
  timestamps: { createdAt: "created_at", updatedAt: "updated_at" },
  verbs: lettaVerbs,
});

/** What Letta can do, as types: `Provider<LettaShape>` is what `letta()` returns. */
export interface LettaShape extends ShapeMadeBy<typeof record> {}

/**
 * Configures Letta for `createConvo`: `summary`; no metadata.
 * The key is that of `LETTA_API_KEY` unless it is given.
 *
 * @throws ConvoError of kind `invalid` or `auth` for invalid options.
 * @see https://docs.letta.com/api
 */
export const letta: ProviderFactory<LettaShape> = record;
