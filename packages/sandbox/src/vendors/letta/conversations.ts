import { randomUUID } from "node:crypto";
import type { Handler } from "../../engine/rules.ts";
import { afterId, asDoc, iso, pick } from "../../engine/tools.ts";
import type { Doc } from "../../engine/types.ts";
import type { Collection } from "../../store/store.ts";
import { wire } from "../../store/store.ts";
import { conversation, limitOf, refuse } from "./errors.ts";
import { LETTA_USER } from "./seed.ts";
import { agentExists, filed, systemMessage, thread } from "./thread.ts";

/** The blocks every agent of the sandbox has. */
const BLOCK_LABELS = ["persona", "human"];

export const create: Handler = (call) => {
  const { store, query, body, now } = call;
  const agent = String(query.agent_id);
  if (!agentExists(call, agent)) throw refuse(404, "Agent not found");
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

function newConversation(store: Collection, agent: string, now: number, fields: Doc): Doc {
  const id = `conv-${randomUUID()}`;
  const system = systemMessage(id, now);
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
  // An empty handle is none to the server, and is stored as it came.
  if (typeof model === "string" && model !== "" && !/^[^/]+\/.+$/.test(model))
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
export const update: Handler = (call) => {
  const stored = conversation(call);
  const changes = withoutNulls(pick(asDoc(call.body), UPDATABLE));
  checkModel(changes);
  if (typeof changes.archived === "boolean") changes.archived_at = changes.archived ? iso(call.now) : null;
  const changed = { ...stored, ...changes, updated_at: iso(call.now), last_updated_by_id: LETTA_USER };
  call.store.put("conversation", changed);
  return { status: 200, body: shown(changed) };
};

/** Soft: the row stays, and every later look-up answers 404. */
export const remove: Handler = (call) => {
  call.store.put("conversation", { ...conversation(call), isolated_block_ids: [], $deleted: true });
  return { status: 200, body: null };
};

export const fork: Handler = (call) => {
  const { doc: stored } = thread(call);
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
  for (const message of copied) call.store.add("message", filed(created.id, message));
  const ids = [...(created.in_context_message_ids as unknown[]), ...copied.map((message) => message.id)];
  const forked = { ...created, in_context_message_ids: ids };
  call.store.put("conversation", forked);
  return { status: 200, body: shown(forked) };
};

export const list: Handler = ({ store, query }) => {
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
  const found = afterId(sorted, query.after);
  // An unknown cursor is ignored in the one order whose cursor the server looks up otherwise.
  const rest = found ?? (query.order_by === "last_run_completion" ? sorted : undefined);
  if (!rest) throw refuse(404, `Conversation ${query.after} not found`);
  return { status: 200, body: rest.slice(0, limitOf(query, 50)).map(shown) };
};

/** Case counts, as in the LIKE of the server's Postgres. */
const includes = (text: unknown, part: unknown): boolean =>
  typeof text === "string" && text.includes(String(part));

/** Rows without the time come last in both directions. */
function byTime(rows: readonly Doc[], field: string, ascending: boolean): Doc[] {
  const dated = rows.filter((row) => typeof row[field] === "string");
  dated.sort((a, b) => (String(a[field]) < String(b[field]) ? -1 : 1) * (ascending ? 1 : -1));
  return [...dated, ...rows.filter((row) => typeof row[field] !== "string")];
}
