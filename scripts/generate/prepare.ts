/** A document as openapi-typescript renders it rightly: what it misreads is said in a way it does not. Changed in place. */
import { markOpenEnum } from "./open-enum.ts";
import type { Schema, Spec } from "./openapi.ts";
import { isData, isNameMap, visitNodes } from "./walk.ts";

type Node = Record<string, unknown>;

/** Says every schema of the document so that its type is what the schema says. */
export function prepare(document: Spec): void {
  const schemas: Schema[] = [];
  visitNodes(document, (schema, steps) => {
    if (!isData(steps) && !isNameMap(steps)) schemas.push(schema);
  });
  for (const schema of schemas) unwrap(schema);
  settleDiscriminators(document, schemas);
  for (const schema of schemas) markOpenEnum(document, schema);
}

const WORDS = ["allOf", "anyOf", "oneOf"] as const;

/** A choice of one is no choice: a list of lists, written so, would be rendered as a list. */
function unwrap(schema: Schema): void {
  for (const word of WORDS) {
    const [only, ...others] = Array.isArray(schema[word]) ? schema[word] : [];
    const isPlain = Object.keys(schema).every((key) => key === word || key === "description");
    if (!only || others.length > 0 || !isPlain) continue;
    const { description } = schema;
    delete schema[word];
    Object.assign(schema, only, description === undefined ? {} : { description });
    unwrap(schema);
  }
}

/**
 * Writes the tag of every member into it, where it does not say its tag itself, and takes the discriminators out:
 * openapi-typescript puts the *name* of a member's schema in place of the `const` or `enum` its tag has.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#discriminator-object
 */
function settleDiscriminators(document: Spec, all: readonly Schema[]): void {
  const named = new Map(Object.entries(document.components.schemas));
  const names = new Map([...named].map(([name, schema]) => [schema, name]));
  for (const schema of all) {
    const { propertyName, mapping = {} } = (schema.discriminator ?? {}) as {
      propertyName?: unknown;
      mapping?: Record<string, string>;
    };
    if (typeof propertyName !== "string") continue;
    const own = names.get(schema);
    const members = new Set([
      ...[...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].flatMap(({ $ref }) => nameOf($ref) ?? []),
      ...Object.values(mapping).flatMap((target) => nameOf(target) ?? []),
      ...(own === undefined ? [] : heirs(named, own)),
    ]);
    for (const name of members) {
      const member = named.get(name);
      if (!member || name === own || tells(named, member, propertyName, own)) continue;
      const tags = Object.keys(mapping).filter((tag) => nameOf(mapping[tag]) === name);
      addTag(member, propertyName, tags.length > 0 ? tags : [name]);
    }
    delete schema.discriminator;
  }
}

/** The name in a reference, or a name that stands for one, as in a mapping. */
function nameOf(target: string | undefined): string | undefined {
  return /^(?:#\/components\/schemas\/)?([\w.-]+)$/.exec(target ?? "")?.[1];
}

/** Names of the schemas that are a named one and more, at any remove. */
function heirs(named: ReadonlyMap<string, Schema>, base: string): Set<string> {
  const found = new Set<string>();
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const [name, { allOf = [] }] of named)
      if (allOf.some(({ $ref }) => nameOf($ref) === base || found.has(nameOf($ref) ?? ""))) found.add(name);
  }
  return found;
}

/** Whether a member's own part of the property has a `const` or `enum`; what it has from the base that all share does not count. */
function tells(
  named: ReadonlyMap<string, Schema>,
  member: Schema,
  property: string,
  base: string | undefined,
  hops = 0,
): boolean {
  const follow = ({ $ref, ...rest }: Schema): Schema =>
    $ref === undefined ? rest : (named.get(nameOf($ref) ?? "") ?? rest);
  const value = member.properties?.[property];
  const { const: only, enum: values } = value ? follow(value) : ({} as Schema);
  if (only !== undefined || values !== undefined) return true;
  const parts = (member.allOf ?? []).filter(({ $ref }) => base === undefined || nameOf($ref) !== base);
  return hops < 50 && parts.some((part) => tells(named, follow(part), property, base, hops + 1));
}

function addTag(member: Schema, property: string, tags: string[]): void {
  const tag: Schema = { type: "string", enum: tags };
  if (member.properties && !member.allOf) {
    member.properties[property] = { ...(member.properties[property] as Node | undefined), ...tag };
    member.required = [...new Set([...(member.required ?? []), property])];
  } else if (member.allOf)
    member.allOf.push({ type: "object", properties: { [property]: tag }, required: [property] });
}
