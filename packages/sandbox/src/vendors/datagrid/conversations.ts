import type { Call, Handler } from "../../engine/rules.ts";
import { asDoc, hex, iso, pick } from "../../engine/tools.ts";
import { type Doc, Refusal, type Reply } from "../../engine/types.ts";
import { wire } from "../../store/store.ts";
import { error } from "./errors.ts";

function conversation({ store, path }: Call): Doc {
  const found = store.get("conversation", path.conversation_id ?? "");
  if (!found) throw new Refusal(error(404, "not_found", `Conversation ${path.conversation_id} not found.`));
  return found;
}

export const create: Handler = ({ store, body, now }) => {
  const { name } = asDoc(body);
  const created: Doc = {
    object: "conversation",
    id: `cnv_${hex(12)}`,
    ...(typeof name === "string" ? { name } : {}),
    created_at: iso(now),
    updated_at: iso(now),
    agent_ids: [],
    participated_agent_ids: [],
  };
  store.add("conversation", created);
  return { status: 200, body: created };
};

export const update: Handler = (call) => {
  const stored = conversation(call);
  const changes = pick(asDoc(call.body), ["name", "agent_ids"]);
  const changed = { ...stored, ...changes, updated_at: iso(call.now) };
  call.store.put("conversation", changed);
  return { status: 200, body: wire(changed) };
};

export const remove: Handler = (call) => {
  const id = String(conversation(call).id);
  call.store.clear("message", id);
  call.store.remove("conversation", id);
  return { status: 204 };
};

/** Forward from `after`, or backward from `before` (then the page ends at the row before it). */
function page(rows: readonly Doc[], { after, before, limit = 20 }: Doc): Reply {
  const size = Number(limit);
  const index = (id: unknown): number => {
    const at = rows.findIndex((row) => row.id === id);
    if (at < 0) throw new Refusal(error(400, "bad_request", `There is no object ${id} to page from.`));
    return at;
  };
  const end = before === undefined ? rows.length : index(before);
  const start = after === undefined ? 0 : index(after) + 1;
  const part = rows.slice(start, end);
  const backward = before !== undefined && after === undefined;
  const data = (backward ? part.slice(-size) : part.slice(0, size)).map(wire);
  return { status: 200, body: { object: "list", data, has_more: part.length > data.length } };
}

/** Neither default is documented: newest first by creation, like the other lists of the API. */
export const list: Handler = ({ store, query }) => {
  const field = query.sort === "updated_at" ? "updated_at" : "created_at";
  const time = (row: Doc): string => String(row[field]);
  const rows = store
    .list("conversation")
    .sort((a, b) => (time(a) < time(b) ? -1 : time(a) > time(b) ? 1 : 0));
  return page(query.direction === "asc" ? rows : rows.reverse(), query);
};

export const getMessage: Handler = (call) => {
  const { id } = conversation(call);
  const found = call.store.get("message", call.path.message_id ?? "");
  if (found?.conversation_id === id) return { status: 200, body: wire(found as Doc) };
  throw new Refusal(error(404, "not_found", `Message ${call.path.message_id} not found.`));
};

export const get: Handler = (call) => ({ status: 200, body: wire(conversation(call)) });

export const listMessages: Handler = (call) =>
  page(call.store.list("message", String(conversation(call).id)).reverse(), call.query);
