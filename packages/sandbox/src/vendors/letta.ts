import { randomUUID } from "node:crypto";
import { authenticate } from "../engine/keys.ts";
import type { Shelf } from "../engine/store.ts";
import { wire } from "../engine/store.ts";
import { afterId, asDoc, iso, pick } from "../engine/tools.ts";
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
import { badId, conversation, detail, explain, refuse } from "./letta-errors.ts";
import {
  cancel,
  compact,
  listMessages,
  preview,
  recompile,
  resume,
  send,
  systemMessage,
} from "./letta-messages.ts";
import { LETTA_USER, lettaSeed } from "./seeds.ts";

const UUID4 = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
const AGENT_ID = new RegExp(`^agent-${UUID4}$`);
const USER_ID = new RegExp(`^user-${UUID4}$`);
const CONVERSATION_ID = new RegExp(`^(default|conv-${UUID4})$`);
const CONVERSATION_OR_AGENT_ID = new RegExp(`^(default|(conv|agent)-${UUID4})$`);
/** The blocks every agent of the sandbox has. */
const BLOCK_LABELS = ["persona", "human"];

/** A key as bearer token; self-hosted servers read `X-BARE-PASSWORD: password <key>` as well, or ask for none. */
function account(headers: Headers, options: SandboxOptions): Account {
  const bare = headers.get("x-bare-password")?.replace(/^password /, "");
  if (options.letta?.open === true && bare === undefined && !headers.has("authorization")) return {};
  const sent = bare === undefined ? headers : new Headers({ authorization: `Bearer ${bare}` });
  const refuse = (): Reply => detail(401, "Unauthorized");
  return authenticate({ vendor: "letta", prefix: "Bearer ", shape: /^\S+$/, refuse }, sent, options);
}

/** Only the word `default` and well-formed ids come through; some operations also take an agent's id. */
function before({ path, operation, headers }: Call): Record<string, string> {
  const user = headers.get("user_id");
  if (user !== null && !USER_ID.test(user)) throw refuse(400, `Invalid user id: ${user}`);
  const id = path.conversation_id;
  if (id === undefined) return {};
  const wide = /\/(fork|recompile|preview-raw-payload)$/.test(operation.path);
  if (!(wide ? CONVERSATION_OR_AGENT_ID : CONVERSATION_ID).test(id)) throw new Refusal(badId());
  return {};
}

const create: Handler = ({ store, query, body, now, options }) => {
  const agent = String(query.agent_id);
  const agents = options.letta?.agents;
  if (agents ? !agents.includes(agent) : !AGENT_ID.test(agent)) throw refuse(404, `Agent ${agent} not found`);
  const sent = asDoc(body);
  const labels = (sent.isolated_block_labels ?? []) as string[];
  const unknown = labels.find((label) => !BLOCK_LABELS.includes(label));
  if (unknown !== undefined) throw refuse(400, `Block label ${unknown} does not exist on the agent`);
  checkModel(sent);
  const changes = withoutNulls(
    pick(sent, ["summary", "model", "model_settings", "context_window_limit", "description"]),
  );
  const created = newConversation(store, agent, now, {
    ...changes,
    isolated_block_ids: labels.map(() => `block-${randomUUID()}`),
    $hidden: sent.hidden === true,
  });
  return { status: 200, body: shown(created) };
};

function newConversation(store: Shelf, agent: string, now: number, fields: Doc): Doc {
  const id = `conv-${randomUUID()}`;
  const system = systemMessage(agent, id, now);
  const created: Doc = {
    id,
    agent_id: agent,
    created_at: iso(now),
    updated_at: iso(now),
    created_by_id: LETTA_USER,
    last_updated_by_id: LETTA_USER,
    summary: null,
    in_context_message_ids: [system.id],
    isolated_block_ids: [],
    ...fields,
  };
  store.add("message", system);
  store.add("conversation", created);
  return created;
}

/** Only retrieve fills `in_context_message_ids`. */
const shown = (doc: Doc): Doc => ({ ...wire(doc), in_context_message_ids: [] });

const withoutNulls = (doc: Doc): Doc =>
  Object.fromEntries(Object.entries(doc).filter(([, value]) => value !== null));

function checkModel({ model }: Doc): void {
  if (typeof model === "string" && !/^[^/]+\/.+$/.test(model))
    throw refuse(400, `Invalid model handle: ${model}`);
}

/** Present and non-null fields are written, all else stays: null is a no-op. */
const UPDATABLE = [
  "summary",
  "model",
  "model_settings",
  "last_message_at",
  "archived",
  "context_window_limit",
  "description",
];
const update: Handler = (call) => {
  const stored = conversation(call);
  const changes = withoutNulls(pick(asDoc(call.body), UPDATABLE));
  checkModel(changes);
  if (typeof changes.archived === "boolean") changes.archived_at = changes.archived ? iso(call.now) : null;
  const changed = { ...stored, ...changes, updated_at: iso(call.now), last_updated_by_id: LETTA_USER };
  call.store.put("conversation", changed);
  return { status: 200, body: shown(changed) };
};

/** Soft: the row stays, and every later look-up answers 404. */
const remove: Handler = (call) => {
  call.store.put("conversation", { ...conversation(call), isolated_block_ids: [], $deleted: true });
  return { status: 200, body: null };
};

const fork: Handler = (call) => {
  const stored = conversation(call);
  const shared = call.store
    .list("message", String(stored.id))
    .filter((message) => (stored.in_context_message_ids as unknown[]).includes(message.id))
    .filter((message) => message.message_type !== "system_message");
  const last = shared.findIndex((message) => message.id === call.query.message_id);
  if (call.query.message_id !== undefined && last < 0)
    throw refuse(404, `Message ${call.query.message_id} not found`);
  const copied = last < 0 ? shared : shared.slice(0, last + 1);
  const overrides = pick(stored, ["model", "model_settings", "context_window_limit"]);
  const hidden = call.query.hidden === true;
  const created = newConversation(call.store, String(stored.agent_id), call.now, {
    ...overrides,
    $hidden: hidden,
  });
  for (const message of copied)
    call.store.add("message", { ...message, $conversation: created.id, $key: `${created.id}/${message.id}` });
  const ids = [...(created.in_context_message_ids as unknown[]), ...copied.map((message) => message.id)];
  const forked = { ...created, in_context_message_ids: ids };
  call.store.put("conversation", forked);
  return { status: 200, body: shown(forked) };
};

const list: Handler = ({ store, query }) => {
  const field = { last_message_at: "last_message_at", last_run_completion: "last_message_at" }[
    String(query.order_by)
  ];
  const archived = query.archive_status ?? "unarchived";
  const rows = store
    .list("conversation", query.agent_id === undefined ? undefined : String(query.agent_id))
    .filter((row) => row.$deleted !== true)
    .filter(
      (row) =>
        archived === "all" || (row.archived === true || row.$hidden === true) === (archived === "archived"),
    )
    .filter((row) => query.summary_search === undefined || includes(row.summary, query.summary_search));
  if (query.order !== "asc") rows.reverse();
  const sorted = field === undefined ? rows : byTime(rows, field, query.order === "asc");
  const rest = afterId(sorted, query.after);
  if (!rest) throw refuse(404, `Conversation ${query.after} not found`);
  return { status: 200, body: rest.slice(0, Number(query.limit ?? 50)).map(shown) };
};

const includes = (text: unknown, part: unknown): boolean =>
  typeof text === "string" && text.toLowerCase().includes(String(part).toLowerCase());

/** Rows without the time come last in both directions. */
function byTime(rows: readonly Doc[], field: string, ascending: boolean): Doc[] {
  const dated = rows.filter((row) => typeof row[field] === "string");
  dated.sort((a, b) => (String(a[field]) < String(b[field]) ? -1 : 1) * (ascending ? 1 : -1));
  return [...dated, ...rows.filter((row) => typeof row[field] !== "string")];
}

/** Letta conversations, in the shape of early 2026 with later additions as optional fields: https://docs.letta.com/api */
export const letta: VendorRules = {
  name: "letta",
  mount: "/letta",
  env: { apiKey: "LETTA_API_KEY", baseUrl: "LETTA_BASE_URL" },
  sampleKey: "sk-let-sandbox-0123456789abcdef",
  keyHeader: "Authorization: Bearer",
  kinds: {
    conversation: { id: "id", parent: "agent_id" },
    // A fork shares the message ids of its source, so rows are filed under a key of their own.
    message: { id: "$key", parent: "$conversation" },
    run: { id: "id", parent: "$conversation", alias: "$otid" },
  },
  unknownFields: "ignore",
  idParam: "conversation_id",
  authenticate: account,
  explain,
  before,
  stray: (_method, url) =>
    url.pathname === "/letta/v1/conversations"
      ? { status: 307, headers: { location: `${url.pathname}/${url.search}` } }
      : undefined,
  routes: {
    "POST /v1/conversations/": create,
    "GET /v1/conversations/": list,
    "GET /v1/conversations/{conversation_id}": (call) => ({ status: 200, body: wire(conversation(call)) }),
    "PATCH /v1/conversations/{conversation_id}": update,
    "DELETE /v1/conversations/{conversation_id}": remove,
    "POST /v1/conversations/{conversation_id}/fork": fork,
    "POST /v1/conversations/{conversation_id}/cancel": cancel,
    "POST /v1/conversations/{conversation_id}/recompile": recompile,
    "GET /v1/conversations/{conversation_id}/messages": listMessages,
    "POST /v1/conversations/{conversation_id}/messages": send,
    "POST /v1/conversations/{conversation_id}/messages/preview-raw-payload": preview,
    "POST /v1/conversations/{conversation_id}/stream": resume,
    "POST /v1/conversations/{conversation_id}/compact": compact,
  },
  find(store, id) {
    const found = store.get("conversation", id);
    return found?.$deleted === true ? undefined : found;
  },
  otherWriter: (doc, now) => ({ ...doc, summary: `other writer ${now}`, updated_at: iso(now) }),
  seed: lettaSeed,
};
