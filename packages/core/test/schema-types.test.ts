import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { agentsight, chatdash, createConvo, letta, type Metadata, openai } from "../src/index.ts";

/** Only compiled: what is in it must never run. */
const compiled = (_check: () => unknown): void => {};

const schema = z.object({
  status: z.enum(["open", "done"]),
  due: z.string().transform((text) => new Date(text)),
  seats: z.number().default(1),
  address: z.object({ city: z.string(), zip: z.string() }).optional(),
});
interface Output {
  status: "open" | "done";
  due: Date;
  seats: number;
  address?: { city: string; zip: string } | undefined;
}
const convo = createConvo({
  agentsight: agentsight({ schema }),
  plain: agentsight(),
  openai: openai({ schema: z.object({ topic: z.enum(["a", "b"]), seats: z.coerce.number() }) }),
  encoded: openai({ encode: true, schema }),
});

describe("under a schema", () => {
  it("changes are its input, as far as they are named", () => {
    compiled(() => {
      convo.agentsight.update(42, { metadata: { status: "done", seats: undefined }, unset: ["address"] });
      convo.agentsight.update(42, { metadata: { due: "2026-11-21", address: { city: "c", zip: "z" } } });
      convo.encoded.update("c", { metadata: { seats: 4 } });
      // @ts-expect-error of another type
      convo.agentsight.update(42, { metadata: { seats: "4" } });
      // @ts-expect-error not a status
      convo.agentsight.update(42, { metadata: { status: "gone" } });
      // @ts-expect-error not in the schema
      convo.agentsight.update(42, { metadata: { stauts: "done" } });
      // @ts-expect-error the output's type is not what goes in
      convo.agentsight.update(42, { metadata: { due: new Date() } });
      // @ts-expect-error objects are replaced whole by a shallow merge
      convo.agentsight.update(42, { metadata: { address: { city: "c" } } });
    });
  });

  it("a deep merge takes parts, and null to remove; a replacement takes the whole", () => {
    compiled(() => {
      convo.agentsight.update(42, { metadata: { address: { city: "c", zip: null } } }, { merge: "deep" });
      convo.agentsight.plan(42, { metadata: { address: null } }, { merge: "deep" });
      // @ts-expect-error of another type, however deep
      convo.agentsight.update(42, { metadata: { address: { city: 1 } } }, { merge: "deep" });
      convo.agentsight.update(42, { metadata: { status: "open", due: "x" } }, { merge: "replace" });
      // @ts-expect-error due is missing
      convo.agentsight.update(42, { metadata: { status: "open" } }, { merge: "replace" });
      // @ts-expect-error null removes nothing by a shallow merge
      convo.agentsight.update(42, { metadata: { address: null } });
    });
  });

  it("results are its output", () => {
    compiled(async () => {
      expectTypeOf((await convo.agentsight.get(42)).parsedMetadata).toEqualTypeOf<Output>();
      expectTypeOf((await convo.agentsight.update(42, {})).parsedMetadata).toEqualTypeOf<
        Output | undefined
      >();
      expectTypeOf((await convo.agentsight.get(42)).conversation.metadata).toEqualTypeOf<
        Metadata | undefined
      >();
      expectTypeOf((await convo.openai.get("c")).parsedMetadata).toEqualTypeOf<{
        topic: "a" | "b";
        seats: number;
      }>();
      const both = await convo.all.update({ agentsight: 42, openai: "c" }, {}, { unsupported: "skip" });
      expectTypeOf(both.agentsight.parsedMetadata).toEqualTypeOf<Output | undefined>();
      expectTypeOf(both.openai.parsedMetadata?.seats).toEqualTypeOf<number | undefined>();
    });
  });

  it("a vendor of strings takes the strings of it", () => {
    compiled(() => {
      convo.openai.update("c", { metadata: { topic: "a", seats: "4" } });
      // @ts-expect-error a number would have to be encoded
      convo.openai.update("c", { metadata: { seats: 4 } });
      // @ts-expect-error no such topic
      convo.openai.update("c", { metadata: { topic: "c" } });
    });
  });

  it("a vendor without metadata has none", () => {
    compiled(() => {
      // @ts-expect-error Letta has no metadata
      letta({ schema });
    });
  });
});

describe("a Convo's schema", () => {
  const all = createConvo(
    { openai: openai(), chatdash: chatdash({ agentId: "a" }), letta: letta(), own: agentsight({ schema }) },
    { schema: z.object({ stage: z.string(), n: z.number().optional() }) },
  );

  it("is that of every provider without its own", () => {
    compiled(async () => {
      all.chatdash.update("c", { metadata: { n: 1 } });
      all.all.update({ openai: "c", chatdash: "d" }, { metadata: { stage: "s" } });
      all.all.update({ letta: "c", chatdash: "d" }, { metadata: { stage: "s" } }, { unsupported: "skip" });
      // @ts-expect-error OpenAI holds strings only
      all.update({ openai: "c", chatdash: "d" }, { metadata: { n: 1 } });
      // @ts-expect-error of another type
      all.chatdash.update("c", { metadata: { stage: 1 } });
      // @ts-expect-error of another type, whatever the policy
      all.update({ letta: "c", chatdash: "d" }, { metadata: { stage: 1 } }, { unsupported: "skip" });
      // @ts-expect-error Letta still has no metadata
      all.letta.update("c", { metadata: { stage: "s" } });
      expectTypeOf((await all.chatdash.get("c")).parsedMetadata.stage).toEqualTypeOf<string>();
      expectTypeOf((await all.letta.get("c")).parsedMetadata).toEqualTypeOf<undefined>();
      expectTypeOf((await all.own.get(42)).parsedMetadata).toEqualTypeOf<Output>();
    });
  });
});

describe("schemas of other makers", () => {
  it("say their types alike", () => {
    const others = createConvo({
      valibot: agentsight({ schema: v.object({ n: v.pipe(v.string(), v.transform(Number)) }) }),
      arktype: agentsight({ schema: type({ n: "string.numeric.parse", "tags?": "string[]" }) }),
      anything: agentsight({ schema: z.any() }),
      map: agentsight({ schema: z.record(z.string(), z.number()) }),
      either: agentsight({
        schema: z.discriminatedUnion("kind", [
          z.object({ kind: z.literal("a"), a: z.string() }),
          z.object({ kind: z.literal("b"), b: z.number() }),
        ]),
      }),
    });
    compiled(async () => {
      others.valibot.update(42, { metadata: { n: "1" } });
      others.arktype.update(42, { metadata: { n: "1", tags: ["x"] } });
      others.anything.update(42, { metadata: { whatever: [1, null] } });
      others.map.update(42, { metadata: { x: 1, y: undefined } });
      others.either.update(42, { metadata: { kind: "a", a: "x" } });
      others.either.update(42, { metadata: { b: 1 } });
      // @ts-expect-error of another type
      others.valibot.update(42, { metadata: { n: 1 } });
      // @ts-expect-error of another type
      others.arktype.update(42, { metadata: { tags: [1] } });
      // @ts-expect-error of another type
      others.map.update(42, { metadata: { x: "1" } });
      // @ts-expect-error b belongs to the other kind
      others.either.update(42, { metadata: { kind: "a", b: 1 } });
      expectTypeOf((await others.valibot.get(42)).parsedMetadata).toEqualTypeOf<{ n: number }>();
      expectTypeOf((await others.arktype.get(42)).parsedMetadata).toEqualTypeOf<{
        n: number;
        tags?: string[];
      }>();
    });
  });

  it("are not needed: metadata is plain JSON then", () => {
    compiled(async () => {
      convo.plain.update(42, { metadata: { anything: [1] } });
      expectTypeOf((await convo.plain.get(42)).parsedMetadata).toEqualTypeOf<undefined>();
      // @ts-expect-error not JSON
      convo.plain.update(42, { metadata: { when: new Date() } });
    });
    // @ts-expect-error not a schema
    expect(() => agentsight({ schema: { parse: () => ({}) } })).toThrow("schema");
  });
});
