import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ConvoError, isConvoError } from "../../src/index.ts";
import { callByName, vendors } from "./facts/index.ts";
import { type Recorder, record } from "./recorder.ts";

/** A vendor's refusal as documented: vendor, status, body, the kind it is, and the vendor's words in the message. */
type Violation = readonly [vendor: string, status: number, body: unknown, kind: string, words: string];

const openai = (message: string, code: string | null, param: string | null = null): object => ({
  error: { message, type: "invalid_request_error", param, code },
});

const REFUSALS: readonly Violation[] = [
  [
    "openai",
    400,
    openai("Unknown parameter: 'x'.", "unknown_parameter", "x"),
    "invalid",
    "Unknown parameter",
  ],
  ["openai", 401, openai("Incorrect API key provided.", "invalid_api_key"), "auth", "Incorrect API key"],
  ["openai", 404, openai("Conversation with id 'conv_1' not found.", null), "not_found", "not found"],
  ["openai", 429, openai("Rate limit reached.", "rate_limit_exceeded"), "rate_limited", "Rate limit"],
  ["letta", 400, { detail: "No active runs" }, "invalid", "No active runs"],
  ["letta", 401, { detail: "Unauthorized" }, "auth", "Unauthorized"],
  [
    "letta",
    402,
    { error: { type: "llm_insufficient_credits", message: "Out of credits", detail: "" } },
    "permission",
    "Out of credits",
  ],
  ["letta", 404, { detail: "Conversation not found" }, "not_found", "Conversation not found"],
  ["letta", 409, { detail: "Conversation is busy", run_id: "run-1" }, "conflict", "busy"],
  ["letta", 422, { trace_id: "t", detail: "[{'loc': ('path',)}]", examples: ["conv-1"] }, "invalid", "'loc'"],
  [
    "letta",
    422,
    { detail: [{ loc: ["body", 0], msg: "field required", type: "missing" }] },
    "invalid",
    "field required",
  ],
  ["letta", 500, { detail: "An internal server error occurred" }, "server", "internal server error"],
  [
    "datagrid",
    429,
    { status_code: 429, error: "rate_limit_exceeded", message: "Too many requests", retryable: true },
    "rate_limited",
    "Too many requests",
  ],
  [
    "datagrid",
    400,
    { statusCode: 400, message: ["property x should not exist"] },
    "invalid",
    "should not exist",
  ],
  ["chatdash", 500, { error: "An unexpected error occurred" }, "server", "unexpected error"],
  ["chatdash", 404, { message: "Conversation not found" }, "not_found", "Conversation not found"],
  [
    "agentsight",
    400,
    { name: ["Ensure this field has no more than 255 characters."] },
    "invalid",
    "no more than 255",
  ],
  ["agentsight", 400, { error: "Invalid", details: { a: 1 } }, "invalid", "Invalid"],
  ["agentsight", 400, ["Not a valid request."], "invalid", "Not a valid request"],
  ["agentsight", 401, { detail: "Invalid API key." }, "auth", "Invalid API key"],
  ["agentsight", 403, { detail: "This key is read-only." }, "permission", "read-only"],
  ["agentsight", 404, { detail: "Not found." }, "not_found", "Not found"],
  ["agentsight", 405, { detail: 'Method "PUT" not allowed.' }, "unsupported", "not allowed"],
  ["agentsight", 429, { detail: "Request was throttled." }, "rate_limited", "throttled"],
];

let server: Recorder;
beforeAll(async () => {
  server = await record();
});
afterAll(() => server.close());

describe("a refusal", () => {
  it.each(REFUSALS)("of %s with %i %j is %s", async (name, status, body, kind, words) => {
    const facts = vendors.find((one) => one.name === name) ?? expect.fail();
    server.answer(() => ({ status, body }));
    const client = facts.create({ apiKey: facts.key, baseUrl: server.baseUrl, retry: "never" });
    const args = facts.operations.updateConversation?.args ?? expect.fail();
    const error = await callByName(client, "updateConversation", args).then(
      () => expect.fail("it succeeded"),
      (reason: ConvoError) => reason,
    );
    expect(isConvoError(error)).toBe(true);
    expect(error).toMatchObject({ provider: name, kind, status, body, httpRequests: 1 });
    expect(error.message).toMatch(
      new RegExp(`^\\[${name}\\] (POST|PATCH|PUT) /\\S+ was answered ${status}: `),
    );
    expect(error.message).toContain(words);
    expect(JSON.stringify(error) + error.message).not.toContain(facts.key);
  });
});
