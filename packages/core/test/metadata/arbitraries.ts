import fc from "fast-check";
import type { Json, Metadata } from "../../src/metadata/index.ts";

const hostile = ["__proto__", "constructor", "prototype", "toString", "a", "b", "0", ""];

/** Keys that meet each other often, with those that pollute prototypes among them. */
export const key: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: "binary", maxLength: 4 }),
);

const leaf: fc.Arbitrary<Json> = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("json:", "json:5", 'json:"json:5"', "json: 5", "json:{", "json:null"),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);

const tree = fc.letrec<{ json: Json; document: Metadata }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    leaf,
    fc.array(tie("json"), { maxLength: 3 }),
    tie("document"),
  ),
  document: fc
    .array(fc.tuple(key, tie("json")), { maxLength: 5 })
    .map((entries): Metadata => Object.fromEntries(entries)),
}));

/** Any JSON value. */
export const json: fc.Arbitrary<Json> = tree.json;

/** Any metadata document. */
export const document: fc.Arbitrary<Metadata> = tree.document;

/** Freezes a value and all that is in it, so that a write to it throws. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

/** Own keys and values only, in a form in which nothing is hidden by prototypes or key order. */
export function reveal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reveal);
  if (typeof value !== "object" || value === null) return value === 0 ? 0 : value;
  return new Map(
    Object.keys(value)
      .sort()
      .map((name) => [name, reveal(Object.getOwnPropertyDescriptor(value, name)?.value)]),
  );
}
