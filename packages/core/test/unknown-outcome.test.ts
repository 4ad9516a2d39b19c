import { createSandbox, type Fault, type Sandbox } from "@convo/sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import {
  agentsight,
  chatdash,
  createConvo,
  datagrid,
  type Handle,
  letta,
  openai,
  type Provider,
} from "../src/index.ts";
import { serve } from "./server.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = createSandbox({ openai: { metadata: "replace" } });
  await sandbox.listen();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

type Vendor = "openai" | "letta" | "datagrid" | "chatdash" | "agentsight";

/** Everything an update can be told about a vendor; here only the way of its requests. */
function options(vendor: Vendor) {
  const apiKey = sandbox.env()[`${vendor.toUpperCase()}_API_KEY`] ?? null;
  return { baseUrl: sandbox.baseUrl(vendor), apiKey, ...(vendor === "chatdash" && { agentId: "agent_1" }) };
}

type Make = (options: object) => Provider;

/** A vendor, a conversation, and a field that any writer may set; `dated` where the vendor tells when it was changed. */
const SUBJECTS = [
  {
    vendor: "letta",
    make: letta as Make,
    id: "conv-00000000-0000-4000-8000-000000000001",
    field: "summary",
    dated: true,
  },
  { vendor: "datagrid", make: datagrid as Make, id: "cnv_sandbox_0001", field: "name", dated: true },
  {
    vendor: "chatdash",
    make: chatdash as Make,
    id: "66f0c0ffee0000000000cd01",
    field: "summary",
    dated: true,
  },
  { vendor: "agentsight", make: agentsight as Make, id: 42, field: "name", dated: false },
] as const;

/** A handle whose first look after a write waits until another process, if there is one, has written `theirs`. */
function behind({ vendor, make, id }: (typeof SUBJECTS)[number], theirs?: object): Handle {
  const { client, data, path } = make(options(vendor));
  let looks = 0;
  const fetch = async (url: string, init: RequestInit) => {
    const looksAgain = init.method === "GET" && writes(vendor).length > 0;
    if (theirs && looksAgain && looks++ === 0)
      await client.request(data.update, { path: { ...path, [data.id]: id }, body: theirs });
    return globalThis.fetch(url, init);
  };
  return createConvo({ it: make({ ...options(vendor), fetch }) }).it as Handle;
}
const writes = (vendor: Vendor) =>
  sandbox.requests().filter((one) => one.vendor === vendor && one.method !== "GET");
const drop = (kind: Fault["kind"], vendor: Vendor) =>
  sandbox.fault({ kind, vendor, operation: "updateConversation" });

it("says what a look after a lost answer found, where nothing may be sent again", async () => {
  sandbox.fault({ kind: "reset-before", vendor: "openai", operation: "updateConversation" });
  const { openai: one } = createConvo({ openai: openai({ ...options("openai"), maxRetries: 0 }) });
  const call = one.update("conv_sandbox0001", { metadata: { status: "ours" } });
  await expect(call).rejects.toMatchObject({
    outcome: "unknown",
    httpRequests: 3,
    message: expect.stringContaining("a read after it does not show the change"),
    cause: expect.objectContaining({ kind: "network" }),
  });
  expect(writes("openai")).toHaveLength(1);
});

describe.each(SUBJECTS)("$vendor: a write of a field whose answer is lost", (subject) => {
  const { vendor, id, field, dated } = subject;
  const value = () => (sandbox.read(vendor, id) as Record<string, unknown>)[field];
  const update = (handle: Handle, options?: object) =>
    handle.update(id, { [field]: "ours" } as never, options);

  it("is done if a look shows it", async () => {
    drop("reset-after", vendor);
    expect(await update(behind(subject))).toMatchObject({ confirmed: "read", calls: 2, warnings: [] });
    expect(value()).toBe("ours");
    expect(writes(vendor)).toHaveLength(1);
  });

  it("is sent again only if the vendor's own times say that nobody has written since", async () => {
    const before = value();
    drop("reset-before", vendor);
    const call = update(behind(subject));
    if (dated) {
      await call;
      expect(value()).toBe("ours");
      expect(writes(vendor)).toHaveLength(2);
      return;
    }
    await expect(call).rejects.toMatchObject({
      kind: "network",
      outcome: "unknown",
      retryable: false,
      fields: [field],
      documents: { requested: { [field]: "ours" }, found: { [field]: before } },
    });
    await expect(call).rejects.toThrow("now holds another value. It may be newer: read before");
    expect(value()).toBe(before);
    expect(writes(vendor)).toHaveLength(1);
  });

  it("is not sent again where those times are too close to tell", async () => {
    const handle = behind(subject);
    await handle.update(id, { [field]: "a moment ago" } as never);
    drop("reset-before", vendor);
    await expect(update(handle)).rejects.toMatchObject({ outcome: "unknown", retryable: false });
    expect(value()).toBe("a moment ago");
  });

  it.each(["reset-after", "reset-before", "truncate"] as const)(
    "never goes over a newer value, and is no success: %s",
    async (kind) => {
      drop(kind, vendor);
      const call = update(behind(subject, { [field]: "newer" }));
      await expect(call).rejects.toMatchObject({ outcome: "unknown", retryable: false, fields: [field] });
      expect(value()).toBe("newer");
      expect(writes(vendor)).toHaveLength(2);
    },
  );

  it("can be told apart with verify, which reads first: lost, or newer", async () => {
    drop("reset-before", vendor);
    const lost = await update(behind(subject), { verify: { settleMs: 1 } });
    expect(lost).toMatchObject({ confirmed: "read", guarantee: "verified", warnings: [] });
    expect(value()).toBe("ours");
    sandbox.reset();
    drop("reset-after", vendor);
    const newer = await update(behind(subject, { [field]: "newer" }), { verify: { settleMs: 1 } });
    expect(newer.warnings).toMatchObject([{ code: "superseded", field }]);
    expect(newer.conversation).toHaveProperty(field, "newer");
    expect(value()).toBe("newer");
  });
});

describe("the vendor's own times", () => {
  /** A vendor whose conversation was changed so long before its answers, and whose first write is lost. */
  async function changed(msBefore: number) {
    const date = Date.parse("2026-01-01T00:00:00Z");
    let name = "old";
    let lost = 0;
    const server = await serve(({ method, body }) => {
      if (method !== "GET" && lost++ === 0) return "drop";
      if (method !== "GET") name = String(body.name);
      return {
        headers: { date: new Date(date).toUTCString() },
        body: { id: "c", name, updated_at: new Date(date - msBefore).toISOString() },
      };
    });
    onTestFinished(() => server.close());
    const options = { baseUrl: server.baseUrl, apiKey: "k" };
    return { server, handle: createConvo({ datagrid: datagrid(options) }).datagrid };
  }

  it("may differ by two seconds: a write is not sent again on the strength of less", async () => {
    const { server, handle } = await changed(1900);
    await expect(handle.update("c", { name: "ours" })).rejects.toMatchObject({ outcome: "unknown" });
    expect(server.seen.map(({ method }) => method)).toEqual(["PATCH", "GET"]);
  });

  it("say by more that nobody has written since", async () => {
    const { server, handle } = await changed(600_000);
    await handle.update("c", { name: "ours" });
    expect(server.seen.map(({ method }) => method)).toEqual(["PATCH", "GET", "PATCH"]);
  });
});

it("what a look could not find out is not looked for twice", async () => {
  const server = await serve(({ method }) => (method === "GET" ? { status: 403, body: {} } : "drop"));
  onTestFinished(() => server.close());
  const options = { baseUrl: server.baseUrl, apiKey: "k" };
  const { datagrid: handle } = createConvo({ datagrid: datagrid(options) });
  const call = handle.update("c", { name: "ours" });
  await expect(call).rejects.toMatchObject({ kind: "network", outcome: "unknown" });
  expect(server.seen.map(({ method }) => method)).toEqual(["PATCH", "GET"]);
});

it("is said of a write without an answer whose change fits no more by the time it is looked for", async () => {
  const keys = Object.fromEntries(Array.from({ length: 15 }, (_, n) => [`k${n}`, "v"]));
  let metadata: object = keys;
  const server = await serve(({ method }) => {
    if (method === "GET") return { body: { id: "c", object: "conversation", created_at: 1, metadata } };
    metadata = { ...keys, theirs: "1" };
    return "drop";
  });
  onTestFinished(() => server.close());
  const { openai: handle } = createConvo({ openai: openai({ baseUrl: server.baseUrl, apiKey: "k" }) });
  await expect(handle.update("c", { metadata: { mine: "1" } })).rejects.toMatchObject({
    kind: "limit",
    outcome: "unknown",
    fields: ["metadata.mine"],
    cause: { kind: "network" },
    message: expect.stringContaining("It may have been written"),
  });
});

describe("callers who share a write whose answer is lost", () => {
  it("are told each about its own part", async () => {
    const handle = behind(SUBJECTS[1], { name: "newer" });
    drop("reset-after", "datagrid");
    const [a, b] = await Promise.allSettled([
      handle.update("cnv_sandbox_0001", { native: { agent_ids: ["a"] } } as never),
      handle.update("cnv_sandbox_0001", { name: "ours" } as never),
    ]);
    expect(a).toMatchObject({ status: "fulfilled", value: { confirmed: "read" } });
    expect(b).toMatchObject({ status: "rejected", reason: { outcome: "unknown", fields: ["name"] } });
    expect(sandbox.read("datagrid", "cnv_sandbox_0001")).toMatchObject({ name: "newer", agent_ids: ["a"] });
  });
});

describe("a replacement of metadata whose answer is lost", () => {
  const id = "conv_sandbox0001";
  const stored = () => (sandbox.read("openai", id) as { metadata: object }).metadata;
  const convo = () => createConvo({ openai: openai(options("openai")) });

  it("is done if a look shows it, and never guessed at otherwise", async () => {
    drop("reset-after", "openai");
    const done = await convo().openai.update(id, { metadata: { a: "1" } }, { merge: "replace" });
    expect(done).toMatchObject({ confirmed: "read", calls: 2 });
    drop("reset-before", "openai");
    const call = convo().openai.update(id, { metadata: { b: "2" } }, { merge: "replace" });
    await expect(call).rejects.toMatchObject({ outcome: "unknown", fields: ["metadata.a", "metadata.b"] });
    expect(stored()).toEqual({ a: "1" });
  });

  it("is made again with verify, which knows what was there", async () => {
    drop("reset-before", "openai");
    await convo().openai.update(id, { metadata: { b: "2" } }, { merge: "replace", verify: { settleMs: 1 } });
    expect(stored()).toEqual({ b: "2" });
  });
});
