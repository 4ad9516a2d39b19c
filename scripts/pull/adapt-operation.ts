/** One operation in our format: our name, our extensions, and bodies that have names. */
import type { OperationObject } from "../generate/spec.ts";
import { pascal } from "./names.ts";
import { type Node, node } from "./node.ts";

const OURS = ["x-convo-kind", "x-convo-page", "x-vendor-operation-id"] as const;

/**
 * Changes `operation` in place.
 *
 * @param schemas the document's named schemas; those of its bodies are added
 * @param ours the operation as the spec we have knows it
 */
export function adaptOperation(
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
  describeParameters(operation.parameters);
  nameBody(operation.requestBody, schemas, ours?.requestBody, `${pascal(name)}Body`);
  for (const [status, response] of Object.entries(node(operation.responses))) {
    const which = status === "200" ? "" : pascal(status);
    nameBody(response, schemas, ours?.responses[status], `${pascal(name)}Response${which}`);
  }
}

/** Parameters the vendor says nothing of are described by their names. */
export function describeParameters(parameters: unknown): void {
  for (const one of (parameters ?? []) as Node[]) if (one.name) one.description ??= String(one.name);
}

/** Moves a schema written in place to the named ones: under the name it has in the spec we have, if that is free. */
function nameBody(holder: unknown, schemas: Node, ours: unknown, fallback: string): void {
  const media = json(holder);
  if (!media.schema || typeof node(media.schema).$ref === "string") return;
  const [, wanted = fallback] = /\/schemas\/(\w+)$/.exec(String(node(json(ours).schema).$ref)) ?? [];
  const name = wanted in schemas ? fallback : wanted;
  schemas[name] = media.schema;
  media.schema = { $ref: `#/components/schemas/${name}` };
}

const json = (body: unknown): Node => node(node(node(body).content)["application/json"]);
