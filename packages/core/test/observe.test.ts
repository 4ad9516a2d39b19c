import { createSandbox, type Sandbox } from "@convo/sandbox";
import { afterEach, describe, expect, it } from "vitest";
import {
  agentsight,
  chatdash,
  createConvo,
  type Listener,
  letta,
  type OperationEvent,
  type StepEvent,
} from "../src/index.ts";

const CHAT = "66f0c0ffee0000000000cd01";
let sandbox: Sandbox;
afterEach(() => sandbox.close());

function at(vendor: "agentsight" | "chatdash" | "letta", options?: Parameters<typeof createSandbox>[0]) {
  sandbox = createSandbox(options);
  return {
    baseUrl: sandbox.baseUrl(vendor),
    apiKey: sandbox.env()[`${vendor.toUpperCase()}_API_KEY`] ?? null,
    fetch: (url: string, init: object) => sandbox.fetch(url, init),
  };
}

/** Keeps what an observer is told; each operation is known by its number. */
function log() {
  const operations: OperationEvent[] = [];
  const steps: (StepEvent & { watches: readonly number[] })[] = [];
  const requests: string[] = [];
  const observe: Listener<number> = {
    onOperation: (operation) => operations.push(operation),
    onStep: (step, watches) => steps.push({ ...step, watches }),
    forRequests: (watches) => ({
      onRequest: ({ route, attempt }) => requests.push(`${watches} ${attempt} ${route.split(" ")[0]}`),
    }),
  };
  return { operations, steps, requests, observe, brief: () => steps.map(({ step }) => step).join(" ") };
}

describe("an observer is told", () => {
  it("every step of an update: what, how long, which round, how it ended", async () => {
    const { steps, operations, observe, requests } = log();
    const convo = createConvo({ agentsight: agentsight({ ...at("agentsight"), observe }) });
    sandbox.fault({ kind: "status", status: 503, operation: "getConversation" });
    sandbox.fault({ kind: "reset-before", operation: "updateConversation" });
    await convo.agentsight.update("support-session-456", { metadata: { secret: "s3cret" } });
    expect(operations).toEqual([{ operation: "update", provider: "agentsight", id: "support-session-456" }]);
    const common = { provider: "agentsight", id: "support-session-456", callers: 1, watches: [1] };
    const rows = steps.map(({ step, round, httpRequests, outcome, error, ms, ...rest }) => {
      expect(rest).toEqual(common);
      expect(ms).toBeGreaterThanOrEqual(0);
      return [step, round, httpRequests, outcome, ...(error ? [error] : [])];
    });
    expect(rows).toEqual([
      ["lookup", 0, 1, "ok"],
      ["queue", 0, 0, "ok"],
      ["read", 0, 2, "ok"],
      ["merge", 0, 0, "ok"],
      // Within the write, which the client repeats: was it applied?
      ["verify", 1, 1, "ok"],
      ["retry", 1, 0, "ok"],
      ["write", 2, 2, "ok"],
      ["update", 2, 6, "ok"],
    ]);
    expect(requests).toEqual(["1 1 GET", "1 1 GET", "1 2 GET", "1 1 PATCH", "1 1 GET", "1 2 PATCH"]);
    const all = steps.find(({ step }) => step === "update") as StepEvent;
    const parts = steps.filter((one) => one !== all).reduce((sum, { ms }) => sum + ms, 0);
    expect(all.ms).toBeGreaterThan(steps.find(({ step }) => step === "write")?.ms ?? Infinity);
    expect(parts).toBeGreaterThan(0);
    expect(JSON.stringify(steps)).not.toContain("s3cret");
  });

  it("of a write without an answer that a look has shown to be applied, as of one whose outcome was unknown", async () => {
    const { steps, observe } = log();
    const convo = createConvo({ letta: letta({ ...at("letta"), observe }) });
    sandbox.fault({ kind: "reset-after", operation: "updateConversation" });
    const { httpRequests } = await convo.letta.update("conv-00000000-0000-4000-8000-000000000001", {
      summary: "s3cret",
    });
    expect(httpRequests).toBe(2);
    expect(steps.slice(2)).toMatchObject([
      { step: "verify", outcome: "ok", httpRequests: 1 },
      { step: "write", outcome: "unknown", error: "network", httpRequests: 1 },
      { step: "update", outcome: "ok", httpRequests: 2 },
    ]);
    expect(JSON.stringify(steps)).not.toContain("s3cret");
  });

  it("of an error, by its kind", async () => {
    const { steps, observe, brief } = log();
    const convo = createConvo({ agentsight: agentsight({ ...at("agentsight"), observe }) });
    await expect(convo.agentsight.update(404, { name: "n" })).rejects.toThrow();
    await expect(convo.agentsight.update(42, { name: 5 as never })).rejects.toThrow();
    expect(brief()).toBe("queue merge write update update");
    expect(steps[2]).toMatchObject({ outcome: "error", error: "not_found", httpRequests: 1 });
    expect(steps[3]).toMatchObject({ outcome: "error", error: "not_found", round: 1 });
    expect(steps[4]).toMatchObject({ outcome: "error", error: "invalid", round: 0, httpRequests: 0 });
  });

  it("of an answer that cannot be trusted as an error of that step", async () => {
    const { steps, observe } = log();
    const options = at("agentsight");
    const convo = createConvo({ agentsight: agentsight({ ...options, observe }) });
    sandbox.fault({
      kind: "status",
      status: 200,
      body: { id: 43, metadata: {} },
      operation: "getConversation",
    });
    await expect(convo.agentsight.get(42)).rejects.toMatchObject({ kind: "bad_response" });
    expect(steps).toMatchObject([
      { step: "read", outcome: "error", error: "bad_response", httpRequests: 1 },
      { step: "get", outcome: "error", error: "bad_response", httpRequests: 1 },
    ]);
  });

  it("whose updates share a step", async () => {
    const { steps, observe, requests } = log();
    const convo = createConvo({ agentsight: agentsight(at("agentsight")) }, { observe });
    await Promise.all([
      convo.agentsight.update(42, { metadata: { a: 1 } }),
      convo.agentsight.update(42, { metadata: { b: 2 } }),
    ]);
    const rows = steps.map(({ step, callers, watches }) => [step, callers, ...watches]);
    expect(rows).toEqual([
      ["queue", 2, 1, 2],
      ["read", 2, 1, 2],
      ["merge", 2, 1, 2],
      ["write", 2, 1, 2],
      ["update", 1, 1],
      ["update", 1, 2],
    ]);
    expect(requests).toEqual(["1,2 1 GET", "1,2 1 PATCH"]);
  });

  it("of reads, plans, their application, and the wait for a lock", async () => {
    const { operations, observe, brief } = log();
    const lock = { withLock: <T>(_: string, fn: () => Promise<T>) => fn() };
    const convo = createConvo({ agentsight: agentsight({ ...at("agentsight"), lock }) }, { observe });
    await convo.agentsight.get(42);
    const plan = await convo.agentsight.plan(42, { metadata: { a: 1 } });
    await convo.agentsight.apply(plan);
    expect(operations.map(({ operation }) => operation)).toEqual(["get", "plan", "update"]);
    expect(brief()).toBe("read get read plan queue lock read merge write update");
  });

  it("at every vendor of a common update, unless the provider has one of its own", async () => {
    const [all, own] = [log(), log()];
    const options = { ...at("chatdash"), agentId: "agent_1" };
    const convo = createConvo(
      { one: chatdash(options), two: chatdash({ ...options, account: "b", observe: own.observe }) },
      { observe: all.observe },
    );
    await convo.all.update({ one: CHAT, two: CHAT }, { summary: "s" });
    expect([all.brief(), own.brief()]).toEqual(["queue merge write update", "queue merge write update"]);
  });
});

describe("an observer", () => {
  const broken = (): never => {
    throw new Error("broken");
  };
  const rejects = (): never => Promise.reject(new Error("broken")) as never;
  it.each<[string, Listener]>([
    ["throws", { onOperation: broken, onStep: broken, forRequests: broken, runInContext: broken }],
    ["rejects", { onOperation: rejects, onStep: rejects, forRequests: rejects, runInContext: rejects }],
    ["has listeners that throw", { forRequests: () => ({ onRequest: broken, onResponse: broken }) }],
    ["never does the work", { runInContext: () => new Promise(() => {}) }],
    ["does the work twice", { runInContext: async (_, work) => [await work(), await work()] }],
    ["does the work late", { runInContext: (_, work) => void setTimeout(work) }],
  ])("that %s breaks nothing, and nothing is done twice", async (_, observe) => {
    const convo = createConvo({ agentsight: agentsight(at("agentsight")) }, { observe });
    const { diff } = await convo.agentsight.update(42, { metadata: { a: 1 } });
    expect(diff?.added).toEqual({ a: 1 });
    await expect(convo.agentsight.update(404, { name: "n" })).rejects.toMatchObject({ kind: "not_found" });
    expect(sandbox.requests()).toHaveLength(3);
  });

  it("starts in the very call, and may surround the work", async () => {
    const told: string[] = [];
    const observe: Listener = {
      onOperation: () => told.push("start"),
      runInContext: (_, work) => {
        told.push("run");
        return work();
      },
    };
    const convo = createConvo({ letta: letta(at("letta")) }, { observe });
    const call = convo.letta.get("conv-none").catch(() => {});
    expect(told).toEqual(["start", "run"]);
    await call;
  });
});
