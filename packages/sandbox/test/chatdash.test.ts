import { describe, expect, onTestFinished, test, vi } from "vitest";
import { expectNoViolation, open } from "./helpers.ts";

const ID = "66f0c0ffee0000000000cd01";
const LIST = "/agents/agent_1/conversations";
const AT = `${LIST}/${ID}`;

describe("chatdash", () => {
  test("update answers a message only, sets what is named and replaces metadata", async () => {
    const { sandbox, send } = open("chatdash");
    const answer = await send(`PUT ${AT}`, { summary: "s", metadata: { a: 1 } });
    expect(answer).toMatchObject({ status: 200, body: { message: "Conversation updated successfully" } });
    expect(Object.keys(answer.body as object)).toEqual(["message"]);
    expect(sandbox.read("chatdash", ID)).toMatchObject({
      summary: "s",
      metadata: { a: 1 },
      record: true,
      name: "Ada Lovelace",
    });
    await send(`PUT ${AT}`, { _id: "other", agentId: "other", title: "x" });
    expect((await send(`GET ${AT}`)).body).toMatchObject({ _id: ID, agentId: "agent_1" });
    expect((await send(`GET ${AT}`)).body).not.toHaveProperty("title");
    expectNoViolation(sandbox);
  });

  test("the full switch resets what PUT does not name", async () => {
    const { sandbox, send } = open("chatdash", { chatdash: { put: "full" } });
    await send(`PUT ${AT}`, { summary: "s" });
    const stored = sandbox.read("chatdash", ID);
    expect(stored).toMatchObject({ summary: "s", record: false, status: "ai" });
    expect(stored).not.toHaveProperty("name");
  });

  test("a bare list leaves out what is not recorded or not interacted", async () => {
    const { sandbox, send } = open("chatdash");
    const created = await send(`POST ${LIST}`, { name: "n" });
    expect(created.body).toMatchObject({
      message: "Conversation added successfully",
      conversation: { record: false },
    });
    expect((await send(`GET ${LIST}`)).body).toMatchObject([{ _id: ID }]);
    expect((await send(`GET ${LIST}?record=false&interacted=false`)).body).toMatchObject([{ name: "n" }]);
    // Each of the two counts as true where it is left out.
    expect((await send(`GET ${LIST}?record=true&interacted=true`)).body).toMatchObject([{ _id: ID }]);
    for (const query of ["record=false", "interacted=false"])
      expect((await send(`GET ${LIST}?${query}`)).body).toEqual([]);
    expect((await send(`GET ${LIST}?startDate=2030-01-01T00:00:00.000Z`)).body).toEqual([]);
    expect((await send(`GET ${LIST}?endDate=2020-01-01T00:00:00.000Z`)).body).toEqual([]);
    expect((await send("GET /agents/agent_2/conversations")).body).toEqual([]);
    expectNoViolation(sandbox);
  });

  test("a time without a zone is UTC, whatever the machine's", async () => {
    vi.stubEnv("TZ", "America/New_York");
    onTestFinished(() => void vi.unstubAllEnvs());
    const { send } = open("chatdash");
    expect((await send(`GET ${LIST}?startDate=2026-11-02T09:30:00`)).body).toHaveLength(1);
    expect((await send(`GET ${LIST}?startDate=2026-11-02T09:30:01`)).body).toEqual([]);
  });

  test("only the single read takes the platform's id", async () => {
    const { send } = open("chatdash");
    expect((await send(`GET ${LIST}/vf-session-0001?isPlatformId=true`)).body).toMatchObject({ _id: ID });
    expect((await send(`GET ${LIST}/vf-session-0001`)).status).toBe(404);
    expect((await send(`PUT ${LIST}/vf-session-0001?isPlatformId=true`, {})).status).toBe(404);
  });

  test("messages are appended, replaced whole and deleted whole", async () => {
    const { sandbox, send } = open("chatdash");
    const hi = { sender: "bot", type: "text", content: { text: "hi" } };
    expect((await send(`POST ${AT}/messages`, { messages: [hi, hi] })).body).toEqual({
      message: "Messages added successfully",
    });
    expect((await send(`GET ${AT}/messages`)).body).toHaveLength(3);
    await send(`PUT ${AT}/messages`, { messages: [hi] });
    expect((await send(`GET ${AT}/messages`)).body).toMatchObject([hi]);
    await send(`DELETE ${AT}/messages`);
    expect((await send(`GET ${AT}/messages`)).body).toEqual([]);
    expectNoViolation(sandbox);
  });

  test.each([
    ["another agent's conversation", `PUT /agents/agent_2/conversations/${ID}`, {}, 404],
    ["a wrong type", `PUT ${AT}`, { metadata: "x" }, 400],
    ["a status outside its list", `PUT ${AT}`, { status: "robot" }, 400],
    ["a body is needed", `PUT ${AT}`, undefined, 400],
    ["broken JSON", `PUT ${AT}`, "{", 400],
    ["an unknown route", "GET /nothing", undefined, 404],
    ["a verb that is not offered", `PATCH ${AT}`, {}, 405],
  ])("%s", async (_, route, body, status) => {
    const { sandbox, send } = open("chatdash");
    expect(await send(route, body)).toMatchObject({ status, body: { error: expect.any(String) } });
    expectNoViolation(sandbox);
  });

  test("the key goes bare: a Bearer prefix is a wrong key", async () => {
    const { send } = open("chatdash");
    expect((await send(`GET ${AT}`, undefined, { headers: { authorization: "Bearer CD.1" } })).status).toBe(
      401,
    );
  });

  test("delete, then unknown", async () => {
    const { send } = open("chatdash");
    expect((await send(`DELETE ${AT}`)).body).toEqual({ message: "Conversation deleted successfully" });
    expect((await send(`DELETE ${AT}`)).status).toBe(404);
  });
});
