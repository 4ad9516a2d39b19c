import { describe, expect, test } from "vitest";
import { expectNoViolation, open } from "./helpers.ts";

const ID = "conv_sandbox0001";
const AT = `/conversations/${ID}`;
const pairs = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, "v"]));

describe("openai conversations", () => {
  test("update merges by default: the keys it does not name stay", async () => {
    const { sandbox, send } = open("openai");
    const answer = await send(`POST ${AT}`, { metadata: { topic: "new", state: "open" } });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        id: ID,
        object: "conversation",
        created_at: 1_741_900_000,
        metadata: { topic: "new", owner: "ada", state: "open" },
      },
    });
    expect(answer.headers.get("x-request-id")).toMatch(/^req_[0-9a-f]{32}$/);
    expect(answer.headers.get("openai-version")).toBe("2020-10-01");
    expect(sandbox.read("openai", ID)).toEqual(answer.body);
    expectNoViolation(sandbox);
  });

  test("the replace switch drops them", async () => {
    const { send } = open("openai", { openai: { metadata: "replace" } });
    expect((await send(`POST ${AT}`, { metadata: { topic: "new" } })).body).toMatchObject({
      metadata: { topic: "new" },
    });
    expect((await send(`POST ${AT}`, { metadata: {} })).body).toHaveProperty("metadata", {});
    expect((await send(`POST ${AT}`, { metadata: null })).body).toHaveProperty("metadata", {});
  });

  test.each([
    ["17 pairs", `POST ${AT}`, { metadata: pairs(17) }, 400, "object_above_max_properties", "metadata"],
    [
      "15 more than the two there are",
      `POST ${AT}`,
      { metadata: pairs(15) },
      400,
      "object_above_max_properties",
      "metadata",
    ],
    [
      "a key of 65",
      `POST ${AT}`,
      { metadata: { ["k".repeat(65)]: "v" } },
      400,
      "property_name_above_max_length",
      `metadata.${"k".repeat(65)}`,
    ],
    [
      "a value of 513",
      `POST ${AT}`,
      { metadata: { k: "v".repeat(513) } },
      400,
      "string_above_max_length",
      "metadata.k",
    ],
    ["a number as value", `POST ${AT}`, { metadata: { k: 1 } }, 400, "invalid_type", "metadata.k"],
    ["null as value", `POST ${AT}`, { metadata: { k: null } }, 400, "invalid_type", "metadata.k"],
    ["an array", `POST ${AT}`, { metadata: [] }, 400, "invalid_type", "metadata"],
    ["no metadata", `POST ${AT}`, {}, 400, "missing_required_parameter", "metadata"],
    ["an unknown field", `POST ${AT}`, { metadata: {}, name: "x" }, 400, "unknown_parameter", "name"],
    ["broken JSON", `POST ${AT}`, "{", 400, "invalid_json", null],
    [
      "an id without its prefix",
      "GET /conversations/cnv_1",
      undefined,
      400,
      "invalid_value",
      "conversation_id",
    ],
    ["an unknown id", "GET /conversations/conv_none", undefined, 404, null, null],
    ["limit over 100", `GET ${AT}/items?limit=1000`, undefined, 400, "integer_above_max_value", "limit"],
    ["limit 0", `GET ${AT}/items?limit=0`, undefined, 400, "integer_below_min_value", "limit"],
    ["an unknown item", `GET ${AT}/items/msg_none`, undefined, 404, null, null],
    ["no items", `POST ${AT}/items`, { items: [] }, 400, "empty_array", "items"],
    [
      "21 items",
      `POST ${AT}/items`,
      { items: Array(21).fill({ role: "user", content: "x" }) },
      400,
      "array_above_max_length",
      "items",
    ],
    ["PATCH is not the verb", `PATCH ${AT}`, { metadata: {} }, 405, "method_not_supported", null],
    ["an unknown route", "GET /nothing", undefined, 404, null, null],
    ["a trailing slash", `GET ${AT}/`, undefined, 404, null, null],
  ])("%s", async (_, route, body, status, code, param) => {
    const { sandbox, send } = open("openai");
    const answer = await send(route, body);
    const error = { type: "invalid_request_error", code, param, message: expect.any(String) };
    expect(answer).toMatchObject({ status, body: { error } });
    expect(sandbox.read("openai", ID)).toMatchObject({ metadata: { topic: "project-x", owner: "ada" } });
    expectNoViolation(sandbox);
  });

  test("limits count code points", async () => {
    const { send } = open("openai");
    const metadata = { ["😀".repeat(64)]: "😀".repeat(512) };
    expect((await send(`POST ${AT}`, { metadata })).status).toBe(200);
    expect((await send(`POST ${AT}`, { metadata: { k: "😀".repeat(513) } })).status).toBe(400);
  });

  test("items outlive their conversation: another can still refer to them", async () => {
    const { sandbox, send } = open("openai");
    const { id } = (await send("POST /conversations", {})).body as { id: string };
    expect((await send(`DELETE ${AT}`)).status).toBe(200);
    for (const route of [
      `GET ${AT}/items`,
      `GET ${AT}/items/msg_sandbox0001`,
      `DELETE ${AT}/items/msg_sandbox0001`,
    ])
      expect((await send(route)).status).toBe(404);
    const items = [{ type: "item_reference", id: "msg_sandbox0001" }];
    expect(await send(`POST /conversations/${id}/items`, { items })).toMatchObject({
      status: 200,
      body: { data: [{ type: "message", role: "user" }] },
    });
    expectNoViolation(sandbox);
  });

  test("create, with and without a body; delete twice", async () => {
    const { sandbox, send } = open("openai");
    const created = await send("POST /conversations", {
      metadata: { a: "b" },
      items: [{ role: "user", content: "hi" }],
    });
    expect(created.body).toMatchObject({
      id: expect.stringMatching(/^conv_[0-9a-f]{48}$/),
      metadata: { a: "b" },
    });
    expect((await send("POST /conversations", {})).body).toMatchObject({ metadata: {} });
    expect((await send("POST /conversations")).status).toBe(200);
    const { id } = created.body as { id: string };
    expect((await send(`GET /conversations/${id}/items`)).body).toMatchObject({ data: [{ role: "user" }] });
    const gone = { id, object: "conversation.deleted", deleted: true };
    expect(await send(`DELETE /conversations/${id}`)).toMatchObject({ status: 200, body: gone });
    expect((await send(`DELETE /conversations/${id}`)).status).toBe(404);
    expect((await send(`GET /conversations/${id}/items`)).status).toBe(404);
    expectNoViolation(sandbox);
  });
});
