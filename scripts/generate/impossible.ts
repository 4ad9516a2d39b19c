/** Schemas that nothing fits: their type would be `never`, and a union they are in would lose them without a word. */

import type { Schema, Spec } from "./openapi.ts";
import { type Conjunction, Shapes } from "./shape.ts";

/**
 * Throws, naming the place, when a named schema or a member of a union takes no value at all: its parts contradict each
 * other, in its type, its values, or those of a field it requires.
 */
export function checkPossible(spec: Spec): void {
  const shapes = new Shapes(spec);
  for (const [name, schema] of Object.entries(spec.components.schemas)) {
    const at = `#/components/schemas/${name}`;
    check(shapes, schema, at);
    for (const word of ["anyOf", "oneOf"] as const)
      schema[word]?.forEach((member, index) => void check(shapes, member, `${at}/${word}/${index}`));
  }
}

function check(shapes: Shapes, schema: Schema, at: string): void {
  const why = contradiction(shapes, schema);
  if (why) throw new Error(`${at}: no value fits, because ${why}`);
}

function contradiction(shapes: Shapes, schema: Schema): string | undefined {
  const variants = shapes.variants([schema]);
  if (variants.length === 0) return "its parts demand different types or values";
  const flaws = variants.map(({ properties, required }) =>
    [...required].find((name) => {
      // A closed part that does not name the field is a slip that types forgive.
      const field: Conjunction = (properties.get(name) ?? []).filter((one) => one !== false);
      return field.length > 1 && shapes.variants(field).length === 0;
    }),
  );
  return flaws.every((name) => name !== undefined)
    ? `its parts demand different values of \`${flaws[0]}\``
    : undefined;
}
