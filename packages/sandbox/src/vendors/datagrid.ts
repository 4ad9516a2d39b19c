import { windowWait } from "../engine/faults.ts";
import { authenticate } from "../engine/keys.ts";
import { wire } from "../engine/store.ts";
import { asDoc, dotted, hex, iso, pick } from "../engine/tools.ts";
import {
  type Account,
  type Call,
  type Doc,
  type Handler,
  type Problem,
  Refusal,
  type Reply,
  type SandboxOptions,
  type VendorRules,
  type VendorState,
} from "../engine/types.ts";
import { datagridSeed } from "./seeds.ts";

const WINDOW_MS = 60_000;

const error = (status: number, code: string, message: string, more: Doc = {}): Reply => ({
  status,
  body: { status_code: status, statusCode: status, error: code, message, retryable: status >= 500, ...more },
});

function tooMany(retryAfter: number): Reply {
  const reply = error(429, "rate_limit_exceeded", "Too many requests to this endpoint.", {
    retryable: true,
    mitigation: `Wait ${retryAfter} s before the next request.`,
    details: { reason: "The limit of the 60-second window is reached." },
  });
  return { ...reply, headers: { "retry-after": String(retryAfter) } };
}

function explain(problem: Problem): Reply {
  switch (problem.kind) {
    case "route":
      return error(404, "not_found", `Cannot ${problem.method} ${problem.path}`);
    case "method":
      return error(405, "method_not_allowed", `${problem.method} is not offered here`);
    case "json":
      return error(400, "bad_request", "The body is not valid JSON");
    case "invalid": {
      const { keyword, path, message } = problem.issue;
      const text = keyword === "additionalProperties" ? "should not exist" : message;
      return error(400, "bad_request", `property ${dotted(path)} ${text}`);
    }
    case "rate":
      return tooMany(problem.retryAfter);
    case "status":
      return error(problem.status, `status_${problem.status}`, `The server answered ${problem.status}.`);
  }
}

/** Counts the request in its window (account, endpoint, method) and gives the headers every response carries. */
function before(call: Call, state: VendorState): Record<string, string> {
  const limit = call.options.datagrid?.rateLimit ?? 200;
  if (limit === false) return {};
  const key = `${call.account.account ?? "default"} ${call.operation.route}`;
  const hits = state.windows.get(key) ?? [];
  state.windows.set(key, hits);
  const wait = windowWait(hits, call.now, limit, WINDOW_MS);
  const remaining = Math.max(0, limit - hits.length);
  const reset = Math.ceil(((hits[0] ?? call.now) + WINDOW_MS) / 1000);
  const headers: Record<string, string> = {
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-reset": String(reset),
  };
  if (remaining === 0)
    headers["retry-after"] = String(wait ?? Math.max(1, reset - Math.floor(call.now / 1000)));
  if (wait === undefined) return headers;
  throw new Refusal({ ...tooMany(wait), headers });
}

/** An account-wide key may name a teamspace, which is a partition of its own; for other keys the header is ignored. */
function account(headers: Headers, options: SandboxOptions): Account {
  const refuse = (): Reply => error(401, "unauthorized", "The API key is missing or not valid.");
  const found = authenticate(
    { vendor: "datagrid", prefix: "Bearer ", shape: /^\S+$/, refuse },
    headers,
    options,
  );
  const teamspace = headers.get("datagrid-teamspace");
  if (!found.teamspaces || teamspace === null) return found;
  if (!found.teamspaces.includes(teamspace))
    throw new Refusal(error(404, "not_found", "Teamspace not found."));
  return { ...found, account: `${found.account ?? "default"}/${teamspace}` };
}

function conversation({ store, path }: Call): Doc {
  const found = store.get("conversation", path.conversation_id ?? "");
  if (!found) throw new Refusal(error(404, "not_found", `Conversation ${path.conversation_id} not found.`));
  return found;
}

const create: Handler = ({ store, body, now }) => {
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

const update: Handler = (call) => {
  const stored = conversation(call);
  const changes = pick(asDoc(call.body), ["name", "agent_ids"]);
  const changed = { ...stored, ...changes, updated_at: iso(call.now) };
  call.store.put("conversation", changed);
  return { status: 200, body: wire(changed) };
};

const remove: Handler = (call) => {
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
const list: Handler = ({ store, query }) => {
  const field = query.sort === "updated_at" ? "updated_at" : "created_at";
  const time = (row: Doc): string => String(row[field]);
  const rows = store
    .list("conversation")
    .sort((a, b) => (time(a) < time(b) ? -1 : time(a) > time(b) ? 1 : 0));
  return page(query.direction === "asc" ? rows : rows.reverse(), query);
};

const getMessage: Handler = (call) => {
  const { id } = conversation(call);
  const found = call.store.get("message", call.path.message_id ?? "");
  if (found?.conversation_id === id) return { status: 200, body: wire(found as Doc) };
  throw new Refusal(error(404, "not_found", `Message ${call.path.message_id} not found.`));
};

/** Datagrid conversations: https://developers.datagrid.com/ */
export const datagrid: VendorRules = {
  name: "datagrid",
  mount: "/datagrid/v1",
  env: { apiKey: "DATAGRID_API_KEY", baseUrl: "DATAGRID_BASE_URL" },
  sampleKey: "dg-sandbox-0123456789abcdef",
  keyHeader: "Authorization: Bearer",
  kinds: { conversation: { id: "id" }, message: { id: "id", parent: "conversation_id" } },
  unknownFields: "refuse",
  idParam: "conversation_id",
  authenticate: account,
  explain,
  before,
  routes: {
    "GET /conversations": list,
    "POST /conversations": create,
    "GET /conversations/{conversation_id}": (call) => ({ status: 200, body: wire(conversation(call)) }),
    "PATCH /conversations/{conversation_id}": update,
    "DELETE /conversations/{conversation_id}": remove,
    "GET /conversations/{conversation_id}/messages": (call) =>
      page(call.store.list("message", String(conversation(call).id)).reverse(), call.query),
    "GET /conversations/{conversation_id}/messages/{message_id}": getMessage,
  },
  find: (store, id) => store.get("conversation", id),
  otherWriter: (doc, now) => ({ ...doc, name: `other writer ${now}`, updated_at: iso(now) }),
  seed: datagridSeed,
};
