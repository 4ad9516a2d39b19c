import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { createSandbox, type Sandbox } from "@convo/sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { agentsight, chatdash, createConvo, openai } from "../src/index.ts";

let sandbox: Sandbox;
let convo: ReturnType<typeof make>;
const KEY = "sk-secret-0123456789";

function make() {
  const at = (vendor: "openai" | "chatdash" | "agentsight") => ({
    baseUrl: sandbox.baseUrl(vendor),
    apiKey: vendor === "openai" ? KEY : (sandbox.env()[`${vendor.toUpperCase()}_API_KEY`] ?? null),
  });
  return createConvo({
    openai: openai(at("openai")),
    chatdash: chatdash({ ...at("chatdash"), agentId: "agent_1" }),
    agentsight: agentsight(at("agentsight")),
  });
}
const writes = () => sandbox.requests().filter(({ method }) => method !== "GET");

beforeEach(async () => {
  sandbox = createSandbox({ openai: { metadata: "replace" } });
  await sandbox.listen();
  convo = make();
});
afterEach(() => sandbox.close());

describe("a plan", () => {
  it("says what would be sent and what would change, and sends nothing", async () => {
    const plan = await convo.openai.plan("conv_sandbox0001", {
      metadata: { status: "resolved" },
      unset: ["owner"],
    });
    expect(writes()).toEqual([]);
    expect(plan).toMatchObject({
      provider: "openai",
      id: "conv_sandbox0001",
      request: {
        method: "POST",
        url: `${sandbox.baseUrl("openai")}/conversations/conv_sandbox0001`,
        headers: { Authorization: "Bearer $OPENAI_API_KEY" },
        body: { metadata: { topic: "project-x", status: "resolved" } },
      },
      before: { metadata: { topic: "project-x", owner: "ada" } },
      after: { metadata: { topic: "project-x", status: "resolved" } },
      diff: { added: { status: "resolved" }, removed: { owner: "ada" } },
      headroom: { properties: { used: 2, max: 16 } },
      warnings: [{ code: "unset_uncertain", field: "metadata.owner" }],
    });
    expect(JSON.stringify(plan)).not.toContain(KEY);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  it("says of a removal what the update will find out, wherever the vendor may merge", async () => {
    await sandbox.close();
    sandbox = createSandbox(); // its OpenAI merges
    await sandbox.listen();
    convo = make();
    const id = "conv_sandbox0001";
    const changes = { metadata: { status: "open" }, unset: ["owner"] };
    const { warnings } = await convo.openai.plan(id, changes);
    expect(warnings).toMatchObject([
      { code: "unset_uncertain", provider: "openai", field: "metadata.owner" },
    ]);
    expect(warnings[0]?.detail).toMatch(/merges.*not_applied/);
    const error = await convo.openai.update(id, changes).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: "not_applied", fields: ["metadata.owner"] });

    const replaced = await convo.chatdash.plan(
      "66f0c0ffee0000000000cd01",
      { metadata: {} },
      { merge: "replace" },
    );
    expect(new Set(replaced.warnings.map(({ code }) => code))).toEqual(new Set(["unset_uncertain"]));
    // Nothing to remove, and a vendor whose documentation says that it replaces.
    expect((await convo.openai.plan(id, { unset: ["nowhere"] })).warnings).toEqual([]);
    expect((await convo.agentsight.plan(42, { unset: ["owner"] })).warnings).toEqual([]);
  });

  it("prints as a command line that does the same", async () => {
    const plan = await convo.openai.plan("conv_sandbox0001", {
      metadata: { text: 'it\'s $HOME `id` "q" \\ \n é' },
    });
    await promisify(execFile)("sh", ["-c", plan.curl], { env: { ...process.env, OPENAI_API_KEY: KEY } });
    expect(sandbox.read("openai", "conv_sandbox0001")).toMatchObject({
      metadata: plan.request.body.metadata,
    });
  });

  it("is applied as planned, also after a trip through JSON", async () => {
    const plan = await convo.agentsight.plan(
      "support-session-456",
      { name: "Done", metadata: { a: { b: 1 } } },
      { merge: "deep" },
    );
    const result = await convo.agentsight.apply(JSON.parse(JSON.stringify(plan)));
    expect(writes().at(-1)?.body).toEqual(plan.request.body);
    expect(result.conversation).toMatchObject({ name: "Done", metadata: plan.after.metadata });
  });

  it("holds what was asked, whatever the caller makes of it while the plan is made", async () => {
    const changes = { metadata: { status: "asked" } };
    const options: { merge: "shallow" | "replace" } = { merge: "shallow" };
    const call = convo.openai.plan("conv_sandbox0001", changes, options);
    changes.metadata.status = "later";
    options.merge = "replace";
    const plan = await call;
    await convo.openai.apply(plan);
    const metadata = { topic: "project-x", owner: "ada", status: "asked" };
    expect(plan.request.body).toEqual({ metadata });
    expect(writes().map(({ body }) => body)).toEqual([{ metadata }]);
  });

  it("is refused once the conversation has changed, with what was and what is", async () => {
    const plan = await convo.openai.plan("conv_sandbox0001", { metadata: { status: "resolved" } });
    await convo.openai.update("conv_sandbox0001", { metadata: { other: "1" } });
    const sent = writes().length;
    const error = await convo.openai.apply(plan).catch((reason) => reason);
    expect(error).toMatchObject({ kind: "conflict", retryable: false });
    expect(error.documents.found.metadata).toEqual({ topic: "project-x", owner: "ada", other: "1" });
    expect(writes()).toHaveLength(sent);
  });

  it("goes by the vendor's own time of change where there is one", async () => {
    const plan = await convo.chatdash.plan("66f0c0ffee0000000000cd01", { summary: "s" });
    await convo.chatdash.client.updateConversation("agent_1", "66f0c0ffee0000000000cd01", { read: true });
    await expect(convo.chatdash.apply(plan)).rejects.toMatchObject({ kind: "conflict" });
  });

  it("of one vendor is not another's", async () => {
    const plan = await convo.openai.plan("conv_sandbox0001", { metadata: { status: "resolved" } });
    await expect(convo.agentsight.apply(plan)).rejects.toMatchObject({ kind: "invalid" });
    for (const none of [null, {}, { provider: "openai", id: "conv_sandbox0001" }])
      await expect(convo.openai.apply(none as never)).rejects.toMatchObject({ kind: "invalid" });
  });

  it("throws what the update would throw, before anything is sent", async () => {
    const many = Object.fromEntries(Array.from({ length: 15 }, (_, n) => [`k${n}`, "v"]));
    await expect(convo.openai.plan("conv_sandbox0001", { metadata: many })).rejects.toMatchObject({
      kind: "limit",
    });
    await expect(convo.openai.plan("conv_sandbox0001", { name: "n" } as never)).rejects.toMatchObject({
      kind: "unsupported",
    });
    expect(writes()).toEqual([]);
  });
});
