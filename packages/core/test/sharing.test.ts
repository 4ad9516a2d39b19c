/** Callers who share a write or follow on one another, when things go wrong for some of them. */
import { setTimeout as sleep } from "node:timers/promises";
import { createSandbox, type Sandbox } from "@convo/sandbox";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import {
  agentsight,
  createConvo,
  type Metadata,
  openai,
  type ProviderOptions,
  type UpdateOptions,
} from "../src/index.ts";
import { activeConversations } from "../src/update/turns.ts";
import { failure } from "./sandboxed.ts";
import { gate } from "./server.ts";

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = createSandbox();
});
afterEach(() => sandbox.close());

const writes = () => sandbox.requests().filter(({ method }) => method === "PATCH");
const stored = () => sandbox.read("agentsight", 42) as { name: string; metadata: Metadata };
const make = (options: ProviderOptions = {}) =>
  createConvo({
    agentsight: agentsight({
      baseUrl: sandbox.baseUrl("agentsight"),
      apiKey: sandbox.env().AGENTSIGHT_API_KEY ?? null,
      fetch: (url, init) => sandbox.fetch(url, init),
      ...options,
    }),
  }).agentsight;

describe("a write that nobody waits for any more", () => {
  it.each(["aborted", "timeout"])(
    "(%s) is answered before the next one is made, which it would undo else",
    async (kind) => {
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
      onTestFinished(() => void vi.useRealTimers());
      const [out, held] = [gate(), gate()];
      // A vendor that applies writes late, and though the caller has closed the connection.
      const fetch: NonNullable<ProviderOptions["fetch"]> = async (url, { signal, ...init }) => {
        if (init.method !== "PATCH") return sandbox.fetch(url, init);
        out.open();
        const hungUp = new Promise<never>((_resolve, reject) =>
          signal.addEventListener("abort", () => reject(signal.reason)),
        );
        return Promise.race([held.opened.then(() => sandbox.fetch(url, init)), hungUp]);
      };
      const handle = make({ fetch });
      const controller = new AbortController();
      const options = kind === "aborted" ? { signal: controller.signal } : { deadlineMs: 400 };
      const first = failure(handle.update(42, { name: "old", metadata: { a: 1 } }, options));
      await out.opened;
      controller.abort();
      await vi.advanceTimersByTimeAsync(400);
      expect(await first).toMatchObject({ kind, outcome: "unknown" });
      const second = handle.update(42, { name: "new", metadata: { b: 1 } });
      // One that did not wait would have been sent by now.
      await sleep(100);
      held.open();
      await second;
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
    const { opened, open } = gate();
    const reading = gate();
    const handle = make({
      fetch: async (url, init) => {
        reading.open();
        await opened;
        return sandbox.fetch(url, init);
      },
    });
    const first = handle.update(42, { metadata: { a: 1 } });
    await reading.opened;
    const error = await handle
      .update(42, { metadata: { b: 1 } }, { deadlineMs: 10 })
      .catch((reason) => reason);
    expect(error).toMatchObject({ kind: "timeout", retryable: true });
    expect(error.outcome).toBeUndefined();
    expect(error.message).toContain("Nothing of it was sent");
    open();
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

describe("updates of one conversation that are called at once", () => {
  /** How many are in the queue of the conversation that is at work. */
  const waiting = (): number => {
    const registry = globalThis as unknown as Record<symbol, { places: Map<string, unknown[]> }>;
    return [...(registry[Symbol.for("@convo/core/turns/1")]?.places.values() ?? [])][0]?.length ?? 0;
  };
  const both = (first: UpdateOptions, second: UpdateOptions) => {
    const handle = make();
    return Promise.all([
      handle.update(42, { metadata: { a: 1 } }, first),
      handle.update(42, { metadata: { b: 1 } }, second),
    ]);
  };

  it("share a write where their options mean the same", async () => {
    const options = { headers: { "x-tenant": "a" }, timeoutMs: 5000, verify: { settleMs: 0 } };
    await both(options, structuredClone(options));
    expect(writes()).toHaveLength(1);
    await both({ headers: new Headers({ "x-tenant": "a" }) }, { headers: new Headers({ "x-tenant": "a" }) });
    expect(writes()).toHaveLength(2);
  });

  it.each<[what: string, UpdateOptions, UpdateOptions]>([
    ["keys", { apiKey: "ags_a" }, { apiKey: "ags_b" }],
    ["headers", { headers: { "x-tenant": "a" } }, { headers: { "x-tenant": "b" } }],
    [
      "headers that are objects of a class",
      { headers: new Headers({ "x-tenant": "a" }) },
      { headers: new Headers({ "x-tenant": "b" }) },
    ],
    ["time for a request", { timeoutMs: 5000 }, { timeoutMs: 6000 }],
    ["retries", { maxRetries: 1 }, { maxRetries: 2 }],
    ["ways to retry", { retry: "safe" }, { retry: "never" }],
    ["verify", { verify: { settleMs: 0 } }, {}],
    ["options of fetch", { fetchOptions: {} }, { fetchOptions: {} }],
    ["work before an attempt", { beforeAttempt: () => {} }, { beforeAttempt: () => {} }],
  ])("do not where they differ in %s", async (_, first, second) => {
    const sent: (string | undefined)[] = [];
    const fetch: NonNullable<ProviderOptions["fetch"]> = (url, init) => {
      if (init.method === "PATCH") sent.push(init.headers["x-tenant"]);
      const headers = { ...init.headers, authorization: `Api-Key ${sandbox.env().AGENTSIGHT_API_KEY}` };
      return sandbox.fetch(url, { ...init, headers });
    };
    const handle = make({ fetch });
    await Promise.all([
      handle.update(42, { metadata: { a: 1 } }, first),
      handle.update(42, { metadata: { b: 1 } }, second),
    ]);
    expect(sent).toHaveLength(2);
    if (first.headers) expect(sent).toEqual(["a", "b"]);
    expect(stored().metadata).toMatchObject({ a: 1, b: 1 });
  });

  it("are written in the order of their calls, also where only some of them may share a write", async () => {
    const handle = make();
    await Promise.all([
      handle.update(42, { metadata: { k: 1 } }),
      handle.update(42, { metadata: { k: 2 } }, { timeoutMs: 9999 }),
      handle.update(42, { metadata: { k: 3 } }),
    ]);
    expect(writes().map(({ body }) => (body as { metadata: Metadata }).metadata.k)).toEqual([1, 2, 3]);
  });

  it("share no write with one that was planned, which is made alone on what the plan saw", async () => {
    const { opened, open } = gate();
    const plan = await make().plan(42, { metadata: { planned: 1 } });
    const handle = make({
      fetch: async (url, init) => {
        if (init.method === "GET") await opened;
        return sandbox.fetch(url, init);
      },
    });
    const abort = new AbortController();
    // Its turn is over without a write, once the two others wait behind it.
    const first = handle.update(42, { metadata: { gone: 1 } }, { signal: abort.signal });
    const applied = handle.apply(plan);
    await vi.waitFor(() => expect(waiting()).toBe(2));
    const second = handle.update(42, { metadata: { a: 1 } });
    await vi.waitFor(() => expect(waiting()).toBe(3));
    abort.abort();
    open();
    await expect(first).rejects.toMatchObject({ kind: "aborted" });
    await Promise.all([applied, second]);
    expect(writes().map(({ body }) => body)).toMatchObject([
      { metadata: { planned: 1 } },
      { metadata: { planned: 1, a: 1 } },
    ]);
  });

  it("go on for those who have time when the first one's is over", async () => {
    const { opened, open } = gate();
    const handle = make({
      fetch: async (url, init) => {
        if (init.method === "GET") await opened;
        return sandbox.fetch(url, init);
      },
    });
    const first = handle.update(42, { metadata: { a: 1 } }, { deadlineMs: 50 });
    const second = handle.update(42, { metadata: { b: 1 } });
    await expect(first).rejects.toMatchObject({ kind: "timeout" });
    open();
    expect(await second).toMatchObject({ confirmed: "echo" });
    expect(stored().metadata).toMatchObject({ b: 1 });
    expect(stored().metadata).not.toHaveProperty("a");
  });
});

it("no timer outlives its update", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const handle = make();
  await Promise.all(Array.from({ length: 5 }, (_, n) => handle.update(42, { metadata: { [`k${n}`]: n } })));
  expect(vi.getTimerCount()).toBe(0);
});

it("a result has the vendor's id of the last request", async () => {
  const { openai: handle } = createConvo({
    openai: openai({
      baseUrl: sandbox.baseUrl("openai"),
      apiKey: sandbox.env().OPENAI_API_KEY ?? null,
      fetch: (url, init) => sandbox.fetch(url, init),
    }),
  });
  const { requestId } = await handle.update("conv_sandbox0001", { metadata: { a: "1" } });
  expect(requestId).toBe(sandbox.requests().at(-1)?.requestId);
  expect(requestId).toBeTruthy();
});

it("a key function is asked for every update: each is sent with the key of its own moment", async () => {
  const keys = ["ags_first", "ags_second"];
  const sent: (string | undefined)[] = [];
  const handle = make({
    apiKey: () => keys[sent.length / 2] ?? "ags_none",
    fetch: (url, init) => {
      sent.push(init.headers.authorization);
      const headers = { ...init.headers, authorization: `Api-Key ${sandbox.env().AGENTSIGHT_API_KEY}` };
      return sandbox.fetch(url, { ...init, headers });
    },
  });
  await handle.update(42, { metadata: { a: 1 } });
  await handle.update(42, { metadata: { b: 1 } });
  expect(sent).toEqual(["ags_first", "ags_first", "ags_second", "ags_second"].map((key) => `Api-Key ${key}`));
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
