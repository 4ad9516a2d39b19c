/** Callers who update the same conversation at the same time, and callers who stop waiting. */
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { agentsight, createConvo, openai } from "../src/index.ts";
import { activeConversations } from "../src/update/turns.ts";
import { start } from "./sandboxed.ts";

const OPEN = "conv_sandbox0001";

describe("callers who share a write", () => {
  it("fail alone for what is theirs: a limit after the merge", async () => {
    const { sandbox, at, stored } = start({ openai: { metadata: "replace" } });
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

  it("meet whether they name the conversation by its number or by its external id", async () => {
    const { at, writes } = start();
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
    const { sandbox, at, stored } = start();
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
    const { sandbox, at, writes } = start();
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
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    onTestFinished(() => void vi.useRealTimers());
    const { sandbox, at } = start();
    const convo = createConvo({ agentsight: agentsight({ ...at("agentsight"), deadlineMs: 30_000 }) });
    sandbox.fault({ kind: "hang", times: null, operation: "updateConversation" });
    const error = convo.agentsight.update(42, { metadata: { a: 1 } }).catch((reason) => reason);
    await vi.waitFor(() => expect(sandbox.requests()).toHaveLength(2));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await error).toMatchObject({ kind: "timeout", outcome: "unknown" });
  });
});
