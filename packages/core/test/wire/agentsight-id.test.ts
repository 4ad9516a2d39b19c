import { type AgentSightClient, createAgentSightClient } from "@convo/agentsight";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { agentsight, type Convo, createConvo } from "../../src/index.ts";
import { type Recorded, type Recorder, record, type Scripted } from "./recorder.ts";

const ID = "support-session-456";
const KEY = "ags_0123456789abcdef0123456789abcdef_012345";
/** Business id -> the integer of the path. */
const stored = new Map<string, number>();

let server: Recorder;
let convo: Convo<{ agentsight: ReturnType<typeof agentsight> }>;
beforeAll(async () => {
  server = await record();
});
afterAll(() => server.close());
beforeEach(() => {
  stored.clear();
  stored.set(ID, 42).set("42", 7);
  server.answer(answer);
  convo = createConvo({ agentsight: agentsight({ baseUrl: server.baseUrl, apiKey: KEY }) });
});

/** The vendor as documented: a list that can be asked for one business id, and an update by integer. */
function answer({ method, url, text }: Recorded): Scripted {
  const { pathname, searchParams } = new URL(url, server.baseUrl);
  if (method === "GET" && pathname === "/api/conversations/") {
    const id = searchParams.get("conversation_id") ?? "";
    const found = stored.get(id);
    const results = found === undefined ? [] : [{ id: found, conversation_id: id }];
    return { body: { count: results.length, next: null, previous: null, results } };
  }
  const [, pk = ""] = /^\/api\/conversations\/(\d+)\/update\/$/.exec(pathname) ?? [];
  const [id] = [...stored].find(([, number]) => number === Number(pk)) ?? [];
  if (method !== "PATCH" || id === undefined) return { status: 404, body: { detail: "Not found." } };
  return { body: { id: Number(pk), conversation_id: id, ...JSON.parse(text) } };
}

const lookups = (): Recorded[] => server.seen.filter(({ method }) => method === "GET");
const writes = (): string[] => server.seen.filter(({ method }) => method !== "GET").map(({ url }) => url);

describe("AgentSight's ids", () => {
  it("that are text are looked up once, as the vendor's own SDK does, however many updates follow", async () => {
    for (let n = 0; n < 20; n += 1) await convo.agentsight.update(ID, { name: `n${n}` });
    expect(lookups()).toHaveLength(1);
    const [{ url, headers } = expect.fail()] = lookups();
    const { pathname, searchParams } = new URL(url, server.baseUrl);
    expect(pathname).toBe("/api/conversations/");
    expect(Object.fromEntries(searchParams)).toEqual({
      conversation_id: ID,
      full: "false",
      include_deleted: "true",
      page_size: "1",
    });
    expect(headers.authorization).toBe(`Api-Key ${KEY}`);
    expect(writes()).toEqual(Array.from({ length: 20 }, () => "/api/conversations/42/update/"));
  });

  it("are looked up once by updates that start together", async () => {
    const all = Array.from({ length: 20 }, (_, n) => convo.agentsight.update(ID, { name: `n${n}` }));
    const results = await Promise.all(all);
    expect(lookups()).toHaveLength(1);
    expect(results.map(({ conversation }) => conversation.id)).toEqual(all.map(() => 42));
    expect(new Set(writes())).toEqual(new Set(["/api/conversations/42/update/"]));
  });

  it("are known to all of those at once: nobody waits for a clock", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    await Promise.all(Array.from({ length: 20 }, (_, n) => convo.agentsight.update(ID, { name: `n${n}` })));
    expect(lookups()).toHaveLength(1);
  });

  it("are looked up for each caller that may give up: nobody else's call ends with it", async () => {
    const aborts = new AbortController();
    const gone = convo.agentsight.get(ID, { signal: aborts.signal });
    const others = [convo.agentsight.update(ID, { name: "a" }), convo.agentsight.update(ID, { name: "b" })];
    aborts.abort();
    await expect(gone).rejects.toMatchObject({ kind: "aborted" });
    for (const { conversation } of await Promise.all(others)) expect(conversation.id).toBe(42);
  });

  it("are looked up within the caller's deadline, which is for the read as well", async () => {
    // The look-up alone takes two thirds of it; nothing of this arrives late at the server of the next test.
    const fetch = async (): Promise<Response> => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return Response.json({ count: 1, next: null, results: [{ id: 42, conversation_id: ID }] });
    };
    const slow = () =>
      createConvo({ agentsight: agentsight({ baseUrl: server.baseUrl, apiKey: KEY, fetch }) }).agentsight;
    for (const call of [
      slow().get(ID, { deadlineMs: 300 }),
      slow().plan(ID, { name: "x" }, { deadlineMs: 300 }),
    ].map((one) => one.catch((error) => error)))
      expect(await call).toMatchObject({ kind: "timeout" });
  });

  it("are looked up by themselves: text that looks like a number is text", async () => {
    await Promise.all([
      convo.agentsight.update(ID, { name: "a" }),
      convo.agentsight.update("42", { name: "b" }),
      convo.agentsight.update(42, { name: "c" }),
    ]);
    expect(lookups()).toHaveLength(2);
    expect(new Set(writes())).toEqual(
      new Set(["/api/conversations/42/update/", "/api/conversations/7/update/"]),
    );
  });

  it.each(["+34 600 11", "a/b?c#d", "ü&x=1", ".", "..", "日本"])(
    "arrive in the look-up as they are: %j",
    async (id) => {
      stored.set(id, 9);
      await convo.agentsight.update(id, { name: "x" });
      expect(new URL(lookups()[0]?.url ?? "", server.baseUrl).searchParams.get("conversation_id")).toBe(id);
      expect(writes()).toEqual(["/api/conversations/9/update/"]);
    },
  );

  it("that do not exist are not_found, nothing is written, and it is not remembered", async () => {
    const call = convo.agentsight.update("gone", { name: "x" });
    await expect(call).rejects.toMatchObject({ kind: "not_found", provider: "agentsight" });
    await expect(call).rejects.toThrow(/^\[agentsight\] .*"gone"/);
    stored.set("gone", 11);
    await convo.agentsight.update("gone", { name: "x" });
    expect(lookups()).toHaveLength(2);
    expect(writes()).toEqual(["/api/conversations/11/update/"]);
  });

  it("that are not found any more are looked up again", async () => {
    await convo.agentsight.update(ID, { name: "x" });
    stored.set(ID, 43);
    await expect(convo.agentsight.update(ID, { name: "y" })).rejects.toMatchObject({ kind: "not_found" });
    await convo.agentsight.update(ID, { name: "z" });
    expect(writes().at(-1)).toBe("/api/conversations/43/update/");
    expect(lookups()).toHaveLength(2);
  });

  it("are kept where the vendor refuses for another reason", async () => {
    await convo.agentsight.update(ID, { name: "x" });
    server.answer((request) =>
      request.method === "PATCH" ? { status: 403, body: { detail: "no" } } : answer(request),
    );
    await expect(convo.agentsight.update(ID, { name: "y" })).rejects.toMatchObject({ kind: "permission" });
    server.answer(answer);
    await convo.agentsight.update(ID, { name: "z" });
    expect(lookups()).toEqual([]);
  });

  it("that are integers need no look-up, here and in the client", async () => {
    const client: AgentSightClient = createAgentSightClient({ baseUrl: server.baseUrl, apiKey: KEY });
    await client.updateConversation(42, { is_marked: true });
    await convo.agentsight.update(42, { marked: true });
    expect(server.seen.map(({ method, url, text }) => `${method} ${url} ${text}`)).toEqual(
      Array.from({ length: 2 }, () => 'PATCH /api/conversations/42/update/ {"is_marked":true}'),
    );
  });
});
