import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { rate } from "../diff/change.ts";
import { diffSpecs } from "../diff/diff.ts";
import { checkSpec } from "../generate/check.ts";
import { checkOutput } from "../generate/guard.ts";
import { parseSpec } from "../generate/parse.ts";
import type { Schema, Spec } from "../generate/spec.ts";
import { scaffold } from "../new/scaffold.ts";
import { generate } from "../regen.ts";
import { type Edit, edited, fixture } from "./edit.ts";

const repository = join(import.meta.dirname, "..", "..");
const base = fixture("acme.yaml") as Spec;
const { places } = fixture("changes.yaml") as { places: Record<string, string> };
const root = mkdtempSync(join(tmpdir(), "convo-hostile-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

mkdirSync(join(root, "specs", "acme"), { recursive: true });
mkdirSync(join(root, "packages"));
cpSync(join(repository, "biome.json"), join(root, "biome.json"));
symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));

/** Everything generated from a text, as one string. `generate` itself refuses output that is not types and data. */
async function output(text: string): Promise<string> {
  writeFileSync(join(root, "specs", "acme", "openapi.yaml"), text);
  return [...(await generate(root)).values()].join("\n");
}
const spec = (edit: Edit): string => stringify(edited(base, edit, places), { aliasDuplicateObjects: false });
/** The same without the check that `edited` does, for specs that are wrong. */
const raw = (change: (spec: Spec) => void): string => {
  const copy = structuredClone(base);
  change(copy);
  return stringify(copy, { aliasDuplicateObjects: false });
};

/** Texts that would run, if they got out of the comment or the quotes they belong in. */
const ATTACKS = [
  "*/ globalThis.owned = 1; /*",
  "*\\/ */ export const owned = 1; //",
  '"; globalThis.owned = 1; "',
  "'; globalThis.owned = 1; '",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the attack is the text
  "`${globalThis.owned = 1}`",
  "\u2028globalThis.owned = 1\u2028",
  "\n*/\nimport 'owned'\n/*\n",
  "</script><script>owned()</script>",
  "\\u002a/ owned() /*",
];

describe("text that wants to be code", () => {
  it.each(ATTACKS)("stays text as description, summary, example and enum value: %j", async (attack) => {
    const edit: Edit = {
      set: {
        "body/properties/name/description": attack,
        "update/description": attack,
        "update/summary": attack,
        "root/info/title": attack,
        "root/info/summary": attack,
        "root/info/version": attack,
        "schemas/CreateConversationBody/example/name": attack,
        "body/properties/status/enum": ["open", attack],
        "schemas/TextMessage/properties/type/const": attack,
        "body/properties/language/pattern": attack,
      },
    };
    const text = await output(spec(edit));
    expect(text).toContain("owned");
  });

  it.each(ATTACKS)("stays text as a name of a property: %j", async (attack) => {
    const text = await output(
      spec({
        set: {
          [`body/properties/${attack.replaceAll("~", "~0").replaceAll("/", "~1")}`]: {
            type: "string",
            maxLength: 9,
          },
        },
      }),
    );
    expect(text).toContain("owned");
  });

  it.each(ATTACKS)("is refused as a name of anything printed: %j", async (attack) => {
    const wrong: [string, (copy: Spec) => void][] = [
      [
        "operationId",
        (copy) => Object.assign(copy.paths["/conversations"]?.get ?? {}, { operationId: attack }),
      ],
      ["schema", (copy) => Object.assign(copy.components.schemas, { [attack]: { type: "string" } })],
      ["path", (copy) => Object.assign(copy.paths, { [`/${attack}`]: copy.paths["/conversations"] })],
      ["path parameter", (copy) => Object.assign(copy.paths, { [`/x/{${attack}}`]: {} })],
      ["displayName", (copy) => Object.assign(copy["x-convo"], { displayName: attack })],
      ["docs", (copy) => Object.assign(copy["x-convo"], { docs: attack })],
      ["variable", (copy) => Object.assign(copy["x-convo"].env, { apiKey: attack })],
      ["header variable", (copy) => Object.assign(copy["x-convo"].env, { headers: { [attack]: "A" } })],
    ];
    for (const [what, change] of wrong)
      await expect(output(raw(change)), what).rejects.toThrow(/openapi\.yaml/);
  });

  it("is refused by the guard, should it ever get that far", () => {
    const guard = (text: string) => () => checkOutput(new Map([["packages/acme/src/client.ts", text]]));
    expect(guard("export interface A { a: string }")).not.toThrow();
    expect(guard('export const vendor = { "a": [1, -2, "b", true, null] };')).not.toThrow();
    for (const text of [
      "owned();",
      "export const a = owned();",
      "export const a = `x`;",
      'export const a = { "__proto__": {} };',
      "export const a = { ...b };",
      "export const a = { get b() { return 1; } };",
      'import "node:fs";',
      'export * from "evil";',
      "export class A {}",
      "export enum A { B }",
      'export type A = typeof import("node:fs");',
      "export interface A { [owned()]: string }",
      "export function f(options?: ClientOptions) { owned(); }",
      "export interface A { a: string",
    ])
      expect(guard(text), text).toThrow("client.ts");
  });
});

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

it.each(ATTACKS)("stays text in what a new vendor begins with: %j", (attack) => {
  const copy = structuredClone(base);
  const { schemas } = copy.components;
  for (const name of ["UpdateConversationBody", "Conversation", "DeletedConversation", "Failure"]) {
    const schema = schemas[name] as Schema;
    schema.properties = {
      [attack]: { type: "string" },
      [`updated${attack}`]: { type: "string" },
      ...schema.properties,
    };
    schema.required = [...(schema.required ?? []), attack];
  }
  Object.assign(schemas.Conversation?.properties?.object ?? {}, { const: attack, example: attack });
  Object.assign(copy.components.parameters?.ConversationId ?? {}, { example: attack });
  Object.assign(copy.info, { title: attack, description: attack });
  copy["x-convo"].docs = "https://acme.example/*/owned";
  const spec = checkSpec(copy, "hostile");
  const { files } = scaffold(repository, "zephyr", spec, "");
  for (const [file, text] of files) {
    if (!file.endsWith(".ts")) continue;
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
    const words = new Set<string>();
    const look = (node: ts.Node): void => {
      if (ts.isIdentifier(node)) words.add(node.text);
      ts.forEachChild(node, look);
    };
    look(source);
    expect(
      [...words].filter((word) => /owned|globalThis/.test(word)),
      file,
    ).toEqual([]);
  }
  expect([...files.values()].join("\n")).toContain("owned");
});
