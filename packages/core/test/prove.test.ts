/** How an update finds out whether its change is there. */
import { describe, expect, it, onTestFinished } from "vitest";
import { agentsight, chatdash, createConvo, datagrid, openai, type StepEvent } from "../src/index.ts";
import { failure, start } from "./sandboxed.ts";
import { serve } from "./server.ts";

const CHAT = "66f0c0ffee0000000000cd01";

/** A convo whose every write is overwritten by somebody else's at once. */
function besideAnother() {
  const { sandbox, at, stored, writes } = start();
  const { name } = stored("agentsight", 42);
  const theirs = createConvo({ agentsight: agentsight(at("agentsight")) });
  const fetch = async (url: string, init: { method: string }) => {
    const response = await sandbox.fetch(url, init);
    if (init.method === "PATCH")
      await theirs.agentsight.client.updateConversation(42, { name, metadata: { theirs: 1 } } as never);
    return response;
  };
  return { contested: createConvo({ agentsight: agentsight({ ...at("agentsight"), fetch }) }), name, writes };
}

describe("verify", () => {
  it("proves what ChatDash's answer cannot", async () => {
    const { at } = start();
    const convo = createConvo({ chatdash: chatdash({ ...at("chatdash"), agentId: "agent_1" }) });
    const result = await convo.chatdash.update(CHAT, { metadata: { a: 1 } }, { verify: { settleMs: 1 } });
    expect(result).toMatchObject({ confirmed: "read", guarantee: "verified", calls: 3 });
    expect(result.raw.read).toMatchObject({ _id: CHAT });
  });

  it("merges again onto what a slower writer put over it", async () => {
    const { sandbox, at, stored } = start();
    const convo = createConvo({ agentsight: agentsight(at("agentsight")) });
    const steps: StepEvent["step"][] = [];
    let overwritten = 0;
    const fetch = async (url: string, init: { method: string }) => {
      const response = await sandbox.fetch(url, init);
      if (init.method === "PATCH" && overwritten++ === 0)
        await convo.agentsight.client.updateConversation(42, {
          metadata: { topic: "project-x", owner: "ada", theirs: 1 },
        });
      return response;
    };
    const other = createConvo({
      agentsight: agentsight({
        ...at("agentsight"),
        fetch,
        observe: { onStep: ({ step }) => steps.push(step) },
      }),
    });
    const result = await other.agentsight.update(42, { metadata: { mine: 1 } }, { verify: { settleMs: 1 } });
    expect(stored("agentsight", 42).metadata).toEqual({
      topic: "project-x",
      owner: "ada",
      theirs: 1,
      mine: 1,
    });
    expect(result).toMatchObject({ confirmed: "read", guarantee: "verified", calls: 5 });
    expect(steps).toEqual(
      ["queue", "read", "merge", "write", "wait", "verify", "retry", "write", "wait", "verify"].concat(
        "update",
      ),
    );
  });

  it("fails with conflict and both documents when others keep overwriting it", async () => {
    const { contested } = besideAnother();
    const error = await contested.agentsight
      .update(42, { metadata: { mine: 1 } }, { verify: { settleMs: 1, maxRounds: 3 } })
      .catch((reason) => reason);
    expect(error).toMatchObject({ kind: "conflict", fields: ["metadata.mine"], retryable: true });
    expect(error.documents).toEqual({
      requested: { metadata: { theirs: 1, mine: 1 } },
      found: { metadata: { theirs: 1 } },
    });
    expect(JSON.stringify(error)).not.toContain("theirs");
  });

  it("compares like with like in both documents: fields, metadata, or both", async () => {
    const verify = { settleMs: 1, maxRounds: 1 };
    const { contested, name } = besideAnother();
    const documentsOf = async (changes: object) =>
      (await failure(contested.agentsight.update(42, changes, { verify }))).documents;
    expect(await documentsOf({ name: "mine" })).toEqual({ requested: { name: "mine" }, found: { name } });
    expect(await documentsOf({ name: "mine", metadata: { mine: 1 } })).toEqual({
      requested: { name: "mine", metadata: { theirs: 1, mine: 1 } },
      found: { name, metadata: { theirs: 1 } },
    });
  });

  it("writes once with retry: never, whoever has overwritten it", async () => {
    const { contested, writes } = besideAnother();
    const options = { retry: "never", verify: { settleMs: 1 } } as const;
    const call = contested.agentsight.update(42, { metadata: { mine: 1 } }, options);
    await expect(call).rejects.toMatchObject({ kind: "conflict", fields: ["metadata.mine"] });
    // Ours, and theirs.
    expect(writes()).toHaveLength(2);
  });
});

it("a key that a read still shows after its removal is not_applied, and no retry can help", async () => {
  const server = await serve(({ method }) => ({
    body: method === "GET" ? { _id: "c", metadata: { a: 1, b: 2 } } : { message: "ok" },
  }));
  onTestFinished(() => server.close());
  const provider = chatdash({ baseUrl: server.baseUrl, apiKey: "k", agentId: "a" });
  const call = createConvo({ chatdash: provider }).chatdash.update("c", { unset: ["a"] });
  await expect(call).rejects.toMatchObject({ kind: "not_applied", retryable: false, fields: ["metadata.a"] });
});

it("an answer without the metadata proves nothing", async () => {
  const server = await serve(({ method }) => ({
    body: { id: "c", object: "conversation", created_at: 1, ...(method === "GET" && { metadata: {} }) },
  }));
  onTestFinished(() => server.close());
  const convo = createConvo({ openai: openai({ baseUrl: server.baseUrl, apiKey: "k" }) });
  const result = await convo.openai.update("c", { metadata: { a: "1" } });
  expect(result).toMatchObject({
    confirmed: "none",
    conversation: { metadata: { a: "1" }, createdAt: "1970-01-01T00:00:01.000Z" },
  });
});

describe("an unknown outcome", () => {
  it("never overwrites a newer value of the same key", async () => {
    const { sandbox, at, stored } = start();
    const convo = createConvo({ agentsight: agentsight(at("agentsight")) });
    let dropped = false;
    const fetch = async (url: string, init: { method: string }) => {
      const response = await sandbox.fetch(url, init);
      if (init.method !== "PATCH" || dropped) return response;
      dropped = true;
      await convo.agentsight.client.updateConversation(42, { metadata: { topic: "newer", theirs: 1 } });
      throw new TypeError("fetch failed", { cause: Object.assign(new Error(), { code: "ECONNRESET" }) });
    };
    const other = createConvo({ agentsight: agentsight({ ...at("agentsight"), fetch }) });
    const [result, beside] = await Promise.all([
      other.agentsight.update(42, { metadata: { topic: "ours", mine: 1 } }),
      other.agentsight.update(42, { metadata: { also: 1 } }),
    ]);
    expect(stored("agentsight", 42).metadata).toEqual({ topic: "newer", theirs: 1, mine: 1, also: 1 });
    expect(result.warnings).toMatchObject([{ code: "superseded", field: "metadata.topic" }]);
    expect(beside.warnings).toEqual([]);
  });

  it("is given up after maxRetries, and never repeated with retry: never", async () => {
    const { sandbox, at, writes } = start();
    const convo = createConvo({ datagrid: datagrid(at("datagrid")) });
    sandbox.fault({ kind: "status", status: 503, times: null, operation: "updateConversation" });
    const limited = convo.datagrid.update(
      "cnv_sandbox_0001",
      { name: "a" },
      { maxRetries: 1, verify: { settleMs: 0 } },
    );
    await expect(limited).rejects.toMatchObject({ kind: "server", outcome: "unknown" });
    expect(writes()).toHaveLength(2);
    const never = convo.datagrid.update("cnv_sandbox_0001", { name: "a" }, { retry: "never" });
    await expect(never).rejects.toMatchObject({ kind: "server", outcome: "unknown" });
    expect(writes()).toHaveLength(3);
  });
});

describe("an update that was sent but could not be checked", () => {
  it("says so: its outcome is unknown to the caller", async () => {
    const { sandbox, at } = start();
    const fetch = (url: string, init: { method: string }) => {
      if (init.method !== "GET") sandbox.fault({ kind: "status", status: 500, operation: "getConversation" });
      return sandbox.fetch(url, init);
    };
    const convo = createConvo({
      chatdash: chatdash({ ...at("chatdash"), fetch, agentId: "agent_1", retry: "never" }),
    });
    const call = convo.chatdash.update(CHAT, { summary: "s" }, { verify: { settleMs: 0 } });
    await expect(call).rejects.toMatchObject({
      kind: "server",
      outcome: "unknown",
      cause: { kind: "server" },
    });
  });
});
