/** Made-up values that a schema allows: bodies, and answers with the conversation in its place. */
import { isPattern } from "../generate/limits.ts";
import type { Schema, Spec } from "../generate/openapi.ts";
import { propertiesOf, schemasIn } from "../generate/properties.ts";
import { resolve } from "../generate/resolve.ts";

/** When everything in a fixture happened. */
export const AT = "2026-11-02T09:30:00.000Z";

/** Stands for the conversation in an answer, or for all of them in a list. */
export const CONVERSATION = "{conversation}";

/** The smallest value that fits: required properties only, and those in which a conversation stands. */
export function sample(
  spec: Spec,
  given: Schema | undefined,
  isConversation?: (schema: Schema) => boolean,
): unknown {
  // Each schema once: documents refer to the same ones along thousands of ways. What refers to itself is cut off there.
  const made = new Map<Schema, unknown>();
  return inside(given);

  function inside(one: Schema | undefined): unknown {
    if (one === undefined) return null;
    const schema = resolve(spec, one);
    if (!made.has(schema)) {
      made.set(schema, null);
      made.set(schema, valueFor(schema));
    }
    return made.get(schema);
  }

  function valueFor(schema: Schema): unknown {
    if (isConversation?.(schema)) return CONVERSATION;
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return schema.enum[0];
    const types = [schema.type ?? []].flat();
    const branches = schema.anyOf ?? schema.oneOf;
    if (branches && !schema.properties) {
      const values = branches.map(inside);
      return (
        values.find(holdsConversation) ?? (branches.some(({ type }) => type === "null") ? null : values[0])
      );
    }
    if (schema.allOf && propertiesOf(spec, schema).size === 0) return inside(schema.allOf[0]);
    if (schema.properties || schema.allOf || types.includes("object")) {
      const values = [...propertiesOf(spec, schema)].flatMap(([name, property]) => {
        if (!property.required && !isConversation) return [];
        const value = inside(property.schema);
        return property.required || holdsConversation(value) ? [[name, value]] : [];
      });
      const value = Object.fromEntries(values);
      return Object.keys(value).length === 0 && types.includes("null") ? null : value;
    }
    if (types.includes("array")) {
      const item = inside(schema.items);
      if (item === CONVERSATION) return CONVERSATION;
      return Number(schema.minItems ?? 0) > 0 ? [item] : [];
    }
    if (types.includes("null")) return null;
    if (types[0] === "string") return text(schema);
    if (types[0] === "boolean") return false;
    return types.length === 0 ? {} : Number(schema.minimum ?? 0);
  }
}

/** Whether a made-up value has a conversation in it. */
export const holdsConversation = (value: unknown): boolean =>
  JSON.stringify(value)?.includes(`"${CONVERSATION}"`) === true;

const FORMATS: Record<string, string> = {
  "date-time": AT,
  date: AT.slice(0, 10),
  uri: "https://example.com",
  url: "https://example.com",
  email: "ada@example.com",
  uuid: "00000000-0000-4000-8000-000000000001",
};

/** What a schema says of texts, where it takes other things too. */
export const textIn = (spec: Spec, given: Schema): Schema =>
  schemasIn(spec, given).find(({ type }) => [type].flat().includes("string")) ?? {};

/** This text where the schema takes it, else one that it takes. */
export function fitting(spec: Spec, given: Schema, usual: string): string {
  const schema = textIn(spec, given);
  const { minLength = 0, maxLength = Infinity, pattern = "" } = schema;
  const fits = usual.length >= Number(minLength) && usual.length <= Number(maxLength);
  return fits && matches(usual, pattern) ? usual : text(schema);
}

/** What JavaScript cannot read as a pattern is left to the vendor to check. */
const matches = (value: string, pattern: string): boolean =>
  !isPattern(pattern) || new RegExp(pattern, "u").test(value);

/** A text of a format or, where it is simple, of a pattern. */
export function text({ format, minLength, maxLength, pattern }: Schema): string {
  const usual = FORMATS[String(format)];
  if (usual !== undefined) return usual;
  if (pattern !== undefined) {
    // A prefix and a class of characters, as in `^CH[0-9a-fA-F]{32}$`.
    const [, prefix = "", set = "", count = "1"] =
      /^\^?\(?([\w-]*)\[([^\]]+)\](?:\{(\d+)(?:,\d*)?\}|\+|\*)?\)?\$?$/.exec(pattern) ?? [];
    const first = /^[^\\^]/.exec(set)?.[0] ?? "a";
    const made = prefix + first.repeat(Math.max(Number(count), Number(minLength ?? 0) - prefix.length));
    const guesses = [made, "481", "a1", "A1", "ab", ...Object.values(FORMATS)];
    const fits = (one: string): boolean => matches(one, pattern) && one.length >= Number(minLength ?? 0);
    const found = guesses.find(fits);
    if (found !== undefined) return found;
  }
  return "a".repeat(Math.min(Number(minLength ?? 1), Number(maxLength ?? Infinity)) || 1);
}
