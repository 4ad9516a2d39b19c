/** Callers who share a write or follow on one another, when things go wrong for some of them. */
import { createSandbox, type Sandbox } from "@convo/sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { agentsight, createConvo, type Metadata, type ProviderOptions } from "../src/index.ts";
import { activeConversations } from "../src/update/turns.ts";

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = createSandbox();
});
afterEach(() => sandbox.close());

const writes = () => sandbox.requests().filter(({ method }) => method === "PATCH");
const stored = () => sandbox.read("agentsight", 42) as { name: string; metadata: Metadata };
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const make = (options: ProviderOptions = {}) =>
  createConvo({
    agentsight: agentsight({
      baseUrl: sandbox.baseUrl("agentsight"),
      apiKey: sandbox.env().AGENTSIGHT_API_KEY ?? null,
      fetch: (url, init) => sandbox.fetch(url, init),
      ...options,
    }),
  }).agentsight;

/** A vendor that applies writes some time after `begin`, and though the caller has closed the connection. */
function slow(begin: Promise<void>, ms: number): NonNullable<ProviderOptions["fetch"]> {
  return async (url, init) => {
    if (init.method !== "PATCH") return sandbox.fetch(url, init);
    const { signal: _, ...rest } = init;
    const applied = begin.then(() => sleep(ms)).then(() => sandbox.fetch(url, rest));
    const hungUp = new Promise<never>((_resolve, reject) =>
      init.signal.addEventListener("abort", () => reject(init.signal.reason)),
    );
    return Promise.race([applied, hungUp]);
  };
}

describe("a write that nobody waits for any more", () => {
  it.each([
    // Long enough for the read before the write, also on a busy machine.
    ["aborted", () => ({ signal: AbortSignal.timeout(400) }), "aborted"],
    ["out of time", () => ({ deadlineMs: 400 }), "timeout"],
  ] as const)(
    "(%s) is answered before the next one is made, which it would undo else",
    async (_, options, kind) => {
      let begin = (): void => {};
      const handle = make({ fetch: slow(new Promise((resolve) => (begin = resolve)), 60) });
      const error = await handle
        .update(42, { name: "old", metadata: { a: 1 } }, options())
        .catch((reason) => reason);
      expect(error).toMatchObject({ kind, outcome: "unknown" });
      begin();
      await handle.update(42, { name: "new", metadata: { b: 1 } });
      await sleep(100);
      expect(stored()).toMatchObject({ name: "new", metadata: { a: 1, b: 1 } });
    },
  );
});

describe("what the vendor refuses", () => {
  it("is found by halves: the others' changes are made, in order", async () => {
    // More than the spec tells: this vendor wants no exclamation marks.
    const fetch: NonNullable<ProviderOptions["fetch"]> = (url, init) =>
      String(init.body).includes("!")
        ? Promise.resolve(Response.json({ metadata: ["no exclamation marks"] }, { status: 400 }))
        : sandbox.fetch(url, init);
    let sent = 0;
    const handle = make({ fetch, observe: { onRequest: () => void sent++ } });
    const calls = Array.from({ length: 100 }, (_, n) =>
      handle.update(
        42,
        n === 33 ? { metadata: { bad: "no!" } } : { name: `n${n}`, metadata: { last: n, [`k${n}`]: n } },
      ),
    );
    const settled = await Promise.allSettled(calls);
    expect(settled.flatMap(({ status }, n) => (status === "rejected" ? [n] : []))).toEqual([33]);
    expect(stored()).toMatchObject({ name: "n99", metadata: { last: 99, k0: 0, k32: 32, k34: 34 } });
    expect(sent).toBeLessThan(40);
  });

  it("is asked once, where it is the read: nobody's change is to blame", async () => {
    sandbox.fault({ kind: "status", status: 400, operation: "getConversation", times: null });
    const calls = Array.from({ length: 50 }, (_, n) => make().update(42, { metadata: { [`k${n}`]: n } }));
    const handle = make();
    const shared = Array.from({ length: 50 }, (_, n) => handle.update(42, { metadata: { [`k${n}`]: n } }));
    for (const one of await Promise.allSettled([...calls, ...shared]))
      expect(one).toMatchObject({ status: "rejected", reason: { kind: "invalid", status: 400 } });
    expect(sandbox.requests()).toHaveLength(51);
  });
});

describe("callers of one conversation", () => {
  it("that set and unset one key are obeyed in the order of their calls", async () => {
    const handle = make();
    const [set, unset] = await Promise.all([
      handle.update(42, { metadata: { k: 1 } }),
      handle.update(42, { unset: ["k", "topic"] }),
      handle.update(42, { metadata: { topic: "again" } }),
    ]);
    expect(stored().metadata).not.toHaveProperty("k");
    expect(stored().metadata).toMatchObject({ topic: "again" });
    expect([set, unset].map(({ warnings }) => warnings.map(({ code, field }) => `${code} ${field}`))).toEqual(
      [["superseded metadata.k"], ["superseded metadata.topic"]],
    );
    expect(writes()).toHaveLength(1);
  });

  it("whose time is over while they wait are told that nothing of theirs was sent", async () => {
    const handle = make();
    sandbox.fault({ kind: "latency", ms: 60, operation: "getConversation" });
    const first = handle.update(42, { metadata: { a: 1 } });
    await sleep(5);
    const error = await handle
      .update(42, { metadata: { b: 1 } }, { deadlineMs: 10 })
      .catch((reason) => reason);
    expect(error).toMatchObject({ kind: "timeout", retryable: true });
    expect(error.outcome).toBeUndefined();
    expect(error.message).toContain("Nothing of it was sent");
    await first;
    expect(stored().metadata).not.toHaveProperty("b");
  });

  it("may share one signal, and leave nothing behind", async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const [add, remove] = [signal.addEventListener, signal.removeEventListener];
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners++;
      add.apply(signal, args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners--;
      remove.apply(signal, args);
    };
    const handle = make();
    await Promise.allSettled([
      ...Array.from({ length: 50 }, (_, n) => handle.update(42, { metadata: { [`k${n}`]: n } }, { signal })),
      handle.update(42, { name: "" }, { signal }),
    ]);
    expect(listeners).toBe(0);
    expect(activeConversations()).toBe(0);
  });
});

describe("callers who know the metadata otherwise", () => {
  it("share a write that is made from what is there", async () => {
    const handle = make();
    const before = stored().metadata;
    await Promise.all([
      handle.update(42, { metadata: { a: 1 } }, { current: { topic: "project-x" } }),
      handle.update(42, { metadata: { b: 1 } }, { current: { owner: "ada" } }),
    ]);
    expect(stored().metadata).toEqual({ ...before, a: 1, b: 1 });
    expect(writes()).toHaveLength(1);
  });

  it("and those who agree save the read", async () => {
    const current = { topic: "project-x" };
    const handle = make();
    await Promise.all([
      handle.update(42, { metadata: { a: 1 } }, { current }),
      handle.update(42, { metadata: { b: 1 } }, { current }),
    ]);
    expect(stored().metadata).toEqual({ ...current, a: 1, b: 1 });
    expect(sandbox.requests()).toHaveLength(1);
  });
});
