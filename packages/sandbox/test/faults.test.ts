import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createSandbox, FAULT_KINDS, type Sandbox } from "../src/index.ts";
import { sender } from "./helpers.ts";

const AT = "/conversations/cnv_sandbox_0001";
const name = (sandbox: Sandbox): unknown =>
  (sandbox.read("datagrid", "cnv_sandbox_0001") as { name: string }).name;

/** The same faults over a real socket and without a port. */
describe.each(["http", "fetch only"])("faults, %s", (mode) => {
  let sandbox: Sandbox;
  let send: ReturnType<typeof sender>;
  beforeAll(async () => {
    sandbox = createSandbox({ datagrid: { rateLimit: false } });
    if (mode === "http") await sandbox.listen();
    send = sender(sandbox, "datagrid", mode === "http" ? fetch : sandbox.fetch);
  });
  beforeEach(() => sandbox.reset());
  afterAll(() => sandbox.close());

  test("status, with Retry-After, in the vendor's words, as often as asked", async () => {
    sandbox.fault({ kind: "status", vendor: "datagrid", status: 503, retryAfter: 2, times: 2 });
    for (let n = 0; n < 2; n += 1) {
      const answer = await send(`PATCH ${AT}`, { name: "x" });
      expect(answer).toMatchObject({ status: 503, body: { status_code: 503 } });
      expect(answer.headers.get("retry-after")).toBe("2");
    }
    expect(name(sandbox)).toBe("Project X");
    expect((await send(`PATCH ${AT}`, { name: "x" })).status).toBe(200);
  });

  test("reset before: nothing was applied", async () => {
    sandbox.fault({ kind: "reset-before" });
    await expect(send(`PATCH ${AT}`, { name: "x" })).rejects.toThrow(TypeError);
    expect(name(sandbox)).toBe("Project X");
  });

  test("reset after: the write was applied, the answer is lost", async () => {
    sandbox.fault({ kind: "reset-after", operation: "updateConversation" });
    expect((await send(`GET ${AT}`)).status).toBe(200);
    await expect(send(`PATCH ${AT}`, { name: "x" })).rejects.toThrow(TypeError);
    expect(name(sandbox)).toBe("x");
    expect(sandbox.requests().at(-1)).toMatchObject({ status: 0, faults: ["reset-after"] });
  });

  test("meets one request unless it says otherwise, and can be taken back", async () => {
    const statuses = async (): Promise<number[]> => [
      (await send(`GET ${AT}`)).status,
      (await send(`GET ${AT}`)).status,
    ];
    sandbox.fault({ kind: "status", status: 503 });
    expect(await statuses()).toEqual([503, 200]);
    const takeBack = sandbox.fault({ kind: "status", status: 503, times: null });
    expect(await statuses()).toEqual([503, 503]);
    takeBack();
    expect(await statuses()).toEqual([200, 200]);
  });

  test("truncate: the body breaks off", async () => {
    sandbox.fault({ kind: "truncate" });
    await expect(send(`GET ${AT}`)).rejects.toThrow();
  });

  test("latency delays, hang never answers; both end when the caller leaves", async () => {
    sandbox.fault({ kind: "latency", ms: 5 });
    expect((await send(`GET ${AT}`)).status).toBe(200);
    for (const fault of [{ kind: "hang" }, { kind: "latency", ms: 60_000 }] as const) {
      sandbox.reset();
      sandbox.fault(fault);
      const caller = new AbortController();
      const gone = send(`GET ${AT}`, undefined, { signal: caller.signal });
      await vi.waitFor(() => expect(sandbox.requests()).toHaveLength(1));
      caller.abort();
      await expect(gone).rejects.toMatchObject({ name: "AbortError" });
    }
  });

  test("a rate-limit window answers 429 once it is full, until cleared", async () => {
    const lift = sandbox.fault({ kind: "rate-limit", vendor: "datagrid", limit: 2, windowMs: 60_000 });
    const statuses = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await send(`GET ${AT}`)).status);
    expect(statuses).toEqual([200, 200, 429, 429]);
    lift();
    expect((await send(`GET ${AT}`)).status).toBe(200);
  });

  test("another writer changes the conversation after it was read", async () => {
    sandbox.fault({ kind: "other-writer", change: { name: "theirs" } });
    expect((await send("GET /conversations")).status).toBe(200);
    expect((await send(`GET ${AT}`)).body).toMatchObject({ name: "Project X" });
    expect((await send(`GET ${AT}`)).body).toMatchObject({ name: "theirs" });
  });

  test.each([
    ["a bad key", 401, "", { authorization: "Bearer nope" }],
    ["a query that is no good", 400, "/items?limit=none", {}],
    ["its rate", 429, "", {}],
  ])("a read that is refused for %s lets no other writer in", async (_, status, rest, headers) => {
    const stored = JSON.stringify(sandbox.read("openai", "conv_sandbox0001"));
    if (status === 429) sandbox.fault({ kind: "rate-limit", limit: 0 });
    const route = `GET /conversations/conv_sandbox0001${rest}`;
    const openai = sender(sandbox, "openai", mode === "http" ? fetch : sandbox.fetch);
    const asked = { ...headers, "x-sandbox-fault": "other-writer" };
    expect((await openai(route, undefined, { headers: asked })).status).toBe(status);
    expect(JSON.stringify(sandbox.read("openai", "conv_sandbox0001"))).toBe(stored);
  });

  test("a header asks for a fault on one request", async () => {
    const with503 = { headers: { "x-sandbox-fault": "status=503; retryAfter=7" } };
    const answer = await send(`GET ${AT}`, undefined, with503);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "7"]);
    expect((await send(`GET ${AT}`)).status).toBe(200);
  });

  test("a header that asks for nonsense is told so", async () => {
    const answer = await send(`GET ${AT}`, undefined, { headers: { "x-sandbox-fault": "flood" } });
    expect(answer).toMatchObject({
      status: 400,
      body: { sandbox_fault: expect.stringContaining("kind must be") },
    });
  });

  test.each([
    [{ kind: "flood" }, "kind must be one of"],
    [{ kind: "hang", vendor: "acme" }, "vendor must be one of"],
    [{ kind: "hang", vendor: "datagrid", operation: "renameConversation" }, "datagrid has no operation"],
    [{ kind: "status", status: 1000 }, "status must be a number from 200 to 599"],
    [{ kind: "latency", ms: "5" }, "ms must be a number"],
    [{ kind: "hang", time: 1 }, "time is not a field"],
    [{ kind: "other-writer", change: "theirs" }, "change must be an object"],
    [{ kind: "other-writer", change: { metadata: [] } }, "change.metadata must be an object"],
  ])("what could never take effect is refused: %j", (fault, message) => {
    expect(() => sandbox.fault(fault as never)).toThrow(message);
  });

  test("a status without a body stays without", async () => {
    sandbox.fault({ kind: "status", status: 204 });
    expect(await send(`GET ${AT}`)).toMatchObject({ status: 204, body: "" });
  });

  test("the control API lists, adds and clears them, and refuses nonsense", async () => {
    const origin = sandbox.baseUrl("datagrid").replace("/datagrid/v1", "");
    const control = mode === "http" ? fetch : sandbox.fetch;
    const post = (body: unknown): Promise<Response> =>
      control(`${origin}/_/faults`, { method: "POST", body: JSON.stringify(body) });
    for (const kind of FAULT_KINDS) expect((await post({ kind, vendor: "letta" })).status).toBe(201);
    expect((await post({ kind: "flood" })).status).toBe(400);
    expect(await (await control(`${origin}/_/faults`)).json()).toHaveLength(FAULT_KINDS.length);
    expect((await control(`${origin}/_/faults`, { method: "DELETE" })).status).toBe(204);
    expect(await (await control(`${origin}/_/faults`)).json()).toEqual([]);
  });

  test.each([
    [
      { kind: "other-writer", operation: "createConversation" },
      "an operation that reads one conversation, not createConversation",
    ],
    [
      { kind: "break-stream", operation: "getConversation" },
      "an operation that can answer with a stream, not getConversation",
    ],
    [
      { kind: "stall-stream", vendor: "datagrid" },
      "an operation that can answer with a stream, and datagrid has none",
    ],
    [{ kind: "hang", operation: "nonsense" }, "no vendor has an operation or route nonsense"],
    [
      { kind: "hang", vendor: "openai", operation: "listConversations" },
      "openai has no operation or route listConversations",
    ],
  ] as const)("%j could never take effect, and is refused", (fault, message) => {
    expect(() => sandbox.fault(fault)).toThrow(message);
  });
});
