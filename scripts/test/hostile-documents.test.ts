/** Specs that try to exhaust or mislead whoever reads them. */
import { describe, expect, it } from "vitest";
import { rate } from "../diff/change.ts";
import { diffSpecs } from "../diff/diff.ts";
import { compareWire } from "../diff/wire.ts";
import type { Spec } from "../generate/openapi.ts";
import { parseSpec } from "../generate/parse.ts";
import { base, generator, raw, spec } from "./hostile.ts";

const output = generator();

describe("documents that want to be large", () => {
  const laughs = Array.from({ length: 12 }, (_, index) => {
    const inner = index === 0 ? "x" : `*a${index - 1}`;
    return `a${index}: &a${index} [${Array(8).fill(inner)}]`;
  }).join("\n");
  const cases: [string, string, RegExp][] = [
    ["a billion laughs", laughs, /more than \d+ nodes/],
    ["an anchor that contains itself", "a: &a { b: *a }\n", /nested deeper/],
    ["an alias without an anchor", "a: *b\n", /x:/],
    ["aliases without end", `a: &a 1\nb: [${"*a ,".repeat(2001)}1]`, /more than \d+ aliases/],
    ["a prototype in what is merged", "a: &a { __proto__: { owned: true } }\nb: { <<: *a }\n", /__proto__/],
    ["two million nodes, flow", `[${"1,".repeat(2_000_000)}1]`, /more than \d+ nodes/],
    ["two million nodes, block", "- a\n".repeat(2_000_000), /more than \d+ nodes/],
    ["a long text", `a: ${"x".repeat(25_000_000)}`, /longer than/],
    ["deep brackets", `${"[".repeat(200_000)}${"]".repeat(200_000)}`, /nested deeper/],
    ["deep braces", `a: ${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`, /nested deeper/],
    [
      "deep indentation",
      Array.from({ length: 3000 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n"),
      /nested/,
    ],
    ["a duplicate key", "a: 1\na: 2\n", /there twice/],
    ["a custom tag", "a: !!js/function 'function () {}'\n", /tag/i],
    ["a binary under an older version", "%YAML 1.1\n---\na: !!binary aGk=\n", /plain|tag/i],
    ["two documents", "a: 1\n---\nb: 2\n", /document/i],
    ["a prototype in YAML", "a:\n  __proto__: { owned: true }\n", /__proto__/],
    ["a prototype in JSON", '{"a": {"__proto__": {"owned": true}}}', /__proto__/],
    ["anything but YAML", "a: [", /x:/],
  ];
  it.each(cases)("%s is an error with a name", (_, text, message) => {
    expect(() => parseSpec(text, "x")).toThrow(message);
    expect(() => parseSpec(text, "x")).toThrow(/^x: /);
    expect(({} as Record<string, unknown>).owned).toBeUndefined();
  });

  it("an alias is a copy, and what is merged gives way to what is there", () => {
    const data = parseSpec("a: &a { x: 1, y: { z: 2 } }\nb: *a\nc: { <<: *a, x: 3 }\n", "x") as {
      [key: string]: { x: number; y: object };
    };
    expect(data).toEqual({
      a: { x: 1, y: { z: 2 } },
      b: { x: 1, y: { z: 2 } },
      c: { x: 3, y: { z: 2 } },
    });
    expect(data.a?.y).not.toBe(data.b?.y);
  });

  it("two hundred thousand keys are no quadratic work", () => {
    const keys = Object.keys(
      parseSpec(Array.from({ length: 200_000 }, (_, index) => `k${index}: 1`).join("\n"), "x") as object,
    );
    expect(keys).toHaveLength(200_000);
  });
});

describe("references", () => {
  const set = (value: unknown) => (copy: Spec) => Object.assign(copy.components.schemas, value);
  it.each<[string, (copy: Spec) => void, RegExp]>([
    ["to itself", set({ A: { $ref: "#/components/schemas/A" } }), /refers to itself/],
    [
      "in a ring",
      set({ A: { $ref: "#/components/schemas/B" }, B: { anyOf: [{ $ref: "#/components/schemas/A" }] } }),
      /refers to itself/,
    ],
    ["to a file", set({ A: { $ref: "../../../secret.yaml" } }), /only references into the same document/],
    ["to a server", set({ A: { $ref: "http://127.0.0.1/x" } }), /only references into the same document/],
    [
      "to nothing",
      (copy) =>
        Object.assign(copy.components.responses ?? {}, { Failure: { $ref: "#/components/responses/None" } }),
      /names nothing/,
    ],
    [
      "in a ring of responses",
      (copy) =>
        Object.assign(copy.components.responses ?? {}, {
          Failure: { $ref: "#/components/responses/Failure" },
        }),
      /leads back/,
    ],
    [
      "a property named $ref",
      set({ A: { type: "object", properties: { $ref: { type: "string" } } } }),
      /only references/,
    ],
  ])("%s are an error", async (_, change, message) => {
    await expect(output(raw(change))).rejects.toThrow(message);
  });

  it("to a parent are a type that holds itself", async () => {
    const tree = {
      type: "object",
      properties: { children: { type: "array", items: { $ref: "#/components/schemas/Tree" } } },
    };
    const text = await output(raw((copy) => Object.assign(copy.components.schemas, { Tree: tree })));
    expect(text).toContain('children?: components["schemas"]["Tree"][]');
  });

  it("and properties called like what every object has are names like any other", async () => {
    const names = [...Object.getOwnPropertyNames(Object.prototype), "prototype", "default"].filter(
      (name) => name !== "__proto__",
    );
    const odd = spec({
      set: Object.fromEntries(
        names.map((name) => [`body/properties/${name}`, { type: "string", maxLength: 9 }]),
      ),
    });
    const text = await output(odd);
    for (const name of names) expect(text).toContain(`${name}?: string`);
    const [one, two] = [base, parseSpec(odd, "odd") as Spec];
    expect(diffSpecs(one, two)).toHaveLength(names.length);
    expect(rate(diffSpecs(one, two))).toBe("minor");
    expect(rate(diffSpecs(two, one))).toBe("major");
  });
});

describe("schemas that grow when they are written out", () => {
  const schemas = (count: number, make: (next: object) => object, last: object): Record<string, object> =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `S${index}`,
        index === count - 1 ? last : make({ $ref: `#/components/schemas/S${index + 1}` }),
      ]),
    );
  const object = (properties: object) => ({ type: "object", properties });
  /** Acme's spec whose update takes, and answers with, the first of the schemas. */
  const specOf = (all: Record<string, object>): Spec => {
    const copy = structuredClone(base);
    const { UpdateConversationBody, Conversation } = copy.components.schemas;
    Object.assign(copy.components.schemas, all);
    for (const schema of [UpdateConversationBody, Conversation])
      Object.assign(schema?.properties ?? {}, { grown: { $ref: "#/components/schemas/S0" } });
    return copy;
  };
  const limited = (maxLength: number) => object({ text: { type: "string", maxLength } });

  // Two to the power of their number, each of them, if they were walked as a tree.
  it.each<[string, (next: object) => object]>([
    ["a choice between twice the next", (next) => ({ anyOf: [next, next] })],
    ["two fields of the next", (next) => object({ a: next, b: next })],
    ["two parts of the next", (next) => ({ allOf: [next, next] })],
    ["the next in a list and a field", (next) => object({ a: { type: "array", items: next }, b: next })],
  ])("%s: typed, generated, compared", async (_, make) => {
    const [old, now] = [specOf(schemas(40, make, limited(9))), specOf(schemas(40, make, limited(8)))];
    expect(await output(raw((copy) => Object.assign(copy, old)))).toContain("S39");
    const found = diffSpecs(old, now);
    expect(rate(found)).toBe("major");
    expect(found.length).toBeLessThan(50);
  });

  it("choices of choices are compared as they are, not written out", () => {
    const choice = (tag: number) => ({
      anyOf: Array.from({ length: 9 }, (_, index) => object({ [`f${tag}_${index}`]: { type: "string" } })),
    });
    const all = (count: number) => ({
      S0: { allOf: Array.from({ length: count }, (_, tag) => choice(tag)) },
    });
    // Types of so many choices do not compile; the documents can be compared anyway.
    expect(rate(compareWire(specOf(all(12)), specOf(all(13))))).toBe("major");
    expect(compareWire(specOf(all(12)), specOf(all(12)))).toEqual([]);
  });

  it("a long way from schema to schema is an error, not an overflow", async () => {
    const long = specOf(schemas(5000, (next) => ({ anyOf: [next, { type: "null" }] }), { type: "string" }));
    await expect(output(raw((copy) => Object.assign(copy, long)))).rejects.toThrow(/openapi\.yaml: .*deep/);
  });
});

it("two operations of one name are an error", async () => {
  const twice = raw((copy) =>
    Object.assign(copy.paths["/conversations"]?.get ?? {}, { operationId: "getConversation" }),
  );
  await expect(output(twice)).rejects.toThrow("getConversation is the operationId of two operations");
});

it.each<[string, (copy: Spec) => void]>([
  ["info", (copy) => Object.assign(copy, { info: null })],
  ["title", (copy) => Object.assign(copy.info, { title: 7 })],
  ["path", (copy) => Object.assign(copy.paths, { "/conversations": null })],
  ["parameters", (copy) => Object.assign(copy.paths["/conversations"]?.get ?? {}, { parameters: "x" })],
  ["responses", (copy) => Object.assign(copy.paths["/conversations"]?.get ?? {}, { responses: null })],
  ["anyOf", (copy) => Object.assign(copy.components.schemas.Message ?? {}, { anyOf: 7 })],
])("a wrong shape of %s is an error that names what shows the place", async (_, change) => {
  await expect(output(raw(change))).rejects.toThrow(/openapi\.yaml: not the shape of .* `pnpm specs:lint`/);
});
