/** Every schema of a document in our format, wherever it stands. */
import { type Node, node } from "./node.ts";

/** Changes the schemas in `document` in place; examples and extensions are not looked into. `key` is what holds it. */
export function adaptSchemas(document: unknown, key = ""): void {
  if (typeof document !== "object" || document === null || /^(example|x-)/.test(key)) return;
  if (!Array.isArray(document)) adaptSchema(document as Node, key);
  for (const [name, child] of Object.entries(document)) adaptSchemas(child, name);
}

/** Defaults would be sent, `nullable` is of 3.0, a bare object accepts nothing, and lists of `required` alone lose the type. */
function adaptSchema(schema: Node, parent: string): void {
  if (parent === "responses" || parent === "properties") return;
  if (Object.hasOwn(schema, "default")) {
    schema["x-vendor-default"] = schema.default;
    delete schema.default;
  }
  if (schema.nullable === true && typeof schema.type === "string") schema.type = [schema.type, "null"];
  else if (schema.nullable === true && typeof schema.$ref === "string") {
    schema.anyOf = [{ $ref: schema.$ref }, { type: "null" }];
    delete schema.$ref;
  }
  delete schema.nullable;
  for (const word of ["anyOf", "oneOf"])
    if (
      Array.isArray(schema[word]) &&
      schema[word].every((branch) => Object.keys(node(branch)).join() === "required")
    )
      delete schema[word];
  const shape = ["properties", "additionalProperties", "allOf", "anyOf", "oneOf", "$ref"];
  if (schema.type === "object" && !shape.some((word) => word in schema)) schema.additionalProperties = true;
}
