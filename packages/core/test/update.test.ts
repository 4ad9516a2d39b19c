import { createSandbox, type Sandbox } from "@convo/sandbox";
import { afterEach, describe, expect, it } from "vitest";
import { agentsight, chatdash, createConvo, datagrid, openai, type Step } from "../src/index.ts";
import { activeConversations } from "../src/queue.ts";

const CHAT = "66f0c0ffee0000000000cd01";
const OPEN = "conv_sandbox0001";
let sandbox: Sandbox;
afterEach(() => sandbox.close());

/** A sandbox and providers on it, without a port. */
function start(options?: Parameters<typeof createSandbox>[0]) {
  sandbox = createSandbox(options);
  const env = sandbox.env();
  const at = (vendor: "openai" | "chatdash" | "agentsight" | "datagrid") => ({
    baseUrl: sandbox.baseUrl(vendor),
    apiKey: env[`${vendor.toUpperCase()}_API_KEY`] ?? null,
    fetch: (url: string, init: object) => sandbox.fetch(url, init),
  });
  return {
    at,
    stored: (vendor: Parameters<typeof at>[0], id: string | number) =>
      sandbox.read(vendor, id) as Record<string, unknown>,
  };
}
const writes = () => sandbox.requests().filter(({ method }) => method !== "GET");

describe("a vendor that merges though the whole document was sent", () => {
  it("is told apart by its answer: not_applied names the keys that stayed", async () => {
    const { at } = start({ openai: { metadata: "merge" } });
    const convo = createConvo({ openai: openai(at("openai")) });
    const unset = convo.openai.update(OPEN, { unset: ["owner"] });
    await expect(unset).rejects.toMatchObject({
      kind: "not_applied",
      fields: ["metadata.owner"],
      retryable: false,
    });
    const replace = convo.openai.update(OPEN, { metadata: { a: "1" } }, { merge: "replace" });
    await expect(replace).rejects.toMatchObject({
      kind: "not_applied",
      fields: ["metadata.topic", "metadata.owner"],
    });
    await expect(unset).rejects.toThrow(
      /^\[openai\] openai accepted the update .* but did not apply it to metadata\.owner/,
    );
  });

  it("fails only those who asked for what did not take", async () => {
    const { at, stored } = start({ openai: { metadata: "merge" } });
    const convo = createConvo({ openai: openai(at("openai")) });
    const [bad, good] = await Promise.allSettled([
      convo.openai.update(OPEN, { unset: ["owner"] }),
      convo.openai.update(OPEN, { metadata: { b: "2" } }),
    ]);
    expect([bad?.status, good?.status]).toEqual(["rejected", "fulfilled"]);
    expect(writes()).toHaveLength(1);
    expect(stored("openai", OPEN).metadata).toMatchObject({ b: "2" });
  });
});

describe("callers who share a write", () => {
  it("fail alone for what is theirs: a limit after the merge", async () => {
    const { at, stored } = start({ openai: { metadata: "replace" } });
    const convo = createConvo({ openai: openai(at("openai")) });
    const many = Object.fromEntries(Array.from({ length: 15 }, (_, n) => [`k${n}`, "v"]));
    const [a, b, c] = await Promise.allSettled([
      convo.openai.update(OPEN, { metadata: { a: "1" } }),
      convo.openai.update(OPEN, { metadata: many }),
      convo.openai.update(OPEN, { metadata: { c: "3" } }),
    ]);
    expect([a?.status, b?.status, c?.status]).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(b).toMatchObject({
      reason: { kind: "limit", violations: [{ path: "metadata", max: 16, actual: 18 }] },
    });
    expect(stored("openai", OPEN).metadata).toEqual({ topic: "project-x", owner: "ada", a: "1", c: "3" });
    expect(sandbox.requests()).toHaveLength(2);
  });

  it("fail alone for what the vendor refuses: then each goes by itself", async () => {
    const { at, stored } = start();
    const convo = createConvo({ agentsight: agentsight(at("agentsight")) });
    const [a, b] = await Promise.allSettled([
      convo.agentsight.update(42, { metadata: { a: 1 } }),
      convo.agentsight.update(42, { native: { customer_id: 5 as never } }),
    ]);
    expect([a?.status, b?.status]).toEqual(["fulfilled", "rejected"]);
    expect(b).toMatchObject({ reason: { kind: "invalid", status: 400 } });
    expect(stored("agentsight", 42).metadata).toMatchObject({ a: 1 });
  });

  it("get their own diff, and their changes in the order of the calls", async () => {
    const { at, stored } = start();
    const convo = createConvo({ agentsight: agentsight(at("agentsight")) });
    const [a, b] = await Promise.all([
      convo.agentsight.update(42, { metadata: { k: 1 }, name: "first" }),
      convo.agentsight.update(42, { metadata: { k: { deep: 2 } }, name: "second" }),
      convo.agentsight.update(42, { metadata: { k: { more: 3 } } }, { merge: "deep" }),
    ]);
    expect(a.diff).toEqual({ added: { k: 1 }, changed: {}, removed: {} });
    expect(b.diff).toEqual({ added: {}, changed: { k: { before: 1, after: { deep: 2 } } }, removed: {} });
    expect(stored("agentsight", 42)).toMatchObject({ name: "second", metadata: { k: { deep: 2, more: 3 } } });
  });

  it("do not share it with other keys or headers, but still take turns", async () => {
    const { at, stored } = start();
    const one = createConvo({ agentsight: agentsight(at("agentsight")) });
    const two = createConvo({ agentsight: agentsight(at("agentsight")) });
    await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        (n % 2 ? one : two).agentsight.update(42, { metadata: { [`k${n}`]: n } }),
      ),
    );
    for (let n = 0; n < 10; n++) expect(stored("agentsight", 42).metadata).toHaveProperty(`k${n}`, n);
    await Promise.all([
      one.agentsight.update(42, { metadata: { x: 1 } }, { headers: { "x-tenant": "a" } }),
      one.agentsight.update(42, { metadata: { y: 1 } }),
    ]);
    expect(stored("agentsight", 42).metadata).toMatchObject({ x: 1, y: 1 });
    expect(activeConversations()).toBe(0);
  });

  it("meet whether they name the conversation by its number or by its own id", async () => {
    const { at } = start();
    const convo = createConvo({ agentsight: agentsight(at("agentsight")) });
    await convo.agentsight.get("support-session-456");
    await Promise.all([
      convo.agentsight.update("support-session-456", { metadata: { a: 1 } }),
      convo.agentsight.update(42, { metadata: { b: 1 } }),
    ]);
    expect(writes()).toHaveLength(1);
  });
});

describe("a caller who gives up", () => {
  it("takes only its own part with it", async () => {
    const { at, stored } = start();
    const convo = createConvo({ agentsight: agentsight(at("agentsight")) });
    sandbox.fault({ kind: "latency", ms: 50, operation: "getConversation" });
    const controller = new AbortController();
    const calls = Promise.allSettled([
      convo.agentsight.update(42, { metadata: { a: 1 } }),
      convo.agentsight.update(42, { metadata: { b: 1 } }, { signal: controller.signal }),
      convo.agentsight.update(42, { metadata: { c: 1 } }, { signal: AbortSignal.abort() }),
    ]);
    setTimeout(() => controller.abort(new Error("enough")), 10);
    const [a, b, c] = await calls;
    expect(a?.status).toBe("fulfilled");
    expect(b).toMatchObject({ reason: { kind: "aborted", cause: { message: "enough" } } });
    expect(c).toMatchObject({ reason: { kind: "aborted" } });
    expect(stored("agentsight", 42).metadata).toMatchObject({ a: 1 });
    expect(stored("agentsight", 42).metadata).not.toHaveProperty("b");
    expect(stored("agentsight", 42).metadata).not.toHaveProperty("c");
  });

  it("stops the requests when nobody else waits for them", async () => {
    const { at } = start();
    const convo = createConvo({ agentsight: agentsight(at("agentsight")) });
    sandbox.fault({ kind: "hang", operation: "getConversation" });
    const controller = new AbortController();
    const call = convo.agentsight.update(42, { metadata: { a: 1 } }, { signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    const error = await call.catch((reason) => reason);
    expect(error.kind).toBe("aborted");
    expect(error.outcome).toBeUndefined();
    await convo.agentsight.update(42, { metadata: { b: 1 } });
    expect(writes()).toHaveLength(1);
  });

  it("waits no longer than its deadline, reads and waits included", async () => {
    const { at } = start();
    const convo = createConvo({ agentsight: agentsight({ ...at("agentsight"), deadlineMs: 1500 }) });
    sandbox.fault({ kind: "hang", times: null, operation: "updateConversation" });
    const error = await convo.agentsight.update(42, { metadata: { a: 1 } }).catch((reason) => reason);
    expect(error).toMatchObject({ kind: "timeout", outcome: "unknown" });
  });
});

describe("an unknown outcome", () => {
  it("never overwrites a newer value of the same key", async () => {
    const { at, stored } = start();
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
    const result = await other.agentsight.update(42, { metadata: { topic: "ours", mine: 1 } });
    expect(stored("agentsight", 42).metadata).toEqual({ topic: "newer", theirs: 1, mine: 1 });
    expect(result.warnings).toMatchObject([{ code: "superseded", field: "metadata.topic" }]);
  });

  it("is given up after maxRounds, and never repeated with retry: never", async () => {
    const { at } = start();
    const convo = createConvo({ datagrid: datagrid(at("datagrid")) });
    sandbox.fault({ kind: "status", status: 503, times: null, operation: "updateConversation" });
    const limited = convo.datagrid.update("cnv_sandbox_0001", { name: "a" }, { maxRounds: 2, verify: true });
    await expect(limited).rejects.toMatchObject({ kind: "server", outcome: "unknown" });
    expect(writes()).toHaveLength(2);
    const never = convo.datagrid.update("cnv_sandbox_0001", { name: "a" }, { retry: "never" });
    await expect(never).rejects.toMatchObject({ kind: "server", outcome: "unknown" });
    expect(writes()).toHaveLength(3);
  });
});

describe("verify", () => {
  it("proves what ChatDash's answer cannot", async () => {
    const { at } = start();
    const convo = createConvo({ chatdash: chatdash({ ...at("chatdash"), agentId: "agent_1" }) });
    const result = await convo.chatdash.update(CHAT, { metadata: { a: 1 } }, { verify: true, settleMs: 1 });
    expect(result).toMatchObject({ confirmed: "read", guarantee: "verified", requests: 3 });
    expect(result.raw).toMatchObject({ _id: CHAT });
  });

  it("merges again onto what a slower writer put over it", async () => {
    const { at, stored } = start();
    const convo = createConvo({ agentsight: agentsight(at("agentsight")) });
    const steps: Step["step"][] = [];
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
        observe: { step: ({ step }) => steps.push(step) },
      }),
    });
    const result = await other.agentsight.update(
      42,
      { metadata: { mine: 1 } },
      { verify: true, settleMs: 1 },
    );
    expect(stored("agentsight", 42).metadata).toEqual({
      topic: "project-x",
      owner: "ada",
      theirs: 1,
      mine: 1,
    });
    expect(result).toMatchObject({ confirmed: "read", guarantee: "verified", requests: 5 });
    expect(steps).toEqual(
      ["queue", "read", "merge", "write", "wait", "verify", "retry", "write", "wait", "verify"].concat(
        "update",
      ),
    );
  });

  it("fails with conflict and both documents when others keep overwriting it", async () => {
    const { at } = start();
    const convo = createConvo({ agentsight: agentsight(at("agentsight")) });
    const fetch = async (url: string, init: { method: string }) => {
      const response = await sandbox.fetch(url, init);
      if (init.method === "PATCH")
        await convo.agentsight.client.updateConversation(42, { metadata: { theirs: 1 } });
      return response;
    };
    const other = createConvo({ agentsight: agentsight({ ...at("agentsight"), fetch }) });
    const error = await other.agentsight
      .update(42, { metadata: { mine: 1 } }, { verify: true, settleMs: 1, maxRounds: 3 })
      .catch((reason) => reason);
    expect(error).toMatchObject({ kind: "conflict", fields: ["metadata.mine"], retryable: true });
    expect(error.documents).toEqual({ asked: { theirs: 1, mine: 1 }, found: { theirs: 1 } });
    expect(JSON.stringify(error)).not.toContain("theirs");
  });
});

describe("lists", () => {
  it("get items added and removed, whoever else does so", async () => {
    const { at, stored } = start();
    const convo = createConvo({ datagrid: datagrid(at("datagrid")) });
    await Promise.all([
      convo.datagrid.update("cnv_sandbox_0001", { lists: { agent_ids: { add: ["a", "b"] } } }),
      convo.datagrid.update("cnv_sandbox_0001", {
        lists: { agent_ids: { add: ["c"], remove: ["agent_1", "nobody"] } },
      }),
    ]);
    expect(stored("datagrid", "cnv_sandbox_0001").agent_ids).toEqual(["a", "b", "c"]);
    sandbox.fault({ kind: "reset-before", operation: "updateConversation" });
    sandbox.fault({ kind: "other-writer", change: { agent_ids: ["a", "theirs"] } });
    await convo.datagrid.update("cnv_sandbox_0001", { lists: { agent_ids: { add: ["d"], remove: ["a"] } } });
    expect(stored("datagrid", "cnv_sandbox_0001").agent_ids).toEqual(["theirs", "d"]);
  });
});

describe("a user's map", () => {
  it("is written and read back the same way", async () => {
    const { at, stored } = start({ openai: { metadata: "replace" } });
    const convo = createConvo({ openai: openai({ ...at("openai"), fields: { name: "metadata.title" } }) });
    const { conversation } = await convo.openai.update(OPEN, { name: "Invoice", metadata: { a: "1" } });
    expect(conversation).toMatchObject({
      name: "Invoice",
      metadata: { title: "Invoice", topic: "project-x", a: "1" },
    });
    expect(stored("openai", OPEN).metadata).toEqual({
      topic: "project-x",
      owner: "ada",
      title: "Invoice",
      a: "1",
    });
    expect((await convo.openai.get(OPEN)).conversation.name).toBe("Invoice");
    await expect(convo.openai.update(OPEN, { name: "x", metadata: { title: "y" } })).rejects.toThrow(
      "the same place",
    );
  });
});

describe("the codec", () => {
  it("lets a vendor of strings hold any JSON value, and gives it back", async () => {
    const { at, stored } = start({ openai: { metadata: "replace" } });
    const convo = createConvo({ openai: openai({ ...at("openai"), encode: true }) });
    const metadata = { count: 3, done: false, tags: ["a"], nested: { x: null }, text: "json:3" };
    const result = await convo.openai.update(OPEN, { metadata });
    expect(result.confirmed).toBe("echo");
    expect(
      Object.values(stored("openai", OPEN).metadata as object).every((one) => typeof one === "string"),
    ).toBe(true);
    expect((await convo.openai.get(OPEN)).conversation.metadata).toEqual({
      topic: "project-x",
      owner: "ada",
      ...metadata,
    });
    await convo.openai.update(OPEN, { metadata: { nested: { y: 1 } } }, { merge: "deep" });
    expect((await convo.openai.get(OPEN)).conversation.metadata).toMatchObject({ nested: { x: null, y: 1 } });
  });
});

describe("an update that was sent but could not be checked", () => {
  it("says so: its outcome is unknown to the caller", async () => {
    const { at } = start();
    const fetch = (url: string, init: { method: string }) => {
      if (init.method !== "GET") sandbox.fault({ kind: "status", status: 500, operation: "getConversation" });
      return sandbox.fetch(url, init);
    };
    const convo = createConvo({
      chatdash: chatdash({ ...at("chatdash"), fetch, agentId: "agent_1", retry: "never" }),
    });
    const call = convo.chatdash.update(CHAT, { summary: "s" }, { verify: true, settleMs: 0 });
    await expect(call).rejects.toMatchObject({
      kind: "server",
      outcome: "unknown",
      cause: { kind: "server" },
    });
  });
});
