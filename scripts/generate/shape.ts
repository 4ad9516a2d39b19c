/**
 * A schema in one spelling, so that two ways of saying the same compare equal: `$ref` is followed, `allOf` is merged,
 * `anyOf`, `oneOf` and lists of types become variants of one type each, `const` is an `enum` of one, and a variant that
 * nothing fits is left out. What is below a schema is normalised when it is asked for, so recursion costs nothing.
 */
import type { Schema, Spec } from "./openapi.ts";
import { resolve } from "./resolve.ts";

/** JSON types; an integer is a number with a rule. */
export const TYPES = ["null", "boolean", "number", "string", "array", "object"] as const;
export type JsonType = (typeof TYPES)[number];

/** Schemas that hold together, as `allOf` has it; none of them is "anything". */
export type Conjunction = readonly (Schema | boolean)[];

/** One way a value can look. */
export interface Variant {
  readonly type: JsonType;
  /** The only values there are, as JSON text; undefined when there are others. */
  readonly values: readonly string[] | undefined;
  /** Values that an open enum names, as JSON text. */
  readonly known: readonly string[];
  /** Keyword to value: limits as numbers, everything that is compared by equality as sorted JSON texts. */
  readonly rules: ReadonlyMap<string, number | readonly string[]>;
  readonly properties: ReadonlyMap<string, Conjunction>;
  readonly required: ReadonlySet<string>;
  /** What unnamed fields hold; undefined when nothing is said of them, false when there are none. */
  readonly additional: Conjunction | false | undefined;
  readonly items: Conjunction | undefined;
  readonly keys: Conjunction | undefined;
  /** Annotations that a caller notices: deprecated, readOnly, writeOnly, the vendor's default. */
  readonly notes: ReadonlyMap<string, string>;
}

/** Larger is looser. */
export const UPPER = ["maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties", "maxContains"];
/** Smaller is looser. */
export const LOWER = ["minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties", "minContains"];

/** Which type a keyword speaks of; all others of `EXACT` speak of every type. */
const OF_TYPE: Record<string, JsonType> = {
  ...Object.fromEntries(["maxLength", "minLength", "pattern"].map((word) => [word, "string"])),
  ...Object.fromEntries(["contentEncoding", "contentMediaType"].map((word) => [word, "string"])),
  ...Object.fromEntries(["maximum", "minimum", "multipleOf"].map((word) => [word, "number"])),
  ...Object.fromEntries(["exclusiveMaximum", "exclusiveMinimum"].map((word) => [word, "number"])),
  ...Object.fromEntries(
    ["maxItems", "minItems", "uniqueItems", "prefixItems"].map((word) => [word, "array"]),
  ),
  ...Object.fromEntries(
    ["contains", "maxContains", "minContains", "unevaluatedItems"].map((word) => [word, "array"]),
  ),
  ...Object.fromEntries(
    ["maxProperties", "minProperties", "patternProperties"].map((word) => [word, "object"]),
  ),
  ...Object.fromEntries(
    ["dependentRequired", "dependentSchemas", "unevaluatedProperties"].map((word) => [word, "object"]),
  ),
};
/** Rules that are there or not, and are the same or not. */
const EXACT = [
  ...["pattern", "format", "multipleOf", "contentEncoding", "contentMediaType", "uniqueItems", "not", "if"],
  ...["prefixItems", "contains", "patternProperties", "dependentRequired", "dependentSchemas"],
  ...["unevaluatedItems", "unevaluatedProperties"],
];
const PRESET = "x-vendor-default";
const NOTES = ["deprecated", "readOnly", "writeOnly", PRESET];

/** Variants a schema may come to before its choices are compared as text: three choices of five are 125. */
const MOST_VARIANTS = 200;
/** Schemas that are each other's part or choice, in a row. */
const MOST_HOPS = 200;

/** The shapes of one spec's schemas. */
export class Shapes {
  readonly #spec: Spec;
  readonly #ids = new WeakMap<object, string>();
  readonly #texts: Map<string, string>;
  readonly #variants = new Map<string, readonly Variant[]>();

  /** @param like shapes whose keys are to be equal to these for schemas that are written alike */
  constructor(spec: Spec, like?: Shapes) {
    this.#spec = spec;
    this.#texts = like ? like.#texts : new Map();
  }

  /** The ways a value of all these schemas can look; none when nothing fits. */
  variants(all: Conjunction, hops = 0): readonly Variant[] {
    const key = this.key(all);
    const known = this.#variants.get(key);
    if (known) return known;
    if (hops > MOST_HOPS) throw new Error(`schemas are made of each other more than ${MOST_HOPS} deep`);
    const found = this.#merged(all, hops);
    this.#variants.set(key, found);
    return found;
  }

  /** Equal for schemas that are written alike, wherever they stand. */
  key(all: Conjunction): string {
    const ids = all.map((schema) => (typeof schema === "boolean" ? String(schema) : this.#id(schema)));
    return [...new Set(ids)].sort().join("&");
  }

  #id(schema: Schema): string {
    const known = this.#ids.get(schema);
    if (known !== undefined) return known;
    const target = Object.keys(schema).join() === "$ref" ? resolve(this.#spec, schema) : schema;
    const text = canonical(target);
    const id = this.#texts.get(text) ?? String(this.#texts.size);
    this.#texts.set(text, id);
    this.#ids.set(schema, id);
    return id;
  }

  #merged(all: Conjunction, hops: number): readonly Variant[] {
    let [variants, notes] = [ANYTHING, new Map<string, string>()];
    for (const schema of all) {
      if (schema === true) continue;
      if (schema === false) return [];
      variants = product(variants, this.#own(schema, hops));
      notes = new Map([...notes, ...notesOf(schema)]);
    }
    return notes.size === 0
      ? variants
      : variants.map((one) => ({ ...one, notes: new Map([...one.notes, ...notes]) }));
  }

  /** One schema: what it says itself, and all of its parts and choices. */
  #own(schema: Schema, hops: number): readonly Variant[] {
    let variants = said(schema);
    const { $ref, allOf, anyOf, oneOf } = schema;
    const parts = [
      ...($ref === undefined ? [] : [resolve(this.#spec, { $ref } as Schema)]),
      ...(allOf ?? []),
    ];
    for (const part of parts) variants = product(variants, this.variants([part], hops + 1));
    for (const choices of [anyOf, oneOf])
      if (choices)
        variants = product(
          variants,
          union([...new Set(choices.flatMap((choice) => this.variants([choice], hops + 1)))]),
        );
    return variants;
  }
}

const bare = (type: JsonType): Variant => ({
  type,
  values: undefined,
  known: [],
  rules: new Map(),
  properties: new Map(),
  required: new Set(),
  additional: undefined,
  items: undefined,
  keys: undefined,
  notes: new Map(),
});
const ANYTHING: readonly Variant[] = TYPES.map(bare);

const notesOf = (schema: Schema): [string, string][] =>
  NOTES.filter((word) => schema[word] === true || (word === PRESET && schema[word] !== undefined)).map(
    (word) => [word, canonical(schema[word])],
  );

const SAYS = new Set(["type", "const", "enum", "properties", "required", "additionalProperties", "items"]);
for (const word of ["propertyNames", ...UPPER, ...LOWER, ...EXACT]) SAYS.add(word);

/** What a schema's own keywords say, without its parts and choices. */
function said(schema: Schema): readonly Variant[] {
  if (!Object.keys(schema).some((word) => SAYS.has(word))) return ANYTHING;
  const types = schema.type === undefined ? [...TYPES, "integer"] : [schema.type].flat();
  const allowed = schema.enum ?? (Object.hasOwn(schema, "const") ? [schema.const] : undefined);
  return TYPES.flatMap((type) => {
    if (!types.includes(type) && !(type === "number" && types.includes("integer"))) return [];
    const values = allowed?.filter((value) => typeOf(value) === type).map((value) => canonical(value));
    const isWhole = type === "number" && !types.includes("number");
    return values?.length === 0 ? [] : [saidOf(schema, type, values, isWhole)];
  });
}

function saidOf(schema: Schema, type: JsonType, allowed: string[] | undefined, isWhole: boolean): Variant {
  const rules = new Map<string, number | readonly string[]>();
  const speaksOf = (word: string): boolean =>
    (word === "format" ? typeOfFormat(schema.format) : (OF_TYPE[word] ?? type)) === type;
  for (const word of [...UPPER, ...LOWER].filter(speaksOf))
    if (typeof schema[word] === "number") rules.set(word, schema[word]);
  // What is demanded of none is no demand.
  for (const word of LOWER) if (/^min[LIP]/.test(word) && rules.get(word) === 0) rules.delete(word);
  for (const word of EXACT.filter(speaksOf)) {
    const value = word === "if" ? [schema.if, schema.then, schema.else] : schema[word];
    if (schema[word] !== undefined && schema[word] !== false) rules.set(word, [canonical(value)]);
  }
  const isAll = type === "null" || (type === "boolean" && new Set(allowed).size === 2);
  const values = allowed && !isAll ? [...new Set(allowed)].sort() : undefined;
  // Whole numbers that are listed need no further word for it.
  if (isWhole && !values) rules.set("integer", ["true"]);
  const variant = { ...bare(type), values, rules };
  if (type === "array") return { ...variant, items: conjunction(schema.items) };
  if (type !== "object") return variant;
  const { additionalProperties: additional } = schema;
  return {
    ...variant,
    properties: new Map(Object.entries(schema.properties ?? {}).map(([name, value]) => [name, [value]])),
    required: new Set(schema.required ?? []),
    additional: additional === false ? false : additional === undefined ? undefined : conjunction(additional),
    keys: conjunction(schema.propertyNames),
  };
}

/** `int32`, `double` and the like say how wide a number is; all others are of texts. */
const typeOfFormat = (format: unknown): JsonType =>
  /^(u?int\d*|float|double|decimal)/.test(String(format)) ? "number" : "string";

/** Nothing said is undefined; that anything goes is said. */
const conjunction = (schema: unknown): Conjunction | undefined =>
  schema === undefined ? undefined : schema === true ? [] : [schema as Schema];

function typeOf(value: unknown): JsonType {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : (typeof value as JsonType);
}

/** Both hold: every way of the one with every way of the other that fits it. */
function product(some: readonly Variant[], others: readonly Variant[]): readonly Variant[] {
  if (some === ANYTHING) return others;
  if (others === ANYTHING) return some;
  const merged = TYPES.flatMap((type) => {
    const [left, right] = [some, others].map((list) => list.filter((one) => one.type === type));
    if (!left || !right) return [];
    if (left.length * right.length > MOST_VARIANTS) return left.map((one) => withText(one, right));
    return left.flatMap((one) => right.flatMap((other) => both(one, other) ?? []));
  });
  return union(merged);
}

/** Too many choices to write out: they become one rule, which is the same or not. */
const withText = (variant: Variant, choices: readonly Variant[]): Variant => ({
  ...variant,
  rules: new Map([...variant.rules, ["choices", choices.map((one) => variantKey(one)).sort()]]),
});

/** What fits two variants of one type; undefined when nothing does. */
function both(one: Variant, other: Variant): Variant | undefined {
  if (one === other) return one;
  const values =
    one.values && other.values
      ? one.values.filter((value) => other.values?.includes(value))
      : (one.values ?? other.values);
  if (values?.length === 0) return undefined;
  const rules = new Map(one.rules);
  for (const [word, value] of other.rules) {
    const mine = rules.get(word);
    if (mine === undefined) rules.set(word, value);
    else if (typeof mine === "number" && typeof value === "number")
      rules.set(word, UPPER.includes(word) ? Math.min(mine, value) : Math.max(mine, value));
    else rules.set(word, [...new Set([mine, value].flat().map(String))].sort());
  }
  for (const [low, high] of [
    ["minLength", "maxLength"],
    ["minimum", "maximum"],
    ["minItems", "maxItems"],
    ["minProperties", "maxProperties"],
  ] as const)
    if (Number(rules.get(low) ?? -Infinity) > Number(rules.get(high) ?? Infinity)) return undefined;
  const names = new Set([...one.properties.keys(), ...other.properties.keys()]);
  return {
    type: one.type,
    values,
    known: [...new Set([...one.known, ...other.known])].filter((value) => values?.includes(value) ?? true),
    rules,
    properties: new Map(
      [...names].map((name) => [name, [...new Set([...fieldOf(one, name), ...fieldOf(other, name)])]]),
    ),
    required: new Set([...one.required, ...other.required]),
    additional:
      one.additional === false || other.additional === false
        ? false
        : together(one.additional, other.additional),
    items: together(one.items, other.items),
    keys: together(one.keys, other.keys),
    notes: new Map([...one.notes, ...other.notes]),
  };
}

const together = (one: Conjunction | undefined, other: Conjunction | undefined): Conjunction | undefined =>
  one && other ? [...new Set([...one, ...other])] : (one ?? other);

/** What a variant says of a field, named or not. A pattern may allow a field, so that it is not refused for having no name. */
function fieldOf({ properties, additional, rules }: Variant, name: string): Conjunction {
  const own = properties.get(name);
  if (own) return own;
  if (rules.has("patternProperties")) return [];
  return additional === false ? [false] : (additional ?? []);
}

/** Either holds. What one way allows wholly needs no second way; values that are listed in several lists are one list. */
function union(variants: readonly Variant[]): readonly Variant[] {
  return TYPES.flatMap((type) => {
    const all = unique(variants.filter((one) => one.type === type));
    if (all.length < 2) return all;
    const open = all.find(isOpen);
    if (open) {
      const known = all.flatMap((one) => [...one.known, ...(one.values ?? [])]);
      return [{ ...open, known: [...new Set(known)].sort(), notes: commonNotes(all) }];
    }
    const listed = all.filter(
      (one) => one.values && variantKey({ ...one, values: undefined }) === variantKey(bare(type)),
    );
    const values = [...new Set(listed.flatMap((one) => one.values ?? []))].sort();
    if (listed.length < 2) return all;
    return [
      ...all.filter((one) => !listed.includes(one)),
      { ...bare(type), values, notes: commonNotes(listed) },
    ];
  });
}

const isOpen = (one: Variant): boolean =>
  variantKey({ ...one, known: [], notes: new Map() }) === variantKey(bare(one.type));

/** A note holds for a value only when it holds however the value looks. */
function commonNotes([first, ...others]: readonly Variant[]): ReadonlyMap<string, string> {
  return new Map(
    [...(first?.notes ?? [])].filter(([word, text]) => others.every(({ notes }) => notes.get(word) === text)),
  );
}

function unique(variants: readonly Variant[]): readonly Variant[] {
  return [...new Map(variants.map((one) => [variantKey(one), one])).values()];
}

/** Equal for variants that are the same word for word. */
export const variantKey = (one: Variant): string =>
  canonical({
    ...one,
    rules: Object.fromEntries(one.rules),
    properties: Object.fromEntries(one.properties),
    required: [...one.required].sort(),
    notes: Object.fromEntries(one.notes),
  });

/** Words of a schema that bind nobody. */
const PROSE = new Set(["description", "title", "example", "examples", "$comment", "externalDocs", "xml"]);

/** JSON text that is the same for the same data: keys and lists without an order are sorted, prose is left out. */
export function canonical(value: unknown, key = ""): string {
  if (Array.isArray(value)) {
    const texts = value.map((item) => canonical(item));
    return `[${(key === "required" || key === "enum" ? texts.sort() : texts).join()}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const named = key === "properties" || key === "patternProperties";
  const entries = Object.entries(value).filter(([name]) => named || !PROSE.has(name));
  const texts = entries.map(([name, item]) => `${JSON.stringify(name)}:${canonical(item, name)}`);
  return `{${texts.sort().join()}}`;
}
