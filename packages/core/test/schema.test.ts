import { getEventListeners } from "node:events";
import { inspect } from "node:util";
import { createSandbox, type Sandbox } from "@convo/sandbox";
import { type } from "arktype";
import * as v from "valibot";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { agentsight, createConvo, letta, openai, type StandardSchema, UpdateError } from "../src/index.ts";

const OPEN = "conv_sandbox0001";
let sandbox: Sandbox;
afterEach(() => sandbox.close());

function start() {
  sandbox = createSandbox({ openai: { metadata: "replace" } });
  const env = sandbox.env();
  return (vendor: "openai" | "agentsight" | "letta") => ({
    baseUrl: sandbox.baseUrl(vendor),
    apiKey: env[`${vendor.toUpperCase()}_API_KEY`] ?? null,
    fetch: (url: string, init: object) => sandbox.fetch(url, init),
  });
}
const writes = () => sandbox.requests().filter(({ method }) => method !== "GET");
const stored = () => (sandbox.read("agentsight", 42) as { metadata: Record<string, unknown> }).metadata;
const storedAtOpenAI = () => (sandbox.read("openai", OPEN) as { metadata: object }).metadata;
const failure = (call: Promise<unknown>): Promise<UpdateError> =>
  call.then(
    () => expect.unreachable(),
    (error) => error,
  );

const ticket = z.object({
  topic: z.string(),
  owner: z.string(),
  count: z.int().optional(),
  tags: z.array(z.string()).optional(),
});
const schemas: [string, StandardSchema<z.input<typeof ticket>>][] = [
  ["zod", ticket],
  [
    "valibot",
    v.object({
      topic: v.string(),
      owner: v.string(),
      count: v.exactOptional(v.pipe(v.number(), v.integer())),
      tags: v.exactOptional(v.array(v.string())),
    }),
  ],
  ["arktype", type({ topic: "string", owner: "string", "count?": "number.integer", "tags?": "string[]" })],
];

describe.each(schemas)("a schema of %s", (_, schema) => {
  it("is checked on the merged document, and nothing is sent of what breaks it", async () => {
    const convo = createConvo({ agentsight: agentsight({ ...start()("agentsight"), schema }) });
    const bad = { count: 47.11, tags: ["fine", 4711] } as never;
    const error = await failure(convo.agentsight.update(42, { metadata: bad }));
    expect(error).toBeInstanceOf(UpdateError);
    expect(error).toMatchObject({ kind: "invalid", retryable: false });
    expect(error.violations).toEqual([
      { path: "metadata.count", kind: "invalid", message: "metadata.count breaks the schema" },
      { path: "metadata.tags[1]", kind: "invalid", message: "metadata.tags[1] breaks the schema" },
    ]);
    expect(error.message).toBe(
      "[agentsight] Nothing was sent: metadata.count breaks the schema; metadata.tags[1] breaks the schema. See `issues` for what the schema says.",
    );
    expect(error.issues?.every(({ message }) => message.length > 5)).toBe(true);
    expect(JSON.stringify(error) + inspect(error)).not.toMatch(/47\.11|4711/);
    const unset = await failure(convo.agentsight.update(42, { unset: ["owner"] }));
    expect(unset.violations?.map(({ path }) => path)).toEqual(["metadata.owner"]);
    expect(writes()).toEqual([]);
  });

  it("lets what fits through, and keeps what it does not know", async () => {
    const convo = createConvo({ agentsight: agentsight(start()("agentsight")) }, { schema });
    await convo.agentsight.client.updateConversation(42, {
      metadata: { topic: "t", owner: "o", theirs: { deep: 1 } },
    });
    const result = await convo.agentsight.update(42, { metadata: { count: 3 } });
    expect(stored()).toEqual({ topic: "t", owner: "o", theirs: { deep: 1 }, count: 3 });
    expect(result.metadata).toMatchObject({ topic: "t", owner: "o", count: 3 });
    expect(result.conversation.metadata).toEqual(stored());
    const read = await convo.agentsight.get(42);
    expect(read.metadata).toEqual(result.metadata);
    expect(read.conversation.metadata).toEqual(stored());
  });

  it("makes a read fail that breaks it, with what was read; an update may repair it", async () => {
    const convo = createConvo({ agentsight: agentsight({ ...start()("agentsight"), schema }) });
    const metadata = { topic: "t", count: "s3cret", more: 1 };
    await convo.agentsight.client.updateConversation(42, { metadata });
    const error = await failure(convo.agentsight.get(42));
    expect(error).toMatchObject({ kind: "invalid", retryable: false });
    expect(error.violations?.map(({ path }) => path).sort()).toEqual(["metadata.count", "metadata.owner"]);
    expect(error.message).toMatch(/^\[agentsight\] It was read: metadata\.\w+ breaks the schema; /);
    expect(error.result?.conversation.metadata).toEqual(metadata);
    expect(error.result?.raw).toMatchObject({ id: 42, metadata });
    expect(JSON.stringify(error) + inspect(error)).not.toContain("s3cret");
    const half = await failure(convo.agentsight.update(42, { metadata: { owner: "o" } }));
    expect(half.violations?.map(({ path }) => path)).toEqual(["metadata.count"]);
    const plan = await convo.agentsight.plan(42, { metadata: { owner: "o", count: 1 } });
    expect(plan.before.metadata).toEqual(metadata);
    const { metadata: repaired } = await convo.agentsight.apply(plan);
    expect(repaired).toMatchObject({ owner: "o", count: 1 });
    expect(stored()).toEqual({ ...metadata, owner: "o", count: 1 });
  });
});

describe("what a schema makes of the document", () => {
  const transforming = z.object({
    topic: z.string(),
    due: z.iso.datetime().transform((text) => new Date(text)),
    priority: z.coerce.number().default(3),
  });

  it("is what results show, and never goes out: defaults, transforms, dropped keys", async () => {
    const convo = createConvo({ openai: openai({ ...start()("openai"), schema: transforming }) });
    const due = "2026-11-21T00:00:00Z";
    const { metadata, conversation } = await convo.openai.update(OPEN, { metadata: { due } });
    expect(metadata).toEqual({ topic: "project-x", due: new Date(due), priority: 3 });
    expect(conversation.metadata).toEqual({ topic: "project-x", owner: "ada", due });
    expect(storedAtOpenAI()).toEqual({ topic: "project-x", owner: "ada", due });
    await convo.openai.update(OPEN, { metadata: { priority: "5" } });
    const read = await convo.openai.get(OPEN);
    expect(read.metadata).toEqual({ topic: "project-x", due: new Date(due), priority: 5 });
    expect(storedAtOpenAI()).toMatchObject({ owner: "ada", priority: "5" });
  });

  it("does not reach what is sent, even if it changes its argument", async () => {
    const schema: StandardSchema<{ [key: string]: unknown }> = {
      "~standard": {
        version: 1,
        vendor: "rude",
        validate(value) {
          const document = value as { nested: { list: number[] }; owner?: string };
          document.nested?.list.push(9);
          delete document.owner;
          return { value: document as never };
        },
      },
    };
    const convo = createConvo({ agentsight: agentsight({ ...start()("agentsight"), schema }) });
    const nested = { list: [1] };
    const { metadata } = await convo.agentsight.update(42, { metadata: { nested } });
    expect(stored()).toMatchObject({ nested: { list: [1] }, owner: "ada" });
    expect(metadata).toMatchObject({ nested: { list: [1, 9] } });
    expect(nested).toEqual({ list: [1] });
  });

  it("is of the decoded document where values are encoded", async () => {
    const schema = z.object({ topic: z.string(), seats: z.number(), labels: z.array(z.string()) });
    const convo = createConvo({ openai: openai({ ...start()("openai"), schema, encode: true }) });
    const { metadata } = await convo.openai.update(OPEN, { metadata: { seats: 4, labels: ["a"] } });
    expect(metadata).toEqual({ topic: "project-x", seats: 4, labels: ["a"] });
    expect(storedAtOpenAI()).toMatchObject({ seats: "json:4", labels: 'json:["a"]' });
  });
});

describe("an asynchronous schema", () => {
  const slow = z
    .object({})
    .catchall(z.unknown())
    .refine(async (document) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return !Object.values(document).includes("bad");
    });

  it("is waited for, and refuses only those of a shared write whose part breaks it", async () => {
    const convo = createConvo({ agentsight: agentsight({ ...start()("agentsight"), schema: slow }) });
    const settled = await Promise.allSettled(
      ["1", "bad", "3"].map((value, index) =>
        convo.agentsight.update(42, { metadata: { [`k${index}`]: value } }),
      ),
    );
    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(stored()).toMatchObject({ k0: "1", k2: "3" });
    expect(stored()).not.toHaveProperty("k1");
    expect(writes()).toHaveLength(1);
    expect((await convo.agentsight.get(42)).metadata).toMatchObject({ k0: "1" });
  });

  it("takes nothing along of a caller who gave up meanwhile", async () => {
    const controller = new AbortController();
    const schema = z.any().refine(async (document) => {
      if (document.last) controller.abort();
      return true;
    });
    const convo = createConvo({ agentsight: agentsight({ ...start()("agentsight"), schema }) });
    const { signal } = controller;
    const [first, second] = await Promise.allSettled([
      convo.agentsight.update(42, { metadata: { first: 1 } }, { signal }),
      convo.agentsight.update(42, { metadata: { last: 1 } }),
    ]);
    expect(first).toMatchObject({ reason: { kind: "aborted" } });
    expect((first as PromiseRejectedResult).reason.outcome).toBeUndefined();
    expect(second?.status).toBe("fulfilled");
    expect(stored()).toHaveProperty("last");
    expect(stored()).not.toHaveProperty("first");
  });

  it("that never answers holds up nobody but its callers", async () => {
    let hang = true;
    const schema = z.any().refine(() => (hang ? new Promise<boolean>(() => {}) : true));
    const convo = createConvo({ agentsight: agentsight({ ...start()("agentsight"), schema }) });
    const stuck = failure(convo.agentsight.update(42, { metadata: { a: 1 } }, { deadlineMs: 30 }));
    expect(await stuck).toMatchObject({ kind: "timeout" });
    hang = false;
    await convo.agentsight.update(42, { metadata: { b: 1 } });
    expect(stored()).toHaveProperty("b");
    expect(stored()).not.toHaveProperty("a");
  });

  it.each(["get", "plan"] as const)(
    "that never answers ends %s at its deadline, or when the caller gives up",
    async (operation) => {
      const controller = new AbortController();
      let asked = (): void => {};
      const schema = z.any().refine(() => {
        asked();
        return new Promise<boolean>(() => {});
      });
      const convo = createConvo({ agentsight: agentsight({ ...start()("agentsight"), schema }) });
      const run = (options: { deadlineMs?: number; signal?: AbortSignal }): Promise<unknown> =>
        operation === "get"
          ? convo.agentsight.get(42, options)
          : convo.agentsight.plan(42, { metadata: { a: 1 } }, options);
      expect(await failure(run({ deadlineMs: 200 }))).toMatchObject({ kind: "timeout" });
      asked = () => controller.abort();
      expect(await failure(run({ signal: controller.signal }))).toMatchObject({ kind: "aborted" });
    },
  );
});

describe("a schema that fails by itself", () => {
  it.each<[string, () => never]>([
    ["throws", () => expect.fail("oops")],
    ["rejects", () => Promise.reject(new Error("oops")) as never],
  ])("%s: refused like a document that breaks it", async (_, validate) => {
    const schema: StandardSchema = { "~standard": { version: 1, vendor: "broken", validate } };
    const convo = createConvo({ agentsight: agentsight({ ...start()("agentsight"), schema }) });
    const error = await failure(convo.agentsight.update(42, { metadata: { a: 1 } as never }));
    expect(error).toMatchObject({ kind: "invalid", violations: [{ path: "metadata" }] });
    expect(error.issues?.[0]?.message).toContain("oops");
    expect(await failure(convo.agentsight.get(42))).toMatchObject({
      kind: "invalid",
      result: { attempts: 1 },
    });
    expect(writes()).toEqual([]);
  });
});

describe("other writers", () => {
  /** A convo whose every write is followed by one of somebody else who knows no schema. */
  function disturbed(metadata: Record<string, unknown>, times: number) {
    const at = start();
    const other = createConvo({ agentsight: agentsight(at("agentsight")) });
    let left = times;
    const fetch = async (url: string, init: { method: string }) => {
      const response = await sandbox.fetch(url, init);
      if (init.method === "PATCH" && left-- > 0)
        await other.agentsight.client.updateConversation(42, { metadata });
      return response;
    };
    return createConvo({ agentsight: agentsight({ ...at("agentsight"), fetch, schema: ticket }) });
  }
  const verify = { verify: true, settleMs: 1 } as const;

  it("who break the document after the write: the update is done, and a warning says so", async () => {
    const convo = disturbed({ topic: "t", owner: 5, count: 1 }, 1);
    const result = await convo.agentsight.update(42, { metadata: { count: 1 } }, verify);
    expect(result).toMatchObject({ confirmed: "read", metadata: undefined });
    const warning = { code: "breaks_schema", field: "metadata.owner", provider: "agentsight" };
    expect(result.warnings).toContainEqual(expect.objectContaining(warning));
    expect(result.conversation.metadata).toEqual({ topic: "t", owner: 5, count: 1 });
  });

  it("who leave nothing a change may be merged onto: it fails, and their document stands", async () => {
    const convo = disturbed({ topic: "t", owner: 5 }, 1);
    const error = await failure(convo.agentsight.update(42, { metadata: { count: 1 } }, verify));
    expect(error).toMatchObject({ kind: "invalid", violations: [{ path: "metadata.owner" }] });
    expect(error.issues).toHaveLength(1);
    expect(stored()).toEqual({ topic: "t", owner: 5 });
  });
});

describe("where a schema applies", () => {
  it("an update that leaves metadata alone is not held up by what is there", async () => {
    const convo = createConvo({ agentsight: agentsight(start()("agentsight")) }, { schema: ticket });
    await convo.agentsight.client.updateConversation(42, { metadata: { topic: 1 } });
    const { metadata, warnings } = await convo.agentsight.update(42, { name: "n" });
    expect([metadata, warnings]).toEqual([undefined, []]);
  });

  it("a provider's own wins over the Convo's, and a vendor without metadata has no use for it", async () => {
    const at = start();
    const convo = createConvo(
      {
        openai: openai({ ...at("openai"), schema: z.looseObject({ topic: z.literal("project-x") }) }),
        agentsight: agentsight(at("agentsight")),
        letta: letta(at("letta")),
      },
      { schema: z.object({ status: z.enum(["open", "done"]) }) },
    );
    const ids = { openai: OPEN, agentsight: 42 };
    const done = await convo.update(ids, { metadata: { status: "open" } });
    expect(done.openai.metadata).toMatchObject({ topic: "project-x", status: "open" });
    expect(done.agentsight.metadata).toEqual({ status: "open" });
    const half = convo.update(ids, { metadata: { status: "gone" as never } });
    await expect(half).rejects.toMatchObject({
      kind: "partial",
      results: { openai: { ok: true }, agentsight: { ok: false, error: { kind: "invalid" } } },
    });
    const [conversation] = sandbox.conversations("letta") as [{ id: string }];
    expect((await convo.letta.get(conversation.id)).metadata).toBeUndefined();
  });

  it("it refuses by issues, though it names none, and by whatever it throws", async () => {
    const refusing = [
      () => ({ issues: [] }),
      () => {
        throw Symbol("no");
      },
    ];
    for (const validate of refusing) {
      const schema: StandardSchema = { "~standard": { version: 1, vendor: "test", validate } };
      const convo = createConvo({ agentsight: agentsight({ ...start()("agentsight"), schema }) });
      const refused = { kind: "invalid", violations: [{ path: "metadata" }] };
      expect(await failure(convo.agentsight.update(42, { metadata: { a: 1 } }))).toMatchObject(refused);
      expect(await failure(convo.agentsight.get(42))).toMatchObject(refused);
      expect(writes()).toEqual([]);
    }
  });

  it("it leaves nothing behind on a signal that many calls share", async () => {
    const convo = createConvo({
      agentsight: agentsight({ ...start()("agentsight"), schema: z.looseObject({}) }),
    });
    const { signal } = new AbortController();
    for (let n = 0; n < 3; n++) await convo.agentsight.get(42, { signal });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("an answer without metadata is not taken for a document", async () => {
    const convo = createConvo({ openai: openai({ ...start()("openai"), schema: z.looseObject({}) }) });
    sandbox.fault({ kind: "status", status: 200, body: { id: OPEN, object: "conversation" } });
    await expect(convo.openai.get(OPEN)).rejects.toMatchObject({ kind: "bad_response" });
  });
});
