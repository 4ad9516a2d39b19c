/** The properties of a schema and the types of a value, whatever combination says them. */
import type { Schema, Spec } from "./openapi.ts";
import { resolve } from "./resolve.ts";

/** A property of a schema, resolved. */
export interface Property {
  schema: Schema;
  required: boolean;
  nullable: boolean;
  /** Whether only answers have it: what they demand of it is not demanded of a body. */
  readOnly: boolean;
  /** JSON Schema's types, `null` left out. */
  types: string[];
}

/** The properties of a schema, those of its combinations included, in order. One of a choice is not required. */
export function propertiesOf(document: object, given: Schema | undefined, depth = 0): Map<string, Property> {
  const found = new Map<string, Property>();
  if (!given || depth > 12) return found;
  const schema = resolve(document as Spec, given);
  for (const part of schema.allOf ?? [])
    for (const [name, property] of propertiesOf(document, part, depth + 1)) {
      const before = found.get(name);
      // All parts hold: what one demands stays demanded, and one that allows anything adds nothing.
      const says = before && property.types.length === 0 ? before : property;
      found.set(name, { ...says, required: property.required || before?.required === true });
    }
  for (const part of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])])
    for (const [name, property] of propertiesOf(document, part, depth + 1))
      if (!found.has(name)) found.set(name, { ...property, required: false });
  for (const [name, value] of Object.entries(schema.properties ?? {})) {
    const types = typesOf(document, value);
    found.set(name, {
      schema: resolve(document as Spec, value),
      required: false,
      nullable: types.includes("null"),
      readOnly: [value, ...schemasIn(document, value)].some(({ readOnly }) => readOnly === true),
      types: types.filter((type) => type !== "null"),
    });
  }
  for (const name of requiredOf(document, schema)) {
    const property = found.get(name);
    if (property) found.set(name, { ...property, required: true });
  }
  return found;
}

/** The names a schema demands, all of its parts included, also where another part has the property. */
function requiredOf(document: object, given: Schema, depth = 0): string[] {
  if (depth > 12) return [];
  const { required = [], allOf = [] } = resolve(document as Spec, given);
  return [...required, ...allOf.flatMap((part) => requiredOf(document, part, depth + 1))];
}

/** A schema and everything it consists of or allows, by all branches, resolved; each once. */
export function schemasIn(document: object, given: Schema): Schema[] {
  const found = new Set<Schema>();
  const visit = (one: Schema, depth: number): void => {
    const schema = resolve(document as Spec, one);
    if (depth > 12 || found.has(schema)) return;
    found.add(schema);
    for (const part of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])])
      visit(part, depth + 1);
  };
  visit(given, 0);
  return [...found];
}

/** Every type a value may have, by all branches. */
export const typesOf = (document: object, given: Schema): string[] => [
  ...new Set(
    schemasIn(document, given).flatMap(({ type, properties }) => type ?? (properties ? "object" : [])),
  ),
];

/** Whether a value, where it is not null, is an object of any names and nothing else. */
export function isMap(document: object, given: Schema, depth = 0): boolean {
  const schema = resolve(document as Spec, given);
  const choices = (schema.anyOf ?? schema.oneOf ?? []).filter(
    (choice) => typesOf(document, choice).join() !== "null",
  );
  if (choices.length > 0) return depth < 12 && choices.every((choice) => isMap(document, choice, depth + 1));
  return Boolean(schema.additionalProperties) && !schema.properties && !schema.allOf;
}
