/** Schemas that bodies share with answers: `required` beside `readOnly` is said of answers only. */
import type { Schema, Spec } from "../generate/openapi.ts";
import { propertiesOf } from "../generate/properties.ts";
import { sentOnly } from "../generate/readonly.ts";
import { isData, isNameMap, visitNodes } from "../generate/walk.ts";
import { references } from "./extract.ts";
import { routesOf } from "./items.ts";
import { unusedName } from "./names.ts";
import { type Node, node } from "./node.ts";

/**
 * Takes out of bodies, in place, what they would demand though only answers have it; of a schema that answers have as well, a body
 * gets a copy, `ThreadBody` of `Thread`.
 *
 * @see https://spec.openapis.org/oas/v3.0.4.html#fixed-fields-for-use-with-schema-objects (`readOnly`)
 */
export function separateBodies(document: Node): void {
  const schemas = node(node(document.components).schemas);
  const shared = demanding(document, schemas);
  if (shared.size === 0) return;
  const sent = sentOnly(document as unknown as Spec);
  const used = new Set(Object.keys(schemas));
  const copies = new Map<string, string>();
  const copyOf = (name: string): string => {
    const known = copies.get(name);
    if (known !== undefined) return known;
    const copy = sent.has(`#/components/schemas/${name}`) ? name : unusedName(`${name}Body`, used);
    copies.set(name, copy);
    schemas[copy] = structuredClone(schemas[name]);
    forBodies(schemas[copy]);
    return copy;
  };
  const forBodies = (part: unknown): void =>
    visitSchemas(part, (schema) => {
      omitReadOnly(document, schema);
      const name = /^#\/components\/schemas\/(\w+)$/.exec(String(schema.$ref))?.[1];
      if (name !== undefined && shared.has(name)) schema.$ref = `#/components/schemas/${copyOf(name)}`;
    });
  for (const { operation } of routesOf(document))
    for (const media of Object.values(node(node(operation.requestBody).content)))
      forBodies(node(media).schema);
}

/** Names of the schemas that demand something read-only, themselves or in others that they lead to. */
function demanding(document: Node, schemas: Node): Set<string> {
  const found = new Set<string>();
  for (const [name, schema] of Object.entries(schemas))
    visitSchemas(schema, (part) => {
      if (!Array.isArray(part.required)) return;
      const properties = [...propertiesOf(document, part as Schema).values()];
      if (properties.some(({ required, readOnly }) => required && readOnly)) found.add(name);
    });
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const [name, schema] of Object.entries(schemas))
      if (references(schema).some((ref) => found.has(ref.replace(/^schemas\//, "")))) found.add(name);
  }
  return found;
}

function omitReadOnly(document: Node, schema: Node): void {
  for (const [name, { readOnly }] of propertiesOf(document, schema as Schema)) {
    if (!readOnly) continue;
    delete node(schema.properties)[name];
    if (Array.isArray(schema.required)) schema.required = schema.required.filter((one) => one !== name);
  }
  if (Object.keys(schema.properties ?? { some: true }).length > 0) return;
  delete schema.properties;
  schema.additionalProperties ??= true;
}

function visitSchemas(part: unknown, see: (schema: Node) => void): void {
  visitNodes(part, (schema, steps) => {
    if (!isData(steps) && !isNameMap(steps)) see(schema);
  });
}
