/**
 * A vendor's own document in our spec format (see CONTRIBUTING.md). What OpenAPI cannot say, and the names callers
 * already know, are taken over from the spec we have; the rest is the vendor's, said the way the generator needs it.
 */
import type { OperationObject, Spec } from "../generate/spec.ts";
import { segments } from "./extract.ts";

type Node = Record<string, unknown>;
const METHODS = ["get", "put", "post", "patch", "delete", "head"];
const OURS = ["x-convo-kind", "x-convo-page", "x-vendor-operation-id"] as const;

/** Returns `document`, changed in place; a document that has `x-convo` is in our format already and stays as it is. */
export function adapt(document: Node, current: Spec | undefined): Node {
  if (document["x-convo"]) return document;
  document.openapi = "3.1.0";
  if (current) document["x-convo"] = current["x-convo"];
  const schemas = node(node(document.components).schemas);
  document.components = { ...node(document.components), schemas };
  for (const [path, item] of Object.entries(node(document.paths))) {
    for (const method of METHODS) {
      const operation = node(item)[method];
      if (operation)
        adaptOperation(operation as Node, schemas, known(current, method, path), `${method} ${path}`);
    }
  }
  visit(document, adaptSchema);
  return document;
}

/** The operation we have for a route, whatever its parameters are called. */
function known(current: Spec | undefined, method: string, path: string): OperationObject | undefined {
  const same = Object.entries(current?.paths ?? {}).find(
    ([one]) => segments(one).join("/") === segments(path).join("/"),
  );
  return same?.[1][method] as OperationObject | undefined;
}

function adaptOperation(
  operation: Node,
  schemas: Node,
  ours: OperationObject | undefined,
  route: string,
): void {
  const theirs = String(operation.operationId ?? route);
  const name = ours?.operationId ?? camel(theirs);
  if (name !== theirs)
    Object.assign(operation, { operationId: name, "x-vendor-operation-id": operation.operationId });
  for (const key of OURS) if (node(ours)[key] !== undefined) operation[key] = node(ours)[key];
  operation.description ??= operation.summary ?? name;
  for (const one of (operation.parameters ?? []) as Node[])
    if (one.name) one.description ??= String(one.name);
  const nameBody = (holder: unknown, fallback: string, was: unknown): void => {
    const media = node(node(node(holder).content)["application/json"]);
    const schema = node(media.schema);
    if (!media.schema || typeof schema.$ref === "string") return;
    const wanted =
      /\/schemas\/(\w+)$/.exec(
        String(node(node(node(node(was).content)["application/json"]).schema).$ref),
      )?.[1] ?? fallback;
    const free = wanted in schemas ? fallback : wanted;
    schemas[free] = media.schema;
    media.schema = { $ref: `#/components/schemas/${free}` };
  };
  nameBody(operation.requestBody, `${pascal(name)}Body`, ours?.requestBody);
  for (const [status, response] of Object.entries(node(operation.responses)))
    nameBody(
      response,
      `${pascal(name)}Response${status === "200" ? "" : pascal(status)}`,
      ours?.responses[status],
    );
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

function visit(value: unknown, see: (node: Node, parent: string) => void, parent = ""): void {
  if (typeof value !== "object" || value === null || parent.startsWith("example") || parent.startsWith("x-"))
    return;
  if (!Array.isArray(value)) see(value as Node, parent);
  for (const [key, child] of Object.entries(value)) visit(child, see, key);
}

const node = (value: unknown): Node => (typeof value === "object" && value !== null ? (value as Node) : {});
const camel = (name: string): string => {
  const joined = name.replaceAll(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) =>
    (next ?? "").toUpperCase(),
  );
  return joined.charAt(0).toLowerCase() + joined.slice(1);
};
const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
