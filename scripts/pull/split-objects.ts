/** Objects among the parameters of a query, which has only texts: each of their fields is a parameter of its own. */
import type { Parameter, Schema, Spec } from "../generate/openapi.ts";
import { isObject } from "../generate/parameters.ts";
import { propertiesOf } from "../generate/properties.ts";
import { resolve } from "../generate/resolve.ts";
import type { Steps } from "../generate/walk.ts";
import { type Node, node } from "./node.ts";
import { type Note, note } from "./note.ts";

/** Changes the parameters of a path or an operation in place; one that has no form in a query is left out. */
export function splitObjects(document: Node, holder: Node, steps: Steps): Note[] {
  if (!Array.isArray(holder.parameters)) return [];
  const notes: Note[] = [];
  holder.parameters = holder.parameters.flatMap((given): unknown[] => {
    const one = resolve(document as unknown as Spec, node(given)) as unknown as Given;
    const schema = one.schema ?? (node(Object.values(one.content ?? {})[0]).schema as Schema | undefined);
    if (one.in !== "query" || !schema || !isObject(document, { schema })) return [given];
    const parts = partsOf(document, one);
    // The generator leaves out the operation, then.
    if (parts.length === 0 && one.required) return [given];
    const names = parts.map(({ name }) => name).join(", ");
    const text = `${one.name} of the query is an object`;
    notes.push(
      names
        ? note("mended", [...steps, "parameters"], `${text}, sent as ${names}`)
        : note("left out", [...steps, "parameters"], `${text} that has no form there`),
    );
    return parts;
  });
  return notes;
}

type Given = Parameter & { content?: Node };

/** One parameter for each field, as the styles with a name for each have it. */
function partsOf(document: Node, one: Given): Parameter[] {
  const { style = "form", explode = true, content } = one;
  if (content || !explode || !/^(form|deepObject)$/.test(style)) return [];
  return [...propertiesOf(document, one.schema)].flatMap(([field, { schema, required }]) => {
    const name = style === "deepObject" ? `${one.name}[${field}]` : field;
    const part: Parameter = { name, in: "query", required: required && one.required === true, schema };
    return isObject(document, part) ? [] : [part];
  });
}
