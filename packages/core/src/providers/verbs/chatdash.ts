import type { paths } from "@convo/chatdash";
import type { VerbsFor } from "../../provider/check-verbs.ts";

/**
 * What ChatDash can do with a conversation. A list without these queries leaves out what is not recorded or has no interaction; one that gets
 * its first while they are read is in the later one, so it is not missed.
 */
export const chatdashVerbs = {
  create: {
    route: "POST /agents/{agentId}/conversations",
    returns: { in: "conversation" },
    externalId: { field: "platformId", required: false, find: { isPlatformId: true } },
  },
  list: {
    route: "GET /agents/{agentId}/conversations",
    queries: [
      { record: true, interacted: false },
      { record: true, interacted: true },
      { record: false, interacted: false },
      { record: false, interacted: true },
    ],
    filters: { createdAfter: "startDate", createdBefore: "endDate" },
  },
  delete: { route: "DELETE /agents/{agentId}/conversations/{conversationId}", leaves: null },
  archive: null,
  messages: {
    route: "GET /agents/{agentId}/conversations/{conversationId}/messages",
    id: null,
    role: "sender",
    roles: { user: "user", bot: "assistant", agent: "assistant" },
    text: "content",
    createdAt: "createdAt",
    add: {
      route: "POST /agents/{agentId}/conversations/{conversationId}/messages",
      in: "messages",
      most: 100,
      toWire: ({ role, text }) => ({
        sender: role === "user" ? "user" : "bot",
        type: "text",
        content: { text },
      }),
    },
  },
} as const satisfies VerbsFor<paths>;
