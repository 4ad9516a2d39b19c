import { keyCheck } from "../../engine/keys.ts";
import type { Handler, VendorRules } from "../../engine/rules.ts";
import { asDoc, hex, iso, pick, utc } from "../../engine/tools.ts";
import type { Doc } from "../../engine/types.ts";
import { wire } from "../../store/store.ts";
import { conversation, done, error, errorResponse } from "./errors.ts";
import { addMessages, listMessages, removeMessages, replaceMessages } from "./messages.ts";
import { chatdashSeed } from "./seed.ts";

/** The fields a caller may set; the misspelt one is the vendor's name on the wire. */
const FIELDS = (
  "platformId leadId name read endedAt browser device os countryCode ipAddress record interacted channel phone " +
  "phoneSecondary instagramId instagramUsername cost duration url endedReason noAnswer status liveAgentName " +
  "liveAgentId isLive note topic subtopic summary evaluation mistunderstoodQueries customAnalysis metadata"
).split(" ");
/** The defaults the vendor declares; they hold on create, and on update only if PUT means "replace whole". */
const DEFAULTS: Doc = { read: false, record: false, interacted: false, status: "ai", isLive: false };

/** A bare call behaves as if `record` and `interacted` were asked to be true. */
const list: Handler = ({ store, path, query }) => {
  const rows = store
    .list("conversation", path.agentId)
    .filter(
      (row) =>
        (row.record ?? false) === (query.record ?? true) &&
        (row.interacted ?? false) === (query.interacted ?? true) &&
        !(utc(row.createdAt) < utc(query.startDate)) &&
        !(utc(row.createdAt) > utc(query.endDate)),
    );
  return { status: 200, body: rows.reverse().map(wire) };
};

const create: Handler = ({ store, path, body, now }) => {
  const at = { createdAt: iso(now), updatedAt: iso(now) };
  const created = { _id: hex(12), agentId: path.agentId, ...DEFAULTS, ...pick(asDoc(body), FIELDS), ...at };
  store.add("conversation", created);
  return { status: 200, body: { message: "Conversation added successfully", conversation: created } };
};

const update: Handler = (call) => {
  const stored = conversation(call);
  const kept = call.options.chatdash?.put === "full" ? { ...withoutFields(stored), ...DEFAULTS } : stored;
  call.store.put("conversation", { ...kept, ...pick(asDoc(call.body), FIELDS), updatedAt: iso(call.now) });
  return done("Conversation updated successfully");
};

const withoutFields = (stored: Doc): Doc =>
  Object.fromEntries(Object.entries(stored).filter(([name]) => !FIELDS.includes(name)));

const remove: Handler = (call) => {
  const id = String(conversation(call)._id);
  call.store.clear("message", id);
  call.store.remove("conversation", id);
  return done("Conversation deleted successfully");
};

/** ChatDash's public API: https://docs.chat-dash.com/ */
export const chatdash: VendorRules = {
  name: "chatdash",
  mount: "/chatdash/v1/public",
  env: { apiKey: "CHATDASH_API_KEY", baseUrl: "CHATDASH_BASE_URL" },
  sampleKey: "CD.0123456789abcdef0123456789abcdef",
  sampleEnv: { CHATDASH_AGENT_ID: "agent_1" },
  keyHeader: "Authorization:",
  kinds: {
    conversation: { id: "_id", parent: "agentId", alias: "platformId", schema: "Conversation" },
    message: { id: "$id", parent: "$conversation", schema: "Message" },
  },
  unknownFields: "ignore",
  idParam: "conversationId",
  // The bare key: a value with a scheme word before it has a blank and is not one.
  authenticate: keyCheck({
    vendor: "chatdash",
    prefix: "",
    shape: /^\S+$/,
    refuse: () => error(401, "Invalid or missing API key"),
  }),
  errorResponse,
  routes: {
    "GET /agents/{agentId}/conversations": list,
    "POST /agents/{agentId}/conversations": create,
    "GET /agents/{agentId}/conversations/{conversationId}": (call) => ({
      status: 200,
      body: wire(conversation(call)),
    }),
    "PUT /agents/{agentId}/conversations/{conversationId}": update,
    "DELETE /agents/{agentId}/conversations/{conversationId}": remove,
    "GET /agents/{agentId}/conversations/{conversationId}/messages": listMessages,
    "POST /agents/{agentId}/conversations/{conversationId}/messages": addMessages,
    "PUT /agents/{agentId}/conversations/{conversationId}/messages": replaceMessages,
    "DELETE /agents/{agentId}/conversations/{conversationId}/messages": removeMessages,
  },
  find: (store, id) => store.get("conversation", id),
  otherWriter: (now) => ({ metadata: { other_writer: String(now) }, updatedAt: iso(now) }),
  newConversation: {
    path: "/agents/agent_1/conversations",
    body: { name: "Grace Hopper", record: true, interacted: true },
  },
  seed: chatdashSeed,
};
