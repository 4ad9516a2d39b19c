import { createOpenAIClient, type paths } from "@convo/openai";
import { defineProvider, type ProviderFactory, type ShapeMadeBy } from "../provider/define.ts";
import { openaiVerbs } from "./verbs/openai.ts";

const record = /* @__PURE__ */ defineProvider<paths>()({
  client: createOpenAIClient,
  read: "GET /conversations/{conversation_id}",
  update: "POST /conversations/{conversation_id}",
  id: "conversation_id",
  idField: "id",
  returnsConversation: true,
  fields: { name: null, summary: null, marked: null, customerId: null, device: null, language: null },
  metadata: { field: "metadata", write: "unknown", values: "string" },
  timestamps: { createdAt: "created_at", updatedAt: null },
  verbs: openaiVerbs,
});

/** What OpenAI can do, as types: `Provider<OpenAIShape>` is what `openai()` returns. */
export interface OpenAIShape extends ShapeMadeBy<typeof record> {}

/**
 * Configures OpenAI for `createConvo`: metadata of strings, or with `encode: true` of any JSON.
 * The key is that of `OPENAI_API_KEY` unless it is given.
 *
 * @throws ConvoError of kind `invalid` or `auth` for invalid options.
 * @see https://platform.openai.com/docs/api-reference/conversations
 */
export const openai: ProviderFactory<OpenAIShape> = record;
