/** One operation in our format: our name, our extensions, and bodies that are JSON or a form and have names. */

import type { OperationObject, Spec } from "../generate/openapi.ts";
import { resolve } from "../generate/resolve.ts";
import { isJsonType, type Route } from "./items.ts";
import { pascal, unusedName } from "./names.ts";
import { type Node, node } from "./node.ts";
import { type Note, note } from "./note.ts";
import { splitObjects } from "./split-objects.ts";

const OURS = [
  "x-convo-kind",
  "x-convo-page",
  "x-convo-replaces",
  "x-convo-json-when",
  "x-vendor-operation-id",
] as const;
const FORM_TYPE = "application/x-www-form-urlencoded";

/**
 * Changes `operation` in place.
 *
 * @param schemas the document's named schemas; those of its bodies are added
 * @param ours the operation as the spec we have knows it
 */
export function adaptOperation(
  document: Node,
  operation: Node,
  schemas: Node,
  ours: OperationObject | undefined,
  name: string,
): void {
  const theirs = operation.operationId;
  operation.operationId = name;
  if (theirs !== undefined && theirs !== name) operation["x-vendor-operation-id"] = theirs;
  for (const key of OURS) if (node(ours)[key] !== undefined) operation[key] = node(ours)[key];
  operation.description ||= operation.summary || name;
  for (const key of ["servers", "callbacks", "x-codeSamples", "x-code-samples"]) delete operation[key];
  if (operation.requestBody !== undefined) {
    const body = inPlace(document, operation.requestBody);
    operation.requestBody = body;
    const type = jsonTypeIn(node(body.content));
    // Servers that ask for such a type refuse any other.
    if (/^application\/[\w.-]+\+json$/.test(type ?? "")) operation["x-convo-content-type"] = type;
    nameBody(document, body, schemas, ours?.requestBody, `${pascal(name)}Body`);
    if (Object.keys(node(body.content)).length === 0) delete operation.requestBody;
  }
  const responses: Node = {};
  for (const [status, given] of Object.entries(node(operation.responses))) {
    const which = status === "200" ? "" : pascal(status);
    const isShared = typeof node(given).$ref === "string" && !status.startsWith("2");
    const response = isShared ? node(given) : inPlace(document, given);
    const key = /^2XX$/i.test(status) ? "200" : status;
    if (!isShared)
      nameBody(document, response, schemas, ours?.responses[status], `${pascal(name)}Response${which}`);
    response.description ??= isShared ? undefined : "The answer.";
    if (isShared) delete response.description;
    responses[key] = response;
  }
  operation.responses = responses;
}

/** A copy of what is referred to, which can then be changed for this operation alone. */
const inPlace = (document: Node, value: unknown): Node =>
  structuredClone(resolve(document as unknown as Spec, node(value)));

/** Parameters of a path that are not declared, or not required, are; those without a description are described by their names. */
export function adaptParameters(document: Node, { path, method, operation }: Route): Note[] {
  const notes: Note[] = [];
  const item = node(node(document.paths)[path]);
  notes.push(...splitObjects(document, item, ["paths", path]));
  notes.push(...splitObjects(document, operation, ["paths", path, method]));
  const shared = listOf(item.parameters);
  const own = listOf(operation.parameters);
  for (const one of [...shared, ...own]) adaptParameter(one);
  const all = [...shared, ...own].map((one) => resolve(document as unknown as Spec, one));
  for (const one of all) adaptParameter(one);
  const declared = new Set(all.filter(({ in: place }) => place === "path").map(({ name }) => name));
  for (const [, name = ""] of path.matchAll(/\{([^{}]+)\}/g)) {
    if (declared.has(name)) continue;
    own.push({ name, in: "path", required: true, description: name, schema: { type: "string" } });
    operation.parameters = own;
    notes.push(
      note("mended", ["paths", path, method, "parameters"], `{${name}} is not declared; a text is assumed`),
    );
  }
  return notes;
}

const listOf = (value: unknown): Node[] => (Array.isArray(value) ? value.map(node) : []);

function adaptParameter(parameter: Node): void {
  if (parameter.name === undefined) return;
  parameter.description ||= String(parameter.name);
  if (parameter.in === "path") parameter.required = true;
  const [type = ""] = Object.keys(node(parameter.content));
  if (parameter.schema === undefined)
    parameter.schema = node(node(parameter.content)[type]).schema ?? { type: "string" };
  delete parameter.content;
}

/** The media type of content that is JSON, the plain one first. */
const jsonTypeIn = (content: Node): string | undefined =>
  ["application/json", ...Object.keys(content)].find((type) => type in content && isJsonType(type));

/** Leaves one media type, JSON or else a form, and moves a schema written in place to the named ones. */
function nameBody(document: Node, holder: Node, schemas: Node, ours: unknown, fallback: string): void {
  const content = node(holder.content);
  const json = jsonTypeIn(content);
  const type = json ?? Object.keys(content).find((one) => one === FORM_TYPE);
  const stream = content["text/event-stream"];
  if (type === undefined) {
    if (stream === undefined) delete holder.content;
    return;
  }
  const media = node(content[type]);
  const target = json === undefined ? FORM_TYPE : "application/json";
  holder.content = { [target]: media, ...(stream ? { "text/event-stream": stream } : {}) };
  media.schema ??= { type: "object", additionalProperties: true };
  const schema = media.schema as Node;
  if (typeof schema.$ref === "string" && /^#\/components\/schemas\/\w+$/.test(schema.$ref)) return;
  const known = node(node(node(ours).content)["application/json"]);
  const [, wanted = fallback] = /\/schemas\/(\w+)$/.exec(String(node(known.schema).$ref)) ?? [];
  const used = new Set(Object.keys(schemas));
  const name = wanted in schemas ? unusedName(fallback, used) : wanted;
  schemas[name] = typeof schema.$ref === "string" ? resolve(document as unknown as Spec, schema) : schema;
  media.schema = { $ref: `#/components/schemas/${name}` };
}
