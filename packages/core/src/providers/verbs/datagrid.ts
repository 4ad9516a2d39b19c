import type { paths } from "@convo/datagrid";
import type { VerbsFor } from "../../provider/check-verbs.ts";

/** What Datagrid can do with a conversation. Messages come from running an agent only. */
export const datagridVerbs = {
  create: { route: "POST /conversations", returns: "conversation" },
  list: {
    route: "GET /conversations",
    queries: [{ sort: "created_at", direction: "asc", limit: 100 }],
    filters: {},
  },
  delete: { route: "DELETE /conversations/{conversation_id}", leaves: null },
  archive: null,
  messages: {
    route: "GET /conversations/{conversation_id}/messages",
    query: { limit: 100 },
    id: "id",
    role: "role",
    roles: { user: "user", agent: "assistant" },
    text: "content",
    createdAt: "created_at",
  },
} as const satisfies VerbsFor<paths>;
