/** What the documentation leaves open, asked over plain HTTP: every answer is a short text that can be compared. */
import type { RunningServer } from "./start.ts";

/** What came back: parsed JSON, or text. */
interface Answer {
  readonly status: number;
  readonly body: unknown;
}

type Send = (route: string, body?: unknown) => Promise<Answer>;

/** One question to a server. */
export interface Question {
  readonly topic: string;
  ask(send: Send): Promise<string>;
  /** Why the sandbox answers otherwise than this server; without it, a difference is a fault of the sandbox. */
  readonly explained?: string;
}

/** Sends to a server with its key. A string body goes as it stands. */
export function sender({ baseUrl, apiKey }: RunningServer): Send {
  return async (route, body) => {
    const [method = "", path = ""] = route.split(" ");
    const response = await fetch(baseUrl + path, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    try {
      return { status: response.status, body: JSON.parse(text) };
    } catch {
      return { status: response.status, body: text };
    }
  };
}

const field = (body: unknown, name: string): unknown => (body as Record<string, unknown> | null)?.[name];
const idOf = (answer: Answer): string => String(field(answer.body, "id"));

/**
 * What became of a request: its status, and what an error says. Ids are taken out; of the list that FastAPI prints for a 422
 * only that it is one, and of Letta's "not found", which goes on to print its query, the first word.
 */
function told({ status, body }: Answer): string {
  if (status < 400) return `${status}`;
  const detail = field(body, "detail");
  if (typeof detail !== "string") return `${status} ${JSON.stringify(body)}`.slice(0, 90);
  if (detail.startsWith("[{")) return `${status} a printed list`;
  const text = detail.replace(/\b(conv|agent|message|msg)[-_][\w-]+/g, "<$1>");
  return `${status} ${/^Conversation .*not found/.test(text) ? "Conversation ... not found" : text}`;
}

/** Which of OpenAI's and FastAPI's shapes an error has. */
function shapeOf({ body }: Answer): string {
  if (field(body, "detail") !== undefined)
    return `detail: ${Array.isArray(field(body, "detail")) ? "list" : "text"}`;
  const error = field(body, "error");
  return error === undefined
    ? typeof body
    : `error: ${Object.keys(error as object)
        .sort()
        .join(", ")}`;
}

const SWITCH = "a switch of the sandbox (README): OpenAI documents neither";
const NO_LIMITS = "OpenAI documents the limit; ogx has none";

const message = (text: string): object => ({ type: "message", role: "user", content: text });
const many = (count: number, value = "v"): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, value]));

async function conversation(send: Send, body: object = {}): Promise<string> {
  return `/conversations/${idOf(await send("POST /conversations", body))}`;
}

/** Creates with `before`, updates with `update`; tells the metadata afterwards. */
const afterUpdate = (before: object, update: object) => async (send: Send) => {
  const path = await conversation(send, { metadata: before });
  const answer = await send(`POST ${path}`, update);
  const { body } = await send(`GET ${path}`);
  return `${answer.status}, then ${JSON.stringify(field(body, "metadata"))}`;
};

const listOf =
  (query: string, items = 25) =>
  async (send: Send) => {
    const path = await conversation(send);
    for (let sent = 0; sent < items; sent += 5)
      await send(`POST ${path}/items`, {
        items: Array.from({ length: 5 }, (_, n) => message(`m${sent + n}`)),
      });
    const answer = await send(`GET ${path}/items${query}`);
    if (answer.status !== 200) return `${answer.status}`;
    const data = field(answer.body, "data") as { content?: string | { text?: string }[] }[];
    const content = data[0]?.content;
    // ogx keeps a text as it was sent, OpenAI makes a list of it.
    const first = typeof content === "string" ? content : content?.[0]?.text;
    return `${data.length} items from ${first}, has_more ${field(answer.body, "has_more")}`;
  };

/** Questions to OpenAI's conversations API. */
export const openaiQuestions: readonly Question[] = [
  {
    topic: "metadata: replaced or merged",
    explained: SWITCH,
    ask: afterUpdate({ a: "1" }, { metadata: { b: "2" } }),
  },
  { topic: "metadata: a value of null", ask: afterUpdate({ a: "1" }, { metadata: { a: null } }) },
  {
    topic: "metadata: null",
    explained: "OpenAI's document allows null; ogx refuses it",
    ask: afterUpdate({ a: "1" }, { metadata: null }),
  },
  { topic: "metadata: {}", explained: SWITCH, ask: afterUpdate({ a: "1" }, { metadata: {} }) },
  { topic: "metadata: a number", ask: afterUpdate({ a: "1" }, { metadata: { a: 1 } }) },
  { topic: "update without metadata", ask: afterUpdate({ a: "1" }, {}) },
  {
    topic: "limit: 17 keys",
    explained: NO_LIMITS,
    ask: async (send) => `${(await send("POST /conversations", { metadata: many(17) })).status}`,
  },
  {
    topic: "limit: a key of 65",
    explained: NO_LIMITS,
    ask: async (send) =>
      `${(await send("POST /conversations", { metadata: { ["k".repeat(65)]: "v" } })).status}`,
  },
  {
    topic: "limit: a value of 513",
    explained: NO_LIMITS,
    ask: async (send) =>
      `${(await send("POST /conversations", { metadata: { k: "v".repeat(513) } })).status}`,
  },
  {
    topic: "limit: 21 items in one call",
    ask: async (send) => {
      const items = Array.from({ length: 21 }, (_, n) => message(`m${n}`));
      return `${(await send(`POST ${await conversation(send)}/items`, { items })).status}`;
    },
  },
  {
    topic: "an unknown field",
    explained: "OpenAI refuses unknown parameters; ogx drops them",
    ask: async (send) => `${(await send("POST /conversations", { nope: 1 })).status}`,
  },
  {
    topic: "a body that is not JSON",
    ask: async (send) => `${(await send("POST /conversations", "{")).status}`,
  },
  {
    topic: "unknown id: status",
    ask: async (send) => `${(await send(`GET /conversations/conv_${"0".repeat(48)}`)).status}`,
  },
  {
    topic: "unknown id: error body",
    explained: "ogx has FastAPI's errors, OpenAI its own",
    ask: async (send) => shapeOf(await send(`GET /conversations/conv_${"0".repeat(48)}`)),
  },
  { topic: "malformed id", ask: async (send) => `${(await send("GET /conversations/nope")).status}` },
  {
    topic: "deleting one that is not there",
    ask: async (send) => `${(await send(`DELETE /conversations/conv_${"0".repeat(48)}`)).status}`,
  },
  {
    topic: "deleting: the answer, then reading",
    ask: async (send) => {
      const path = await conversation(send);
      const { body } = await send(`DELETE ${path}`);
      return `${field(body, "object")} deleted ${field(body, "deleted")}, then ${(await send(`GET ${path}`)).status}`;
    },
  },
  {
    topic: "deleting an item: the answer",
    explained: "a switch of the sandbox (README): OpenAI's document and its traffic differ",
    ask: async (send) => {
      const path = await conversation(send);
      const { body } = await send(`POST ${path}/items`, { items: [message("m")] });
      const item = (field(body, "data") as { id: string }[])[0]?.id;
      const deleted = await send(`DELETE ${path}/items/${item}`);
      return `${deleted.status} ${field(deleted.body, "object")}`;
    },
  },
  {
    topic: "an unknown item",
    ask: async (send) => `${(await send(`GET ${await conversation(send)}/items/msg_0`)).status}`,
  },
  { topic: "paging: default of 25", ask: listOf("") },
  { topic: "paging: limit=2&order=asc", ask: listOf("?limit=2&order=asc") },
  { topic: "paging: limit=0", explained: NO_LIMITS, ask: listOf("?limit=0", 5) },
  { topic: "paging: limit=101", explained: NO_LIMITS, ask: listOf("?limit=101", 5) },
  { topic: "paging: after=unknown", ask: listOf("?after=msg_0", 5) },
  { topic: "paging: order=sideways", ask: listOf("?order=sideways", 5) },
];

/** Questions to Letta's conversations API, about one agent. */
export function lettaQuestions(agent: string): readonly Question[] {
  const unknown = "conv-00000000-0000-4000-8000-00000000ffff";
  const create = async (send: Send, body: object = { summary: "Alpha" }): Promise<string> =>
    `/v1/conversations/${idOf(await send(`POST /v1/conversations/?agent_id=${agent}`, body))}`;
  const status = (route: string, body?: unknown) => async (send: Send) => told(await send(route, body));
  const updated = (body: unknown) => async (send: Send) => {
    const path = await create(send);
    const answer = await send(`PATCH ${path}`, body);
    const shown = field((await send(`GET ${path}`)).body, "summary");
    return answer.status < 400 ? `${answer.status}, then ${JSON.stringify(shown)}` : told(answer);
  };
  const listed = (query: string) => async (send: Send) => {
    for (const one of (await send(`GET /v1/conversations/?agent_id=${agent}&limit=100`)).body as {
      id: string;
    }[])
      await send(`DELETE /v1/conversations/${one.id}`);
    for (const summary of ["Alpha", "beta", "alphabet"]) await create(send, { summary });
    const answer = await send(`GET /v1/conversations/?agent_id=${agent}${query}`);
    if (answer.status !== 200) return told(answer);
    return (answer.body as { summary: string }[]).map(({ summary }) => summary).join(", ") || "none";
  };
  const list = "/v1/conversations/";
  return [
    { topic: "create: without agent_id", ask: status(`POST ${list}`, {}) },
    {
      topic: "create: an unknown agent",
      explained: "the sandbox has no agents: any well-formed id is one (README)",
      ask: status(`POST ${list}?agent_id=agent-00000000-0000-4000-8000-00000000ffff`, {}),
    },
    { topic: "create: a malformed agent id", ask: status(`POST ${list}?agent_id=nope`, {}) },
    { topic: "create: an unknown field", ask: status(`POST ${list}?agent_id=${agent}`, { nope: 1 }) },
    { topic: "create: without a body", ask: status(`POST ${list}?agent_id=${agent}`) },
    { topic: "update: summary", ask: updated({ summary: "Gamma" }) },
    { topic: "update: summary null", ask: updated({ summary: null }) },
    { topic: "update: summary empty", ask: updated({ summary: "" }) },
    { topic: "update: nothing", ask: updated({}) },
    { topic: "update: an unknown field", ask: updated({ nope: 1 }) },
    { topic: "update: summary a number", ask: updated({ summary: 1 }) },
    { topic: "update: model empty", ask: updated({ model: "" }) },
    { topic: "update: a body that is not JSON", ask: updated("{") },
    { topic: "update: unknown id", ask: status(`PATCH ${list}${unknown}`, { summary: "x" }) },
    { topic: "read: unknown id", ask: status(`GET ${list}${unknown}`) },
    { topic: "read: malformed id", ask: status(`GET ${list}nope`) },
    { topic: "list: newest first", ask: listed("") },
    { topic: "list: order=asc", ask: listed("&order=asc") },
    { topic: "list: limit=1", ask: listed("&limit=1") },
    { topic: "list: limit=0", ask: listed("&limit=0") },
    {
      topic: "list: limit=-1",
      explained: "the server's 500 is a fault of its own: the sandbox refuses (README)",
      ask: listed("&limit=-1"),
    },
    { topic: "list: summary_search=alpha (case)", ask: listed("&summary_search=alpha") },
    { topic: "list: after=unknown", ask: listed(`&after=${unknown}`) },
    {
      // None has run, so they come in no order.
      topic: "list: after=unknown, by last run",
      ask: async (send) =>
        (await listed(`&after=${unknown}&order_by=last_run_completion`)(send)).split(", ").sort().join(", "),
    },
    { topic: "list: order=sideways", ask: listed("&order=sideways") },
    {
      topic: "delete: the answer, then reading",
      ask: async (send) => {
        const path = await create(send);
        const { status, body } = await send(`DELETE ${path}`);
        return `${status} ${JSON.stringify(body)}, then ${told(await send(`GET ${path}`))}`;
      },
    },
    { topic: "delete: unknown id", ask: status(`DELETE ${list}${unknown}`) },
    {
      topic: "delete: twice",
      ask: async (send) => {
        const path = await create(send);
        await send(`DELETE ${path}`);
        return told(await send(`DELETE ${path}`));
      },
    },
    {
      topic: "fork: summary of the copy",
      ask: async (send) => {
        const answer = await send(`POST ${await create(send)}/fork`, {});
        return answer.status < 400
          ? `${answer.status} ${JSON.stringify(field(answer.body, "summary"))}`
          : told(answer);
      },
    },
    { topic: "fork: unknown id", ask: status(`POST ${list}${unknown}/fork`, {}) },
    {
      topic: "cancel: nothing runs",
      ask: async (send) => told(await send(`POST ${await create(send)}/cancel`, {})),
    },
    { topic: "messages: unknown conversation", ask: status(`GET ${list}${unknown}/messages`) },
    {
      topic: "messages: limit=0",
      ask: async (send) => told(await send(`GET ${await create(send)}/messages?limit=0`)),
    },
    {
      topic: "messages: after=unknown",
      ask: async (send) => told(await send(`GET ${await create(send)}/messages?after=message-0`)),
    },
    { topic: "messages: the agent's own", ask: status(`GET ${list}default/messages?agent_id=${agent}`) },
    { topic: "messages: default without agent_id", ask: status(`GET ${list}default/messages`) },
    {
      topic: "messages: unknown role",
      ask: async (send) =>
        told(await send(`POST ${await create(send)}/messages`, { messages: [{ role: "nonsense" }] })),
    },
  ];
}
