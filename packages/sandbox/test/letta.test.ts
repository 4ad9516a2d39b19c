import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { expectNoViolation, open } from "./helpers.ts";

const ID = "conv-00000000-0000-4000-8000-000000000001";
const AGENT = "agent-00000000-0000-4000-8000-000000000001";
const AT = `/v1/conversations/${ID}`;

// A background run is active for three seconds, which a busy machine needs for less than a test.
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

describe("letta conversations", () => {
  test("update writes what is present and not null; unknown fields are ignored", async () => {
    const { sandbox, send } = open("letta");
    expect(await send(`PATCH ${AT}`, { summary: "new" })).toMatchObject({
      status: 200,
      body: { id: ID, agent_id: AGENT, summary: "new", in_context_message_ids: [] },
    });
    expect((await send(`PATCH ${AT}`, { summary: null, name: "x" })).body).toMatchObject({ summary: "new" });
    expect((await send(`PATCH ${AT}`, { summary: "" })).body).toMatchObject({ summary: "" });
    expect((await send(`PATCH ${AT}`, {})).status).toBe(200);
    expect(sandbox.read("letta", ID)).not.toHaveProperty("name");
    expectNoViolation(sandbox);
  });

  test("retrieve alone fills in_context_message_ids", async () => {
    const { send } = open("letta");
    const { body } = await send(`GET ${AT}`);
    expect((body as { in_context_message_ids: string[] }).in_context_message_ids).toHaveLength(3);
  });

  test("says what Letta's own server says (`pnpm bench:servers`), but for its 500 to a negative limit", async () => {
    const { send } = open("letta");
    expect(await send("POST /v1/conversations/?agent_id=agent-1", {})).toMatchObject({
      status: 404,
      body: { detail: "Agent not found" },
    });
    const detail = `CONFLICT: No active runs to cancel for conversation ${ID}`;
    expect(await send(`POST ${AT}/cancel`)).toMatchObject({ status: 409, body: { detail } });
    for (const path of ["/v1/conversations/", `${AT}/messages`])
      expect(await send(`GET ${path}?limit=-1`)).toMatchObject({ status: 422 });
  });

  test.each([
    ["a bad id is 422 with printed text", "PATCH /v1/conversations/nope", {}, 422],
    ["an upper-case id is 422", `PATCH /v1/conversations/${ID.toUpperCase()}`, {}, 422],
    ["`default` is no stored conversation", "PATCH /v1/conversations/default", {}, 404],
    ["unknown", "GET /v1/conversations/conv-00000000-0000-4000-8000-00000000dead", undefined, 404],
    ["a wrong type is 422", `PATCH ${AT}`, { summary: 5 }, 422],
    ["a body is needed", `PATCH ${AT}`, undefined, 422],
    ["broken JSON is 422", `PATCH ${AT}`, "{", 422],
    ["a model needs a provider", `PATCH ${AT}`, { model: "gpt" }, 400],
    ["create needs an agent", "POST /v1/conversations/", {}, 422],
    ["an unknown agent", "POST /v1/conversations/?agent_id=agent-1", {}, 404],
    [
      "an unknown block label",
      `POST /v1/conversations/?agent_id=${AGENT}`,
      { isolated_block_labels: ["x"] },
      400,
    ],
    ["an invalid role", `POST ${AT}/messages`, { messages: [{ role: "tool", content: "x" }] }, 422],
    ["another", `POST ${AT}/messages`, { messages: [{ role: "nonsense" }] }, 422],
    ["an unknown list cursor", `GET /v1/conversations/?agent_id=${AGENT}&after=x`, undefined, 404],
    ["nothing to cancel", `POST ${AT}/cancel`, undefined, 409],
    ["no active run to follow", `POST ${AT}/stream`, {}, 400],
    ["neither messages nor input", `POST ${AT}/messages`, {}, 422],
    ["no messages", `POST ${AT}/messages`, { messages: [] }, 422],
    ["an unknown route", "GET /v1/nothing", undefined, 404],
    ["a verb that is not offered", `PUT ${AT}`, {}, 405],
  ])("%s", async (_, route, body, status) => {
    const { sandbox, send } = open("letta");
    const answer = await send(route, body);
    expect(answer).toMatchObject({ status, body: { detail: expect.any(String) } });
    expectNoViolation(sandbox);
  });

  test("422 of a path id brings examples and a trace id", async () => {
    const { send } = open("letta");
    const { body } = await send("GET /v1/conversations/nope");
    expect(body).toMatchObject({ trace_id: expect.any(String), examples: expect.any(Array) });
  });

  test("create and list need the slash; without it the server redirects", async () => {
    const { sandbox, send } = open("letta");
    const created = await send(`POST /v1/conversations?agent_id=${AGENT}`, { summary: "n" });
    expect(created).toMatchObject({ status: 200, body: { summary: "n", isolated_block_ids: [] } });
    const manual = await sandbox.fetch(`${sandbox.baseUrl("letta")}/v1/conversations`, {
      redirect: "manual",
    });
    expect(manual.status).toBe(307);
    expect(manual.headers.get("location")).toBe("/letta/v1/conversations/");
  });

  test("list is a bare array, newest first, paged by the last id", async () => {
    const { sandbox, send } = open("letta");
    for (const summary of ["a", "b", "c"])
      await send(`POST /v1/conversations/?agent_id=${AGENT}`, { summary });
    const first = (await send(`GET /v1/conversations/?agent_id=${AGENT}&limit=2`)).body as {
      id: string;
      summary: string;
    }[];
    expect(first.map((row) => row.summary)).toEqual(["c", "b"]);
    const next = (await send(`GET /v1/conversations/?agent_id=${AGENT}&after=${first[1]?.id}`)).body as {
      summary: string;
    }[];
    expect(next.map((row) => row.summary)).toEqual(["a", "Asked for the state of project x"]);
    const found = (await send(`GET /v1/conversations/?agent_id=${AGENT}&summary_search=project`)).body;
    expect(found).toHaveLength(1);
    // Case counts, as in the server's LIKE.
    expect((await send(`GET /v1/conversations/?summary_search=PROJECT`)).body).toEqual([]);
    expectNoViolation(sandbox);
  });

  test("delete is soft: null, then 404 for everything but the message list", async () => {
    const { sandbox, send } = open("letta");
    expect(await send(`DELETE ${AT}`)).toMatchObject({ status: 200, body: null });
    for (const route of [`GET ${AT}`, `DELETE ${AT}`]) expect((await send(route)).status).toBe(404);
    expect((await send(`PATCH ${AT}`, {})).status).toBe(404);
    expect((await send(`GET ${AT}/messages`)).body).toEqual([]);
    expect(sandbox.read("letta", ID)).toBeUndefined();
  });

  test("a fork shares messages, starts without a summary and survives its source", async () => {
    const { sandbox, send } = open("letta");
    const forked = (await send(`POST ${AT}/fork`)).body as { id: string; summary: unknown };
    expect(forked.summary).toBeNull();
    await send(`DELETE ${AT}`);
    const messages = (await send(`GET /v1/conversations/${forked.id}/messages?order=asc`)).body as {
      id: string;
    }[];
    expect(messages.map((row) => row.id)).toContain("message-00000000-0000-4000-8000-000000000002");
    expectNoViolation(sandbox);
  });

  test("archived conversations leave the default list", async () => {
    const { send } = open("letta");
    expect((await send(`PATCH ${AT}`, { archived: true })).body).toMatchObject({ archived: true });
    expect((await send(`GET /v1/conversations/?agent_id=${AGENT}`)).body).toEqual([]);
    expect((await send(`GET /v1/conversations/?agent_id=${AGENT}&archive_status=all`)).body).toHaveLength(1);
  });
});

test("what a list cannot show is not stored, and the message names the role", async () => {
  const { sandbox, send } = open("letta");
  const refused = await send(`POST ${AT}/messages`, { messages: [{ role: "tool", content: "x" }] });
  expect(refused.body).toMatchObject({ detail: expect.stringContaining("messages[0].role") });
  const listed = await send(`GET ${AT}/messages`);
  expect(listed).toMatchObject({ status: 200, body: { length: 3 } });
  expectNoViolation(sandbox);
});

test("an unknown cursor is ignored in the order of the last run, and an empty model is stored", async () => {
  const { send } = open("letta");
  const ignored = await send("GET /v1/conversations/?after=x&order_by=last_run_completion");
  expect(ignored).toMatchObject({ status: 200, body: { length: 1 } });
  expect((await send(`PATCH ${AT}`, { model: "" })).body).toMatchObject({ model: "" });
});

describe.each([
  ["its id in the path", AGENT, "", {}],
  ["`default` and agent_id", "default", `?agent_id=${AGENT}`, { agent_id: AGENT }],
])("letta: an agent's own history by %s", (_, id, query, field) => {
  test("takes messages, lists, compacts, forks, streams and cancels", async () => {
    const { sandbox, send } = open("letta");
    const at = `/v1/conversations/${id}`;
    expect((await send(`GET ${at}/messages${query}`)).body).toEqual([]);
    const sent = await send(`POST ${at}/messages`, { ...field, input: "hello", streaming: false });
    expect(sent.body).toMatchObject({ messages: [{ message_type: "assistant_message" }] });
    expect((await send(`GET ${at}/messages${query}`)).body).toHaveLength(3);
    const forked = (await send(`POST ${at}/fork${query}`)).body as { id: string; agent_id: string };
    expect(forked).toMatchObject({ id: expect.stringMatching(/^conv-/), agent_id: AGENT });
    expect((await send(`GET /v1/conversations/${forked.id}/messages`)).body).toHaveLength(3);
    expect((await send(`POST ${at}/compact`, field)).body).toMatchObject({ num_messages_before: 3 });
    expect((await send(`POST ${at}/recompile`, field)).status).toBe(200);
    await send(`POST ${at}/messages`, { ...field, input: "more", background: true });
    expect((await send(`POST ${at}/stream`, field)).body).toContain("[DONE]");
    expect((await send(`POST ${at}/cancel${query}`)).status).toBe(200);
    // It is no conversation: no list has it, and it cannot be changed as one.
    expect(sandbox.conversations("letta")).toHaveLength(2);
    expect((await send(`PATCH ${at}`, { summary: "x" })).status).toBe(id === "default" ? 404 : 422);
    expectNoViolation(sandbox);
  });
});

test("letta: an unknown agent has no history", async () => {
  const { send } = open("letta", { letta: { agents: [AGENT] } });
  const other = AGENT.replace("01", "02");
  expect((await send(`POST /v1/conversations/${other}/messages`, { input: "x" })).status).toBe(404);
  expect((await send("POST /v1/conversations/default/messages", { input: "x" })).status).toBe(404);
});

test("letta: results of tools are stored as such", async () => {
  const { sandbox, send } = open("letta");
  const tool_returns = [{ tool_return: "42", status: "success", tool_call_id: "c1" }];
  const body = { messages: [{ type: "tool_return", tool_returns }], streaming: false };
  expect((await send(`POST ${AT}/messages`, body)).status).toBe(200);
  expect((await send(`GET ${AT}/messages?order=desc`)).body).toMatchObject([
    {},
    { message_type: "tool_return_message", tool_return: "42", tool_call_id: "c1", tool_returns },
    {},
    {},
    {},
  ]);
  expectNoViolation(sandbox);
});

test.each([[[null]], [[{ tool_return: "42", status: "odd", tool_call_id: "c1" }]], [["42"]]])(
  "letta: results that are invalid make an approval, as the union has it: %j",
  async (tool_returns) => {
    const { sandbox, send } = open("letta");
    const body = { messages: [{ tool_returns }], streaming: false };
    expect((await send(`POST ${AT}/messages`, body)).status).toBe(200);
    expect((await send(`GET ${AT}/messages?order=desc&limit=2`)).body).toMatchObject([
      {},
      { message_type: "approval_response_message", approvals: null },
    ]);
    expectNoViolation(sandbox);
  },
);

describe("letta messages", () => {
  test("before means older and after newer, whatever the order; unknown cursors are ignored", async () => {
    const { send } = open("letta");
    const second = "message-00000000-0000-4000-8000-000000000002";
    const types = async (query: string): Promise<string[]> =>
      ((await send(`GET ${AT}/messages?${query}`)).body as { message_type: string }[]).map(
        (row) => row.message_type,
      );
    expect(await types("")).toEqual(["assistant_message", "user_message", "system_message"]);
    expect(await types(`order=desc&after=${second}`)).toEqual(["assistant_message"]);
    expect(await types(`order=desc&before=${second}`)).toEqual(["system_message"]);
    expect(await types("order=asc&limit=1")).toEqual(["system_message"]);
    expect(await types("after=message-unknown")).toHaveLength(3);
    expect(await types("include_return_message_types=user_message")).toEqual(["user_message"]);
  });

  test("send streams unless told not to, and stores both sides", async () => {
    const { sandbox, send } = open("letta");
    const whole = await send(`POST ${AT}/messages`, { input: "hello", streaming: false });
    expect(whole.body).toMatchObject({
      messages: [{ message_type: "assistant_message" }],
      stop_reason: { stop_reason: "end_turn" },
    });
    const streamed = await send(`POST ${AT}/messages`, { messages: [{ role: "user", content: "again" }] });
    expect(streamed.headers.get("content-type")).toContain("text/event-stream");
    expect(streamed.body).toMatch(/^data: \{.*\}\n\n(data: .*\n\n)*data: \[DONE\]\n\n$/);
    expect((await send(`GET ${AT}/messages`)).body).toHaveLength(7);
    expectNoViolation(sandbox);
  });

  test("one request at a time: 409 with the run, until it is cancelled", async () => {
    const { sandbox, send } = open("letta");
    await send(`POST ${AT}/messages`, { input: "hello", background: true });
    const busy = await send(`POST ${AT}/messages`, { input: "me too" });
    const { run_id } = busy.body as { run_id: string };
    expect(busy.status).toBe(409);
    expect((await send(`POST ${AT}/stream`, { run_id })).body).toContain("[DONE]");
    expect((await send(`POST ${AT}/cancel`)).body).toEqual({ [run_id]: "cancelled" });
    expect((await send(`POST ${AT}/messages`, { input: "now", streaming: false })).status).toBe(200);
    expectNoViolation(sandbox);
  });

  test("a background run is active for three seconds, and can be followed for three hours", async () => {
    const { send } = open("letta");
    await send(`POST ${AT}/messages`, {
      messages: [{ role: "user", content: "x", otid: "o1" }],
      background: true,
    });
    vi.setSystemTime(Date.now() + 3000);
    expect((await send(`POST ${AT}/cancel`)).status).toBe(409);
    expect((await send(`POST ${AT}/messages`, { input: "next", streaming: false })).status).toBe(200);
    const follow = async () => (await send(`POST ${AT}/stream`, { otid: "o1" })).status;
    vi.setSystemTime(Date.now() + 3 * 3_600_000 - 3000);
    expect(await follow()).toBe(200);
    vi.setSystemTime(Date.now() + 1);
    expect(await follow()).toBe(410);
  });

  test("otid makes a repeated send one send", async () => {
    const { send } = open("letta");
    const body = { messages: [{ role: "user", content: "once", otid: "o1" }], streaming: false };
    const first = await send(`POST ${AT}/messages`, body);
    expect((await send(`POST ${AT}/messages`, body)).body).toEqual(first.body);
    expect((await send(`GET ${AT}/messages`)).body).toHaveLength(5);
  });

  test("otid is looked up in its own conversation", async () => {
    const { send } = open("letta");
    const { id } = (await send(`POST /v1/conversations/?agent_id=${AGENT}`, {})).body as { id: string };
    for (const at of [AT, `/v1/conversations/${id}`]) {
      const messages = [{ role: "user", content: at, otid: "o1" }];
      const sent = await send(`POST ${at}/messages`, { messages, streaming: false });
      expect(sent.body).toMatchObject({ messages: [{ content: `You said: ${at}` }] });
    }
  });

  test("an empty otid names no run", async () => {
    const { send } = open("letta");
    await send(`POST ${AT}/messages`, { input: "hello", streaming: false });
    const messages = [{ role: "user", content: "again", otid: "" }];
    const sent = await send(`POST ${AT}/messages`, { messages, streaming: false });
    expect(sent.body).toMatchObject({ messages: [{ content: "You said: again" }] });
    expect((await send(`POST ${AT}/stream`, { otid: "" })).status).toBe(404);
  });

  test("a background send repeated under its otid gets its run; another has to wait", async () => {
    const { send } = open("letta");
    const sendAs = (otid: string) =>
      send(`POST ${AT}/messages`, { messages: [{ role: "user", content: otid, otid }], background: true });
    const first = await sendAs("o1");
    expect(await sendAs("o1")).toMatchObject({ status: 200, body: first.body });
    expect((await sendAs("o2")).status).toBe(409);
    expect((await send(`GET ${AT}/messages`)).body).toHaveLength(5);
  });

  test("compact leaves the system message and a summary in context", async () => {
    const { sandbox, send } = open("letta");
    expect((await send(`POST ${AT}/compact`)).body).toMatchObject({
      num_messages_before: 3,
      num_messages_after: 2,
    });
    expect((await send(`POST ${AT}/compact`)).status).toBe(400);
    expect((await send(`POST ${AT}/recompile`)).body).toEqual(expect.any(String));
    expect((await send(`POST ${AT}/messages/preview-raw-payload`, { input: "x" })).status).toBe(200);
    expectNoViolation(sandbox);
  });

  test("the open server takes no key; a set of agents makes others unknown", async () => {
    const { sandbox, send } = open("letta", { letta: { open: true, agents: [AGENT] } });
    const response = await sandbox.fetch(`${sandbox.baseUrl("letta")}${AT}`);
    expect(response.status).toBe(200);
    const headers = { "x-bare-password": "password secret", authorization: "" };
    expect((await send(`GET ${AT}`, undefined, { headers })).status).toBe(200);
    expect((await send(`GET ${AT}`, undefined, { headers: { user_id: "me" } })).status).toBe(400);
    const other = "agent-00000000-0000-4000-8000-000000000002";
    expect((await send(`POST /v1/conversations/?agent_id=${other}`)).status).toBe(404);
  });
});
