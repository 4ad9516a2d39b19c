/** Schemas at random, the same in another spelling, and the same with less room: what the properties of the differ are made of. */
import fc from "fast-check";
import type { Schema, Spec } from "../generate/openapi.ts";
import { base } from "./hostile.ts";

/** Where a random schema is put: what a caller sends, and what a caller gets. */
export type Way = "request" | "response";

const text = fc.oneof(
  fc.constant<Schema>({ type: "string" }),
  fc.record({ type: fc.constant("string"), maxLength: fc.integer({ min: 20, max: 90 }) }),
  fc.record({ type: fc.constant("string"), minLength: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ type: fc.constant("string"), format: fc.constantFrom("date-time", "uuid", "email") }),
  fc.record({ type: fc.constant("string"), pattern: fc.constantFrom("^a", "b$", "^[a-z]+$") }),
  fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"), { minLength: 2 }).map((values) => ({
    type: "string",
    enum: values,
  })),
);
const number = fc.oneof(
  fc.record({ type: fc.constantFrom("integer", "number"), maximum: fc.integer({ min: 50, max: 99 }) }),
  fc.record({ type: fc.constant("integer"), minimum: fc.integer({ min: 1, max: 9 }) }),
  fc.constant<Schema>({ type: "boolean" }),
);

/** Schemas of a depth a vendor might write, in the plainest spelling. */
export const schema: fc.Arbitrary<Schema> = fc.letrec<{ node: Schema; object: Schema }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    text,
    number,
    tie("object"),
    fc.record({
      type: fc.constant("array"),
      items: tie("node"),
      maxItems: fc.integer({ min: 5, max: 50 }),
    }),
    fc.record({ type: fc.constant("object"), additionalProperties: text }),
    fc.tuple(text, fc.constant<Schema>({ type: "null" })).map((anyOf) => ({ anyOf }) as Schema),
    fc.tuple(tagged("x", tie("node")), tagged("y", tie("node"))).map((anyOf) => ({ anyOf }) as Schema),
  ),
  object: fc
    .uniqueArray(fc.tuple(fc.constantFrom("p", "q", "r", "s"), tie("node"), fc.boolean()), {
      selector: ([name]) => name,
      minLength: 1,
      maxLength: 3,
    })
    .map((fields) => ({
      type: "object",
      properties: Object.fromEntries(fields.map(([name, value]) => [name, value])),
      required: fields.filter(([, , required]) => required).map(([name]) => name),
    })),
})).object;

function tagged(tag: string, field: fc.Arbitrary<Schema>): fc.Arbitrary<Schema> {
  return field.map((value) => ({
    type: "object",
    required: ["kind"],
    properties: { kind: { type: "string", const: tag }, value },
  }));
}

/** Acme's spec with the schema as what an update takes, or as what it answers. */
export function specWith(way: Way, root: Schema, named: Record<string, Schema> = {}): Spec {
  const spec = structuredClone(base);
  const name = way === "request" ? "UpdateConversationBody" : "Conversation";
  Object.assign(spec.components.schemas, structuredClone({ ...named, [name]: root }));
  return spec;
}

type Choose = (count: number) => number;

/**
 * The same schema, said otherwise: every node by one of the ways there are.
 *
 * @param choose a number below its argument
 * @param named takes the schemas that become references
 */
export function respelled(node: Schema, choose: Choose, named: Record<string, Schema>): Schema {
  const inner: Schema = { ...node };
  if (node.properties) {
    const entries = Object.entries(node.properties).map(
      ([key, value]) => [key, respelled(value, choose, named)] as const,
    );
    inner.properties = Object.fromEntries(choose(2) ? entries.reverse() : entries);
  }
  if (node.required) inner.required = choose(2) ? node.required.toReversed() : node.required;
  if (node.items) inner.items = respelled(node.items, choose, named);
  if (typeof node.additionalProperties === "object")
    inner.additionalProperties = respelled(node.additionalProperties, choose, named);
  if (node.enum && choose(2)) inner.enum = node.enum.toReversed();
  if (node.const !== undefined && choose(2)) {
    inner.enum = [node.const];
    delete inner.const;
  }
  if (node.anyOf) {
    const choices = node.anyOf.map((one) => respelled(one, choose, named));
    const [first, second] = node.anyOf;
    delete inner.anyOf;
    // `anyOf` with null, as a list of types.
    if (second?.type === "null" && typeof first?.type === "string" && choose(2))
      return {
        ...first,
        type: [first.type, "null"],
        ...(first.enum ? { enum: [...first.enum, null] } : {}),
      };
    inner[choose(2) ? "anyOf" : "oneOf"] = choose(2) ? choices.toReversed() : choices;
  }
  return wrapped(inner, choose, named);
}

function wrapped(node: Schema, choose: Choose, named: Record<string, Schema>): Schema {
  switch (choose(6)) {
    case 0: {
      const name = `Named${Object.keys(named).length}`;
      named[name] = node;
      return { $ref: `#/components/schemas/${name}` };
    }
    case 1:
      return { allOf: [node] };
    case 2:
      return { anyOf: [node] };
    case 3: {
      // An object in two parts, each with some of the fields. Keywords that speak of all fields cannot be split.
      const [head, ...rest] = Object.entries(node.properties ?? {});
      const isPlain = Object.keys(node).every((word) => ["type", "properties", "required"].includes(word));
      if (!head || rest.length === 0 || !isPlain) return node;
      const names = new Set(rest.map(([name]) => name));
      const part = (fields: [string, Schema][], required: string[]): Schema => ({
        type: "object",
        properties: Object.fromEntries(fields),
        required,
      });
      const required = node.required ?? [];
      return {
        allOf: [
          part(
            [head],
            required.filter((name) => !names.has(name)),
          ),
          part(
            rest,
            required.filter((name) => names.has(name)),
          ),
        ],
      };
    }
    default:
      return node;
  }
}

/** Ways to leave less room at one node: what fits after it fitted before, and not the other way round. */
const NARROWINGS: ((node: Schema) => Schema | undefined)[] = [
  (node) => (node.maxLength ? { ...node, maxLength: node.maxLength - 1 } : undefined),
  (node) => (node.minLength ? { ...node, minLength: node.minLength + 1 } : undefined),
  (node) => (node.type === "string" && !node.enum ? { ...node, enum: ["only"] } : undefined),
  (node) => (node.type === "string" && !node.pattern ? { ...node, pattern: "^z" } : undefined),
  (node) => (node.type === "string" ? { allOf: [node, { not: { const: "a" } }] } : undefined),
  (node) => (node.type === "string" && !node.format ? { allOf: [node, { format: "uri" }] } : undefined),
  (node) => (node.enum ? { ...node, enum: node.enum.slice(1) } : undefined),
  (node) => (typeof node.maximum === "number" ? { ...node, maximum: node.maximum - 1 } : undefined),
  (node) => (typeof node.minimum === "number" ? { ...node, minimum: node.minimum + 1 } : undefined),
  (node) => (node.type === "number" ? { ...node, type: "integer" } : undefined),
  (node) => (node.type === "boolean" ? { ...node, const: true } : undefined),
  (node) => (typeof node.maxItems === "number" ? { ...node, maxItems: node.maxItems - 1 } : undefined),
  (node) => (node.type === "array" ? { ...node, uniqueItems: true } : undefined),
  (node) => (node.type === "array" ? { ...node, minItems: 2 } : undefined),
  (node) => (node.properties ? { ...node, additionalProperties: false } : undefined),
  (node) => (node.properties ? { ...node, required: [...(node.required ?? []), "more"] } : undefined),
  (node) => (node.properties ? { ...node, dependentRequired: { p: ["more"] } } : undefined),
  (node) => (node.type === "object" ? { ...node, minProperties: 2 } : undefined),
  (node) => (node.type === "object" ? { ...node, propertyNames: { maxLength: 3 } } : undefined),
  (node) => (node.anyOf ? { anyOf: node.anyOf.slice(1) } : undefined),
];

/** The schema with less room at one of its nodes, whichever `choose` picks. */
export function narrowed(root: Schema, choose: Choose): Schema {
  const copy = structuredClone(root);
  const places: { node: Schema; put: (next: Schema) => void }[] = [];
  const look = (node: Schema, put: (next: Schema) => void): void => {
    places.push({ node, put });
    for (const [name, value] of Object.entries(node.properties ?? {}))
      if (value.const === undefined)
        look(value, (next) => Object.assign(node.properties ?? {}, { [name]: next }));
    if (node.items) look(node.items, (next) => Object.assign(node, { items: next }));
    if (typeof node.additionalProperties === "object")
      look(node.additionalProperties, (next) => Object.assign(node, { additionalProperties: next }));
    node.anyOf?.forEach((one, index) => {
      if (one.type !== "null") look(one, (next) => node.anyOf?.splice(index, 1, next));
    });
  };
  let result = copy;
  look(copy, (next) => {
    result = next;
  });
  const all = places.flatMap(({ node, put }) =>
    NARROWINGS.flatMap((narrow) => {
      const next = narrow(node);
      return next ? [() => put(next)] : [];
    }),
  );
  all[choose(all.length)]?.();
  return result;
}
