import type { paths } from "@convo/openai";
import type { VerbsFor } from "../../provider/check-verbs.ts";

/** What OpenAI can do with a conversation. Its API has no list. */
export const openaiVerbs = {
  create: { route: "POST /conversations", returns: "conversation" },
  list: null,
  delete: {
    route: "DELETE /conversations/{conversation_id}",
    leaves: "OpenAI keeps the items of a conversation that is deleted before them.",
    parts: [
      {
        name: "items",
        list: "GET /conversations/{conversation_id}/items",
        delete: "DELETE /conversations/{conversation_id}/items/{item_id}",
        param: "item_id",
        id: "id",
      },
    ],
  },
  archive: null,
  messages: {
    route: "GET /conversations/{conversation_id}/items",
    query: { order: "asc", limit: 100 },
    id: "id",
    role: "role",
    roles: { user: "user", assistant: "assistant", system: "system", developer: "system", tool: "tool" },
    text: "content",
    createdAt: null,
    add: {
      route: "POST /conversations/{conversation_id}/items",
      in: "items",
      most: 20,
      toWire: ({ role, text }) => ({
        type: "message",
        role,
        content: [{ type: role === "assistant" ? "output_text" : "input_text", text }],
      }),
    },
  },
} as const satisfies VerbsFor<paths>;
