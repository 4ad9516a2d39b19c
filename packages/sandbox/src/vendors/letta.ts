import { randomUUID } from "node:crypto";
import { authenticate } from "../engine/keys.ts";
import type { Shelf } from "../engine/store.ts";
import { wire } from "../engine/store.ts";
import { afterId, asDoc, dotted, hex, iso, pick } from "../engine/tools.ts";
import {
  type Call,
  type Doc,
  type Handler,
  type Problem,
  Refusal,
  type Reply,
  type VendorRules,
} from "../engine/types.ts";
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
import { conversation, refuse } from "./letta-shared.ts";

const UUID4 = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
const AGENT_ID = new RegExp(`^agent-${UUID4}$`);
const CONVERSATION_ID = new RegExp(`^(default|conv-${UUID4})$`);
const CONVERSATION_OR_AGENT_ID = new RegExp(`^(default|(conv|agent)-${UUID4})$`);
const USER = "user-00000000-0000-4000-8000-000000000001";
const AGENT = "agent-00000000-0000-4000-8000-000000000001";
const SEEDED = "conv-00000000-0000-4000-8000-000000000001";
/** The blocks every agent of the sandbox has. */
const BLOCK_LABELS = ["persona", "human"];

const detail = (status: number, text: string, more: Doc = {}): Reply => ({
  status,
  body: { detail: text, ...more },
});

/** Validation errors: `detail` is the printed list of errors, not an array as the vendor's spec has it. */
function unprocessable(
  path: readonly (string | number)[],
  message: string,
  examples?: readonly string[],
): Reply {
  const printed = `[{'loc': (${path.map((part) => `'${part}'`).join(", ")}), 'msg': '${message}'}]`;
  return detail(422, printed, { trace_id: hex(16), ...(examples ? { examples } : {}) });
}

function badId(): Reply {
  return unprocessable(["path", "conversation_id"], "String should match the id pattern", [
    "default",
    "conv-123e4567-e89b-42d3-8456-426614174000",
  ]);
}

function explain(problem: Problem): Reply {
  switch (problem.kind) {
    case "route":
      return detail(404, "Not Found");
    case "method":
      return detail(405, "Method Not Allowed");
    case "json":
      return unprocessable(["body"], "JSON decode error");
    case "invalid": {
      if (problem.where === "path") return badId();
      const { path, message, keyword } = problem.issue;
      const text = keyword === "required" ? "Field required" : message;
      return unprocessable([problem.where, dotted(path)], text);
    }
    case "rate": {
      const error = { type: "llm_rate_limit", message: "Rate limited by the model provider.", detail: "" };
      return { status: 429, body: { error }, headers: { "retry-after": String(problem.retryAfter) } };
    }
    case "status":
      return detail(problem.status, `The server answered ${problem.status}.`);
  }
}

/** Only the word `default` and well-formed ids come through; some operations also take an agent's id. */
function before({ path, operation }: Call): Record<string, string> {
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
    created_by_id: USER,
    last_updated_by_id: USER,
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
  const changed = { ...stored, ...changes, updated_at: iso(call.now), last_updated_by_id: USER };
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

const AT = "2026-11-02T09:30:00.000Z";
const ID = (kind: string, n: number): string =>
  `${kind}-00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

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
  authenticate: (headers, options) =>
    options.letta?.open === true && headers.get("authorization") === null
      ? {}
      : authenticate(
          { vendor: "letta", prefix: "Bearer ", shape: /^\S+$/, refuse: () => detail(401, "Unauthorized") },
          headers,
          options,
        ),
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
  seed: {
    conversation: [
      {
        id: SEEDED,
        agent_id: AGENT,
        created_at: AT,
        updated_at: AT,
        created_by_id: USER,
        last_updated_by_id: USER,
        summary: "Asked for the state of project x",
        in_context_message_ids: [ID("message", 1), ID("message", 2), ID("message", 3)],
        isolated_block_ids: [],
      },
    ],
    message: [
      seedMessage(1, "system_message", "You are a helpful agent."),
      seedMessage(2, "user_message", "What is the state of project x?"),
      seedMessage(3, "assistant_message", "It ships on Friday."),
    ],
  },
};

function seedMessage(n: number, type: string, content: string): Doc {
  const id = ID("message", n);
  return { id, date: AT, message_type: type, content, $conversation: SEEDED, $key: `${SEEDED}/${id}` };
}
