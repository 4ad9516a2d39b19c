import { authenticate } from "../engine/keys.ts";
import { wire } from "../engine/store.ts";
import { asDoc, dotted, hex, iso, pick } from "../engine/tools.ts";
import {
  type Call,
  type Doc,
  type Handler,
  type Problem,
  Refusal,
  type Reply,
  type VendorRules,
} from "../engine/types.ts";
import { chatdashSeed } from "./seeds.ts";

const error = (status: number, message: string, headers?: Record<string, string>): Reply => ({
  status,
  body: { error: message },
  ...(headers ? { headers } : {}),
});
const done = (message: string): Reply => ({ status: 200, body: { message } });

/** The fields a caller may set; the misspelt one is the vendor's name on the wire. */
const FIELDS = (
  "platformId leadId name read endedAt browser device os countryCode ipAddress record interacted channel phone " +
  "phoneSecondary instagramId instagramUsername cost duration url endedReason noAnswer status liveAgentName " +
  "liveAgentId isLive note topic subtopic summary evaluation mistunderstoodQueries customAnalysis metadata"
).split(" ");
/** The defaults the vendor declares; they hold on create, and on update only if PUT means "replace whole". */
const DEFAULTS: Doc = { read: false, record: false, interacted: false, status: "ai", isLive: false };

function explain(problem: Problem): Reply {
  switch (problem.kind) {
    case "route":
      return error(404, `Cannot ${problem.method} ${problem.path}`);
    case "method":
      return error(405, `${problem.method} is not offered here`);
    case "json":
      return error(400, "The body is not valid JSON");
    case "invalid":
      return error(400, `${dotted(problem.issue.path) || problem.where} ${problem.issue.message}`);
    case "rate":
      return error(429, "Too many requests", { "retry-after": String(problem.retryAfter) });
    case "status":
      return error(
        problem.status,
        problem.status === 500 ? "An unexpected error occurred" : `Status ${problem.status}`,
      );
  }
}

function conversation({ store, path, query }: Call): Doc {
  const id = path.conversationId ?? "";
  const rows = query.isPlatformId === true ? store.find("conversation", id) : [store.get("conversation", id)];
  const found = rows.find((row) => row?.agentId === path.agentId);
  if (!found) throw new Refusal(error(404, "Conversation not found"));
  return found;
}

/** A bare call behaves as if `record` and `interacted` were asked to be true. */
const list: Handler = ({ store, path, query }) => {
  const time = (value: unknown): number => Date.parse(String(value));
  const rows = store
    .list("conversation", path.agentId)
    .filter(
      (row) =>
        (row.record ?? false) === (query.record ?? true) &&
        (row.interacted ?? false) === (query.interacted ?? true) &&
        !(time(row.createdAt) < time(query.startDate)) &&
        !(time(row.createdAt) > time(query.endDate)),
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

function append(call: Call): void {
  const $conversation = conversation(call)._id;
  for (const message of (asDoc(call.body).messages as unknown[]).map(asDoc)) {
    if (message.type === "text" && typeof asDoc(message.content).text !== "string")
      throw new Refusal(error(400, "content.text is required of a text message"));
    call.store.add("message", { createdAt: iso(call.now), ...message, $id: hex(12), $conversation });
  }
}

const listMessages: Handler = (call) => {
  const rows = call.store.list("message", String(conversation(call)._id));
  return { status: 200, body: rows.map(wire) };
};

const addMessages: Handler = (call) => {
  append(call);
  return done("Messages added successfully");
};

const replaceMessages: Handler = (call) => {
  call.store.clear("message", String(conversation(call)._id));
  append(call);
  return done("Messages updated successfully");
};

const removeMessages: Handler = (call) => {
  call.store.clear("message", String(conversation(call)._id));
  return done("Messages deleted successfully");
};

/** ChatDash's public API: https://docs.chat-dash.com/ */
export const chatdash: VendorRules = {
  name: "chatdash",
  mount: "/chatdash/v1/public",
  env: { apiKey: "CHATDASH_API_KEY", baseUrl: "CHATDASH_BASE_URL" },
  sampleKey: "CD.0123456789abcdef0123456789abcdef",
  keyHeader: "Authorization:",
  kinds: {
    conversation: { id: "_id", parent: "agentId", alias: "platformId" },
    message: { id: "$id", parent: "$conversation" },
  },
  unknownFields: "ignore",
  idParam: "conversationId",
  // The bare key: a value with a scheme word before it has a blank and is not one.
  authenticate: (headers, options) =>
    authenticate(
      {
        vendor: "chatdash",
        prefix: "",
        shape: /^\S+$/,
        refuse: () => error(401, "Invalid or missing API key"),
      },
      headers,
      options,
    ),
  explain,
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
  otherWriter: (doc, now) => ({
    ...doc,
    metadata: { ...asDoc(doc.metadata), other_writer: String(now) },
    updatedAt: iso(now),
  }),
  seed: chatdashSeed,
};
