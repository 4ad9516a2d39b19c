import type { paths } from "@convo/letta";
import type { VerbsFor } from "../../provider/check-verbs.ts";

/** What Letta can do with a conversation. Sending a message runs the agent, so nothing adds one without. */
export const lettaVerbs = {
  create: { route: "POST /v1/conversations/", returns: "conversation" },
  list: {
    route: "GET /v1/conversations/",
    queries: [{ archive_status: "all", order: "asc", limit: 100 }],
    filters: { summary: "summary_search" },
  },
  delete: {
    route: "DELETE /v1/conversations/{conversation_id}",
    leaves: "Letta marks the conversation as deleted and keeps its row and its messages.",
  },
  archive: { field: "archived" },
  messages: {
    route: "GET /v1/conversations/{conversation_id}/messages",
    query: { order: "asc", limit: 100 },
    id: "id",
    role: "message_type",
    roles: {
      user_message: "user",
      assistant_message: "assistant",
      system_message: "system",
      tool_call_message: "tool",
      tool_return_message: "tool",
    },
    text: "content",
    createdAt: "date",
  },
} as const satisfies VerbsFor<paths>;
