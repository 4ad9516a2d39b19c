import { afterEach, describe, expect, it } from "vitest";
import { agentsight, chatdash, createConvo, datagrid, letta, openai } from "../src/index.ts";
import { parseConversation } from "../src/wire/from-wire.ts";
import { type Answer, serve, type TestServer } from "./server.ts";

let server: TestServer;
afterEach(() => server.close());

const object = { id: "conv_1", object: "conversation", created_at: 1_741_900_000 };

describe("a read that cannot be trusted stops the merge", () => {
  const answers: [what: string, answer: Answer][] = [
    ["another conversation", { body: { ...object, id: "conv_2", metadata: { a: "1" } } }],
    ["no id", { body: { metadata: { a: "1" } } }],
    ["no metadata", { body: object }],
    ["null metadata", { body: { ...object, metadata: null } }],
    ["metadata that is a list", { body: { ...object, metadata: ["a"] } }],
    ["metadata that is text", { body: { ...object, metadata: "a" } }],
    ["metadata that is a number", { body: { ...object, metadata: 5 } }],
    ["an empty object", { body: {} }],
    ["a list", { body: [] }],
    ["a list of conversations", { body: [{ ...object, metadata: {} }] }],
    ["null", { body: null }],
    ["a number", { body: 42 }],
    ["a string", { body: "conv_1" }],
    ["an error with status 200", { body: { error: { message: "no" } } }],
    ["HTML", { type: "text/html", text: "<html><body>Sign in</body></html>" }],
    ["HTML that says it is JSON", { text: "<html></html>" }],
    ["nothing", { text: "" }],
    ["half of it", { text: '{"id":"conv_1","metadata":{"a":' }],
    ["status 202 and nothing", { status: 202, text: "" }],
  ];

  it.each(answers)("%s", async (_, answer) => {
    server = await serve(() => answer);
    const convo = createConvo({ openai: openai({ baseUrl: server.baseUrl, apiKey: "k" }) });
    const error = await convo.openai.update("conv_1", { metadata: { b: "2" } }).catch((reason) => reason);
    expect(error).toMatchObject({ provider: "openai", kind: "bad_response" });
    expect(error.outcome).toBeUndefined();
    expect(server.seen.map(({ method }) => method)).not.toContain("POST");
  });

  it("is not stopped by a time that no calendar has", async () => {
    server = await serve(({ body: { metadata = {} } }) => ({
      body: { ...object, created_at: 1e13, metadata },
    }));
    const convo = createConvo({ openai: openai({ baseUrl: server.baseUrl, apiKey: "k" }) });
    const { conversation } = await convo.openai.update("conv_1", { metadata: { b: "2" } });
    expect(conversation).toEqual({ provider: "openai", id: "conv_1", metadata: { b: "2" } });
  });

  it("decodes the strings it finds beside other values, so that none is encoded twice", async () => {
    const found = { a: "json:5", n: 5 };
    server = await serve(({ body: { metadata = found } }) => ({ body: { ...object, metadata } }));
    const convo = createConvo({ openai: openai({ baseUrl: server.baseUrl, apiKey: "k", encode: true }) });
    const { conversation } = await convo.openai.update("conv_1", { metadata: { b: "2" } });
    expect(conversation.metadata).toEqual({ a: 5, n: 5, b: "2" });
    expect(server.seen.at(-1)?.body).toEqual({ metadata: { a: "json:5", n: "json:5", b: "2" } });
  });

  it("is no read where the vendor says that there is none yet", async () => {
    server = await serve(({ method, url }) => {
      if (method !== "GET") return { body: { message: "ok", id: 7, conversation_id: "c" } };
      return {
        body: url.includes("/agents/") ? { _id: "c" } : { id: 7, conversation_id: "c", metadata: null },
      };
    });
    const options = { baseUrl: server.baseUrl, apiKey: null };
    const convo = createConvo({
      chatdash: chatdash({ ...options, agentId: "a" }),
      agentsight: agentsight(options),
    });
    await convo.chatdash.update("c", { metadata: { a: 1 } });
    await convo.agentsight.update(7, { metadata: { a: 1 } });
    expect(server.seen.filter(({ method }) => method !== "GET").map(({ body }) => body)).toEqual([
      { metadata: { a: 1 } },
      { metadata: { a: 1 } },
    ]);
  });

  it("reads AgentSight's old rows, whose metadata is JSON text, as the document", async () => {
    server = await serve(({ method }) =>
      method === "GET"
        ? { body: { id: 7, conversation_id: "c", metadata: '{"a":{"b":1}}' } }
        : { body: { id: 7, conversation_id: "c", metadata: { a: { b: 1 }, c: 2 } } },
    );
    const convo = createConvo({ agentsight: agentsight({ baseUrl: server.baseUrl, apiKey: null }) });
    expect((await convo.agentsight.get(7)).conversation.metadata).toEqual({ a: { b: 1 } });
    await convo.agentsight.update(7, { metadata: { c: 2 } });
    expect(server.seen.at(-1)?.body).toEqual({ metadata: { a: { b: 1 }, c: 2 } });
  });

  it("that has no metadata stops those who share its write with one who merges, whoever called first", async () => {
    server = await serve(() => ({ body: { id: 7, conversation_id: "c" } }));
    const convo = createConvo({ agentsight: agentsight({ baseUrl: server.baseUrl, apiKey: null }) });
    for (const changes of [
      [{ metadata: { a: 1 } }, { name: "n" }],
      [{ name: "n" }, { metadata: { a: 1 } }],
    ]) {
      const settled = await Promise.allSettled(changes.map((one) => convo.agentsight.update(7, one)));
      for (const one of settled)
        expect(one).toMatchObject({ status: "rejected", reason: { kind: "bad_response" } });
    }
    expect(server.seen.map(({ method }) => method)).toEqual(["GET", "GET"]);
  });

  it("may be about the conversation that an alias stands for, and about no other", async () => {
    server = await serve(() => ({ body: { id: "conv-1", summary: "s" } }));
    const convo = createConvo({ letta: letta({ baseUrl: server.baseUrl, apiKey: "k" }) });
    expect((await convo.letta.get("default")).conversation).toMatchObject({ id: "conv-1", summary: "s" });
    expect(await convo.letta.update("default", { summary: "s" })).toMatchObject({ confirmed: "echo" });
    await expect(convo.letta.get("conv-2")).rejects.toMatchObject({ kind: "bad_response" });
  });

  it("and a list that was not read is not added to", async () => {
    server = await serve(() => ({
      body: { object: "conversation", id: "c", created_at: "", updated_at: "" },
    }));
    const convo = createConvo({ datagrid: datagrid({ baseUrl: server.baseUrl, apiKey: "k" }) });
    const call = convo.datagrid.update("c", { lists: { agent_ids: { add: ["a"] } } });
    await expect(call).rejects.toMatchObject({ kind: "bad_response" });
    expect(server.seen).toHaveLength(1);
  });
});

describe("an answer to a write that cannot be trusted", () => {
  it("is an unknown outcome: the conversation is read to find out", async () => {
    let metadata: unknown = {};
    server = await serve(({ method, body }) => {
      if (method === "GET") return { body: { ...object, metadata } };
      metadata = body.metadata;
      return { body: { ok: true } };
    });
    const convo = createConvo({ openai: openai({ baseUrl: server.baseUrl, apiKey: "k" }) });
    const result = await convo.openai.update("conv_1", { metadata: { b: "2" } });
    expect(result).toMatchObject({ confirmed: "read", calls: 3 });
    expect(server.seen.map(({ method }) => method)).toEqual(["GET", "POST", "GET"]);
  });

  it("fails as unknown if it cannot be found out", async () => {
    server = await serve(({ method }, count) =>
      method === "GET" && count === 1 ? { body: { ...object, metadata: {} } } : { body: [] },
    );
    const convo = createConvo({ openai: openai({ baseUrl: server.baseUrl, apiKey: "k" }) });
    const call = convo.openai.update("conv_1", { metadata: { b: "2" } });
    await expect(call).rejects.toMatchObject({ kind: "bad_response", outcome: "unknown" });
  });
});

describe("a looked-up id", () => {
  it.each([
    ["not_found", { results: [] }],
    ["bad_response", { results: [{ id: 9, conversation_id: "another" }] }],
    ["bad_response", { results: [{ conversation_id: "c" }] }],
    ["bad_response", { rows: [] }],
    ["bad_response", []],
  ])("is %s for %j", async (kind, body) => {
    server = await serve(() => ({ body }));
    const convo = createConvo({ agentsight: agentsight({ baseUrl: server.baseUrl, apiKey: null }) });
    await expect(convo.agentsight.update("c", { name: "n" })).rejects.toMatchObject({ kind });
    await expect(convo.agentsight.get("c")).rejects.toMatchObject({ kind });
  });

  it("is asked for once by all, remembered, and forgotten when it is not found", async () => {
    let id = 7;
    server = await serve(({ url, body }) => {
      if (url.includes("?")) return { body: { results: [{ id, conversation_id: "c" }] } };
      if (!url.includes(`/${id}/`)) return { status: 404, body: { detail: "Not found." } };
      return { body: { id, conversation_id: "c", ...body } };
    });
    const convo = createConvo({ agentsight: agentsight({ baseUrl: server.baseUrl, apiKey: null }) });
    await Promise.all([
      convo.agentsight.update("c", { name: "a" }),
      convo.agentsight.update("c", { marked: true }),
    ]);
    await convo.agentsight.get("c");
    expect(server.seen.map(({ method }) => method)).toEqual(["GET", "PATCH", "GET"]);
    expect(server.seen[0]?.url).toBe(
      "/api/conversations/?full=false&include_deleted=true&page_size=1&conversation_id=c",
    );
    id = 8;
    await expect(convo.agentsight.get("c")).rejects.toMatchObject({ kind: "not_found" });
    expect((await convo.agentsight.get("c")).conversation.id).toBe(8);
  });
});

it("metadata that an answer leaves out is empty in a read where the record says so, and not told in an echo", () => {
  const provider = agentsight({ apiKey: null });
  const absent = { ...provider, metadata: { ...provider.metadata, emptyAs: "absent" } } as typeof provider;
  const documents = (["inspect", "merge", "echo"] as const).map(
    (purpose) => parseConversation(absent, 42, { data: { id: 42 } } as never, purpose)?.document,
  );
  expect(documents).toEqual([{}, {}, undefined]);
});
