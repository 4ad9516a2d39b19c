import { createSandbox, type Sandbox } from "@convo/sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  agentsight,
  chatdash,
  createConvo,
  datagrid,
  isConvoError,
  letta,
  openai,
  PartialError,
} from "../src/index.ts";

const ids = { openai: "conv_sandbox0001", chatdash: "66f0c0ffee0000000000cd01", agentsight: 42 } as const;
let sandbox: Sandbox;
let convo: ReturnType<typeof make>;

function make() {
  const env = sandbox.env();
  const at = (vendor: "openai" | "chatdash" | "agentsight" | "letta" | "datagrid") => ({
    baseUrl: sandbox.baseUrl(vendor),
    apiKey: env[`${vendor.toUpperCase()}_API_KEY`] ?? null,
    fetch: (url: string, init: object) => sandbox.fetch(url, init),
  });
  return createConvo({
    openai: openai(at("openai")),
    letta: letta(at("letta")),
    datagrid: datagrid(at("datagrid")),
    chatdash: chatdash({ ...at("chatdash"), agentId: "agent_1" }),
    agentsight: agentsight(at("agentsight")),
  });
}
const metadataOf = (vendor: "openai" | "chatdash" | "agentsight") =>
  (sandbox.read(vendor, ids[vendor]) as { metadata: Record<string, unknown> }).metadata;

beforeEach(() => {
  sandbox = createSandbox();
  convo = make();
});
afterEach(() => sandbox.close());

describe("an update at several vendors", () => {
  it("runs at all of them and gives one result each", async () => {
    const results = await convo.all.update(ids, { metadata: { status: "resolved" } });
    expect(Object.keys(results)).toEqual(["openai", "chatdash", "agentsight"]);
    expect(results.agentsight).toMatchObject({ provider: "agentsight", id: 42, confirmed: "echo" });
    for (const vendor of ["openai", "chatdash", "agentsight"] as const)
      expect(metadataOf(vendor)).toMatchObject({ topic: "project-x", owner: "ada", status: "resolved" });
  });

  it("takes what is one vendor's own from overrides", async () => {
    await convo.all.update(
      ids,
      { metadata: { status: "resolved" } },
      {
        overrides: {
          agentsight: { name: "Done", metadata: { n: 1, status: "closed" } },
          chatdash: { unset: ["owner"] },
        },
      },
    );
    expect(metadataOf("agentsight")).toMatchObject({ status: "closed", n: 1 });
    expect(metadataOf("chatdash")).toEqual({ topic: "project-x", status: "resolved" });
    expect(sandbox.read("agentsight", 42)).toMatchObject({ name: "Done" });
  });

  it("loses nothing to what is undefined in overrides", async () => {
    const { chatdash, agentsight } = ids;
    await convo.all.update(
      { chatdash, agentsight },
      { metadata: { status: "resolved" }, unset: ["owner"] },
      { overrides: { chatdash: { metadata: undefined, unset: undefined, summary: "s" } as never } },
    );
    const overrides = { chatdash: { metadata: { status: undefined, n: 1 } } };
    await convo.all.update({ chatdash, agentsight }, { metadata: { status: "closed" } }, { overrides });
    expect(metadataOf("chatdash")).toEqual({ topic: "project-x", status: "closed", n: 1 });
    expect(sandbox.read("chatdash", chatdash)).toMatchObject({ summary: "s" });
  });

  it("skips what one of them lacks only if told so", async () => {
    const both = { letta: "conv-00000000-0000-4000-8000-000000000001", datagrid: "cnv_sandbox_0001" };
    const results = await convo.all.update(both, { name: "n", metadata: { a: 1 } }, { unsupported: "skip" });
    expect(results.letta).toMatchObject({ calls: 0, confirmed: "none", raw: {} });
    expect(results.letta.warnings.map(({ field }) => field)).toEqual(["metadata", "name"]);
    expect(results.datagrid).toMatchObject({ calls: 1, confirmed: "echo" });
  });

  it("rejects with one error that holds every result, and repeats only what failed", async () => {
    sandbox.fault({
      kind: "status",
      status: 400,
      vendor: "chatdash",
      operation: "updateConversation",
      times: 2,
    });
    const error: unknown = await convo.all
      .update(ids, { metadata: { status: "resolved" } })
      .catch((reason) => reason);
    if (!(error instanceof PartialError)) throw error;
    expect(isConvoError(error)).toBe(true);
    expect(error).toMatchObject({ provider: "convo", kind: "partial", retryable: false });
    expect(error.message).toMatch(/^\[convo\] 1 of 3 updates failed: chatdash: \[chatdash\] /);
    expect(error.message).not.toContain("..");
    expect(error.results).toMatchObject({
      openai: { ok: true },
      chatdash: { ok: false, error: { provider: "chatdash" } },
    });
    const before = sandbox.requests().length;
    const again: unknown = await error.retryFailed().catch((reason: unknown) => reason);
    if (!(again instanceof PartialError)) throw again;
    expect(
      sandbox
        .requests()
        .slice(before)
        .every(({ vendor }) => vendor === "chatdash"),
    ).toBe(true);
    const results = await again.retryFailed();
    expect(Object.keys(results).sort()).toEqual(["agentsight", "chatdash", "openai"]);
    expect(metadataOf("chatdash")).toMatchObject({ status: "resolved" });
  });

  it("refuses at once what it cannot mean", async () => {
    await expect(convo.all.update({} as never, {})).rejects.toMatchObject({ kind: "invalid" });
    await expect(convo.all.update({ nobody: "x" } as never, {})).rejects.toThrow("nobody is not a provider");
    await expect(
      convo.all.update({ letta: "x" }, {}, { overrides: { openai: {} } as never }),
    ).rejects.toThrow("openai");
    expect(() => createConvo({ all: openai({ apiKey: null }) })).toThrow('"all" is reserved');
    for (const it of [openai, "openai", null, createConvo({ it: openai({ apiKey: null }) }).it])
      expect(() => createConvo({ it } as never)).toThrow("it is not a provider");
    expect(() => createConvo({}, { observer: {} } as never)).toThrow("observer is not an option");
    expect(sandbox.requests()).toEqual([]);
  });

  it("is sent to none if one of them must refuse it", async () => {
    const long = "x".repeat(513);
    const error = await convo.all
      .update(ids, { metadata: { long }, unset: ["long"] })
      .catch((reason) => reason);
    expect(error).toMatchObject({ provider: "convo", kind: "invalid" });
    expect(error.violations).toHaveLength(3);
    await expect(convo.all.update(ids, { metadata: { long } })).rejects.toMatchObject({
      kind: "limit",
      violations: [{ path: "openai.metadata.long", max: 512, actual: 513 }],
    });
    expect(sandbox.requests()).toEqual([]);
  });

  it("is all of one mind about later changes of the caller's objects", async () => {
    const changes = { metadata: { status: "then" } };
    sandbox.fault({ kind: "status", status: 400, vendor: "chatdash", operation: "updateConversation" });
    const call = convo.all.update(ids, changes).catch((reason) => reason);
    changes.metadata.status = "later";
    const error = await call;
    await error.retryFailed();
    for (const vendor of ["openai", "chatdash", "agentsight"] as const)
      expect(metadataOf(vendor)).toHaveProperty("status", "then");
  });
});
