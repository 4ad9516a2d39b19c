import { describe, expect, test } from "vitest";
import { authorization, expectNoViolation, open } from "./helpers.ts";

const AT = "/conversations/cnv_sandbox_0001";

describe("datagrid", () => {
  test("update sets the name and replaces the agents whole", async () => {
    const { sandbox, send } = open("datagrid");
    const { body, status } = await send(`PATCH ${AT}`, { name: "n", agent_ids: ["a", "b"] });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      object: "conversation",
      name: "n",
      agent_ids: ["a", "b"],
      participated_agent_ids: ["agent_1"],
    });
    expect((await send(`PATCH ${AT}`, { agent_ids: [] })).body).toMatchObject({ name: "n", agent_ids: [] });
    expect((await send(`PATCH ${AT}`, {})).body).toMatchObject({ name: "n" });
    expect(sandbox.read("datagrid", "cnv_sandbox_0001")).toMatchObject({ name: "n", agent_ids: [] });
    expectNoViolation(sandbox);
  });

  test("create answers 200 and leaves an absent or null name out", async () => {
    const { send } = open("datagrid");
    for (const body of [{}, { name: null }]) {
      const answer = await send("POST /conversations", body);
      expect(answer.status).toBe(200);
      expect(answer.body).not.toHaveProperty("name");
    }
    expect((await send("POST /conversations", { name: "x" })).body).toMatchObject({ name: "x" });
  });

  test.each([
    ["unknown", "PATCH /conversations/nope", {}, 404],
    ["null is not accepted as a name on update", `PATCH ${AT}`, { name: null }, 400],
    ["an unknown property", `PATCH ${AT}`, { title: "x" }, 400],
    ["broken JSON", `PATCH ${AT}`, "{", 400],
    ["a limit over 100", "GET /conversations?limit=101", undefined, 400],
    ["an unknown message", `GET ${AT}/messages/nope`, undefined, 404],
    ["an unknown route", "GET /nothing", undefined, 404],
    ["a verb that is not offered", `PUT ${AT}`, {}, 405],
  ])("%s", async (_, route, body, status) => {
    const { sandbox, send } = open("datagrid");
    const answer = await send(route, body);
    expect(answer).toMatchObject({
      status,
      body: { status_code: status, message: expect.any(String), retryable: false },
    });
    expectNoViolation(sandbox);
  });

  test("every response tells the window, and request 201 in it is 429 in the vendor's body", async () => {
    const { sandbox, send } = open("datagrid");
    const first = await send(`GET ${AT}`);
    expect(first.headers.get("x-ratelimit-limit")).toBe("200");
    expect(first.headers.get("x-ratelimit-remaining")).toBe("199");
    expect(Number(first.headers.get("x-ratelimit-reset"))).toBeGreaterThan(Date.now() / 1000);
    expect(first.headers.has("retry-after")).toBe(false);
    let last = first;
    for (let n = 2; n <= 200; n += 1) last = await send(`GET ${AT}`);
    expect(last.status).toBe(200);
    expect(last.headers.has("retry-after")).toBe(true);
    const over = await send(`GET ${AT}`);
    expect(over).toMatchObject({
      status: 429,
      body: { status_code: 429, error: "rate_limit_exceeded", retryable: true },
    });
    expect(Number(over.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await send(`PATCH ${AT}`, {})).status).toBe(200);
    expectNoViolation(sandbox);
  });

  test("lists page both ways by item id", async () => {
    const { sandbox, send } = open("datagrid");
    for (const name of ["a", "b", "c"]) await send("POST /conversations", { name });
    const names = (answer: { body: unknown }): string[] =>
      (answer.body as { data: { name: string }[] }).data.map((row) => row.name);
    const all = (await send("GET /conversations?direction=asc")).body as {
      data: { id: string; name: string }[];
    };
    expect(all).toMatchObject({ object: "list", has_more: false });
    const [, , second] = all.data;
    const forward = await send("GET /conversations?direction=asc&limit=2");
    expect(names(forward)).toEqual(all.data.slice(0, 2).map((row) => row.name));
    expect(forward.body).toMatchObject({ has_more: true });
    const back = await send(`GET /conversations?direction=asc&limit=1&before=${second?.id}`);
    expect(names(back)).toEqual([all.data[1]?.name]);
    expect(await send(`GET ${AT}/messages`)).toMatchObject({
      status: 200,
      body: { data: [{ role: "agent" }, { role: "user" }] },
    });
    expect((await send(`GET ${AT}/messages/msg_sandbox_0001`)).body).toMatchObject({ role: "user" });
    expectNoViolation(sandbox);
  });

  test("delete has no body; then the conversation is unknown", async () => {
    const { send } = open("datagrid");
    expect(await send(`DELETE ${AT}`)).toMatchObject({ status: 204, body: "" });
    expect((await send(`GET ${AT}`)).status).toBe(404);
  });

  test("only account-wide keys may name a teamspace", async () => {
    const accounts = { datagrid: { wide: { teamspaces: ["t1"] }, narrow: {} } };
    const { send } = open("datagrid", { accounts });
    const as = (key: string, teamspace: string): { headers: Record<string, string> } => ({
      headers: { authorization: authorization("datagrid", key), "datagrid-teamspace": teamspace },
    });
    expect((await send(`GET ${AT}`, undefined, as("narrow", "t9"))).status).toBe(200);
    expect((await send(`GET ${AT}`, undefined, as("wide", "t9"))).status).toBe(404);
    expect((await send("GET /conversations", undefined, as("wide", "t1"))).body).toMatchObject({ data: [] });
  });
});
