/**
 * A vendor's own document in our spec format (see CONTRIBUTING.md). What OpenAPI cannot say, and the names callers
 * already know, are taken over from the spec we have; the rest is the vendor's, said the way the generator needs it.
 */
import type { OperationObject, Spec } from "../generate/spec.ts";
import { adaptOperation, describeParameters } from "./adapt-operation.ts";
import { adaptSchemas } from "./adapt-schema.ts";
import { segments } from "./extract.ts";
import { camel, operationName, pascal } from "./names.ts";
import { type Node, node } from "./node.ts";

const METHODS = ["get", "put", "post", "patch", "delete", "head"];

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
    describeParameters(node(item).parameters);
  }
  assumeFailures(document);
  adaptSchemas(document);
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
