/**
 * A vendor's own document in our spec format (see CONTRIBUTING.md). What OpenAPI cannot say, and the names callers
 * already know, are taken over from the spec we have; the rest is the vendor's, said the way the generator needs it.
 */
import type { OperationObject, Spec } from "../generate/spec.ts";
import { segments } from "./extract.ts";
import { camel, operationName, pascal } from "./names.ts";

type Node = Record<string, unknown>;
const METHODS = ["get", "put", "post", "patch", "delete", "head"];
const OURS = ["x-convo-kind", "x-convo-page", "x-vendor-operation-id"] as const;

/**
 * Returns `document`, changed in place; a document that has `x-convo` is in our format already and stays as it is.
 *
 * @param main the path segment that is the vendor's word for conversations
 */
export function adapt(document: Node, current: Spec | undefined, vendor: string, main: string): Node {
  if (document["x-convo"]) return document;
  document.openapi = "3.1.0";
  document["x-convo"] = current?.["x-convo"] ?? firstExtension(document, vendor);
  const schemas = node(node(document.components).schemas);
  document.components = { ...node(document.components), schemas };
  const used = new Set<string>();
  for (const [path, item] of Object.entries(node(document.paths))) {
    for (const method of METHODS) {
      const operation = node(item)[method];
      if (!operation) continue;
      const ours = known(current, method, path);
      const name = ours?.operationId ?? freeName(operation as Node, operationName(method, path, main), used);
      used.add(name);
      adaptOperation(operation as Node, schemas, ours, name);
    }
    describe(node(item).parameters);
  }
  assumeFailures(document);
  visit(document, adaptSchema);
  return document;
}

/** What a vendor is called and where its key comes from, until somebody knows better. */
function firstExtension(document: Node, vendor: string): Spec["x-convo"] {
  const docs = String(node(document.externalDocs).url ?? "");
  const env = vendor.toUpperCase();
  return {
    displayName: pascal(vendor),
    ...(docs.startsWith("https://") ? { docs } : {}),
    env: { apiKey: `${env}_API_KEY`, baseUrl: `${env}_BASE_URL` },
  };
}

/** The vendor's own name where it is a verb and a noun or ours is taken. */
function freeName(operation: Node, ours: string, used: ReadonlySet<string>): string {
  const theirs = camel(String(operation.operationId ?? ours));
  const isVerbNoun = /^(get|list|create|update|delete|add|remove|replace|send|search)[A-Z]/.test(theirs);
  return isVerbNoun || used.has(ours) ? theirs : ours;
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
  name: string,
): void {
  const theirs = operation.operationId;
  operation.operationId = name;
  if (theirs !== undefined && theirs !== name) operation["x-vendor-operation-id"] = theirs;
  for (const key of OURS) if (node(ours)[key] !== undefined) operation[key] = node(ours)[key];
  operation.description ??= operation.summary ?? name;
  describe(operation.parameters);
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

function describe(parameters: unknown): void {
  for (const one of (parameters ?? []) as Node[]) if (one.name) one.description ??= String(one.name);
}

/** Every call can fail in ways its vendor does not list: where no `default` is given, it is taken to fail as it, or another, does. */
function assumeFailures(document: Node): void {
  const operations = Object.values(node(document.paths)).flatMap((item) =>
    METHODS.flatMap((method) => node(item)[method] ?? []),
  ) as { responses?: Node }[];
  const failure = ({ responses }: { responses?: Node }): unknown =>
    Object.entries(responses ?? {}).find(([status]) => /^([45]|default)/.test(status))?.[1];
  const anyKnown = operations.map(failure).find(Boolean);
  for (const operation of operations) {
    if (!operation.responses || operation.responses.default) continue;
    const { $ref, content } = node(failure(operation) ?? anyKnown);
    operation.responses.default = $ref
      ? { $ref }
      : {
          description: "Any other failure.",
          ...(content ? { content } : {}),
          "x-assumed": true,
          "x-assumed-reason": "The vendor does not list every failure of this operation.",
        };
  }
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
