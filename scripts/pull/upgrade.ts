/** Older documents as OpenAPI 3.1: Swagger 2.0 and OpenAPI 3.0 by a library, with what it leaves undone. */
import { upgrade } from "@scalar/openapi-upgrader";
import { isData, isNameMap, visitNodes } from "../generate/walk.ts";
import { isNode, type Node } from "./node.ts";
import { type Note, note } from "./note.ts";
import { mendForm } from "./well-formed.ts";

/**
 * Returns a copy of `document` as OpenAPI 3.1, and what had to be mended first.
 *
 * @throws Error when it is not an OpenAPI document of a known version
 */
export function toOpenApi31(document: unknown): { document: Node; notes: Note[] } {
  if (!isNode(document) || !isNode(document.paths))
    throw new Error(
      isNode(document) && isNode(document.webhooks)
        ? "the document has webhooks and no `paths`: there is nothing to call"
        : "not an OpenAPI document: it has no `paths`",
    );
  const given = document.openapi ?? document.swagger;
  // YAML makes a number of a version without quotes.
  const version = typeof given === "number" ? given.toFixed(1) : String(given);
  if (!/^(2\.0|3\.\d(\.\d+)?)$/.test(version))
    throw new Error(
      document.openapi === undefined && document.swagger === undefined
        ? "not an OpenAPI document: it has neither `openapi` nor `swagger`"
        : `OpenAPI ${version} cannot be read; 2.0, 3.0 and 3.1 can`,
    );
  const copy = structuredClone(document);
  copy[document.openapi === undefined ? "swagger" : "openapi"] = version;
  const notes = mendForm(copy);
  const nullable = completeNullable(copy);
  const upgraded = upgrade(copy, "3.1") as unknown as Node;
  upgraded.openapi = "3.1.0";
  if (/^3\.[1-9]/.test(version)) {
    completeReferences(upgraded);
    notes.push(...nullable);
  }
  return { document: upgraded, notes };
}

/** What stands beside a `$ref` counts in OpenAPI 3.1, where most tools, those we use among them, read the `$ref` alone. */
function completeReferences(document: Node): void {
  visitNodes(document, (schema, steps) => {
    const { $ref, properties, required, allOf = [], ...rest } = schema;
    if (typeof $ref !== "string" || (!properties && !required) || isData(steps) || isNameMap(steps)) return;
    for (const key of Object.keys(schema)) delete schema[key];
    const own = { ...(properties ? { properties } : {}), ...(required ? { required } : {}) };
    Object.assign(schema, rest, { allOf: [{ $ref }, ...(allOf as unknown[]), { type: "object", ...own }] });
  });
}

/** `nullable` as a type of its own, as OpenAPI 3.1 has it. */
function completeNullable(document: Node): Note[] {
  const notes: Note[] = [];
  visitNodes(document, (schema, steps) => {
    if ((schema.nullable ?? schema["x-nullable"]) !== true || isData(steps) || isNameMap(steps)) return;
    notes.push(note("mended", steps, "`nullable` belongs to OpenAPI 3.0; read as: may be null"));
    for (const word of ["nullable", "x-nullable"]) delete schema[word];
    if (Array.isArray(schema.enum) && !schema.enum.includes(null)) schema.enum.push(null);
    const [word] = ["anyOf", "oneOf", "allOf", "$ref"].filter((one) => schema[one] !== undefined);
    if (word === undefined) {
      if (schema.type !== undefined) schema.type = [...new Set([schema.type, "null"].flat())];
      return;
    }
    const { description, title, deprecated, ...rest } = schema;
    for (const key of Object.keys(schema)) delete schema[key];
    const isChoice = Object.keys(rest).join() === word && word.endsWith("Of") && word !== "allOf";
    const choices = isChoice ? (rest[word] as unknown[]) : [rest];
    const about = Object.entries({ description, title, deprecated }).filter(
      ([, value]) => value !== undefined,
    );
    Object.assign(schema, Object.fromEntries(about), {
      [isChoice ? word : "anyOf"]: [...choices, { type: "null" }],
    });
  });
  return notes;
}
