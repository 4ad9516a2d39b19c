import { keyCheck } from "../../engine/keys.ts";
import type { Call, Handler, VendorRules } from "../../engine/rules.ts";
import { asDoc, hex } from "../../engine/tools.ts";
import { type Doc, Refusal } from "../../engine/types.ts";
import type { Collection } from "../../store/store.ts";
import { wire } from "../../store/store.ts";
import { conversation, error, errorResponse } from "./errors.ts";
import { createItems, getItem, listItems, removeItem } from "./item-calls.ts";
import { storeItems } from "./items.ts";
import { createResponse } from "./responses.ts";
import { openaiSeed } from "./seed.ts";

/** The id's shape is checked before its existence. */
function before({ path, headers }: Call): Record<string, string> {
  const id = path.conversation_id;
  if (id !== undefined && !id.startsWith("conv")) {
    const message = `Invalid 'conversation_id': '${id}'. Expected an id that begins with 'conv'.`;
    throw new Refusal(error(400, message, "invalid_value", "conversation_id"));
  }
  if (id !== undefined && id.length > 64) {
    const message = "Invalid 'conversation_id': it is too long. The limit is 64 characters.";
    throw new Refusal(error(400, message, "string_above_max_length", "conversation_id"));
  }
  const clientId = headers.get("x-client-request-id") ?? "";
  if (clientId.length > 512)
    throw new Refusal(error(400, "X-Client-Request-Id is longer than 512 characters."));
  return {};
}

/** Rows without `metadata` values other than strings cannot exist: the spec's validation comes first. */
function metadataAfter(call: Call, stored: Doc): Doc {
  const sent = asDoc(call.body).metadata;
  if (call.options.openai?.metadata === "replace") return asDoc(sent);
  const merged = { ...asDoc(stored.metadata), ...asDoc(sent) };
  const count = Object.keys(merged).length;
  if (count <= 16) return merged;
  const message = `Invalid 'metadata': it would have ${count} properties. The limit is 16.`;
  throw new Refusal(error(400, message, "object_above_max_properties", "metadata"));
}

const create: Handler = ({ body, store, now }) => {
  const { metadata, items } = asDoc(body);
  const seconds = Math.floor(now / 1000);
  const id = `conv_${seconds.toString(16).padStart(8, "0")}${hex(20)}`;
  const created = { id, object: "conversation", created_at: seconds, metadata: asDoc(metadata) };
  store.add("conversation", created);
  storeItems(store, id, Array.isArray(items) ? items.map(asDoc) : []);
  return { status: 200, body: created };
};

const update: Handler = (call) => {
  const stored = conversation(call);
  const changed = { ...stored, metadata: metadataAfter(call, stored) };
  call.store.put("conversation", changed);
  return { status: 200, body: wire(changed) };
};

/** The items stay behind, as the vendor says; with the conversation gone nothing reaches them. */
const remove: Handler = (call) => {
  const { id } = conversation(call);
  call.store.remove("conversation", String(id));
  return { status: 200, body: { id, object: "conversation.deleted", deleted: true } };
};

/** OpenAI Conversations: https://platform.openai.com/docs/api-reference/conversations */
export const openai: VendorRules = {
  name: "openai",
  mount: "/openai/v1",
  env: { apiKey: "OPENAI_API_KEY", baseUrl: "OPENAI_BASE_URL" },
  sampleKey: "sk-sandbox-0123456789abcdef",
  keyHeader: "Authorization: Bearer",
  kinds: {
    conversation: { id: "id", schema: "Conversation" },
    item: { id: "id", parent: "$conversation", schema: "ConversationItem" },
  },
  unknownFields: "refuse",
  idParam: "conversation_id",
  authenticate: keyCheck({
    vendor: "openai",
    prefix: "Bearer ",
    // API keys begin with `sk-`, short-lived workload tokens are JWTs.
    shape: /^(sk-|ey)\S{3,}$/,
    refuse: (reason, key) =>
      reason === "missing"
        ? error(401, "No API key was sent. Put it into the Authorization header as a bearer token.")
        : error(401, `Incorrect API key: ${key.slice(0, 3)}***.`, "invalid_api_key"),
  }),
  errorResponse,
  before,
  headers: ({ startedAt }) => ({
    "x-request-id": `req_${hex(16)}`,
    "openai-version": "2020-10-01",
    "openai-organization": "org-sandbox",
    "openai-processing-ms": String(Math.max(1, Math.round(performance.now() - startedAt))),
    "x-ratelimit-limit-requests": "10000",
    "x-ratelimit-remaining-requests": "9999",
    "x-ratelimit-reset-requests": "6ms",
  }),
  routes: {
    "POST /conversations": create,
    "GET /conversations/{conversation_id}": (call) => ({ status: 200, body: wire(conversation(call)) }),
    "POST /conversations/{conversation_id}": update,
    "DELETE /conversations/{conversation_id}": remove,
    "POST /conversations/{conversation_id}/items": createItems,
    "GET /conversations/{conversation_id}/items": listItems,
    "GET /conversations/{conversation_id}/items/{item_id}": getItem,
    "DELETE /conversations/{conversation_id}/items/{item_id}": removeItem,
    "POST /responses": createResponse,
  },
  find: (store: Collection, id) => store.get("conversation", id),
  otherWriter: (now) => ({ metadata: { other_writer: String(now) } }),
  newConversation: { path: "/conversations", body: { metadata: { topic: "new" } } },
  seed: openaiSeed,
};
