// What the packed packages must do under every runtime. Web standards only: the starters in `start/` bring it to each
// runtime, `server.mjs` (in a process of its own) is the other side. A step that fails throws with its name.
import { vendor as agentsight } from "@convo/agentsight";
import { vendor as chatdash } from "@convo/chatdash";
import { createConvo, isConvoError, letta, openai } from "@convo/core";
import { otel } from "@convo/core/otel";
import { vendor as datagrid } from "@convo/datagrid";
import { vendor as lettaVendor } from "@convo/letta";
import { createOpenAIClient, vendor as openaiVendor } from "@convo/openai";

const KEY = "sk-smoke-0123456789";

/**
 * The steps against `<origin>/<run>`, as `[name, run]` in the order they must run; the server keeps what it stores and
 * counts apart for each run. `elsewhere` is the same server under another origin.
 */
export function prepare(origin, run, elsewhere, fetch) {
  const options = { apiKey: KEY, baseUrl: `${origin}/${run}/v1`, ...(fetch && { fetch }) };
  const client = createOpenAIClient(options);
  const convo = createConvo({ openai: openai(options), letta: letta(options) });
  const seen = async (id) => (await globalThis.fetch(`${origin}/${run}/seen/${id}`)).json();
  const untouched = async () => (await globalThis.fetch(`${origin}/moved/seen/1`)).json();
  const context = { options, client, convo, seen, elsewhere, untouched };
  return Object.entries(STEPS).map(([name, step]) => [name, () => step(context)]);
}

/** Runs every step. Returns their names. */
export async function smoke(...where) {
  const steps = prepare(...where);
  for (const [name, step] of steps) {
    try {
      await step();
    } catch (error) {
      throw new Error(`step "${name}": ${error?.stack ?? error}`);
    }
  }
  return steps.map(([name]) => name);
}

const STEPS = {
  "every vendor's package can be imported": () => {
    const names = [agentsight, chatdash, datagrid, lettaVendor, openaiVendor].map(({ name }) => name);
    equal(names, ["agentsight", "chatdash", "datagrid", "letta", "openai"]);
  },

  get: async ({ client }) => {
    const { id, metadata } = await client.getConversation("conv_1");
    equal({ id, metadata }, { id: "conv_1", metadata: { owner: "ada" } });
  },

  "the request carries key and agreed headers": async ({ seen }) => {
    const { authorization, accept } = (await seen("conv_1")).headers;
    equal({ authorization, accept }, { authorization: `Bearer ${KEY}`, accept: "application/json" });
  },

  "update with merge": async ({ convo, seen }) => {
    const result = await convo.openai.update("conv_1", { metadata: { topic: "Größe 🚀" } });
    equal(result.confirmed, "echo");
    equal((await seen("conv_1")).metadata, { owner: "ada", topic: "Größe 🚀" });
  },

  "concurrent updates lose nothing": async ({ convo, seen }) => {
    const names = Array.from({ length: 12 }, (_, index) => `k${index}`);
    await Promise.all(names.map((name) => convo.openai.update("busy", { metadata: { [name]: name } })));
    equal(Object.keys((await seen("busy")).metadata).sort(), ["owner", ...names].sort());
  },

  "metadata is checked by a schema": async ({ options, seen }) => {
    const issues = [{ message: "no text", path: ["owner"] }];
    const validate = (value) => (typeof value.owner === "string" ? { value } : { issues });
    const schema = { "~standard": { version: 1, vendor: "smoke", validate } };
    const convo = createConvo({ openai: openai(options) }, { schema });
    const error = await failure(convo.openai.update("checked", { unset: ["owner"] }));
    equal(error.violations, [
      { path: "metadata.owner", kind: "invalid", message: "metadata.owner breaks the schema" },
    ]);
    await convo.openai.update("checked", { metadata: { a: "b" } });
    equal((await seen("checked")).metadata, { owner: "ada", a: "b" });
  },

  "OpenTelemetry may watch": async ({ options }) => {
    const convo = createConvo({ openai: openai(options) }, { observe: otel() });
    equal((await convo.openai.get("conv_1")).conversation.id, "conv_1");
  },

  "the raw client": async ({ client }) => {
    const path = { conversation_id: "conv_1" };
    const { data } = await client.http.GET("/conversations/{conversation_id}", { params: { path } });
    equal(data.id, "conv_1");
  },

  "an id stays in its segment": async ({ client }) => {
    equal((await client.getConversation("a/b ü?#%2e")).id, "a/b ü?#%2e");
    equal((await failure(client.getConversation(".."))).kind, "invalid");
  },

  pagination: async ({ client }) => {
    const list = client.listConversationItems("conv_1", { query: { limit: 20, order: "asc" } });
    equal((await list).data.length, 20);
    const ids = [];
    for await (const { id } of list) ids.push(id);
    equal(
      ids,
      Array.from({ length: 45 }, (_, index) => `item_${index}`),
    );
  },

  "typed error": async ({ client }) => {
    const error = await failure(client.getConversation("missing"));
    const { kind, status, requestId, retryable } = error;
    equal(
      { kind, status, requestId, retryable },
      { kind: "not_found", status: 404, requestId: "req_smoke", retryable: false },
    );
    // As logs show it: esbuild's `_ConvoError` would be ours; the one letter of a minifier is the application's choice.
    equal(/^(ConvoError|\w{1,2})$/.test(error.constructor.name) && String(error).split(":")[0], "ConvoError");
    equal(`${error.message} ${error.stack} ${JSON.stringify(error)}`.includes(KEY), false);
  },

  timeout: async ({ client, seen }) => {
    const call = client.getConversation("hang-timeout", { timeoutMs: 200, retry: "never" });
    equal((await failure(call)).kind, "timeout");
    await gone(seen, "hang-timeout");
  },

  "deadline over retries": async ({ client }) => {
    const { kind, httpRequests } = await failure(
      client.getConversation("hang", { timeoutMs: 100, deadlineMs: 150 }),
    );
    equal({ kind, httpRequests }, { kind: "timeout", httpRequests: 1 });
  },

  abort: async ({ client, seen }) => {
    const controller = new AbortController();
    const call = failure(client.getConversation("hang-abort", { signal: controller.signal }));
    while (!(await seen("hang-abort")).requests) await new Promise((resolve) => setTimeout(resolve, 20));
    controller.abort();
    equal((await call).kind, "aborted");
    await gone(seen, "hang-abort");
  },

  "a read is repeated after 503": async ({ client, seen }) => {
    const route = "GET /conversations/{conversation_id}";
    const { httpRequests } = await client.request(route, { path: { conversation_id: "flaky" } });
    equal({ httpRequests, requests: (await seen("flaky")).requests }, { httpRequests: 2, requests: 2 });
  },

  "a write is not repeated after 503": async ({ client, seen }) => {
    const { kind, outcome } = await failure(client.updateConversation("down", { metadata: {} }));
    equal({ kind, outcome }, { kind: "server", outcome: "unknown" });
    equal((await seen("down")).requests, 1);
  },

  "a lost connection": async ({ client }) => {
    const { kind, retryable } = await failure(client.getConversation("reset", { retry: "never" }));
    equal({ kind, retryable }, { kind: "network", retryable: true });
  },

  "a redirect to elsewhere is not followed": async ({ client, elsewhere, seen, untouched }) => {
    const headers = { "x-location": `${elsewhere}/moved/v1/conversations/1` };
    equal((await failure(client.getConversation("moved", { headers }))).kind, "bad_response");
    equal((await seen("moved")).requests, 1);
    equal(await untouched(), {});
  },

  "a compressed body is limited by what comes out": async ({ options }) => {
    const small = createOpenAIClient({ ...options, maxResponseBytes: 100_000 });
    equal((await failure(small.getConversation("bomb"))).kind, "bad_response");
  },
};

function equal(actual, expected) {
  const [is, should] = [actual, expected].map((value) => JSON.stringify(value));
  if (is !== should) throw new Error(`${is} instead of ${should}`);
}

/** The ConvoError a call rejects with. */
async function failure(call) {
  const error = await call.then(
    (value) => new Error(`no error but ${JSON.stringify(value)}`),
    (error) => error,
  );
  if (!isConvoError(error)) throw error;
  return error;
}

/** Waits until the server saw the request's connection, or stream, close. */
async function gone(seen, id) {
  for (let wait = 0; wait < 100; wait++) {
    if ((await seen(id)).closed) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("the request was given up but its connection stayed open");
}
