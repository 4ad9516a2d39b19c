import { createSandbox, type Sandbox } from "@convo/sandbox";
import { afterEach, describe, expect, it } from "vitest";
import { agentsight, chatdash, createConvo, datagrid, letta, openai } from "../src/index.ts";
import { type ProbeReport, probe } from "../src/probe/probe.ts";
import { serve } from "./server.ts";

let sandbox: Sandbox;
let stop: (() => Promise<void>) | undefined;
afterEach(async () => {
  await stop?.();
  stop = undefined;
});

async function start(options?: Parameters<typeof createSandbox>[0]) {
  sandbox = createSandbox(options);
  stop = () => sandbox.close();
  await sandbox.listen();
  const at = (vendor: "openai" | "chatdash" | "agentsight" | "datagrid" | "letta") => ({
    baseUrl: sandbox.baseUrl(vendor),
    apiKey: sandbox.env()[`${vendor.toUpperCase()}_API_KEY`] ?? null,
  });
  return createConvo({
    openai: openai(at("openai")),
    chatdash: chatdash({ ...at("chatdash"), agentId: "agent_1" }),
    agentsight: agentsight(at("agentsight")),
    datagrid: datagrid(at("datagrid")),
    letta: letta(at("letta")),
  });
}
const measured = ({ facts }: ProbeReport) => Object.fromEntries(facts.map((one) => [one.name, one.measured]));
const names = (facts: readonly { name: string }[]) => facts.map(({ name }) => name);

/** Whatever a vendor had before is there, unchanged, and nothing else. */
async function leavesNoTrace(
  vendor: "openai" | "chatdash" | "agentsight" | "datagrid" | "letta",
  run: () => Promise<ProbeReport>,
) {
  const before = sandbox.conversations(vendor);
  const seeded = new Set(
    before.map((one) => String((one as { id?: unknown; _id?: unknown }).id ?? (one as { _id: unknown })._id)),
  );
  const report = await run();
  expect(sandbox.conversations(vendor).slice(0, before.length)).toEqual(before);
  const urls = sandbox.requests().map(({ path }) => path);
  for (const id of seeded) expect(urls.filter((url) => url.split("/").includes(id))).toEqual([]);
  expect(report.scratch.length).toBeGreaterThan(0);
  for (const one of report.scratch) expect(one).toMatchObject({ created: true, clean: true });
  expect(report.calls).toBe(sandbox.requests().length);
  return report;
}

describe("a probe of OpenAI", () => {
  it.each(["replace", "merge"] as const)("tells a vendor that does %s", async (metadata) => {
    const convo = await start({ openai: { metadata } });
    const report = await leavesNoTrace("openai", () => convo.openai.probe());
    expect(sandbox.conversations("openai")).toHaveLength(1);
    expect(measured(report)).toEqual({
      echo: "yes",
      metadata_write: metadata,
      null_value: "refused",
      null_document: metadata === "replace" ? "clears" : "ignored",
      empty_document: metadata === "replace" ? "clears" : "ignored",
      max_key_length: "64",
      max_value_length: "512",
      length_unit: "code_points",
      max_properties: "16",
      unknown_id: "not_found",
    });
    expect(report.differs).toEqual([]);
    expect(report.provider).toBe("openai");
    for (const fact of report.facts) {
      expect(fact.measuredAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
      expect(fact.evidence).toMatch(/\b(200|400|404)\b/);
    }
  });
});

describe("a probe of ChatDash", () => {
  it("finds that a partial PUT leaves the rest alone, and that nothing is echoed", async () => {
    const convo = await start({ chatdash: { put: "partial" } });
    const report = await leavesNoTrace("chatdash", () => convo.chatdash.probe());
    expect(measured(report)).toMatchObject({ echo: "no", other_fields: "kept", metadata_write: "replace" });
    expect(report.differs).toEqual([]);
  });

  it("finds that a full PUT resets what it does not name", async () => {
    const convo = await start({ chatdash: { put: "full" } });
    const report = await convo.chatdash.probe();
    expect(measured(report)).toMatchObject({ other_fields: "reset" });
    expect(names(report.differs)).toContain("other_fields");
    expect(report.differs.find(({ name }) => name === "other_fields")?.evidence).toMatch(
      /summary, metadata changed/,
    );
  });
});

describe("a probe of the others", () => {
  it("measures AgentSight on conversations of ids nobody has", async () => {
    const convo = await start();
    const report = await leavesNoTrace("agentsight", () =>
      convo.agentsight.probe({ create: { body: { environment: "development" } } }),
    );
    expect(measured(report)).toMatchObject({ echo: "yes", other_fields: "kept", metadata_write: "replace" });
    expect(report.differs).toEqual([]);
  });

  it("measures what there is to measure where there is no metadata", async () => {
    const convo = await start();
    const grid = await leavesNoTrace("datagrid", () => convo.datagrid.probe());
    expect(measured(grid)).toEqual({ echo: "yes", unknown_id: "not_found" });
    await expect(convo.letta.probe()).rejects.toMatchObject({ kind: "invalid", status: 422 });
    const query = { agent_id: "agent-00000000-0000-4000-8000-000000000001" };
    expect(measured(await convo.letta.probe({ create: { query } }))).toEqual({
      echo: "yes",
      unknown_id: "not_found",
    });
  });
});

describe("a probe of a conversation that is given", () => {
  it("gives it back the metadata it had, and deletes nothing", async () => {
    const convo = await start({ openai: { metadata: "replace" } });
    const before = sandbox.conversations("openai");
    const report = await convo.openai.probe({ id: "conv_sandbox0001" });
    expect(sandbox.conversations("openai")).toEqual(before);
    expect(report.scratch).toEqual([{ id: "conv_sandbox0001", created: false, clean: true }]);
    expect(measured(report)).toMatchObject({
      metadata_write: "replace",
      max_properties: "16",
      max_key_length: "64",
    });
    expect(measured(report)).not.toHaveProperty("unknown_id");
    expect(sandbox.requests().map(({ method }) => method)).not.toContain("DELETE");
  });

  it("says so where the vendor does not let go of what was written", async () => {
    const convo = await start({ openai: { metadata: "merge" } });
    const report = await convo.openai.probe({ id: "conv_sandbox0001" });
    expect(report.scratch).toEqual([{ id: "conv_sandbox0001", created: false, clean: false }]);
    expect(measured(report)).toMatchObject({
      metadata_write: "merge",
      max_properties: "16",
      max_key_length: "64",
    });
    const found = await convo.agentsight.probe({ id: "support-session-456" });
    expect(found.scratch).toEqual([{ id: 42, created: false, clean: true }]);
  });
});

describe("a probe that cannot be sure whose conversation it is", () => {
  it("leaves it alone", async () => {
    const server = await serve(({ method }) =>
      method === "GET"
        ? { body: { id: "conv_theirs", object: "conversation", created_at: 1, metadata: { topic: "x" } } }
        : { body: { id: "conv_theirs", object: "conversation", created_at: 1, metadata: {} } },
    );
    const call = probe(openai({ baseUrl: server.baseUrl, apiKey: "k" }));
    await expect(call).rejects.toThrow("left conversation conv_theirs behind");
    await expect(call).rejects.toMatchObject({
      cause: { kind: "invalid", message: expect.stringContaining("does not bear the probe's mark") },
    });
    expect(server.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "POST /conversations",
      "GET /conversations/conv_theirs",
    ]);
    await server.close();
  });

  it("cleans up after an error in the middle, and does not call it a fact", async () => {
    const convo = await start();
    sandbox.fault({ kind: "status", status: 401, operation: "updateConversation" });
    await expect(convo.openai.probe()).rejects.toMatchObject({ kind: "auth" });
    expect(sandbox.conversations("openai")).toHaveLength(1);
  });

  it("cleans up also when its caller gives up", async () => {
    const convo = await start();
    sandbox.fault({ kind: "hang", operation: "updateConversation" });
    const controller = new AbortController();
    const call = convo.openai.probe({ signal: controller.signal });
    while (!sandbox.requests().some(({ operation }) => operation === "updateConversation"))
      await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    await expect(call).rejects.toMatchObject({ kind: "aborted" });
    expect(sandbox.conversations("openai")).toHaveLength(1);
  });
});
