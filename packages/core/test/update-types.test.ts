import { describe, expect, expectTypeOf, it } from "vitest";
import {
  agentsight,
  type Changes,
  chatdash,
  checkMetadata,
  createConvo,
  datagrid,
  diffMetadata,
  encodeMetadata,
  equalJson,
  headroom,
  letta,
  type Metadata,
  mergeMetadata,
  openai,
  type Provider,
} from "../src/index.ts";

const make = () =>
  createConvo({
    openai: openai(),
    letta: letta(),
    datagrid: datagrid(),
    chatdash: chatdash({ agentId: "a" }),
    agentsight: agentsight(),
  });
/** Only compiled: what is in it must never run. */
const compiled = (_check: (convo: ReturnType<typeof make>) => unknown): void => {};

/** Metadata of types of the caller's own, without an index signature. */
interface Ticket {
  topic: string;
  owner?: string;
}
interface Nested {
  ticket: Ticket;
  tags: readonly string[];
  history: readonly Ticket[];
}
const frozen = { tags: ["x"], at: { step: 1 } } as const;

describe("what compiles", () => {
  it("is what the vendor can do", () => {
    compiled((convo) => {
      convo.openai.update("c", { metadata: { a: "1", b: undefined }, unset: ["c"] });
      convo.letta.update("c", { summary: "s", native: { description: "d" } });
      convo.letta.update("c", { summary: null });
      convo.datagrid.update("c", { name: "n", lists: { agent_ids: { add: ["a"], remove: ["b"] } } });
      convo.chatdash.update("c", { summary: "s", native: { read: true, name: "Ada" }, metadata: { n: 1 } });
      convo.agentsight.update("c", { name: "n", marked: true, metadata: { tags: ["x"] }, unset: ["draft"] });
      convo.agentsight.update(42, { customerId: "u", device: "mobile", language: "es" }, { verify: true });
    });
  });

  it("is a map of the values that the vendor holds, where nothing else is said", () => {
    const provider = openai();
    type OpenAI = typeof provider extends Provider<infer S> ? S : never;
    expectTypeOf<NonNullable<Changes<OpenAI>["metadata"]>>().toEqualTypeOf<{
      readonly [key: string]: string | undefined;
    }>();
  });

  it("is metadata of your own type: an interface, read-only data", () => {
    compiled((convo) => (ticket: Ticket, nested: Nested) => {
      convo.openai.update("c", { metadata: ticket });
      convo.openai.update("c", { metadata: ticket }, { merge: "deep", unsupported: "skip" });
      convo.openai.plan("c", { metadata: ticket });
      convo.agentsight.update("c", { metadata: nested });
      convo.chatdash.update("c", { metadata: frozen });
      // @ts-expect-error OpenAI holds strings only
      convo.openai.update("c", { metadata: nested });
      // @ts-expect-error JSON has no dates
      convo.agentsight.update("c", { metadata: { at: new Date() } });
      // @ts-expect-error nor functions, also further in
      convo.agentsight.update("c", { metadata: { a: { b: () => 1 } } });
      // @ts-expect-error a list is no document
      convo.agentsight.update("c", { metadata: ["x"] });
    });
  });

  it("is such metadata in every call that takes some", () => {
    type Line = { id: number; changes: { metadata: Nested } };
    compiled((convo) => (ticket: Ticket, nested: Nested, lines: AsyncIterable<Line>) => {
      convo.all.update({ openai: "c", agentsight: 42 }, { metadata: ticket });
      convo.all.update({ openai: "c", letta: "d" }, { metadata: nested }, { unsupported: "skip" });
      convo.all.updateMany([{ ids: { openai: "c", agentsight: 42 }, changes: { metadata: ticket } }]);
      convo.openai.updateMany([{ id: "c", changes: { metadata: ticket } }]);
      convo.agentsight.updateMany(lines);
      convo.agentsight.updateMany([
        { id: 1, changes: { metadata: { a: 1 } } },
        { id: 2, changes: { metadata: { b: "x" }, name: "n" } },
      ]);
      convo.openai.create({ metadata: ticket });
      convo.agentsight.create({ metadata: nested, name: "n" }, { externalId: "e" });
      convo.agentsight.create({ metadata: { a: ["x"] } as const }, { externalId: "e" });
      // @ts-expect-error OpenAI holds strings only
      convo.all.update({ openai: "c", agentsight: 42 }, { metadata: nested });
      // @ts-expect-error JSON has no dates
      convo.all.update({ agentsight: 42 }, { metadata: { at: new Date() } });
      // @ts-expect-error OpenAI holds strings only
      convo.openai.updateMany([{ id: "c", changes: { metadata: nested } }]);
      // @ts-expect-error JSON has no dates
      convo.agentsight.updateMany([{ id: 4, changes: { metadata: { at: new Date() } } }]);
      // @ts-expect-error OpenAI holds strings only
      convo.openai.create({ metadata: nested });
      // @ts-expect-error JSON has no big integers
      convo.agentsight.create({ metadata: { n: 1n } }, { externalId: "e" });
      // @ts-expect-error nor functions
      convo.agentsight.create({ metadata: { call: (): number => 1 } }, { externalId: "e" });
    });
  });

  it("is such metadata in what the caller knows, and in what is one vendor's own", () => {
    const ids = { openai: "c", agentsight: 42 } as const;
    compiled((convo) => (ticket: Ticket, nested: Nested) => {
      convo.openai.update("c", { metadata: ticket }, { current: ticket });
      convo.agentsight.update(1, { metadata: { a: 1 } }, { current: nested, merge: "deep" });
      convo.agentsight.plan(1, { metadata: nested }, { current: frozen });
      convo.agentsight.update(1, { metadata: { a: 1 } }, { current: { a: 1, b: undefined } });
      convo.all.update(
        ids,
        { metadata: ticket },
        { overrides: { openai: { metadata: ticket }, agentsight: { metadata: nested, name: "n" } } },
      );
      convo.all.update(ids, {}, { overrides: { agentsight: { metadata: frozen, unset: ["a"] } } });
      convo.all.update(
        { letta: "c", agentsight: 42 },
        {},
        { unsupported: "skip", overrides: { letta: { metadata: nested }, agentsight: { marked: true } } },
      );
      convo.all.updateMany([
        { ids, changes: { metadata: ticket }, overrides: { agentsight: { metadata: nested } } },
      ]);
      convo.all.updateMany([
        { ids, changes: { metadata: { b: "1" } } },
        { ids, changes: {}, overrides: { agentsight: { metadata: frozen }, openai: { unset: ["a"] } } },
        { ids, changes: {}, overrides: { openai: { metadata: { c: "1" } } } },
      ]);
      // @ts-expect-error JSON has no dates
      convo.agentsight.update(1, { metadata: { a: 1 } }, { current: { at: new Date() } });
      // @ts-expect-error a list is no document
      convo.agentsight.update(1, { metadata: { a: 1 } }, { current: ["x"] });
      // @ts-expect-error OpenAI holds strings only
      convo.all.update(ids, {}, { overrides: { openai: { metadata: nested } } });
      // @ts-expect-error OpenAI holds strings only
      convo.all.update(ids, {}, { overrides: { openai: { metadata: { n: 1 } } } });
      // @ts-expect-error JSON has no dates
      convo.all.update(ids, {}, { overrides: { agentsight: { metadata: { at: new Date() } } } });
      // @ts-expect-error OpenAI has no name
      convo.all.update(ids, {}, { overrides: { openai: { name: "n" } } });
      // @ts-expect-error an override for a vendor that is not addressed
      convo.all.updateMany([{ ids, changes: {}, overrides: { datagrid: { name: "n" } } }]);
      // @ts-expect-error an unknown field
      convo.all.updateMany([{ ids, changes: {}, overrides: { agentsight: { titel: "n" } } }]);
      // @ts-expect-error OpenAI holds strings only
      convo.all.updateMany([{ ids, changes: {}, overrides: { openai: { metadata: nested } } }]);
      // @ts-expect-error JSON has no dates
      convo.all.updateMany([
        { ids, changes: {}, overrides: { agentsight: { metadata: { at: new Date() } } } },
      ]);
    });
  });

  it("is such metadata in the helpers", () => {
    compiled(() => (ticket: Ticket, nested: Nested) => {
      expectTypeOf(mergeMetadata(ticket, frozen)).toEqualTypeOf<Metadata>();
      mergeMetadata(nested, nested);
      mergeMetadata({ a: 1 }, ticket, { merge: "deep" });
      mergeMetadata({}, { a: undefined, b: { c: [1, null] } });
      diffMetadata(frozen, ticket);
      encodeMetadata(ticket);
      checkMetadata(frozen, {}, { values: "json" });
      headroom(ticket, { maxProperties: 16 });
      equalJson(ticket, frozen);
      equalJson(undefined, ["x"] as const);
      // @ts-expect-error JSON has no dates
      mergeMetadata({ at: new Date() }, {});
      // @ts-expect-error nor functions
      mergeMetadata({}, { call: () => 1 });
      // @ts-expect-error a list is no document
      mergeMetadata({}, ["x"]);
      // @ts-expect-error JSON has no big integers
      diffMetadata({}, { n: 1n });
      // @ts-expect-error nor dates
      equalJson(new Date(), { a: 1 });
    });
  });

  it("is not what it cannot", () => {
    compiled((convo) => {
      // @ts-expect-error Letta has no metadata
      convo.letta.update("c", { metadata: {} });
      // @ts-expect-error nor has Datagrid anything to unset
      convo.datagrid.update("c", { unset: ["a"] });
      // @ts-expect-error OpenAI has no name
      convo.openai.update("c", { name: "x" });
      // @ts-expect-error ChatDash's name is the user's
      convo.chatdash.update("c", { name: "x" });
      // @ts-expect-error OpenAI holds strings only
      convo.openai.update("c", { metadata: { a: 1 } });
      // @ts-expect-error an unknown native field
      convo.letta.update("c", { native: { descriptoin: "d" } });
      // @ts-expect-error nothing native is left at OpenAI
      convo.openai.update("c", { native: { title: "x" } });
      convo.agentsight.update("c", { name: "n", native: { is_marked: true } });
      // @ts-expect-error metadata set natively would not be merged
      convo.agentsight.update("c", { native: { metadata: {} } });
      // @ts-expect-error of another type
      convo.agentsight.update("c", { native: { is_marked: "yes" } });
      // @ts-expect-error a number is no id there
      convo.openai.update(42, { metadata: {} });
      // @ts-expect-error of another type
      convo.agentsight.update("c", { marked: "yes" });
      // @ts-expect-error an unknown field
      convo.agentsight.update("c", { titel: "x" });
      // @ts-expect-error an unknown option
      convo.agentsight.update("c", { name: "x" }, { merge: "deep", verifi: true });
      // @ts-expect-error AgentSight has no list to add to
      convo.agentsight.update("c", { lists: { tags: { add: ["x"] } } });
      // @ts-expect-error an agent is required
      chatdash();
    });
  });

  it("is the whole common set once the caller said what becomes of the rest", () => {
    compiled((convo) => {
      convo.letta.update("c", { name: "x", metadata: { a: 1 } }, { unsupported: "skip" });
      convo.openai.update(
        "c",
        { name: "x", marked: true, metadata: { a: "1" } },
        { unsupported: "metadata" },
      );
      // @ts-expect-error the policy is the one that refuses
      convo.openai.update("c", { name: "x" }, { unsupported: "error" });
      // @ts-expect-error native fields stay the vendor's
      convo.letta.update("c", { native: { name: "x" } }, { unsupported: "skip" });
    });
  });

  it("follows the provider's options", () => {
    const convo = createConvo({
      openai: openai({ fields: { name: "metadata.title" } }),
      any: openai({ encode: true, fields: { marked: "metadata.marked" } }),
      letta: letta({ fields: { name: "description" } }),
    });
    compiled(() => {
      convo.openai.update("c", { name: "x" });
      convo.any.update("c", { marked: true, metadata: { n: 1, list: [true, null] } });
      convo.letta.update("c", { name: "x", summary: "y" });
      convo.letta.update("c", { native: { description: "x" } });
    });
    // @ts-expect-error a boolean cannot be kept as a string without the codec
    openai({ fields: { marked: "metadata.marked" } });
    // @ts-expect-error Letta has no metadata to map to
    expect(() => letta({ fields: { name: "metadata.title" } })).toThrow("letta has no metadata");
  });
});

describe("several vendors", () => {
  it("may be given what all of them can do", () => {
    compiled((convo) => {
      convo.all.update({ openai: "c", chatdash: "d", agentsight: 42 }, { metadata: { status: "resolved" } });
      convo.all.update({ letta: "c", chatdash: "d" }, { summary: "s" });
      convo.all.update(
        { agentsight: 42, datagrid: "d" },
        { name: "n" },
        { overrides: { datagrid: { native: { agent_ids: [] } } } },
      );
      convo.all.update(
        { letta: "c", openai: "d" },
        { name: "n", metadata: { a: 1 } },
        { unsupported: "skip" },
      );
      // @ts-expect-error Letta has no metadata
      convo.all.update({ openai: "c", letta: "d" }, { metadata: { status: "resolved" } });
      // @ts-expect-error OpenAI has strings only
      convo.all.update({ openai: "c", agentsight: 42 }, { metadata: { n: 1 } });
      // @ts-expect-error native is one vendor's
      convo.all.update({ letta: "c", chatdash: "d" }, { native: { description: "s" } });
      // @ts-expect-error no such provider
      convo.all.update({ openia: "c" }, { metadata: {} });
      // @ts-expect-error an override for a vendor that is not addressed
      convo.all.update({ agentsight: 42 }, { name: "n" }, { overrides: { datagrid: { name: "m" } } });
    });
  });

  it("answer each in its own types", () => {
    compiled(async (convo) => {
      const {
        letta: one,
        agentsight: two,
        ...rest
      } = await convo.all.update({ letta: "c", agentsight: 4 }, {}, { unsupported: "skip" });
      expectTypeOf<keyof typeof rest>().toEqualTypeOf<never>();
      expectTypeOf<NonNullable<typeof one.raw.read>["id"]>().toEqualTypeOf<string>();
      expectTypeOf<NonNullable<typeof two.raw.update>["id"]>().toEqualTypeOf<number>();
    });
  });
});
