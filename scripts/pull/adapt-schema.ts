/** Every schema of a document in our format, wherever it stands. */
import { isData, isNameMap, visitNodes } from "../generate/walk.ts";
import { isNode, type Node, node } from "./node.ts";

const SHAPE = ["properties", "additionalProperties", "patternProperties", "allOf", "anyOf", "oneOf", "$ref"];

/** How long a text of a format is. */
const LENGTHS: Record<string, number> = { uuid: 36, date: 10 };

/** Changes the schemas in `document` in place; examples and extensions are not looked into. */
export function adaptSchemas(document: Node): void {
  visitNodes(document, (value, steps) => {
    if (!isData(steps) && !isNameMap(steps) && steps[0] !== "servers") adaptSchema(value);
  });
}

/** Defaults would be sent, a bare object accepts nothing, and alternatives that only name required fields lose the type. */
function adaptSchema(schema: Node): void {
  if (Object.hasOwn(schema, "default")) {
    schema["x-vendor-default"] = schema.default;
    delete schema.default;
  }
  // No text is both: where a vendor says a length, it is the length that its server checks.
  const length = LENGTHS[String(schema.format)];
  if (length !== undefined && (Number(schema.maxLength) < length || Number(schema.minLength) > length))
    delete schema.format;
  // What an upgrade could attach to nothing: any value, `null` among them.
  delete schema.nullable;
  for (const word of ["anyOf", "oneOf"]) adaptChoice(schema, word);
  adaptParts(schema);
  const types = [schema.type ?? []].flat();
  // A list of no values is one that somebody forgot to fill.
  if (Array.isArray(schema.enum) && schema.enum.length === 0) delete schema.enum;
  if (types.includes("object") && Array.isArray(schema.enum)) mendEnum(schema, types);
  if (isNode(schema.properties) && Object.keys(schema.properties).length === 0) delete schema.properties;
  if ([schema.type].flat().includes("object") && !SHAPE.some((word) => word in schema))
    schema.additionalProperties = true;
  if (types.includes("array") && schema.items === undefined && schema.prefixItems === undefined)
    schema.items = {};
}

/** What a part only demands, the whole demands: as a part of its own it would be an object of any fields. */
function adaptParts(schema: Node): void {
  if (!Array.isArray(schema.allOf)) return;
  const isDemand = (part: unknown): boolean =>
    Array.isArray(node(part).required) &&
    Object.keys(node(part)).every((key) => ["required", "type", "description", "title"].includes(key));
  const demands = schema.allOf.filter(isDemand);
  if (demands.length === 0 || demands.length === schema.allOf.length) return;
  schema.allOf = schema.allOf.filter((part) => !isDemand(part));
  const required = [schema.required ?? [], ...demands.map((part) => node(part).required)].flat();
  schema.required = [...new Set(required)];
}

/** An alternative that only demands fields, or allows anything, says nothing about the type. */
function adaptChoice(schema: Node, word: string): void {
  const choice = schema[word];
  if (!Array.isArray(choice)) return;
  const isHint = (branch: unknown): boolean => {
    const words = Object.keys(node(branch)).filter((key) => key !== "description" && key !== "title");
    return words.every((key) => key === "required" || key === "not");
  };
  const kept = choice.filter((branch) => !isHint(branch));
  const isOnlyHints =
    kept.length === 0 || choice.some((branch) => isHint(branch) && !Object.hasOwn(node(branch), "required"));
  if (kept.length === choice.length) return;
  if (isOnlyHints) delete schema[word];
  else schema[word] = kept;
}

/** Texts listed under an object can only be meant as texts. */
function mendEnum(schema: Node, types: unknown[]): void {
  const values = schema.enum as unknown[];
  if (!values.every((value) => value === null || typeof value === "string")) return;
  schema.type = types.includes("null") || values.includes(null) ? ["string", "null"] : "string";
}
