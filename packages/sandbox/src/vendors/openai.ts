import { authenticate } from "../engine/keys.ts";
import type { Shelf } from "../engine/store.ts";
import { wire } from "../engine/store.ts";
import { afterId, asDoc, hex } from "../engine/tools.ts";
import { type Call, type Doc, type Handler, Refusal, type VendorRules } from "../engine/types.ts";
import { error, explain } from "./openai-errors.ts";
import { storeItems } from "./openai-items.ts";
import { openaiSeed } from "./seeds.ts";

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

function conversation(call: Call): Doc {
  const id = call.path.conversation_id ?? "";
  const found = call.store.get("conversation", id);
  if (!found) throw new Refusal(error(404, `Conversation with id '${id}' not found.`));
  return found;
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

const page = (items: readonly Doc[], more: boolean): Doc => ({
  object: "list",
  data: items.map(wire),
  has_more: more,
  first_id: items[0]?.id ?? null,
  last_id: items.at(-1)?.id ?? null,
});

const createItems: Handler = (call) => {
  const { id } = conversation(call);
  const items = asDoc(call.body).items as unknown[];
  if (items.length === 0)
    throw new Refusal(
      error(400, "Invalid 'items': it is empty. Send at least one item.", "empty_array", "items"),
    );
  return { status: 200, body: page(storeItems(call.store, String(id), items.map(asDoc)), false) };
};

const listItems: Handler = (call) => {
  const { id } = conversation(call);
  const limit = Number(call.query.limit ?? 20);
  for (const [bad, code, bound] of [
    [limit > 100, "integer_above_max_value", 100],
    [limit < 1, "integer_below_min_value", 1],
  ] as const) {
    if (bad)
      throw new Refusal(error(400, `Invalid 'limit': ${limit}. The limit is ${bound}.`, code, "limit"));
  }
  const rows = call.store.list("item", String(id));
  if (call.query.order !== "asc") rows.reverse();
  const rest = afterId(rows, call.query.after);
  if (!rest) throw new Refusal(error(404, `Item with id '${call.query.after}' not found.`, null, "after"));
  return { status: 200, body: page(rest.slice(0, limit), rest.length > limit) };
};

function item(call: Call): Doc {
  const { id } = conversation(call);
  const found = call.store.get("item", call.path.item_id ?? "");
  if (found?.$conversation === id) return found as Doc;
  throw new Refusal(error(404, `Item with id '${call.path.item_id}' not found in conversation '${id}'.`));
}

const removeItem: Handler = (call) => {
  call.store.remove("item", String(item(call).id));
  return { status: 200, body: wire(conversation(call)) };
};

/** OpenAI Conversations: https://platform.openai.com/docs/api-reference/conversations */
export const openai: VendorRules = {
  name: "openai",
  mount: "/openai/v1",
  env: { apiKey: "OPENAI_API_KEY", baseUrl: "OPENAI_BASE_URL" },
  sampleKey: "sk-sandbox-0123456789abcdef",
  keyHeader: "Authorization: Bearer",
  kinds: { conversation: { id: "id" }, item: { id: "id", parent: "$conversation" } },
  unknownFields: "refuse",
  idParam: "conversation_id",
  authenticate: (headers, options) =>
    authenticate(
      {
        vendor: "openai",
        prefix: "Bearer ",
        // API keys begin with `sk-`, short-lived workload tokens are JWTs.
        shape: /^(sk-|ey)\S{3,}$/,
        refuse: (reason, key) =>
          reason === "missing"
            ? error(401, "No API key was sent. Put it into the Authorization header as a bearer token.")
            : error(401, `Incorrect API key: ${key.slice(0, 3)}***.`, "invalid_api_key"),
      },
      headers,
      options,
    ),
  explain,
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
    "GET /conversations/{conversation_id}/items/{item_id}": (call) => ({
      status: 200,
      body: wire(item(call)),
    }),
    "DELETE /conversations/{conversation_id}/items/{item_id}": removeItem,
  },
  find: (store: Shelf, id) => store.get("conversation", id),
  otherWriter: (doc, now) => ({ ...doc, metadata: { ...asDoc(doc.metadata), other_writer: String(now) } }),
  seed: openaiSeed,
};
