import { windowWait } from "../../engine/faults.ts";
import { keyCheck } from "../../engine/keys.ts";
import type { Call, VendorRules, VendorState } from "../../engine/rules.ts";
import { iso } from "../../engine/tools.ts";
import { Refusal } from "../../engine/types.ts";
import type { Account, SandboxOptions } from "../../options.ts";
import { create, get, getMessage, list, listMessages, remove, update } from "./conversations.ts";
import { error, errorResponse, tooMany } from "./errors.ts";
import { datagridSeed } from "./seed.ts";

const WINDOW_MS = 60_000;

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

const checkKey = keyCheck({
  vendor: "datagrid",
  prefix: "Bearer ",
  shape: /^\S+$/,
  refuse: () => error(401, "unauthorized", "The API key is missing or not valid."),
});

/** An account-wide key may name a teamspace, which is a partition of its own; for other keys the header is ignored. */
function account(headers: Headers, options: SandboxOptions): Account {
  const found = checkKey(headers, options);
  const teamspace = headers.get("datagrid-teamspace");
  if (!found.teamspaces || teamspace === null) return found;
  if (!found.teamspaces.includes(teamspace))
    throw new Refusal(error(404, "not_found", "Teamspace not found."));
  return { ...found, account: `${found.account ?? "default"}/${teamspace}` };
}

/** Datagrid conversations: https://developers.datagrid.com/ */
export const datagrid: VendorRules = {
  name: "datagrid",
  mount: "/datagrid/v1",
  env: { apiKey: "DATAGRID_API_KEY", baseUrl: "DATAGRID_BASE_URL" },
  sampleKey: "dg-sandbox-0123456789abcdef",
  keyHeader: "Authorization: Bearer",
  kinds: {
    conversation: { id: "id", schema: "Conversation" },
    message: { id: "id", parent: "conversation_id", schema: "Message" },
  },
  unknownFields: "refuse",
  idParam: "conversation_id",
  authenticate: account,
  errorResponse,
  before,
  routes: {
    "GET /conversations": list,
    "POST /conversations": create,
    "GET /conversations/{conversation_id}": get,
    "PATCH /conversations/{conversation_id}": update,
    "DELETE /conversations/{conversation_id}": remove,
    "GET /conversations/{conversation_id}/messages": listMessages,
    "GET /conversations/{conversation_id}/messages/{message_id}": getMessage,
  },
  find: (store, id) => store.get("conversation", id),
  otherWriter: (now) => ({ name: `other writer ${now}`, updated_at: iso(now) }),
  newConversation: { path: "/conversations", body: { name: "New" } },
  seed: datagridSeed,
};
