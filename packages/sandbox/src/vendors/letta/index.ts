import { keyCheck } from "../../engine/keys.ts";
import type { Call, VendorRules } from "../../engine/rules.ts";
import { iso } from "../../engine/tools.ts";
import { Refusal } from "../../engine/types.ts";
import type { Account, SandboxOptions } from "../../options.ts";
import { wire } from "../../store/store.ts";
import { create, fork, list, remove, update } from "./conversations.ts";
import { badId, conversation, detail, errorResponse, refuse } from "./errors.ts";
import { compact, listMessages, preview, recompile } from "./messages.ts";
import { cancel, resume, send } from "./runs.ts";
import { lettaSeed } from "./seed.ts";

const UUID4 = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
const USER_ID = new RegExp(`^user-${UUID4}$`);
const CONVERSATION_ID = new RegExp(`^(default|conv-${UUID4})$`);
const CONVERSATION_OR_AGENT_ID = new RegExp(`^(default|(conv|agent)-${UUID4})$`);

const checkKey = keyCheck({
  vendor: "letta",
  prefix: "Bearer ",
  shape: /^\S+$/,
  refuse: () => detail(401, "Unauthorized"),
});

/** A key as bearer token; self-hosted servers read `X-BARE-PASSWORD: password <key>` as well, or ask for none. */
function account(headers: Headers, options: SandboxOptions): Account {
  const bare = headers.get("x-bare-password")?.replace(/^password /, "");
  if (options.letta?.open === true && bare === undefined && !headers.has("authorization")) return {};
  const sent = bare === undefined ? headers : new Headers({ authorization: `Bearer ${bare}` });
  return checkKey(sent, options);
}

/** Only the word `default` and well-formed ids come through; all but three operations also take an agent's id. */
function before({ path, operation, headers }: Call): Record<string, string> {
  const user = headers.get("user_id");
  if (user !== null && !USER_ID.test(user)) throw refuse(400, `Invalid user id: ${user}`);
  const id = path.conversation_id;
  if (id === undefined) return {};
  const storedOnly = operation.path.endsWith("/{conversation_id}");
  if (!(storedOnly ? CONVERSATION_ID : CONVERSATION_OR_AGENT_ID).test(id)) throw new Refusal(badId());
  return {};
}

/** Letta conversations, in the shape of early 2026 with later additions as optional fields: https://docs.letta.com/api */
export const letta: VendorRules = {
  name: "letta",
  mount: "/letta",
  env: { apiKey: "LETTA_API_KEY", baseUrl: "LETTA_BASE_URL" },
  sampleKey: "sk-let-sandbox-0123456789abcdef",
  keyHeader: "Authorization: Bearer",
  kinds: {
    conversation: { id: "id", parent: "agent_id", schema: "Conversation" },
    message: { id: "$key", parent: "$conversation", schema: "LettaMessage" },
    // What an agent said outside of any conversation, filed under the agent's id.
    agent: { id: "id" },
    run: { id: "id", parent: "$conversation" },
  },
  unknownFields: "ignore",
  idParam: "conversation_id",
  authenticate: account,
  errorResponse,
  before,
  unmatched: (_method, url) =>
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
  otherWriter: (now) => ({ summary: `other writer ${now}`, updated_at: iso(now) }),
  newConversation: {
    path: "/v1/conversations/?agent_id=agent-00000000-0000-4000-8000-000000000001",
    body: { summary: "New" },
  },
  seed: lettaSeed,
};
