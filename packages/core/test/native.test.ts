import { createSandbox, type Sandbox } from "@convo/sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { agentsight, chatdash, createConvo, datagrid, letta } from "../src/index.ts";
import { serve } from "./server.ts";

let sandbox: Sandbox;
let convo: ReturnType<typeof make>;

function make() {
  const at = (vendor: "agentsight" | "chatdash" | "datagrid" | "letta") => ({
    baseUrl: sandbox.baseUrl(vendor),
    apiKey: sandbox.env()[`${vendor.toUpperCase()}_API_KEY`] ?? null,
  });
  return createConvo({
    agentsight: agentsight(at("agentsight")),
    titled: agentsight({ ...at("agentsight"), fields: { name: "metadata.title" } }),
    chatdash: chatdash({ ...at("chatdash"), agentId: "agent_1" }),
    datagrid: datagrid(at("datagrid")),
    letta: letta({ ...at("letta"), fields: { name: "description" } }),
  });
}
const LETTA = "conv-00000000-0000-4000-8000-000000000001";
const GRID = "cnv_sandbox_0001";
const writes = () => sandbox.requests().filter(({ method }) => method !== "GET");
const stored = () => sandbox.read("agentsight", 42) as Record<string, unknown>;

beforeAll(async () => {
  sandbox = createSandbox();
  await sandbox.listen();
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.reset();
  convo = make();
});

describe("a native field that a common field covers", () => {
  it("is sent beside other common fields, and shows under its common name", async () => {
    const result = await convo.agentsight.update("support-session-456", {
      name: "RESOLVED - Account Access",
      metadata: { resolution_status: "resolved", tags: ["password-reset"] },
      unset: ["draft"],
      native: { is_marked: true },
    });
    const metadata = {
      topic: "project-x",
      owner: "ada",
      resolution_status: "resolved",
      tags: ["password-reset"],
    };
    expect(stored()).toMatchObject({ name: "RESOLVED - Account Access", is_marked: true });
    expect(stored().metadata).toEqual(metadata);
    expect(result).toMatchObject({
      confirmed: "echo",
      warnings: [],
      conversation: { name: "RESOLVED - Account Access", marked: true, metadata },
      raw: { update: { is_marked: true } },
    });
  });

  it("may not be set by its common name in the same update, nor may metadata be set natively", async () => {
    const both = convo.agentsight.update(42, { marked: false, native: { is_marked: true } });
    await expect(both).rejects.toMatchObject({
      kind: "invalid",
      violations: [{ path: "native.is_marked", message: "native.is_marked and marked are the same field" }],
    });
    const past = convo.agentsight.update(42, { native: { metadata: { a: 1 } } as never });
    await expect(past).rejects.toThrow("native.metadata would not be merged: use `metadata`");
    expect(sandbox.requests()).toEqual([]);
  });

  it("is refused in an override that sets what the shared changes set", async () => {
    const call = convo.all.update(
      { agentsight: 42, datagrid: GRID },
      { name: "n" },
      { overrides: { agentsight: { native: { name: "m" } } } },
    );
    await expect(call).rejects.toMatchObject({ violations: [{ path: "agentsight.native.name" }] });
    expect(sandbox.requests()).toEqual([]);
  });

  it("is held to the limits of the spec under the name the caller used", async () => {
    const long = convo.agentsight.update(42, { native: { name: "x".repeat(256) } });
    await expect(long).rejects.toMatchObject({
      kind: "limit",
      violations: [{ path: "native.name", limit: "maxLength", max: 255, actual: 256 }],
    });
    const blank = convo.agentsight.update(42, { name: " \t " });
    await expect(blank).rejects.toMatchObject({
      kind: "invalid",
      violations: [{ path: "name", limit: "pattern", message: "name must not be blank" }],
    });
    const status = convo.chatdash.update("c", { native: { status: "robot" as never } });
    await expect(status).rejects.toMatchObject({
      kind: "invalid",
      violations: [{ path: "native.status", message: "native.status must be one of ai, pending, human" }],
    });
    expect(sandbox.requests()).toEqual([]);
  });

  it("is planned, and applied, like any other", async () => {
    const plan = await convo.agentsight.plan(42, { native: { is_marked: true } });
    expect(plan).toMatchObject({
      request: { body: { is_marked: true } },
      before: { marked: false },
      after: { marked: true },
    });
    await convo.agentsight.apply(plan);
    expect(stored().is_marked).toBe(true);
    const stale = await convo.agentsight.plan(42, { native: { is_marked: false } });
    await convo.agentsight.update(42, { marked: false });
    await expect(convo.agentsight.apply(stale)).rejects.toMatchObject({ kind: "conflict" });
  });

  it("is free again where a user's map put the common field elsewhere", async () => {
    const result = await convo.titled.update(42, { name: "Ours", native: { name: "Theirs" } });
    expect(stored()).toMatchObject({ name: "Theirs", metadata: { title: "Ours", topic: "project-x" } });
    expect(result.conversation.name).toBe("Ours");
    const both = convo.letta.update(LETTA, { name: "a", native: { description: "b" } });
    await expect(both).rejects.toThrow("native.description and name are the same field");
    const { conversation } = await convo.letta.update(LETTA, { native: { description: "b" } });
    expect(conversation.name).toBe("b");
  });
});

describe("callers who share a write and set the same field by different names", () => {
  it("get the later value, and the earlier one is told so", async () => {
    const [a, b, c] = await Promise.all([
      convo.agentsight.update(42, { native: { is_marked: true } }),
      convo.agentsight.update(42, { name: "n" }),
      convo.agentsight.update(42, { marked: false }),
    ]);
    expect(writes().map(({ body }) => body)).toEqual([{ name: "n", is_marked: false }]);
    expect(a.warnings).toMatchObject([{ code: "superseded", field: "native.is_marked" }]);
    expect([b.warnings, c.warnings]).toEqual([[], []]);
    for (const { conversation } of [a, b, c]) expect(conversation.marked).toBe(false);
    const [d, e] = await Promise.all([
      convo.agentsight.update(42, { marked: false }),
      convo.agentsight.update(42, { native: { is_marked: true } }),
    ]);
    expect(d.warnings).toMatchObject([{ code: "superseded", field: "marked" }]);
    expect(e.warnings).toEqual([]);
    expect(stored().is_marked).toBe(true);
  });

  it("are told the same of metadata and of lists", async () => {
    const [a, b, c, d] = await Promise.all([
      convo.agentsight.update(42, { metadata: { k: 1, kept: 1 } }),
      convo.agentsight.update(42, { metadata: { k: { deep: 1 } } }),
      convo.agentsight.update(42, { metadata: { k: { more: 2 } } }, { merge: "deep" }),
      convo.agentsight.update(42, { unset: ["kept"] }),
    ]);
    expect(a.warnings.map(({ field }) => field)).toEqual(["metadata.k", "metadata.kept"]);
    expect(b.warnings.map(({ field }) => field)).toEqual(["metadata.k"]);
    expect([c.warnings, d.warnings]).toEqual([[], []]);
    const [e, f] = await Promise.all([
      convo.datagrid.update(GRID, { lists: { agent_ids: { add: ["a", "b"] } } }),
      convo.datagrid.update(GRID, { lists: { agent_ids: { remove: ["a"] } } }),
    ]);
    expect(e.warnings).toMatchObject([{ code: "superseded", field: "lists.agent_ids" }]);
    expect(f.warnings).toEqual([]);
  });
});

describe("an answer that shows another value", () => {
  it("is not_applied for a field we know the meaning of, under either name; else a warning", async () => {
    const server = await serve(() => ({
      body: { id: 42, conversation_id: "c", is_marked: false, customer_id: "c9" },
    }));
    const { it: handle } = createConvo({ it: agentsight({ baseUrl: server.baseUrl, apiKey: "k" }) });
    const native = handle.update(42, { native: { is_marked: true } });
    await expect(native).rejects.toMatchObject({ kind: "not_applied", fields: ["native.is_marked"] });
    const common = handle.update(42, { marked: true, customerId: "c9" });
    await expect(common).rejects.toMatchObject({ kind: "not_applied", fields: ["marked"] });
    await server.close();

    const grid = await serve(() => ({ body: { id: "c", name: "n", agent_ids: ["A"] } }));
    const { it: other } = createConvo({ it: datagrid({ baseUrl: grid.baseUrl, apiKey: "k" }) });
    const result = await other.update("c", { name: "n", native: { agent_ids: ["a"] } });
    expect(result.warnings).toMatchObject([{ code: "not_echoed", field: "native.agent_ids" }]);
    const [mine, beside] = await Promise.all([
      other.update("c", { native: { agent_ids: ["a"] } }),
      other.update("c", { name: "n" }),
    ]);
    expect(mine.warnings).toMatchObject([{ code: "not_echoed", field: "native.agent_ids" }]);
    expect(beside.warnings).toEqual([]);
    await grid.close();
  });
});
