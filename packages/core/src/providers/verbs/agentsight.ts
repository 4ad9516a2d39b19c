import type { paths } from "@convo/agentsight";
import type { VerbsFor } from "../../provider/check-verbs.ts";

/** Values of a metadata filter are typed by their look, so text that looks like something else cannot be asked for. */
const TYPED = /^(?:-?[\d.]|true$|false$|null$|none$|\s*$)/i;

/**
 * What AgentSight can do with a conversation. Its lists are pages by number, so they are ordered by id with deleted
 * rows among them: a delete while one is read shifts nothing.
 */
export const agentsightVerbs = {
  create: {
    route: "POST /api/conversations/",
    returns: "id",
    lacks: ["marked"],
    externalId: { field: "conversation_id", required: true, find: "lookup" },
  },
  list: {
    route: "GET /api/conversations/",
    queries: [{ full: false, include_deleted: true, ordering: "id", page_size: 100 }],
    deleted: "is_deleted",
    filters: {
      name: "name",
      marked: "is_marked",
      customerId: "customer_id",
      device: "device",
      language: "language",
      createdAfter: "started_at_after",
      createdBefore: "started_at_before",
    },
    metadata: (key, value) =>
      typeof value === "string" && !TYPED.test(value) && !key.includes(".")
        ? { metadata_key: key, metadata_value: value }
        : undefined,
  },
  delete: {
    route: "DELETE /api/conversations/{id}/delete/",
    leaves:
      "AgentSight hides the conversation from lists; a read by its id still returns it with its messages and attachments, which no operation deletes.",
    hidden: "is_deleted",
    parts: [
      {
        name: "feedback",
        list: "GET /api/feedbacks/",
        of: "conversation",
        delete: "DELETE /api/feedbacks/{id}/",
        param: "id",
        id: "id",
      },
    ],
  },
  archive: null,
  messages: {
    route: "GET /api/conversations/{id}/",
    in: "messages",
    id: "id",
    role: "sender",
    roles: { end_user: "user", agent: "assistant", system: "system" },
    text: "content",
    createdAt: "timestamp",
    attachments: "attachments",
  },
} as const satisfies VerbsFor<paths>;
