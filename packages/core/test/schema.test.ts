/** Documents a schema refuses, whoever made the schema, and where schemas apply. */
import { getEventListeners } from "node:events";
import { inspect } from "node:util";
import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { agentsight, ConvoError, createConvo, letta, openai, type StandardSchema } from "../src/index.ts";
import { failure, start } from "./sandboxed.ts";
import { ticket } from "./ticket.ts";

const OPEN = "conv_sandbox0001";
const REPLACING = { openai: { metadata: "replace" } } as const;
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
    const { at, writes } = start();
    const convo = createConvo({ agentsight: agentsight({ ...at("agentsight"), schema }) });
    const bad = { count: 47.11, tags: ["fine", 4711] } as never;
    const error = await failure(convo.agentsight.update(42, { metadata: bad }));
    expect(error).toBeInstanceOf(ConvoError);
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
    const { at, stored } = start();
    const convo = createConvo({ agentsight: agentsight(at("agentsight")) }, { schema });
    await convo.agentsight.client.updateConversation(42, {
      metadata: { topic: "t", owner: "o", theirs: { deep: 1 } },
    });
    const result = await convo.agentsight.update(42, { metadata: { count: 3 } });
    expect(stored("agentsight", 42).metadata).toEqual({
      topic: "t",
      owner: "o",
      theirs: { deep: 1 },
      count: 3,
    });
    expect(result.parsedMetadata).toMatchObject({ topic: "t", owner: "o", count: 3 });
    expect(result.conversation.metadata).toEqual(stored("agentsight", 42).metadata);
    const read = await convo.agentsight.get(42);
    expect(read.parsedMetadata).toEqual(result.parsedMetadata);
    expect(read.conversation.metadata).toEqual(stored("agentsight", 42).metadata);
  });

  it("takes nothing from the vendor's limits: both are told, and either is enough", async () => {
    const { sandbox, at } = start(REPLACING);
    const any = {
      "~standard": { version: 1, vendor: "any", validate: (value: unknown) => ({ value }) },
    } as const;
    const many = Object.fromEntries(Array.from({ length: 15 }, (_, n) => [`k${n}`, "v"]));
    const free = createConvo({ openai: openai({ ...at("openai"), schema: any }) }).openai;
    expect(await failure(free.update(OPEN, { metadata: many }))).toMatchObject({
      kind: "limit",
      violations: [{ path: "metadata", max: 16, actual: 17 }],
    });
    const strict = createConvo({ openai: openai({ ...at("openai"), schema }) }).openai;
    const error = await failure(strict.update(OPEN, { metadata: many as never, unset: ["owner"] }));
    expect(error.violations?.map(({ path }) => path)).toEqual(["metadata.owner"]);
    const both = await failure(
      strict.update(OPEN, { metadata: { ...many, k15: "v" } as never, unset: ["owner"] }),
    );
    expect(both.violations?.map(({ path }) => path)).toEqual(["metadata", "metadata.owner"]);
    expect(sandbox.requests().every(({ method }) => method === "GET")).toBe(true);
  });

  it("makes a read fail that breaks it, with what was read; an update may repair it", async () => {
    const { at, stored } = start();
    const convo = createConvo({ agentsight: agentsight({ ...at("agentsight"), schema }) });
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
    const { parsedMetadata: repaired } = await convo.agentsight.apply(plan);
    expect(repaired).toMatchObject({ owner: "o", count: 1 });
    expect(stored("agentsight", 42).metadata).toEqual({ ...metadata, owner: "o", count: 1 });
  });
});

describe("a schema that fails by itself", () => {
  it.each<[string, () => never]>([
    ["throws", () => expect.fail("oops")],
    ["rejects", () => Promise.reject(new Error("oops")) as never],
  ])("%s: refused like a document that breaks it", async (_, validate) => {
    const { at, writes } = start();
    const schema: StandardSchema = { "~standard": { version: 1, vendor: "broken", validate } };
    const convo = createConvo({ agentsight: agentsight({ ...at("agentsight"), schema }) });
    const error = await failure(convo.agentsight.update(42, { metadata: { a: 1 } as never }));
    expect(error).toMatchObject({ kind: "invalid", violations: [{ path: "metadata" }] });
    expect(error.issues?.[0]?.message).toContain("oops");
    expect(await failure(convo.agentsight.get(42))).toMatchObject({
      kind: "invalid",
      result: { httpRequests: 1 },
    });
    expect(writes()).toEqual([]);
  });
});

describe("where a schema applies", () => {
  it("an update that leaves metadata alone is not held up by what is there", async () => {
    const { at } = start();
    const convo = createConvo({ agentsight: agentsight(at("agentsight")) }, { schema: ticket });
    await convo.agentsight.client.updateConversation(42, { metadata: { topic: 1 } });
    const { parsedMetadata: metadata, warnings } = await convo.agentsight.update(42, { name: "n" });
    expect([metadata, warnings]).toEqual([undefined, []]);
  });

  it("a provider's own wins over the Convo's, and a vendor without metadata has no use for it", async () => {
    const { sandbox, at } = start(REPLACING);
    const convo = createConvo(
      {
        openai: openai({ ...at("openai"), schema: z.looseObject({ topic: z.literal("project-x") }) }),
        agentsight: agentsight(at("agentsight")),
        letta: letta(at("letta")),
      },
      { schema: z.object({ status: z.enum(["open", "done"]) }) },
    );
    const ids = { openai: OPEN, agentsight: 42 };
    const done = await convo.all.update(ids, { metadata: { status: "open" } });
    expect(done.openai.parsedMetadata).toMatchObject({ topic: "project-x", status: "open" });
    expect(done.agentsight.parsedMetadata).toEqual({ status: "open" });
    const half = convo.all.update(ids, { metadata: { status: "gone" as never } });
    await expect(half).rejects.toMatchObject({
      kind: "partial",
      results: { openai: { ok: true }, agentsight: { ok: false, error: { kind: "invalid" } } },
    });
    const [conversation] = sandbox.conversations("letta") as [{ id: string }];
    expect((await convo.letta.get(conversation.id)).parsedMetadata).toBeUndefined();
  });

  it("it refuses by issues, though it names none, and by whatever it throws", async () => {
    const { at, writes } = start();
    const refusing = [
      () => ({ issues: [] }),
      () => {
        throw Symbol("no");
      },
    ];
    for (const validate of refusing) {
      const schema: StandardSchema = { "~standard": { version: 1, vendor: "test", validate } };
      const convo = createConvo({ agentsight: agentsight({ ...at("agentsight"), schema }) });
      const refused = { kind: "invalid", violations: [{ path: "metadata" }] };
      expect(await failure(convo.agentsight.update(42, { metadata: { a: 1 } }))).toMatchObject(refused);
      expect(await failure(convo.agentsight.get(42))).toMatchObject(refused);
      expect(writes()).toEqual([]);
    }
  });

  it("it leaves nothing behind on a signal that many calls share", async () => {
    const { at } = start();
    const convo = createConvo({
      agentsight: agentsight({ ...at("agentsight"), schema: z.looseObject({}) }),
    });
    const { signal } = new AbortController();
    for (let n = 0; n < 3; n++) await convo.agentsight.get(42, { signal });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("an answer without metadata is not taken for a document", async () => {
    const { sandbox, at } = start(REPLACING);
    const convo = createConvo({ openai: openai({ ...at("openai"), schema: z.looseObject({}) }) });
    sandbox.fault({ kind: "status", status: 200, body: { id: OPEN, object: "conversation" } });
    await expect(convo.openai.get(OPEN)).rejects.toMatchObject({ kind: "bad_response" });
  });
});
