import { keyCheck } from "../../engine/keys.ts";
import type { Call, Handler, VendorRules } from "../../engine/rules.ts";
import { Refusal } from "../../engine/types.ts";
import { attachments, get, remove, setOne, update, upsert } from "./conversations.ts";
import { errorResponse, HTML_404 } from "./errors.ts";
import { createFeedback, getFeedback, oldFeedback, removeFeedback, updateFeedback } from "./feedback.ts";
import { listFeedbacks } from "./feedback-list.ts";
import { listConversations, lookup } from "./list.ts";
import { getMessage, updateMessage } from "./messages.ts";
import { metadataKeys, metadataValues } from "./metadata.ts";
import { agentsightSeed } from "./seed.ts";
import { AGENT, detail, ENVIRONMENTS, refuse, trimmedName } from "./shared.ts";

const authenticate = keyCheck({
  vendor: "agentsight",
  prefix: "Api-Key ",
  shape: /^ags_[0-9a-f]{32}_[0-9a-f]{6}$/i,
  refuse: (reason) =>
    detail(401, reason === "missing" ? "Authentication credentials were not provided." : "Invalid API key."),
});

/** Path ids are integers (anything else is an unknown path), and read keys only read. */
function before({ account: { role }, operation, path }: Call): Record<string, string> {
  if (path.id !== undefined && !/^\d{1,15}$/.test(path.id)) throw new Refusal(HTML_404);
  if (role === "read" && !operation.reads)
    throw refuse(403, "This API key may only read. Use a write key for this request.");
  return {};
}

const me: Handler = ({ account: { role = "write" } }) => ({
  status: 200,
  body: {
    agent_id: AGENT.id,
    agent_name: AGENT.name,
    role,
    environments: ENVIRONMENTS,
    capabilities: role === "read" ? ["conversations:read"] : ["conversations:read", "conversations:write"],
  },
});

/** AgentSight conversations: https://github.com/agentsightio/agentsightio */
export const agentsight: VendorRules = {
  name: "agentsight",
  mount: "/agentsight",
  env: { apiKey: "AGENTSIGHT_API_KEY", baseUrl: "AGENTSIGHT_API_ENDPOINT" },
  sampleKey: "ags_0123456789abcdef0123456789abcdef_012345",
  keyHeader: "Authorization: Api-Key",
  kinds: {
    conversation: { id: "id", alias: "conversation_id", schema: "Conversation" },
    message: { id: "id", parent: "conversation", schema: "Message" },
    feedback: { id: "id", parent: "conversation", alias: "message", schema: "Feedback" },
  },
  unknownFields: "ignore",
  idParam: "id",
  authenticate,
  errorResponse,
  before,
  routes: {
    "PATCH /api/conversations/{id}/update/": update,
    "PATCH /api/conversations/{id}/rename/": setOne("name", trimmedName),
    "POST /api/conversations/{id}/mark/": setOne("is_marked", (value) => value),
    "DELETE /api/conversations/{id}/delete/": remove,
    "GET /api/conversations/": listConversations,
    "POST /api/conversations/": upsert,
    "GET /api/conversations/{id}/": get,
    "GET /api/conversations/{id}/attachments/": attachments,
    "GET /api/conversations/lookup/": lookup,
    "GET /api/conversations/metadata-keys/": metadataKeys("conversation"),
    "GET /api/conversations/metadata-values/": metadataValues,
    "GET /api/conversations/message-metadata-keys/": metadataKeys("message"),
    "POST /api/conversation-feedbacks/": oldFeedback,
    "GET /api/feedbacks/": listFeedbacks,
    "POST /api/feedbacks/": createFeedback,
    "GET /api/feedbacks/{id}/": getFeedback,
    "PATCH /api/feedbacks/{id}/": updateFeedback,
    "DELETE /api/feedbacks/{id}/": removeFeedback,
    "GET /api/track/{id}/": getMessage,
    "PATCH /api/track/{id}/": updateMessage,
    "GET /api/me/": me,
  },
  find: (store, id) => store.get("conversation", id) ?? store.find("conversation", id)[0],
  otherWriter: (now) => ({ metadata: { other_writer: String(now) } }),
  newConversation: { path: "/api/conversations/", body: { conversation_id: "new-session", name: "New" } },
  seed: agentsightSeed,
};
