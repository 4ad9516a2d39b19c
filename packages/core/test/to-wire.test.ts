import { describe, expect, it } from "vitest";
import { agentsight, chatdash, datagrid, letta, openai } from "../src/index.ts";
import { toWire } from "../src/wire/to-wire.ts";

const options = { apiKey: null };
const vendors = {
  openai: openai(options),
  letta: letta(options),
  datagrid: datagrid(options),
  chatdash: chatdash({ ...options, agentId: "a" }),
  agentsight: agentsight(options),
};
/** The paths that are refused, with their kinds. */
function refusals(vendor: keyof typeof vendors, changes: unknown, update = {}): Record<string, string> {
  try {
    toWire(vendors[vendor], changes, update);
    return {};
  } catch (error) {
    const { violations } = error as { violations: { path: string; kind: string }[] };
    return Object.fromEntries(violations.map(({ path, kind }) => [path, kind]));
  }
}

describe("changes become the vendor's words", () => {
  it("by the provider's table, undefined never", () => {
    const { set, metadata } = toWire(vendors.agentsight, {
      name: "n",
      marked: false,
      customerId: "c",
      device: undefined,
      metadata: { a: undefined, b: null },
      unset: ["c"],
    });
    expect(set).toEqual({ name: "n", is_marked: false, customer_id: "c" });
    expect(metadata).toMatchObject({ patch: { b: null }, unset: ["c"], merge: "shallow" });
  });

  it("replacing all metadata only where some was given", () => {
    const { metadata } = toWire(vendors.agentsight, { unset: ["a"] }, { merge: "replace" });
    expect(metadata).toMatchObject({ patch: {}, unset: ["a"], merge: "shallow" });
    expect(toWire(vendors.agentsight, { metadata: {} }, { merge: "replace" }).metadata?.merge).toBe(
      "replace",
    );
  });

  it("with null where the vendor's type has it", () => {
    expect(toWire(vendors.letta, { summary: null }).set).toEqual({ summary: null });
  });

  it("beside native fields, which may not set what a common field of the same call sets, nor metadata", () => {
    expect(toWire(vendors.letta, { summary: "s", native: { archived: true } }).set).toEqual({
      summary: "s",
      archived: true,
    });
    expect(toWire(vendors.letta, { native: { summary: "s" } }).set).toEqual({ summary: "s" });
    expect(refusals("letta", { summary: "s", native: { summary: "s" } })).toEqual({
      "native.summary": "invalid",
    });
    expect(refusals("openai", { native: { metadata: {} } })).toEqual({ "native.metadata": "invalid" });
    expect(refusals("datagrid", { native: { agent_ids: [] }, lists: { agent_ids: { add: ["a"] } } })).toEqual(
      { "lists.agent_ids": "invalid" },
    );
    expect(toWire(vendors.chatdash, { native: { name: "Ada" } }).set).toEqual({ name: "Ada" });
  });

  it("sharing nothing with what the caller passed", () => {
    const changes = { native: { agent_ids: ["a"] } };
    const { set } = toWire(vendors.datagrid, changes);
    changes.native.agent_ids.push("b");
    expect(set).toEqual({ agent_ids: ["a"] });
  });
});

describe("what cannot be sent", () => {
  it("is refused all at once, named by path, the worst kind first", () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    const metadata = {
      when: new Date(0),
      big: 1n,
      nan: Number.NaN,
      map: new Map(),
      fn: () => {},
      cycle,
      ok: "1",
    };
    const found = refusals("openai", { name: "n", metadata, titel: "x" });
    expect(Object.keys(found).sort()).toEqual(
      [
        "metadata.when",
        "metadata.big",
        "metadata.nan",
        "metadata.map",
        "metadata.fn",
        "metadata.cycle.self",
        "name",
        "titel",
      ].sort(),
    );
    expect(found.name).toBe("unsupported");
    expect(() => toWire(vendors.openai, { name: "n", titel: "x" })).toThrow(
      expect.objectContaining({ kind: "invalid" }),
    );
    expect(() => toWire(vendors.openai, { name: "n" })).toThrow(
      expect.objectContaining({ kind: "unsupported", retryable: false }),
    );
  });

  it.each([
    ["agentsight", { name: 5 }, "name"],
    ["agentsight", { marked: "yes" }, "marked"],
    ["agentsight", { metadata: [] }, "metadata"],
    ["agentsight", { metadata: "{}" }, "metadata"],
    ["agentsight", { metadata: null }, "metadata"],
    ["agentsight", { unset: "a" }, "unset"],
    ["agentsight", { unset: [1] }, "unset"],
    ["agentsight", { metadata: { a: 1 }, unset: ["a"] }, "metadata.a"],
    ["agentsight", { native: [] }, "native"],
    ["datagrid", { lists: { agent_ids: ["a"] } }, "lists.agent_ids"],
    ["datagrid", { lists: { agent_ids: { add: "a" } } }, "lists.agent_ids"],
    ["datagrid", { lists: { agent_ids: { ad: ["a"] } } }, "lists.agent_ids"],
    ["datagrid", [], "changes"],
    ["datagrid", "x", "changes"],
    ["datagrid", {}, "changes"],
    ["datagrid", { name: undefined }, "changes"],
    ["datagrid", { lists: { agent_ids: {} } }, "changes"],
  ] as const)("%s: %j", (vendor, changes, path) => {
    expect(refusals(vendor, changes)).toEqual({ [path]: "invalid" });
  });

  it.each([
    { merge: "depp" },
    { unsupported: "ignore" },
    { deadlineMs: 0 },
    { deadlineMs: Number.NaN },
    { verify: "yes" },
  ])("with options %j", (update) => {
    expect(refusals("agentsight", { name: "n" }, update)).toEqual({
      [Object.keys(update).join()]: "invalid",
    });
  });

  it.each([{ maxRounds: 1.5 }, { settleMs: -1 }, { rounds: 3 }])("with verify %j", (verify) => {
    expect(refusals("agentsight", { name: "n" }, { verify })).toEqual({
      [`verify.${Object.keys(verify).join()}`]: "invalid",
    });
  });

  it("counts characters as code points, against the limits of the spec", () => {
    expect(refusals("agentsight", { name: "😀".repeat(255) })).toEqual({});
    expect(refusals("agentsight", { name: "x".repeat(256) })).toEqual({ name: "limit" });
    expect(refusals("agentsight", { name: "" })).toEqual({ name: "limit" });
    expect(refusals("openai", { metadata: { a: "😀".repeat(512), ["k".repeat(64)]: "" } })).toEqual({});
    const key = "k".repeat(65);
    expect(refusals("openai", { metadata: { a: "x".repeat(513), [key]: "", n: 5 } })).toEqual({
      "metadata.a": "limit",
      [`metadata.${key}`]: "limit",
      "metadata.n": "limit",
    });
  });
});

it("a pattern of a spec is one of Unicode, as JSON Schema has it", () => {
  const provider = { ...vendors.agentsight, limits: { name: { pattern: "^\\p{L}+$" } } };
  expect(toWire(provider, { name: "Zoë" }).set).toEqual({ name: "Zoë" });
  expect(() => toWire(provider, { name: "p{L}" })).toThrow("must match");
});

describe("what the vendor lacks", () => {
  it("goes into metadata under its own name, where there is metadata", () => {
    const { metadata, warnings } = toWire(
      vendors.openai,
      { name: "n", marked: true },
      { unsupported: "metadata" },
    );
    expect(metadata).toMatchObject({ patch: { name: "n", marked: "true" }, merge: "shallow" });
    expect(warnings.map(({ code, field }) => [code, field])).toEqual([
      ["kept_in_metadata", "name"],
      ["kept_in_metadata", "marked"],
    ]);
    expect(refusals("letta", { name: "n" }, { unsupported: "metadata" })).toEqual({ name: "unsupported" });
    expect(refusals("openai", { name: null }, { unsupported: "metadata" })).toEqual({
      "metadata.name": "limit",
    });
    expect(refusals("openai", { name: "n", metadata: { name: "m" } }, { unsupported: "metadata" })).toEqual({
      name: "invalid",
    });
  });

  it("keeps its type there under the codec", () => {
    const encoded = openai({ ...options, encode: true });
    const { metadata } = toWire(encoded, { marked: true }, { unsupported: "metadata" });
    expect(metadata).toMatchObject({ patch: { marked: true } });
  });

  it("is left out with a warning", () => {
    const { warnings, set, metadata } = toWire(
      vendors.letta,
      { name: "n", summary: "s", metadata: { a: 1 } },
      { unsupported: "skip" },
    );
    expect({ set, metadata }).toEqual({ set: { summary: "s" }, metadata: null });
    expect(warnings.map(({ code, field }) => [code, field])).toEqual([
      ["skipped", "metadata"],
      ["skipped", "name"],
    ]);
  });
});
