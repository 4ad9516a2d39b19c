import { describe, expect, onTestFinished, test, vi } from "vitest";
import { authorization, expectNoViolation, open } from "./helpers.ts";

const AT = "/api/conversations/42";
const business = "support-session-456";
interface Page {
  count: number;
  next: string | null;
  previous: string | null;
  results: Record<string, unknown>[];
}

describe("agentsight update", () => {
  test("echoes what was sent, names it, and replaces metadata whole", async () => {
    const { sandbox, send } = open("agentsight");
    const answer = await send(`PATCH ${AT}/update/`, { name: "  New  ", metadata: { state: "open" } });
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toEqual({
      id: 42,
      conversation_id: business,
      updated_fields: ["name", "metadata"],
      name: "New",
      metadata: { state: "open" },
    });
    expect(sandbox.read("agentsight", 42)).toMatchObject({ metadata: { state: "open" }, device: "desktop" });
    expect(sandbox.read("agentsight", business)).toMatchObject({ id: 42 });
    await send(`PATCH ${AT}/update/`, { metadata: {} });
    expect(sandbox.read("agentsight", 42)).toMatchObject({ metadata: {} });
    expectNoViolation(sandbox);
  });

  test("immutable and unknown fields are ignored", async () => {
    const { sandbox, send } = open("agentsight");
    const { body } = await send(`PATCH ${AT}/update/`, {
      conversation_id: "other",
      started_at: "x",
      color: "red",
      is_marked: true,
    });
    expect(body).toMatchObject({ conversation_id: business, updated_fields: ["is_marked"] });
    expect(sandbox.read("agentsight", 42)).not.toHaveProperty("color");
  });

  test("name holds 255 code points", async () => {
    const { send } = open("agentsight");
    expect((await send(`PATCH ${AT}/update/`, { name: "😀".repeat(255) })).status).toBe(200);
    expect((await send(`PATCH ${AT}/update/`, { name: "😀".repeat(256) })).status).toBe(400);
  });

  test.each([
    ["without the trailing slash", `PATCH ${AT}/update`, {}],
    ["a list without it", "GET /api/conversations", undefined],
    ["a business id in the path", `PATCH /api/conversations/${business}/update/`, {}],
  ])("%s: 404 in HTML", async (_, route, body) => {
    const { sandbox, send } = open("agentsight");
    const answer = await send(route, body);
    expect(answer.status).toBe(404);
    expect(answer.headers.get("content-type")).toContain("text/html");
    expectNoViolation(sandbox);
  });

  test.each([
    ["unknown", "PATCH /api/conversations/999/update/", {}, 404],
    ["a missing name", `PATCH ${AT}/rename/`, {}, 400],
    ["a missing mark", `POST ${AT}/mark/`, {}, 400],
    ["metadata that is not an object", `PATCH ${AT}/update/`, { metadata: "x" }, 400],
    ["broken JSON", `PATCH ${AT}/update/`, "{", 400],
    ["PUT is nowhere offered", `PUT ${AT}/update/`, {}, 405],
    ["a page out of range", "GET /api/conversations/?page=99", undefined, 404],
  ])("%s", async (_, route, body, status) => {
    const { sandbox, send } = open("agentsight");
    const answer = await send(route, body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toContain("json");
    expectNoViolation(sandbox);
  });

  test.each(["rename", "update"])("a blank name is refused in one sentence (%s)", async (action) => {
    const { send } = open("agentsight");
    for (const name of ["", "   "])
      expect(await send(`PATCH ${AT}/${action}/`, { name })).toMatchObject({
        status: 400,
        body: { detail: "The name may not be blank." },
      });
  });

  test("a blank business id is refused at its field", async () => {
    const { send } = open("agentsight");
    for (const conversation_id of ["", "   "]) {
      const body = { conversation_id: ["This field may not be blank."] };
      expect(await send("POST /api/conversations/", { conversation_id })).toMatchObject({
        status: 400,
        body,
      });
    }
  });

  test("keys: shape, scheme and role", async () => {
    const key = "ags_00000000000000000000000000000000_000001";
    const { send } = open("agentsight", { accounts: { agentsight: { [key]: { role: "read" } } } });
    const reader = { headers: { authorization: authorization("agentsight", key) } };
    expect((await send(`GET ${AT}/`, undefined, reader)).status).toBe(200);
    expect(await send(`PATCH ${AT}/update/`, { name: "x" }, reader)).toMatchObject({
      status: 403,
      body: { detail: expect.any(String) },
    });
    for (const value of [`Bearer ${key}`, "Api-Key nope"]) {
      const answer = await open("agentsight").send(`GET ${AT}/`, undefined, {
        headers: { authorization: value },
      });
      expect(answer).toMatchObject({ status: 401, body: { detail: expect.any(String) } });
    }
  });
});

describe("agentsight reads", () => {
  test("rename, mark and delete answer their own small bodies; deleted rows hide in the list only", async () => {
    const { sandbox, send } = open("agentsight");
    expect((await send(`PATCH ${AT}/rename/`, { name: " a " })).body).toEqual({
      id: 42,
      conversation_id: business,
      name: "a",
    });
    expect((await send(`POST ${AT}/mark/`, { is_marked: true })).body).toMatchObject({ is_marked: true });
    expect((await send(`DELETE ${AT}/delete/`)).body).toMatchObject({
      id: 42,
      is_deleted: true,
      deleted_at: expect.any(String),
    });
    const count = async (query: string): Promise<number> =>
      ((await send(`GET /api/conversations/?${query}`)).body as Page).count;
    expect(await count("")).toBe(1);
    expect(await count("include_deleted=true")).toBe(2);
    expect((await send(`GET ${AT}/`)).body).toMatchObject({ is_deleted: true });
    expectNoViolation(sandbox);
  });

  test("a business id is found by the list, also when deleted", async () => {
    const { sandbox, send } = open("agentsight");
    await send(`DELETE ${AT}/delete/`);
    const query = `conversation_id=${business}&full=false&include_deleted=true&page_size=1`;
    const { body } = await send(`GET /api/conversations/?${query}`);
    expect(body).toMatchObject({ count: 1, results: [{ id: 42, message_count: 2, feedback_count: 0 }] });
    expect((body as Page).results[0]).not.toHaveProperty("messages");
    expectNoViolation(sandbox);
  });

  test("old rows hold their metadata as a JSON string", async () => {
    const { send } = open("agentsight");
    const { body } = await send("GET /api/conversations/43/");
    expect(JSON.parse((body as { metadata: string }).metadata)).toEqual({ topic: "legacy", plan: "pro" });
  });

  test.each([
    ["", 2],
    ["is_marked=true", 0],
    ["name=ACCOUNT", 1],
    ["customer_id=customer-7", 1],
    ["customer_id__icontains=MER", 1],
    ["device=desktop", 1],
    ["has_messages=true", 1],
    ["message_contains=password", 1],
    ["search=sign+in", 1],
    ["metadata=topic:legacy", 1],
    ["metadata_key=owner&metadata_value=ada", 1],
    ["environment=prod", 2],
    ["env=dev", 0],
    ["started_at_after=2030-01-01T00:00:00Z", 0],
    // Without a zone, as the vendor's documents and its own client send it: UTC.
    ["started_at_after=2026-11-02T09:30:00", 2],
    ["started_at_after=2026-11-02T09:30:00.001", 0],
    ["started_at_before=2026-11-02T09:30:00.000000", 2],
    ["started_at_after=2026-11-02", 2],
    ["started_at_after=2026-11-02+09:30:00", 2],
    ["started_at_before=2026-11-02+09:29:59", 0],
    ["started_at_after=2026-11-02T10:30:00%2B01:00", 2],
    ["no_such_filter=1", 2],
    // Every object of JavaScript has these; the metadata does not.
    ["metadata_key=constructor", 0],
    ["metadata=toString:x", 0],
  ])("list filter %j, whatever the machine's zone", async (query, count) => {
    vi.stubEnv("TZ", "America/New_York");
    onTestFinished(() => void vi.unstubAllEnvs());
    const { sandbox, send } = open("agentsight");
    expect((await send(`GET /api/conversations/?${query}`)).body).toMatchObject({ count });
    expectNoViolation(sandbox);
  });

  test("pages are numbered; size is clamped; links are absolute", async () => {
    const { sandbox, send } = open("agentsight");
    const first = (await send("GET /api/conversations/?page_size=1&ordering=id")).body as Page;
    expect(first).toMatchObject({
      count: 2,
      total_pages: 2,
      current_page: 1,
      previous: null,
      results: [{ id: 42 }],
    });
    const second = (await send(`GET ${first.next?.slice(first.next.indexOf("/api/"))}`)).body as Page;
    expect(second).toMatchObject({ next: null, results: [{ id: 43 }] });
    expect((await send("GET /api/conversations/?page_size=1&ordering=id&page=2")).body).toEqual(second);
    // Out of range is no page, not an empty one; a bare list has 15 rows of a page.
    expect((await send("GET /api/conversations/?page_size=1&page=3")).status).toBe(404);
    expect((await send("GET /api/conversations/")).body).toMatchObject({ page_size: 15 });
    expect((await send("GET /api/conversations/?page_size=5000")).body).toMatchObject({ page_size: 100 });
    expectNoViolation(sandbox);
  });

  test.each([
    ["customer_id", [42, 1000, 43]],
    ["-customer_id", [1000, 42, 43]],
  ])("ordering=%s puts rows without a value last", async (ordering, ids) => {
    const { send } = open("agentsight");
    await send("POST /api/conversations/", { conversation_id: "another", customer_id: "customer-8" });
    const { results } = (await send(`GET /api/conversations/?ordering=${ordering}`)).body as Page;
    expect(results.map(({ id }) => id)).toEqual(ids);
  });

  test("attachments, metadata keys and values, me", async () => {
    const { sandbox, send } = open("agentsight");
    expect((await send(`GET ${AT}/attachments/`)).body).toMatchObject({
      conversation: 42,
      attachment_count: 0,
    });
    expect((await send("GET /api/conversations/metadata-keys/")).body).toEqual({
      keys: ["draft", "owner", "plan", "topic"],
    });
    expect((await send("GET /api/conversations/metadata-values/?key=topic")).body).toEqual({
      key: "topic",
      values: ["project-x", "legacy"],
    });
    expect((await send("GET /api/conversations/metadata-values/")).status).toBe(400);
    // What is nested is no value: it has a path of its own.
    await send(`PATCH ${AT}/update/`, { metadata: { nested: { deep: 1 }, list: [1] } });
    const valuesOf = async (key: string): Promise<unknown> =>
      (await send(`GET /api/conversations/metadata-values/?key=${key}`)).body;
    expect(await valuesOf("nested")).toEqual({ key: "nested", values: [] });
    expect(await valuesOf("nested.deep")).toEqual({ key: "nested.deep", values: [1] });
    expect(await valuesOf("list")).toEqual({ key: "list", values: [] });
    expect(await valuesOf("constructor")).toEqual({ key: "constructor", values: [] });
    expect((await send("GET /api/me/")).body).toMatchObject({ role: "write" });
    expectNoViolation(sandbox);
  });

  test.each([
    ["product feedback", { kind: "product", sentiment: "positive" }, 403, { detail: expect.any(String) }],
    ["no sentiment", { kind: "message", message: 501 }, 400, { detail: '"sentiment" is required.' }],
    [
      "an environment that follows from the conversation",
      { kind: "conversation", conversation: 42, sentiment: "positive", environment: "production" },
      400,
      { environment: ["This field is not allowed."] },
    ],
    [
      "another agent",
      { kind: "agent", agent: 8, sentiment: "positive" },
      404,
      { detail: expect.any(String) },
    ],
  ])("feedback: %s is refused", async (_, body, status, answer) => {
    const { sandbox, send } = open("agentsight");
    expect(await send("POST /api/feedbacks/", body)).toMatchObject({ status, body: answer });
    expect((await send("GET /api/feedbacks/?kind=product")).status).toBe(403);
    expectNoViolation(sandbox);
  });

  test("feedback: create, upsert for messages, list with counts, change, delete", async () => {
    const { sandbox, send } = open("agentsight");
    const created = await send("POST /api/feedbacks/", {
      kind: "conversation",
      conversation_id: business,
      sentiment: "positive",
    });
    expect(created).toMatchObject({ status: 201, body: { conversation: 42, sentiment: "positive" } });
    const message = { kind: "message", message: 501, sentiment: "negative" };
    expect((await send("POST /api/feedbacks/", message)).status).toBe(201);
    expect((await send("POST /api/feedbacks/", message)).status).toBe(200);
    expect((await send("GET /api/feedbacks/?sentiment=negative")).body).toMatchObject({
      count: 1,
      counts: { all: 1 },
    });
    const { id } = created.body as { id: number };
    expect((await send(`PATCH /api/feedbacks/${id}/`, { comment: "c" })).body).toMatchObject({
      comment: "c",
    });
    expect((await send(`GET /api/feedbacks/${id}/`)).body).toMatchObject({ id, ticket: null });
    expect((await send(`DELETE /api/feedbacks/${id}/`)).status).toBe(204);
    expect((await send(`GET /api/feedbacks/${id}/`)).status).toBe(404);
    expectNoViolation(sandbox);
  });
});
