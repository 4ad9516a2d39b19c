/** Types of schemas that openapi-typescript alone gets wrong. */
import { describe, expect, it } from "vitest";
import { rate } from "../diff/change.ts";
import { diffSpecs } from "../diff/diff.ts";
import { checkSpec } from "../generate/check.ts";
import type { Schema, Spec } from "../generate/openapi.ts";
import { schemaFile } from "../generate/types.ts";
import { fixture } from "./edit.ts";
import { base } from "./hostile.ts";

type Schemas = Record<string, Schema>;

/** Acme's spec with more schemas. */
function withSchemas(...more: Schemas[]): Spec {
  const spec = structuredClone(base);
  Object.assign(spec.components.schemas, ...structuredClone(more));
  return spec;
}

/** The type of one named schema, on one line. */
function typeOf(name: string, ...more: Schemas[]): string {
  const text = schemaFile(withSchemas(...more)).replaceAll(/\/\*\*[\s\S]*?\*\//g, "");
  const [, type = ""] = new RegExp(`^ {8}${name}: ([\\s\\S]*?);\\n {8}\\w`, "m").exec(text) ?? [];
  return type.replaceAll(/\s+/g, " ");
}

describe("the tag of a variant", () => {
  const { before, after } = fixture("tags.yaml") as { before: Schemas; after: Schemas };
  const answer = {
    Conversation: {
      ...base.components.schemas.Conversation,
      properties: {
        ...base.components.schemas.Conversation?.properties,
        call: { $ref: "#/components/schemas/ToolCall" },
      },
    },
  };

  it("is what its property says, with a discriminator that maps nothing", () => {
    expect(typeOf("FunctionToolCall", before)).toBe('{ type: "function_call"; name: string; }');
    expect(typeOf("ComputerToolCall", before)).toContain('type?: "computer_call"');
    expect(typeOf("ComputerToolCall", before)).not.toContain("ComputerToolCall");
  });

  it("does not hide a change of the variant", () => {
    const found = diffSpecs(withSchemas(before, answer), withSchemas(before, answer, after));
    expect(rate(found)).toBe("major");
    expect(found).toContainEqual(
      expect.objectContaining({
        field: "200.call<computer_call>.action",
        what: "response field removed",
        rating: "major",
      }),
    );
  });

  it("is the mapping's, or the schema's name, where the property says none", () => {
    const Cat: Schema = { type: "object", properties: { kind: { type: "string" } } };
    const Tail: Schema = { type: "object", properties: { tail: { type: "string" } } };
    const Dog: Schema = { allOf: [{ $ref: "#/components/schemas/Pet" }, Tail] };
    const Pet: Schema = {
      type: "object",
      required: ["kind"],
      properties: { kind: { type: "string" } },
      discriminator: { propertyName: "kind", mapping: { meow: "#/components/schemas/Cat" } },
    };
    expect(typeOf("Cat", { Cat, Dog, Pet })).toBe('{ kind: "meow"; }');
    expect(typeOf("Dog", { Cat, Dog, Pet, ZLast: { type: "string" } })).toContain('kind: "Dog"');
    expect(typeOf("Pet", { Cat, Dog, Pet, ZLast: { type: "string" } })).toBe("{ kind: string; }");
  });

  it.each<[string, Schema]>([
    [
      "tags",
      {
        allOf: [
          { type: "object", required: ["type"], properties: { type: { const: "a" } } },
          { type: "object", properties: { type: { enum: ["b", "c"] } } },
        ],
      },
    ],
    ["types", { allOf: [{ type: "object", properties: {} }, { type: "string" }] }],
    ["values", { anyOf: [{ type: "string" }, { allOf: [{ enum: ["a"] }, { enum: ["b"] }] }] }],
  ])("that contradicts itself is an error with its place: %s", (_, Odd) => {
    expect(() => schemaFile(withSchemas({ Odd }))).toThrow(
      /#\/components\/schemas\/Odd\S*: no value fits, because its parts demand different/,
    );
  });
});

describe("an open enum completes", () => {
  const text = { type: "string" };
  const known = { type: "string", enum: ["a", "b"] };
  it.each<[string, Schema, string]>([
    ["as we write it", { anyOf: [known, text] }, '"a" | "b" | (string & {})'],
    ["with null", { anyOf: [known, text, { type: "null" }] }, '"a" | "b" | (string & {}) | null'],
    ["null in a list", { anyOf: [known, { type: ["string", "null"] }] }, '"a" | "b" | (string & {}) | null'],
    ["null as a value", { oneOf: [{ enum: ["a", null] }, text] }, '"a" | (string & {}) | null'],
    [
      "in a choice",
      { anyOf: [{ anyOf: [known, text] }, { type: "null" }] },
      '"a" | "b" | (string & {}) | null',
    ],
    ["beside others", { anyOf: [known, text, { type: "number" }] }, '"a" | "b" | (string & {}) | number'],
    [
      "under a name",
      { anyOf: [{ $ref: "#/components/schemas/AKnown" }, text] },
      '(string & {}) | components["schemas"]["AKnown"]',
    ],
    ["in a list", { type: "array", items: { anyOf: [known, text] } }, '("a" | "b" | (string & {}))[]'],
    ["of one", { anyOf: [{ type: "string", const: "a" }, text] }, '"a" | (string & {})'],
  ])("%s", (_, Open, type) => {
    expect(typeOf("Open", { AKnown: known, Open, ZLast: text })).toBe(type);
  });
});

it("a list of lists is one, however it is written", () => {
  const List: Schema = {
    type: "array",
    items: { anyOf: [{ type: "array", items: { type: "string" } }] },
  };
  expect(typeOf("List", { List, ZLast: { type: "string" } })).toBe("string[][]");
});

it("an optional field takes undefined; one that must not be there stays so", () => {
  const Some: Schema = {
    type: "object",
    properties: { a: { type: "string" }, b: { type: ["string", "null"] }, c: { type: "number" } },
    required: ["c"],
  };
  expect(typeOf("Some", { Some, ZLast: { type: "string" } })).toBe(
    "{ a?: string | undefined; b?: string | null | undefined; c: number; }",
  );
  expect(schemaFile(base)).not.toContain("never | undefined");
});

describe("a type that came about by accident is an error with its place", () => {
  const text: Schema = { type: "string" };
  const withField = (field: Schema, required: string[] = []): Schema => ({
    type: "object",
    required,
    properties: { field, other: text },
  });
  const bare = /#\/components\/schemas\/Some\S*: an accidental type, a bare object/;
  const lost = /#\/components\/schemas\/Some\S*: an accidental type, a choice one of whose members/;

  it.each<[string, Schema, RegExp]>([
    ["a bare object", { type: "object" }, bare],
    ["a bare object or null", { type: ["object", "null"] }, bare],
    ["a list of bare objects", { type: "array", items: { type: "object" } }, bare],
    ["a map of bare objects", { type: "object", additionalProperties: { type: "object" } }, bare],
    ["an alternative that says nothing", { anyOf: [text, {}] }, lost],
    ["an alternative that only demands", { oneOf: [{ required: ["a"] }, text] }, lost],
    ["the same beside null", { anyOf: [text, {}, { type: "null" }] }, lost],
  ])("%s", (_, schema, message) => {
    expect(() => schemaFile(withSchemas({ Some: schema }))).toThrow(message);
    expect(() => schemaFile(withSchemas({ Some: withField(schema) }))).toThrow(/Some\/field: an accidental/);
    expect(() => schemaFile(withSchemas({ Some: withField(schema, ["field"]) }))).toThrow(message);
  });

  it.each<[string, Schema, string]>([
    [
      "an object without fields",
      { type: "object", additionalProperties: false },
      "{ [key: string]: never; }",
    ],
    [
      "the same or null",
      { type: ["object", "null"], properties: {}, additionalProperties: false },
      "{ [key: string]: never; } | null",
    ],
    ["anything", {}, "unknown"],
    ["anything or null", { anyOf: [{}, { type: "null" }] }, "unknown | null"],
    [
      "words that look like it",
      { type: "string", const: "Record<string, never>" },
      '"Record<string, never>"',
    ],
  ])("but not one that was meant: %s", (_, schema, type) => {
    expect(typeOf("Some", { Some: schema, ZLast: text })).toBe(type);
    expect(typeOf("Some", { Some: withField(schema), ZLast: text })).toBe(
      `{ field?: ${type} | undefined; other?: string | undefined; }`,
    );
    expect(typeOf("Some", { Some: withField(schema, ["field"]), ZLast: text })).toContain(`field: ${type};`);
  });

  it("what only demands fields is refused before, with the reason", () => {
    const Some: Schema = { type: "object", properties: { a: text }, anyOf: [{ required: ["a"] }] };
    expect(() => checkSpec(withSchemas({ Some }), "acme")).toThrow(
      "#/components/schemas/Some/anyOf: {required: ...} alone renders as unknown; say it in prose",
    );
  });
});

describe("a default", () => {
  const Some: Schema = { type: "object", properties: { read: { type: "boolean", default: false } } };

  it("makes no field required", () => {
    expect(typeOf("Some", { Some, ZLast: { type: "string" } })).toBe("{ read?: boolean | undefined; }");
  });

  it("is refused in a spec: a client sends only what its caller gives", () => {
    expect(() => checkSpec(withSchemas({ Some }), "acme")).toThrow(
      /Some\/properties\/read\/default: never send/,
    );
  });
});
