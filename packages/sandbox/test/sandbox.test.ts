import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, expectTypeOf, test, vi } from "vitest";
import { loadSpec } from "../src/engine/spec.ts";
import { createSandbox, type Sandbox, type VendorName } from "../src/index.ts";
import { vendors } from "../src/vendors/index.ts";
import { authorization, expectNoViolation, open, sender } from "./helpers.ts";

const NAMES = Object.keys(vendors) as VendorName[];

/** The body of each vendor's 401. */
const REFUSALS: Readonly<Record<VendorName, object>> = {
  openai: { error: { message: expect.any(String), type: "invalid_request_error", param: null } },
  letta: { detail: "Unauthorized" },
  datagrid: { status_code: 401, error: "unauthorized", message: expect.any(String), retryable: false },
  chatdash: { error: "Invalid or missing API key" },
  agentsight: { detail: expect.any(String) },
};

describe.each(NAMES)("%s", (name) => {
  test("has exactly one handler per operation of its spec", () => {
    const routes = loadSpec(name).operations.map((operation) => operation.route);
    const handled = new Set(Object.keys(vendors[name].routes));
    expect(routes.filter((route) => !handled.has(route))).toEqual([]);
  });

  test("refuses a missing and a wrong key in its own words", async () => {
    const [route = ""] = Object.keys(vendors[name].routes);
    const path = route.replaceAll(/\{\w+\}/g, "1");
    const body = path.startsWith("GET") ? undefined : {};
    const missing = await open(name).send(path, body, { headers: { authorization: "" } });
    expect(missing).toMatchObject({ status: 401, body: REFUSALS[name] });
    const { sandbox, send } = open(name, { accounts: { [name]: { right: {} } } });
    expect(await send(path, body)).toMatchObject({ status: 401, body: REFUSALS[name] });
    expectNoViolation(sandbox);
  });
});

const SAME = {
  id: "m",
  $key: "1",
  $conversation: "c",
  date: "2026-01-01T00:00:00Z",
  message_type: "user_message",
  content: "x",
};

describe("sandbox", () => {
  test("accounts see their own data only", async () => {
    const accounts = { datagrid: { one: { account: "first" }, two: { account: "second" } } };
    const { sandbox, send } = open("datagrid", { accounts });
    const as = (key: string): { headers: Record<string, string> } => ({
      headers: { authorization: authorization("datagrid", key) },
    });
    await send("PATCH /conversations/cnv_sandbox_0001", { name: "mine" }, as("one"));
    expect((await send("GET /conversations/cnv_sandbox_0001", undefined, as("two"))).body).toMatchObject({
      name: "Project X",
    });
    expect(sandbox.read("datagrid", "cnv_sandbox_0001", "first")).toMatchObject({ name: "mine" });
  });

  test("the log holds what arrived, with the key masked and the conversation before and after", async () => {
    const { sandbox, send } = open("datagrid");
    await send("PATCH /conversations/cnv_sandbox_0001?x=1", { name: "new" });
    const [record] = sandbox.requests();
    expect(record).toMatchObject({
      vendor: "datagrid",
      operation: "updateConversation",
      method: "PATCH",
      path: "/datagrid/v1/conversations/cnv_sandbox_0001",
      query: "?x=1",
      body: { name: "new" },
      status: 200,
      headers: { authorization: "Bearer ***" },
      before: { name: "Project X" },
      after: { name: "new" },
    });
    expect(JSON.stringify(sandbox.requests())).not.toContain(vendors.datagrid.sampleKey);
  });

  test("who follows the log receives a request twice: when it begins and when it has ended", async () => {
    const { sandbox, send } = open("datagrid");
    type Seen = { id: number; revision: number; pending: boolean; status: number };
    const news = async (after: number): Promise<Seen[]> =>
      (await (await sandbox.fetch(`http://sandbox.test/_/requests?after=${after}`)).json()) as Seen[];
    sandbox.fault({ kind: "hang" });
    const caller = new AbortController();
    const hanging = send("GET /conversations", undefined, { signal: caller.signal });
    await vi.waitFor(() => expect(sandbox.requests()).toHaveLength(1));
    await send("GET /conversations");
    const seen = await news(0);
    expect(seen).toMatchObject([
      { id: 1, pending: true, status: 0 },
      { id: 2, pending: false, status: 200 },
    ]);
    const newest = Math.max(...seen.map(({ revision }) => revision));
    expect(await news(newest)).toEqual([]);
    caller.abort();
    await expect(hanging).rejects.toThrow();
    expect(await news(newest)).toMatchObject([{ id: 1, pending: false, status: 0 }]);
    for (const query of ["after=x", "limit=-1"])
      expect((await sandbox.fetch(`http://sandbox.test/_/requests?${query}`)).status).toBe(400);
  });

  test("listens on a random port, tells base URLs, and closes", async () => {
    const sandbox = createSandbox();
    expect(sandbox.baseUrl("openai")).toBe("http://sandbox.test/openai/v1");
    const { origin, port } = await sandbox.listen();
    expect(sandbox.baseUrl("chatdash")).toBe(`http://127.0.0.1:${port}/chatdash/v1/public`);
    expect(sandbox.env()).toMatchObject({
      OPENAI_BASE_URL: `${origin}/openai/v1`,
      OPENAI_API_KEY: expect.any(String),
    });
    const answer = await sender(sandbox, "datagrid", fetch)("GET /conversations/cnv_sandbox_0001");
    expect(answer.status).toBe(200);
    const state = await fetch(`${origin}/_/state/datagrid/cnv_sandbox_0001`);
    expect(await state.json()).toMatchObject({ name: "Project X" });
    expect((await fetch(`${origin}/_/state/datagrid/none`)).status).toBe(404);
    expect(await (await fetch(`${origin}/_/requests`)).json()).toHaveLength(1);
    expect((await fetch(`${origin}/_/reset`, { method: "POST" })).status).toBe(204);
    expect(sandbox.requests()).toEqual([]);
    await sandbox.close();
    await expect(fetch(origin)).rejects.toThrow();
  });

  test("seeds from an object, from a file, or not at all", async () => {
    const row = {
      object: "conversation",
      id: "c1",
      created_at: "2026-01-01T00:00:00Z",
      updated_at: "2026-01-01T00:00:00Z",
    };
    const seed = { datagrid: { conversation: [row] } };
    expect(createSandbox({ seed }).conversations("datagrid")).toEqual([row]);
    const file = join(tmpdir(), `seed-${process.pid}.json`);
    writeFileSync(file, JSON.stringify(seed));
    const sandbox = createSandbox({ seed: file });
    expect(sandbox.read("datagrid", "c1")).toEqual(row);
    expect(sandbox.conversations("letta")).toHaveLength(1);
    expect(createSandbox({ seed: false }).conversations("letta")).toEqual([]);
    expect(() => createSandbox({ seed: "/nowhere.json" })).toThrow(/\[sandbox\]/);
  });

  test.each([
    [{ seed: { opanai: {} } }, "there is no vendor opanai"],
    [{ accounts: { opanai: {} } }, "there is no vendor opanai"],
    [{ seed: { datagrid: { chat: [{ id: "1" }] } } }, "datagrid has only conversation, message"],
    [{ seed: { datagrid: { conversation: [{ name: "x" }] } } }, "a row has no id"],
    [
      { seed: { datagrid: { conversation: [{ id: "1" }] } } },
      "datagrid.conversation could not be served: object is",
    ],
    [{ seed: { datagrid: { conversation: "rows" } } }, "seed: datagrid.conversation must be an array"],
    [{ seed: "/nowhere.json" }, "could not be opened: ENOENT"],
    [{ accounts: { openai: "x" } }, "accounts.openai must be an object"],
    [{ accounts: { openai: { "sk-1": "x" } } }, "accounts.openai: give each key an object"],
    [{ accounts: ["openai"] }, "accounts must be an object with vendors as keys"],
    [{ seed: { letta: { message: [SAME, SAME] } } }, "two rows have the $key 1"],
  ])("says what is wrong with %j", (options, message) => {
    expect(() => createSandbox(options as never)).toThrow(message);
  });

  test("a refused write leaves nothing behind", async () => {
    const { sandbox, send } = open("chatdash");
    const before = sandbox.conversations("chatdash");
    await send("PUT /agents/agent_1/conversations/66f0c0ffee0000000000cd01", { name: "x", status: "robot" });
    expect(sandbox.conversations("chatdash")).toEqual(before);
  });

  test("types: fetch stands in for the global one", () => {
    expectTypeOf<Sandbox["fetch"]>().toExtend<typeof fetch>();
    // @ts-expect-error a vendor that is not one of the five
    expectTypeOf<VendorName>().toEqualTypeOf<"acme">();
  });
});
