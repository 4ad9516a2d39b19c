import { authenticate } from "../engine/keys.ts";
import type { Shelf } from "../engine/store.ts";
import { wire } from "../engine/store.ts";
import { asDoc, iso, pick } from "../engine/tools.ts";
import {
  type Account,
  type Call,
  type Doc,
  type Handler,
  Refusal,
  type Reply,
  type SandboxOptions,
  type VendorRules,
} from "../engine/types.ts";
import { explain, HTML_404 } from "./agentsight-errors.ts";
import {
  createFeedback,
  feedback,
  listFeedbacks,
  oldFeedback,
  removeFeedback,
  updateFeedback,
} from "./agentsight-feedback.ts";
import { listConversations, lookup, metadataKeys, metadataValues } from "./agentsight-list.ts";
import {
  AGENT,
  conversation,
  detail,
  ENVIRONMENTS,
  environmentOf,
  newConversation,
  refuse,
  trimmedName,
} from "./agentsight-shared.ts";
import { agentsightSeed } from "./seeds.ts";

function account(headers: Headers, options: SandboxOptions): Account {
  const refusal = (reason: string): Reply =>
    detail(401, reason === "missing" ? "Authentication credentials were not provided." : "Invalid API key.");
  const shape = /^ags_[0-9a-f]{32}_[0-9a-f]{6}$/i;
  return authenticate({ vendor: "agentsight", prefix: "Api-Key ", shape, refuse: refusal }, headers, options);
}

/** Path ids are integers (anything else is no route at all), and read keys only read. */
function before({ account: { role }, operation, path }: Call): Record<string, string> {
  if (path.id !== undefined && !/^\d{1,15}$/.test(path.id)) throw new Refusal(HTML_404);
  if (role === "read" && !operation.reads)
    throw refuse(403, "This API key may only read. Use a write key for this request.");
  return {};
}

const FIELDS = ["name", "is_marked", "customer_id", "device", "language", "metadata"];

/** The echo holds what was sent and nothing else. `metadata` is the whole new document. */
const update: Handler = (call) => {
  const stored = conversation(call);
  const sent = pick(asDoc(call.body), FIELDS);
  if (sent.name !== undefined) sent.name = trimmedName(sent.name);
  call.store.put("conversation", { ...stored, ...sent });
  const { id, conversation_id } = stored;
  return { status: 200, body: { id, conversation_id, updated_fields: Object.keys(sent), ...sent } };
};

function setOne(field: string, read: (value: unknown) => unknown): Handler {
  return (call) => {
    const stored = conversation(call);
    const value = read(asDoc(call.body)[field]);
    call.store.put("conversation", { ...stored, [field]: value });
    return { status: 200, body: { id: stored.id, conversation_id: stored.conversation_id, [field]: value } };
  };
}

const remove: Handler = (call) => {
  const stored = conversation(call);
  const gone = { is_deleted: true, deleted_at: stored.deleted_at ?? iso(call.now) };
  call.store.put("conversation", { ...stored, ...gone });
  return { status: 200, body: { id: stored.id, conversation_id: stored.conversation_id, ...gone } };
};

const get: Handler = (call) => {
  const stored = conversation(call);
  return {
    status: 200,
    body: { ...wire(stored), ...nested(call.store, stored), tickets: [], token_usage: null },
  };
};

/** The transcript and the ratings of one conversation. */
function nested(store: Shelf, { id }: Doc): Doc {
  const own = (kind: string): Doc[] => store.list(kind, String(id)).map(wire);
  return { messages: own("message"), feedbacks: own("feedback") };
}

const attachments: Handler = (call) => {
  const { id, conversation_id } = conversation(call);
  const rows = call.store.list("message", String(id)).flatMap((row) => (row.attachments ?? []) as Doc[]);
  return {
    status: 200,
    body: { conversation_id, conversation: id, attachment_count: rows.length, attachments: rows },
  };
};

/** Creates by business id, or finds: an existing row is not overwritten. */
const upsert: Handler = (call) => {
  const sent = asDoc(call.body);
  const conversationId = String(sent.conversation_id ?? "").trim();
  if (conversationId === "")
    throw new Refusal({ status: 400, body: { conversation_id: ["This field may not be blank."] } });
  const [known] = call.store.find("conversation", conversationId);
  if (known) return { status: 200, body: wire(known) };
  const environment = environmentOf(sent.environment ?? "development");
  const created = newConversation(call.store.next("conversation", 1000), conversationId, call.now, {
    ...pick(sent, [
      "customer_id",
      "customer_ip_address",
      "device",
      "language",
      "name",
      "metadata",
      "is_used",
    ]),
    ...environment,
  });
  call.store.add("conversation", created);
  return { status: 201, body: wire(created) };
};

function message(call: Call): Doc {
  const found = call.store.get("message", String(Number(call.path.id)));
  if (!found) throw refuse(404, "No message matches the given query.");
  return found;
}

const updateMessage: Handler = (call) => {
  const changed = { ...message(call), ...pick(asDoc(call.body), ["metadata"]) };
  call.store.put("message", changed);
  return { status: 200, body: wire(changed) };
};

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

const marked = (value: unknown): unknown => value;

/** AgentSight conversations: https://github.com/agentsightio/agentsightio */
export const agentsight: VendorRules = {
  name: "agentsight",
  mount: "/agentsight",
  env: { apiKey: "AGENTSIGHT_API_KEY", baseUrl: "AGENTSIGHT_API_ENDPOINT" },
  sampleKey: "ags_0123456789abcdef0123456789abcdef_012345",
  keyHeader: "Authorization: Api-Key",
  kinds: {
    conversation: { id: "id", alias: "conversation_id" },
    message: { id: "id", parent: "conversation" },
    feedback: { id: "id", parent: "conversation", alias: "message" },
  },
  unknownFields: "ignore",
  idParam: "id",
  authenticate: account,
  explain,
  before,
  routes: {
    "PATCH /api/conversations/{id}/update/": update,
    "PATCH /api/conversations/{id}/rename/": setOne("name", trimmedName),
    "POST /api/conversations/{id}/mark/": setOne("is_marked", marked),
    "DELETE /api/conversations/{id}/delete/": remove,
    "GET /api/conversations/": listConversations(nested),
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
    "GET /api/feedbacks/{id}/": (call) => ({ status: 200, body: { ...wire(feedback(call)), ticket: null } }),
    "PATCH /api/feedbacks/{id}/": updateFeedback,
    "DELETE /api/feedbacks/{id}/": removeFeedback,
    "GET /api/track/{id}/": (call) => ({ status: 200, body: wire(message(call)) }),
    "PATCH /api/track/{id}/": updateMessage,
    "GET /api/me/": me,
  },
  find: (store, id) => store.get("conversation", id) ?? store.find("conversation", id)[0],
  otherWriter: (doc, now) => ({ ...doc, metadata: { ...asDoc(doc.metadata), other_writer: String(now) } }),
  seed: agentsightSeed,
};
