import { createSandbox, type Sandbox } from "@convo/sandbox";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import {
  chatdash,
  createConvo,
  datagrid,
  type Metadata,
  openai,
  type ProviderOptions,
} from "../src/index.ts";
import { isReadStale, isWriteLate, verifyDelayMs } from "../src/update/timing.ts";
import { serve } from "./server.ts";

const ID = "conv_sandbox0001";
let sandbox: Sandbox;
beforeEach(() => {
  sandbox = createSandbox({ openai: { metadata: "replace" } });
});
afterEach(() => sandbox.close());

const at = (vendor: "openai" | "datagrid" | "chatdash"): ProviderOptions => ({
  baseUrl: sandbox.baseUrl(vendor),
  apiKey: sandbox.env()[`${vendor.toUpperCase()}_API_KEY`] ?? null,
  fetch: (url, init) => sandbox.fetch(url, init),
});
const methods = () => sandbox.requests().map(({ method }) => method);
const stored = () => (sandbox.read("openai", ID) as { metadata: Metadata }).metadata;

describe("a write that comes late after its read", () => {
  const late = { code: "late_write", field: "metadata" };

  it("is told: it may have undone what others had verified", async () => {
    const convo = createConvo({ openai: openai(at("openai")) });
    sandbox.fault({ kind: "latency", ms: 30, operation: "updateConversation" });
    const slow = await convo.openai.update(ID, { metadata: { a: "1" } }, { verify: { settleMs: 10 } });
    expect(slow.warnings).toMatchObject([late]);
    const options = { retry: "never", verify: { settleMs: 2000 } } as const;
    const quick = await convo.openai.update(ID, { metadata: { b: "1" } }, options);
    expect(quick).toMatchObject({ warnings: [], confirmed: "read" });
  });

  it("is told once, however often it was written again", async () => {
    const other = createConvo({ openai: openai(at("openai")) });
    let writes = 0;
    const fetch: ProviderOptions["fetch"] = async (url, init) => {
      const response = await sandbox.fetch(url, init);
      if (init.method === "POST" && ++writes === 1)
        await other.openai.client.updateConversation(ID, { metadata: { theirs: "1" } });
      return response;
    };
    sandbox.fault({ kind: "latency", ms: 30, operation: "updateConversation", times: 3 });
    const convo = createConvo({ openai: openai({ ...at("openai"), fetch }) });
    const result = await convo.openai.update(ID, { metadata: { a: "1" } }, { verify: { settleMs: 10 } });
    expect(writes).toBe(2);
    expect(result.warnings).toMatchObject([late]);
    expect(result.warnings).toHaveLength(1);
  });

  it("is told where its answer was lost and it is not there: it may land yet", async () => {
    const convo = createConvo({ openai: openai(at("openai")) });
    sandbox.fault({ kind: "reset-before", operation: "updateConversation" });
    const result = await convo.openai.update(ID, { metadata: { a: "1" } }, { verify: { settleMs: 1000 } });
    expect(result.warnings).toMatchObject([late]);
  });

  it("is none where it had to wait for the vendor and was made again from a new read", async () => {
    const convo = createConvo({ openai: openai(at("openai")) });
    sandbox.fault({ kind: "status", status: 429, retryAfter: 2, operation: "updateConversation" });
    const result = await convo.openai.update(ID, { metadata: { a: "1" } }, { verify: { settleMs: 1500 } });
    expect(methods()).toEqual(["GET", "POST", "GET", "POST", "GET"]);
    expect(result.warnings).toEqual([]);
  });

  it("is told to those only whose part was written whole", async () => {
    const convo = createConvo({ datagrid: datagrid(at("datagrid")) });
    sandbox.fault({ kind: "latency", ms: 30, operation: "updateConversation" });
    const options = { verify: { settleMs: 10 } };
    const [list, name] = await Promise.all([
      convo.datagrid.update("cnv_sandbox_0001", { lists: { agent_ids: { add: ["a"] } } }, options),
      convo.datagrid.update("cnv_sandbox_0001", { name: "n" }, options),
    ]);
    expect(list.warnings).toMatchObject([{ code: "late_write", field: "lists.agent_ids" }]);
    expect(name.warnings).toEqual([]);
  });

  it("is nobody's concern without verify, and under a lock", async () => {
    const lock = { withLock: <T>(_: string, fn: () => Promise<T>) => fn() };
    const plain = createConvo({ openai: openai(at("openai")) });
    const locked = createConvo({ openai: openai({ ...at("openai"), lock }) });
    sandbox.fault({ kind: "latency", ms: 30, operation: "updateConversation", times: 2 });
    expect((await plain.openai.update(ID, { metadata: { a: "1" } }, { verify: false })).warnings).toEqual([]);
    const result = await locked.openai.update(ID, { metadata: { b: "1" } }, { verify: { settleMs: 1 } });
    expect(result).toMatchObject({ warnings: [], guarantee: "locked", confirmed: "read" });
  });
});

describe("verified means read back when slower writers have had their time", () => {
  const verify = { settleMs: 10 };
  /** The steps of each operation, in order. */
  function observed() {
    const steps: string[] = [];
    const convo = createConvo({
      openai: openai({ ...at("openai"), observe: { onStep: ({ step }) => steps.push(step) } }),
    });
    return { convo, steps };
  }

  it("also where the answer was lost and a look has shown the change at once", async () => {
    const { convo, steps } = observed();
    sandbox.fault({ kind: "reset-after", operation: "updateConversation" });
    const result = await convo.openai.update(ID, { metadata: { a: "1" } }, { verify });
    expect(result).toMatchObject({ guarantee: "verified", confirmed: "read" });
    expect(steps.filter((step) => step !== "queue" && step !== "update")).toEqual([
      "read",
      "merge",
      "verify",
      "write",
      "wait",
      "verify",
    ]);
  });

  it("so a slower writer is found who overwrites what a look has shown", async () => {
    const other = createConvo({ openai: openai(at("openai")) });
    let reads = 0;
    const fetch: ProviderOptions["fetch"] = async (url, init) => {
      const response = await sandbox.fetch(url, init);
      // Has read before our write, and writes right after our look.
      if (init.method === "GET" && ++reads === 2)
        await other.openai.client.updateConversation(ID, { metadata: { theirs: "1" } });
      return response;
    };
    sandbox.fault({ kind: "reset-after", operation: "updateConversation" });
    const convo = createConvo({ openai: openai({ ...at("openai"), fetch }) });
    await convo.openai.update(ID, { metadata: { mine: "1" } }, { verify });
    expect(stored()).toEqual({ theirs: "1", mine: "1" });
  });

  it("also for who shares a write of which the vendor has not done another's part", async () => {
    sandbox.close();
    sandbox = createSandbox({ openai: { metadata: "merge" } });
    const { convo, steps } = observed();
    const [kept, mine] = await Promise.allSettled([
      convo.openai.update(ID, { unset: ["topic"] }, { verify }),
      convo.openai.update(ID, { metadata: { mine: "1" } }, { verify }),
    ]);
    expect(kept).toMatchObject({ reason: { kind: "not_applied", fields: ["metadata.topic"] } });
    expect(mine).toMatchObject({ value: { guarantee: "verified", confirmed: "read" } });
    expect(steps.filter((step) => step === "write" || step === "verify")).toEqual(["write", "verify"]);
  });

  it("and without anybody else's part a write that was not done is told at once", async () => {
    sandbox.close();
    sandbox = createSandbox({ openai: { metadata: "merge" } });
    const { convo } = observed();
    const update = convo.openai.update(ID, { unset: ["topic"] }, { verify });
    await expect(update).rejects.toMatchObject({ kind: "not_applied" });
    expect(methods()).toEqual(["GET", "POST"]);
  });
});

it("who shares a write is not failed by a part that fits no more", async () => {
  const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, "v"]));
  const other = createConvo({ openai: openai(at("openai")) });
  await other.openai.client.updateConversation(ID, { metadata: keys(14) });
  let writes = 0;
  const fetch: ProviderOptions["fetch"] = async (url, init) => {
    const response = await sandbox.fetch(url, init);
    if (init.method === "POST" && ++writes === 1)
      await other.openai.client.updateConversation(ID, { metadata: { ...keys(14), a: "1", theirs: "1" } });
    return response;
  };
  const convo = createConvo({ openai: openai({ ...at("openai"), fetch }) });
  const options = { verify: { settleMs: 10 } };
  const [a, b] = await Promise.allSettled([
    convo.openai.update(ID, { metadata: { a: "1" } }, options),
    convo.openai.update(ID, { metadata: { b: "1" } }, options),
  ]);
  expect(a).toMatchObject({ status: "fulfilled", value: { guarantee: "verified" } });
  expect(b).toMatchObject({ reason: { kind: "limit", fields: ["metadata.b"] } });
  expect(b).toMatchObject({ reason: expect.not.objectContaining({ status: expect.anything() }) });
  expect(stored()).toMatchObject({ a: "1", theirs: "1" });
});

it("a read that took long is made again rather than built on", async () => {
  const convo = createConvo({ openai: openai(at("openai")) });
  sandbox.fault({ kind: "latency", ms: 550, operation: "getConversation" });
  sandbox.fault({ kind: "other-writer", change: { metadata: { theirs: "1" } } });
  await convo.openai.update(ID, { metadata: { mine: "1" } }, { verify: { settleMs: 1 } });
  expect(methods()).toEqual(["GET", "GET", "POST", "GET"]);
  expect(stored()).toMatchObject({ theirs: "1", mine: "1" });
});

describe("the time before a look", () => {
  const timing = (settleMs?: number, slowestMs = 0, lock = false) =>
    ({
      provider: { options: lock ? { lock: {} } : {} },
      options: { verify: settleMs === undefined ? true : { settleMs } },
      slowestMs,
      readAt: 0,
    }) as Parameters<typeof verifyDelayMs>[0];

  it.each([
    ["a second", timing(), 1000],
    ["what the caller says", timing(40), 40],
    ["four times the slowest exchange", timing(40, 30), 120],
    ["not minutes, when one exchange hung", timing(undefined, 60_000), 5000],
    ["none under a lock", timing(40, 30, true), 0],
  ])("is %s, and up to half more", (_, calls, least) => {
    for (let n = 0; n < 50; n++) {
      const ms = verifyDelayMs(calls);
      expect(ms).toBeGreaterThanOrEqual(least);
      expect(ms).toBeLessThanOrEqual(least * 1.5);
    }
  });

  it("is also how long a write may take from its read, and half of it is how old a read may be", () => {
    expect([40, 41].map((end) => isWriteLate(timing(40), 0, end))).toEqual([false, true]);
    expect(isWriteLate(timing(40), undefined, 1e9)).toBe(false);
    const now = performance.now();
    expect([now - 400, now - 600].map((readAt) => isReadStale({ ...timing(), readAt }))).toEqual([
      false,
      true,
    ]);
    expect(isReadStale({ ...timing(3000), readAt: now - 1000 })).toBe(false);
    expect(isReadStale({ ...timing(), readAt: undefined })).toBe(false);
  });
});

describe("a look at an old copy, as one of several servers may hold it", () => {
  /** A vendor whose first `count` reads after a write show what was there before. */
  function behind(count: number, vendor: "chatdash" | "datagrid"): ProviderOptions {
    let old: Response | undefined;
    let left = count;
    const fetch: ProviderOptions["fetch"] = async (url, init) => {
      const written = methods().some((method) => method !== "GET");
      if (init.method === "GET" && written && left-- > 0) return (old as Response).clone();
      const response = await sandbox.fetch(url, init);
      if (init.method === "GET" && !written) old = response.clone();
      // Times are told in milliseconds.
      await new Promise((resolve) => setTimeout(resolve, 2));
      return response;
    };
    return { ...at(vendor), fetch };
  }

  it("is known by its time: nothing is written on the strength of it", async () => {
    const convo = createConvo({ chatdash: chatdash({ ...behind(2, "chatdash"), agentId: "agent_1" }) });
    const id = "66f0c0ffee0000000000cd01";
    const result = await convo.chatdash.update(id, { metadata: { a: 1 } }, { verify: { settleMs: 1 } });
    expect(result).toMatchObject({ confirmed: "read", calls: 5, conversation: { metadata: { a: 1 } } });
    expect(methods().filter((method) => method === "PUT")).toHaveLength(1);
  });

  it("is known by the answer to the write, where that tells the time", async () => {
    const convo = createConvo({ datagrid: datagrid(behind(1, "datagrid")) });
    const options = { verify: { settleMs: 1 } };
    const lists = { agent_ids: { add: ["a"] } };
    expect(await convo.datagrid.update("cnv_sandbox_0001", { lists }, options)).toMatchObject({
      calls: 4,
    });
    expect(methods()).toEqual(["GET", "PATCH", "GET"]);
  });

  it("is none where it is as new as the answer to the write: what is missing is sent again at once", async () => {
    const updated_at = "2026-01-01T00:00:00Z";
    let name = "old";
    let patches = 0;
    const server = await serve(({ method, body }) => {
      // The first write is answered, and lost anyway.
      if (method === "PATCH" && ++patches === 1) return { body: { id: "c", ...body, updated_at } };
      if (method === "PATCH") name = String(body.name);
      return { body: { id: "c", name, updated_at } };
    });
    onTestFinished(() => server.close());
    const convo = createConvo({ datagrid: datagrid({ baseUrl: server.baseUrl, apiKey: "k" }) });
    await convo.datagrid.update("c", { name: "ours" }, { verify: { settleMs: 1 } });
    expect(server.seen.map(({ method }) => method)).toEqual(["GET", "PATCH", "GET", "PATCH", "GET"]);
  });

  it("is believed in the end: a vendor may not count a change of metadata as one", async () => {
    const convo = createConvo({ chatdash: chatdash({ ...behind(3, "chatdash"), agentId: "agent_1" }) });
    const id = "66f0c0ffee0000000000cd01";
    await convo.chatdash.update(id, { metadata: { a: 1 } }, { verify: { settleMs: 1 } });
    expect(methods().filter((method) => method === "PUT")).toHaveLength(2);
  });
});
