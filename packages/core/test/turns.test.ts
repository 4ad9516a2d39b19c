import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { createSandbox, type Sandbox } from "@convo/sandbox";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { agentsight, createConvo, openai, type ProviderOptions } from "../src/index.ts";
import { activeConversations, type Place } from "../src/update/turns.ts";
import { failure, start } from "./sandboxed.ts";
import { gate, serve } from "./server.ts";

const ID = "conv_sandbox0001";
const document = { id: ID, object: "conversation", created_at: 1 };

/** A vendor that keeps one conversation, over real HTTP; the first write is applied and answered when `held` is. */
async function vendor(held?: Promise<void>) {
  let metadata: Record<string, unknown> = {};
  let writes = 0;
  const server = await serve(async ({ method, body }) => {
    if (method !== "GET") {
      if (++writes === 1) await held;
      metadata = body.metadata as typeof metadata;
    }
    return { body: { ...document, metadata } };
  });
  onTestFinished(() => server.close());
  return { ...server, stored: () => metadata };
}

it("callers of one conversation each send with their own key, headers and span; those of one tenant share a write", async () => {
  // The tenant and the number of the caller.
  const caller = new AsyncLocalStorage<string>();
  const tenantOf = (store = ""): string => store.split(" ")[0] ?? "";
  const seen: { method?: string; key?: string; header?: string; parent: unknown; store?: string }[] = [];
  let metadata: Record<string, unknown> = {};
  const fetch: NonNullable<ProviderOptions["fetch"]> = async (_url, init) => {
    const headers = new Headers(init.headers);
    const [key, header] = [headers.get("authorization")?.slice(7), headers.get("x-tenant")];
    seen.push({
      method: init.method,
      key,
      header,
      parent: spans.getStore(),
      store: caller.getStore(),
    } as never);
    await sleep(1);
    if (init.method !== "GET") ({ metadata } = JSON.parse(String(init.body)));
    return Response.json({ ...document, metadata });
  };
  const spans = new AsyncLocalStorage<string>();
  const convo = createConvo({
    openai: openai({
      apiKey: () => `key-${tenantOf(caller.getStore())}`,
      fetch,
      observe: {
        onOperation: () => `span of ${caller.getStore()}`,
        runInContext: (span, work) => void spans.run(span as string, work),
      },
    }),
  });
  await Promise.all(
    Array.from({ length: 50 }, (_, n) => {
      const name = `t${n % 5}`;
      return caller.run(`${name} ${n}`, () =>
        convo.openai.update(ID, { metadata: { [`k${n % 10}`]: `${n}` } }, { headers: { "x-tenant": name } }),
      );
    }),
  );
  for (const { store, ...one } of seen)
    expect(one).toMatchObject({
      key: `key-${tenantOf(store)}`,
      header: tenantOf(store),
      parent: `span of ${store}`,
    });
  expect(metadata).toEqual(Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`k${n}`, `${n + 40}`])));
  // One read and one write for each tenant.
  expect(seen.map(({ store, method }) => `${tenantOf(store)} ${method}`).sort()).toEqual(
    Array.from({ length: 5 }, (_, n) => [`t${n} GET`, `t${n} POST`]).flat(),
  );
});

it("one account spelt in two ways is one queue", async () => {
  const { baseUrl, stored } = await vendor();
  const { port } = new URL(baseUrl);
  const at = (url: string) => createConvo({ openai: openai({ baseUrl: url, apiKey: "k" }) }).openai;
  const handles = [at(`http://127.0.0.1:${port}`), at(`HTTP://127.0.0.1:${port}//`)];
  await Promise.all(
    Array.from({ length: 10 }, (_, n) => handles[n % 2]?.update(ID, { metadata: { [`k${n}`]: "1" } })),
  );
  expect(Object.keys(stored())).toHaveLength(10);
});

it("an update after one that was aborted while its write was out is made on top of it", async () => {
  const held = gate();
  const { baseUrl, seen, stored } = await vendor(held.opened);
  const { openai: handle } = createConvo({ openai: openai({ baseUrl, apiKey: "k" }) });
  const controller = new AbortController();
  const first = failure(handle.update(ID, { metadata: { a: "1" } }, { signal: controller.signal }));
  await vi.waitFor(() => expect(seen).toHaveLength(2));
  controller.abort();
  expect(await first).toMatchObject({ kind: "aborted", outcome: "unknown" });
  const second = handle.update(ID, { metadata: { b: "1" } });
  // One that did not wait would have read by now.
  await sleep(100);
  held.open();
  await second;
  expect(stored()).toEqual({ a: "1", b: "1" });
});

it("a caller whose time is over while a write it shares is out still holds its turn: nobody writes beside it", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const held = gate();
  const { baseUrl, seen, stored } = await vendor(held.opened);
  const { openai: handle } = createConvo({ openai: openai({ baseUrl, apiKey: "k" }) });
  const first = failure(handle.update(ID, { metadata: { a: "1" } }, { deadlineMs: 20_000 }));
  const second = handle.update(ID, { metadata: { b: "1" } });
  await vi.waitFor(() => expect(seen).toHaveLength(2));
  const third = handle.update(ID, { metadata: { c: "1" } });
  // Beyond what a write is given for which nobody waits any more.
  await vi.advanceTimersByTimeAsync(26_000);
  expect(await first).toMatchObject({ kind: "timeout", outcome: "unknown" });
  expect(seen).toHaveLength(2);
  held.open();
  expect(await second).toMatchObject({ confirmed: "echo", warnings: [] });
  expect(await third).toMatchObject({ confirmed: "echo", warnings: [] });
  expect(stored()).toEqual({ a: "1", b: "1", c: "1" });
  expect(seen.filter(({ method }) => method !== "GET")).toHaveLength(2);
});

it("a write that fails is not sent again when nobody waits for it any more", async () => {
  const controller = new AbortController();
  const server = await serve(({ method }) => {
    if (method === "GET") return { body: { ...document, metadata: {} } };
    controller.abort();
    return { status: 503, body: { error: { message: "later" } } };
  });
  onTestFinished(() => server.close());
  const { openai: handle } = createConvo({ openai: openai({ baseUrl: server.baseUrl, apiKey: "k" }) });
  const call = handle.update(ID, { metadata: { a: "1" } }, { signal: controller.signal, retry: "always" });
  expect(await failure(call)).toMatchObject({ kind: "aborted" });
  await vi.waitFor(() => expect(activeConversations()).toBe(0));
  expect(server.seen.filter(({ method }) => method !== "GET")).toHaveLength(1);
});

it("a write that was left without an answer is told to the updates after it, also where it was sent again", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true });
  onTestFinished(() => void vi.useRealTimers());
  const { baseUrl, seen } = await vendor(new Promise(() => {}));
  const { openai: handle } = createConvo({ openai: openai({ baseUrl, apiKey: "k" }) });
  const first = handle.update(ID, { metadata: { a: "1" } });
  await vi.waitFor(() => expect(seen).toHaveLength(2));
  // A request's time.
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await first).toMatchObject({ confirmed: "echo" });
  const { warnings } = await handle.update(ID, { metadata: { b: "1" } });
  expect(warnings).toMatchObject([{ code: "write_unanswered" }]);
});

describe.each([
  ["502 of a gateway", { status: 502, body: {} }],
  ["504 of a gateway", { status: 504, body: {} }],
  ["connection that breaks", "drop"],
] as const)("a write whose answer is a %s may land yet", (_, lost) => {
  /** A vendor that answers its first write so, and does not apply it. */
  async function losing() {
    let metadata: Record<string, unknown> = {};
    let writes = 0;
    const server = await serve(({ method, body }) => {
      if (method !== "GET" && ++writes === 1) return lost;
      if (method !== "GET") metadata = body.metadata as typeof metadata;
      return { body: { ...document, metadata } };
    });
    onTestFinished(() => server.close());
    return createConvo({ openai: openai({ baseUrl: server.baseUrl, apiKey: "k" }) }).openai;
  }
  const warned = { warnings: [{ code: "write_unanswered" }] };

  it("which the next update is told, where it was not sent again", async () => {
    const handle = await losing();
    const first = handle.update(ID, { metadata: { a: "1" } }, { maxRetries: 0 });
    expect(await failure(first)).toMatchObject({ outcome: "unknown" });
    expect(await handle.update(ID, { metadata: { b: "1" } })).toMatchObject(warned);
  });

  it("which the next update is told, where it was sent again and answered then", async () => {
    const handle = await losing();
    expect(await handle.update(ID, { metadata: { a: "1" } })).toMatchObject({ warnings: [] });
    expect(await handle.update(ID, { metadata: { b: "1" } })).toMatchObject(warned);
  });

  it("which the next update is told, where beforeWrite forbids to send it again", async () => {
    const handle = await losing();
    const lease = new Error("the lease is over");
    let asked = 0;
    const beforeWrite = (): void => {
      if (++asked === 2) throw lease;
    };
    expect(await failure(handle.update(ID, { metadata: { a: "1" } }, { beforeWrite }))).toBe(lease);
    expect(await handle.update(ID, { metadata: { b: "1" } })).toMatchObject(warned);
  });
});

it("a write that the vendor has refused is no concern of later updates", async () => {
  const { sandbox, at } = start();
  const { openai: handle } = createConvo({ openai: openai(at("openai")) });
  for (const status of [400, 429])
    sandbox.fault({ kind: "status", status, vendor: "openai", operation: "updateConversation" });
  expect(await failure(handle.update(ID, { metadata: { a: "1" } }))).toMatchObject({ status: 400 });
  await handle.update(ID, { metadata: { a: "1" } });
  expect((await handle.update(ID, { metadata: { b: "1" } })).warnings).toEqual([]);
});

describe("a write that a sandbox never answers is told to nobody", () => {
  beforeEach(
    () => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true }),
  );
  afterEach(() => void vi.useRealTimers());

  const handleOf = (sandbox: Sandbox) =>
    createConvo({
      openai: openai({ apiKey: "sk-test", baseUrl: sandbox.baseUrl("openai"), fetch: sandbox.fetch }),
    }).openai;
  const warningsAt = async (sandbox: Sandbox) =>
    (await handleOf(sandbox).update(ID, { metadata: { b: "1" } })).warnings;

  async function hang(sandbox: Sandbox): Promise<void> {
    sandbox.fault({ kind: "hang", vendor: "openai", operation: "updateConversation" });
    const call = failure(handleOf(sandbox).update(ID, { metadata: { a: "1" } }, { maxRetries: 0 }));
    await vi.waitFor(() =>
      expect(sandbox.requests().at(-1)).toMatchObject({ operation: "updateConversation", pending: true }),
    );
    // A request's time.
    await vi.advanceTimersByTimeAsync(60_000);
    await call;
  }

  it("once it was reset", async () => {
    const { sandbox } = start();
    await hang(sandbox);
    expect(await warningsAt(sandbox)).toMatchObject([{ code: "write_unanswered" }]);
    await hang(sandbox);
    sandbox.reset();
    expect(await warningsAt(sandbox)).toEqual([]);
  });

  it("once it was closed, and another one made", async () => {
    const first = createSandbox();
    await hang(first);
    await first.close();
    const { sandbox: second } = start();
    expect(await warningsAt(second)).toEqual([]);
  });
});

it("a write that nobody waited for to its end is told to the updates after it", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const out = gate();
  let writes = 0;
  const server = await serve(({ method, body }) => {
    if (method === "GET") return { body: { ...document, metadata: {} } };
    if (++writes > 1) return { body: { ...document, ...body } };
    out.open();
    return new Promise(() => {});
  });
  onTestFinished(() => server.close());
  const { openai: handle } = createConvo({ openai: openai({ baseUrl: server.baseUrl, apiKey: "k" }) });
  const controller = new AbortController();
  const first = failure(handle.update(ID, { metadata: { a: "1" } }, { signal: controller.signal }));
  await out.opened;
  controller.abort();
  expect(await first).toMatchObject({ kind: "aborted", outcome: "unknown" });
  const second = handle.update(ID, { metadata: { b: "1" } });
  // So long a write that has left is given to be answered.
  await vi.advanceTimersByTimeAsync(5000);
  expect((await second).warnings).toMatchObject([{ code: "write_unanswered" }]);
});

it("a write without an answer that a look found applied is no concern of later updates", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true });
  onTestFinished(() => void vi.useRealTimers());
  let metadata: Record<string, unknown> = {};
  let writes = 0;
  const server = await serve(({ method, body }) => {
    if (method !== "GET") metadata = body.metadata as typeof metadata;
    if (method !== "GET" && ++writes === 1) return new Promise(() => {});
    return { body: { ...document, metadata } };
  });
  onTestFinished(() => server.close());
  const { openai: handle } = createConvo({ openai: openai({ baseUrl: server.baseUrl, apiKey: "k" }) });
  const first = handle.update(ID, { metadata: { a: "1" } }, { retry: "never", current: {} });
  await vi.waitFor(() => expect(writes).toBe(1));
  // A request's time.
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await first).toMatchObject({ confirmed: "read", warnings: [] });
  expect((await handle.update(ID, { metadata: { b: "1" } })).warnings).toEqual([]);
});

it("an update whose time is over while it waits to read back holds up nobody", async () => {
  const { baseUrl, stored } = await vendor();
  const { openai: handle } = createConvo({ openai: openai({ baseUrl, apiKey: "k" }) });
  const options = { deadlineMs: 500, verify: { settleMs: 3_600_000 } };
  expect(await failure(handle.update(ID, { metadata: { a: "1" } }, options))).toMatchObject({
    kind: "timeout",
  });
  expect(await handle.update(ID, { metadata: { b: "1" } })).toMatchObject({ confirmed: "echo" });
  expect(stored()).toMatchObject({ b: "1" });
});

describe("who gives up once the write was answered is told that it was written", () => {
  const never = (): Promise<never> => new Promise(() => {});
  it("while it waits to read back", async () => {
    const { baseUrl } = await vendor();
    const written = gate();
    const onStep = ({ step }: { step: string }): void => {
      if (step === "write") written.open();
    };
    const { openai: handle } = createConvo(
      { openai: openai({ baseUrl, apiKey: "k" }) },
      { observe: { onStep } },
    );
    const controller = new AbortController();
    const verify = { settleMs: 3_600_000 };
    const update = handle.update(ID, { metadata: { b: "1" } }, { signal: controller.signal, verify });
    await written.opened;
    await sleep(0);
    controller.abort();
    const error = await failure(update);
    expect(error).toMatchObject({ kind: "aborted", outcome: "unknown" });
    expect(error.message).toContain("It was written");
  });

  it("while a schema looks at what is there", async () => {
    const { baseUrl, stored } = await vendor();
    const controller = new AbortController();
    let asked = 0;
    const validate = (value: unknown) => {
      asked += 1;
      if (asked === 1) return { value };
      controller.abort();
      return never();
    };
    const schema = { "~standard": { version: 1 as const, vendor: "test", validate } };
    const { openai: handle } = createConvo({ openai: openai({ baseUrl, apiKey: "k", schema }) });
    const { signal } = controller;
    const error = await failure(handle.update(ID, { metadata: { a: "1" } as never }, { signal }));
    expect(stored()).toEqual({ a: "1" });
    expect(error).toMatchObject({ kind: "aborted", outcome: "unknown" });
    expect(error.message).toContain("It was written");
  });
});

it.each([
  ["the read", "GET"],
  ["the write", "POST"],
])("a deadline that passes during %s has one message, each caller's own", async (_, hanging) => {
  const server = await serve(({ method, url }) =>
    method === hanging
      ? new Promise(() => {})
      : { body: { ...document, id: url.split("/").at(-1), metadata: {} } },
  );
  onTestFinished(() => server.close());
  const { openai: handle } = createConvo({ openai: openai({ baseUrl: server.baseUrl, apiKey: "k" }) });
  const deadlines = Array.from({ length: 20 }, (_, n) => 500 + (n % 4));
  const errors = await Promise.all(
    deadlines.map((deadlineMs, n) =>
      failure(handle.update(n % 2 ? ID : `${ID}_${n}`, { metadata: { [`k${n}`]: "1" } }, { deadlineMs })),
    ),
  );
  for (const [n, error] of errors.entries()) {
    expect(error.kind).toBe("timeout");
    expect(error.message).toContain(`was not done in time (deadlineMs: ${deadlines[n]})`);
  }
});

it("two copies of the package in one process take turns with each other", async () => {
  const { baseUrl, stored } = await vendor();
  vi.resetModules();
  const copy = (await import("../src/index.ts")) as typeof import("../src/index.ts");
  expect(copy.createConvo).not.toBe(createConvo);
  const handles = [
    createConvo({ openai: openai({ baseUrl, apiKey: "k" }) }).openai,
    copy.createConvo({ openai: copy.openai({ baseUrl, apiKey: "k" }) }).openai,
  ];
  await Promise.all(
    Array.from({ length: 10 }, (_, n) => handles[n % 2]?.update(ID, { metadata: { [`k${n}`]: "1" } })),
  );
  expect(Object.keys(stored())).toHaveLength(10);
});

it("a runtime that ends what a request has left undone, timers too, holds up no later request", async () => {
  const left = new AsyncLocalStorage<ReturnType<typeof setTimeout>[]>();
  const { setTimeout: start } = globalThis;
  vi.stubGlobal("WebSocketPair", class {}); // what tells Cloudflare Workers, of any compatibility date
  vi.stubGlobal("setTimeout", (run: () => void, ms: number) => {
    const timer = start(run, ms);
    left.getStore()?.push(timer);
    return timer;
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  vi.resetModules();
  const inWorker = (await import("../src/index.ts")) as typeof import("../src/index.ts");
  const { baseUrl, stored } = await vendor();
  const asked = gate();
  const convoFor = (fetch?: NonNullable<ProviderOptions["fetch"]>) =>
    inWorker.createConvo({ openai: inWorker.openai({ baseUrl, apiKey: "k", ...(fetch && { fetch }) }) });
  const timers: ReturnType<typeof setTimeout>[] = [];
  const ended = convoFor(() => {
    asked.open();
    return new Promise(() => {});
  });
  left.run(timers, () => void ended.openai.update(ID, { metadata: { a: "1" } }));
  await asked.opened;
  for (const timer of timers) clearTimeout(timer);
  await convoFor().openai.update(ID, { metadata: { b: "1" } }, { deadlineMs: 60_000 });
  expect(stored()).toEqual({ b: "1" });
});

it("a caller that has vanished is taken out of the queue, and what it may have left open is said", async () => {
  const { baseUrl, stored } = await vendor();
  const key = `${JSON.stringify(["openai", undefined, {}])} ${baseUrl} ${JSON.stringify(ID)}`;
  const registry = globalThis as unknown as Record<symbol, { places: Map<string, unknown[]> }>;
  const { openai: handle } = createConvo({ openai: openai({ baseUrl, apiKey: "k" }) });
  await handle.update(ID, { metadata: { a: "1" } });
  const gone = { key, lastSeen: performance.now() - 60_000, writing: true, left: false, wake() {} };
  registry[Symbol.for("@convo/core/turns/1")]?.places.set(key, [gone]);
  const { warnings } = await handle.update(ID, { metadata: { b: "1" } });
  expect(stored()).toEqual({ a: "1", b: "1" });
  expect(warnings).toMatchObject([{ code: "write_unanswered" }]);
});

/** The queue of the conversation at a vendor, as another copy of the package sees it. */
const queueAt = (baseUrl: string): Place[] => {
  const registry = globalThis as unknown as Record<symbol, { places: Map<string, Place[]> }>;
  const key = `${JSON.stringify(["openai", undefined, {}])} ${baseUrl} ${JSON.stringify(ID)}`;
  return registry[Symbol.for("@convo/core/turns/1")]?.places.get(key) ?? [];
};

it("a caller that was taken for vanished writes no more beside those after it: it queues up again", async () => {
  let metadata: Record<string, unknown> = {};
  const writes: unknown[] = [];
  const refused = gate();
  const held = gate();
  let reads = 0;
  const server = await serve(async ({ method, body }) => {
    if (method === "GET" && ++reads === 2) await held.opened;
    if (method !== "GET" && writes.push(body.metadata) === 1) {
      await refused.opened;
      return { status: 503, body: {} };
    }
    if (method !== "GET") metadata = body.metadata as typeof metadata;
    return { body: { ...document, metadata } };
  });
  onTestFinished(() => server.close());
  const { openai: handle } = createConvo({ openai: openai({ baseUrl: server.baseUrl, apiKey: "k" }) });
  const first = handle.update(ID, { metadata: { first: "1" } });
  await vi.waitFor(() => expect(writes).toHaveLength(1));
  // What another copy of the package does with one that shows no sign.
  (queueAt(server.baseUrl).shift() as Place).left = true;
  const second = handle.update(ID, { metadata: { second: "1" } });
  await vi.waitFor(() => expect(reads).toBe(2));
  refused.open();
  await vi.waitFor(() => expect(queueAt(server.baseUrl)).toHaveLength(2));
  held.open();
  await Promise.all([first, second]);
  expect(writes).toEqual([{ first: "1" }, { second: "1" }, { second: "1", first: "1" }]);
});

it("who shared the write of a caller that has vanished finds out what became of it, before anybody else's turn", async () => {
  let metadata: Record<string, unknown> = {};
  const writes: unknown[] = [];
  const server = await serve(({ method, body }) => {
    if (method === "GET") return { body: { ...document, metadata } };
    metadata = body.metadata as typeof metadata;
    // The first one is never answered.
    return writes.push(metadata) === 1 ? new Promise(() => {}) : { body: { ...document, metadata } };
  });
  onTestFinished(() => server.close());
  const { openai: handle } = createConvo({ openai: openai({ baseUrl: server.baseUrl, apiKey: "k" }) });
  const both = [handle.update(ID, { metadata: { a: "1" } }), handle.update(ID, { metadata: { b: "1" } })];
  await vi.waitFor(() => expect(writes).toHaveLength(1));
  const later = [
    handle.update(ID, { metadata: { k: "1" } }),
    handle.update(ID, { metadata: { k: "2" } }, { timeoutMs: 9999 }),
  ];
  await vi.waitFor(() => expect(queueAt(server.baseUrl)).toHaveLength(4));
  (queueAt(server.baseUrl).shift() as Place).left = true;
  queueAt(server.baseUrl)[0]?.wake();
  for (const result of await Promise.all(both)) expect(result).toMatchObject({ confirmed: "read" });
  await Promise.all(later);
  expect(writes.slice(1)).toEqual([
    { a: "1", b: "1", k: "1" },
    { a: "1", b: "1", k: "2" },
  ]);
});

it.each([false, 0, "", {}, new AbortController()])(
  "signal: %s is refused before anything is sent",
  async (signal) => {
    const { sandbox, at } = start();
    const { agentsight: handle } = createConvo({ agentsight: agentsight(at("agentsight")) });
    const options = { signal: signal as never };
    for (const call of [
      handle.update(42, { name: "n" }, options),
      handle.get(42, options),
      handle.plan(42, { name: "n" }, options),
    ])
      expect(await failure(call)).toMatchObject({ kind: "invalid", violations: [{ path: "signal" }] });
    expect(sandbox.requests()).toEqual([]);
  },
);

it("options that are null are refused by all, and a key that is no change is not dropped", async () => {
  const { sandbox, at } = start();
  const convo = createConvo({ agentsight: agentsight(at("agentsight")) });
  const handle = convo.agentsight;
  const nothing = null as never;
  const calls = [
    handle.get(42, nothing),
    handle.update(42, { name: "n" }, nothing),
    handle.plan(42, { name: "n" }, nothing),
    convo.all.update({ agentsight: 42 }, { name: "n" }, nothing),
    handle.update(42, { metadata: { a: 1 }, current: {} } as never),
  ];
  for (const error of await Promise.all(calls.map((call) => failure(call))))
    expect(error).toMatchObject({ kind: "invalid" });
  expect(sandbox.requests()).toEqual([]);
});

it("a look-up keeps the update's deadline and signal", async () => {
  let closed = 0;
  const server = await serve(() => new Promise(() => {}));
  onTestFinished(() => server.close());
  const fetch: NonNullable<ProviderOptions["fetch"]> = (url, init) => {
    init.signal.addEventListener("abort", () => closed++);
    return globalThis.fetch(url, init as RequestInit) as never;
  };
  const { agentsight: handle } = createConvo({
    agentsight: agentsight({ baseUrl: server.baseUrl, apiKey: "k", fetch }),
  });
  expect(await failure(handle.update("abc", { name: "n" }, { deadlineMs: 300 }))).toMatchObject({
    kind: "timeout",
  });
  await vi.waitFor(() => expect(closed).toBe(1));
  const seen = server.seen.length;
  const aborted = handle.update("abc", { name: "n" }, { signal: AbortSignal.abort() });
  expect(await failure(aborted)).toMatchObject({ kind: "aborted" });
  expect(server.seen.length).toBe(seen);
});

it.each([
  [429, 90],
  [503, 90],
])("60 updates that fail with %i cause at most %i requests: one retry budget", async (status, most) => {
  const server = await serve(() => ({ status, body: { error: { message: "no" } } }));
  onTestFinished(() => server.close());
  const { agentsight: handle } = createConvo({
    agentsight: agentsight({ baseUrl: server.baseUrl, apiKey: "k" }),
  });
  await Promise.all(Array.from({ length: 60 }, (_, n) => failure(handle.update(n + 1, { name: "n" }))));
  expect(server.seen.length).toBeLessThanOrEqual(most);
});

it("nothing is printed, however short the deadline", async () => {
  const warned = vi.fn();
  process.on("warning", warned);
  onTestFinished(() => void process.off("warning", warned));
  const sandbox = createSandbox();
  onTestFinished(() => sandbox.close());
  const { agentsight: handle } = createConvo({
    agentsight: agentsight({
      baseUrl: sandbox.baseUrl("agentsight"),
      apiKey: sandbox.env().AGENTSIGHT_API_KEY ?? null,
      fetch: (url, init) => sandbox.fetch(url, init),
    }),
  });
  const calls = Array.from({ length: 10 }, () =>
    handle.update(42, { name: "n" }, { deadlineMs: 1 }).catch(() => {}),
  );
  const until = performance.now() + 20;
  while (performance.now() < until);
  await Promise.all(calls);
  await sleep(10);
  expect(warned).not.toHaveBeenCalled();
});

it("encode is refused where the vendor holds any JSON", () => {
  // @ts-expect-error it means nothing there
  expect(() => agentsight({ apiKey: "k", encode: true })).toThrow("encode");
});
