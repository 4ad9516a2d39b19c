/** Looks into the schemas of a spec: what properties a body has, and of which type. */
import { resolve, type Schema, type Spec } from "../generate/spec.ts";

/** A property of a body, resolved. */
export interface Property {
  schema: Schema;
  required: boolean;
  nullable: boolean;
  /** JSON Schema's types, `null` left out. */
  types: string[];
}

/** The properties of a schema, those of its `allOf` included, in order. */
export function propertiesOf(spec: Spec, given: Schema | undefined): Map<string, Property> {
  const found = new Map<string, Property>();
  if (!given) return found;
  const schema = resolve(spec, given);
  for (const part of schema.allOf ?? [])
    for (const [name, property] of propertiesOf(spec, part)) found.set(name, property);
  for (const [name, value] of Object.entries(schema.properties ?? {})) {
    const types = typesOf(spec, value);
    found.set(name, {
      schema: resolve(spec, value),
      required: schema.required?.includes(name) === true,
      nullable: types.includes("null"),
      types: types.filter((type) => type !== "null"),
    });
  }
  return found;
}

/** Every type a value may have, by all branches. */
export function typesOf(spec: Spec, given: Schema): string[] {
  const schema = resolve(spec, given);
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  const own = [schema.type ?? []].flat();
  return [...new Set([...own, ...branches.flatMap((branch) => typesOf(spec, branch))])];
}

/** The named schema of a row's body or answer. */
export const named = (spec: Spec, name: string | undefined): Schema | undefined =>
  name === undefined ? undefined : spec.components.schemas[name];
