/** Specs that try to exhaust or mislead whoever reads them. */
import { describe, expect, it } from "vitest";
import { rate } from "../diff/change.ts";
import { diffSpecs } from "../diff/diff.ts";
import { parseSpec } from "../generate/parse.ts";
import type { Spec } from "../generate/spec.ts";
import { base, generator, raw, spec } from "./hostile.ts";

const output = generator();

describe("documents that want to be large", () => {
  const laughs = `a: &a [x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: [*c, *c, *c, *c]\n`;
  const cases: [string, string, RegExp][] = [
    ["an alias", "a: &a 1\nb: *a\n", /aliases are not allowed/],
    ["a billion laughs", laughs, /aliases are not allowed/],
    ["a merge key", "a: &a {x: 1}\nb:\n  <<: *a\n", /aliases are not allowed/],
    ["a million nodes, flow", `[${"1,".repeat(1_000_000)}1]`, /more than \d+ nodes/],
    ["a million nodes, block", "- a\n".repeat(1_000_000), /more than \d+ nodes/],
    ["a long text", `a: ${"x".repeat(17_000_000)}`, /longer than/],
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
    ["what is no YAML", "a: [", /x:/],
  ];
  it.each(cases)("%s is an error with a name", (_, text, message) => {
    expect(() => parseSpec(text, "x")).toThrow(message);
    expect(() => parseSpec(text, "x")).toThrow(/^x: /);
    expect(({} as Record<string, unknown>).owned).toBeUndefined();
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
