import { readFileSync } from "node:fs";
import type { Doc, Operation, VendorName } from "./types.ts";

/** A parameter of an operation with the JSON pointer of its schema. */
export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: Doc;
  readonly pointer: string;
  readonly exploded: boolean;
}

/** Where the spec describes the JSON body of a response, and the events of a streamed one. */
export interface ResponseRule {
  readonly pointer?: string;
  readonly eventPointer?: string;
}

/** An operation together with the places in the spec that say what it takes and gives. */
export interface SpecOperation extends Operation {
  readonly parameters: readonly Parameter[];
  readonly body?: { readonly required: boolean; readonly pointer: string; readonly schema: Doc };
  readonly responses: Readonly<Record<string, ResponseRule>>;
}

/** One vendor's spec, read once per process. */
export interface Spec {
  readonly vendor: VendorName;
  readonly document: Doc;
  readonly operations: readonly SpecOperation[];
}

const METHODS = ["get", "post", "put", "patch", "delete"];
const specs = new Map<VendorName, Spec>();

/** The spec of a vendor from the package's `specs` folder. Throws when the generator has not written it. */
export function loadSpec(vendor: VendorName): Spec {
  const known = specs.get(vendor);
  if (known) return known;
  const file = new URL(`../../specs/${vendor}.json`, import.meta.url);
  const document = JSON.parse(readFileSync(file, "utf8")) as Doc;
  const spec = { vendor, document, operations: readOperations(vendor, document) };
  specs.set(vendor, spec);
  return spec;
}

function readOperations(vendor: VendorName, document: Doc): SpecOperation[] {
  const found: SpecOperation[] = [];
  for (const [path, value] of Object.entries(doc(document.paths))) {
    const item = doc(value);
    const base = `#/paths/${escapePointer(path)}`;
    for (const method of METHODS) {
      if (!item[method]) continue;
      found.push(readOperation(vendor, document, { path, method, item, base }));
    }
  }
  return found;
}

interface Place {
  readonly path: string;
  readonly method: string;
  readonly item: Doc;
  readonly base: string;
}

function readOperation(vendor: VendorName, document: Doc, place: Place): SpecOperation {
  const { path, item, base } = place;
  const method = place.method.toUpperCase();
  const source = doc(item[place.method]);
  const pointer = `${base}/${place.method}`;
  const parameters = [
    ...readParameters(document, item.parameters, `${base}/parameters`),
    ...readParameters(document, source.parameters, `${pointer}/parameters`),
  ];
  const body = source.requestBody
    ? readBody(document, source.requestBody, `${pointer}/requestBody`)
    : undefined;
  return {
    vendor,
    id: String(source.operationId ?? `${method} ${path}`),
    method,
    path,
    route: `${method} ${path}`,
    reads: method === "GET",
    parameters,
    ...(body ? { body } : {}),
    responses: readResponses(document, doc(source.responses), `${pointer}/responses`),
  };
}

function readParameters(document: Doc, list: unknown, base: string): Parameter[] {
  if (!Array.isArray(list)) return [];
  return list.map((entry: unknown, index) => {
    const [node, pointer] = follow(document, doc(entry), `${base}/${index}`);
    return {
      name: String(node.name),
      in: String(node.in),
      required: node.required === true,
      schema: follow(document, doc(node.schema), "")[0],
      pointer: `${pointer}/schema`,
      exploded: node.explode !== false,
    };
  });
}

function readBody(document: Doc, value: unknown, base: string): SpecOperation["body"] {
  const [node, pointer] = follow(document, doc(value), base);
  const type = Object.keys(doc(node.content)).find((name) => name.includes("json")) ?? "application/json";
  const schema = doc(doc(doc(node.content)[type]).schema);
  return {
    required: node.required === true,
    pointer: `${pointer}/content/${escapePointer(type)}/schema`,
    schema: follow(document, schema, "")[0],
  };
}

function readResponses(document: Doc, responses: Doc, base: string): SpecOperation["responses"] {
  const out: Record<string, ResponseRule> = {};
  for (const [status, value] of Object.entries(responses)) {
    const [node, pointer] = follow(document, doc(value), `${base}/${status}`);
    const types = Object.keys(doc(node.content));
    const at = (type: string | undefined): string | undefined =>
      type && `${pointer}/content/${escapePointer(type)}/schema`;
    const json = at(types.find((name) => name.includes("json")));
    const events = at(types.find((name) => name === "text/event-stream"));
    out[status] = { ...(json ? { pointer: json } : {}), ...(events ? { eventPointer: events } : {}) };
  }
  return out;
}

/** Follows `$ref`s inside the document; returns the node with the pointer it was found at. */
function follow(document: Doc, node: Doc, pointer: string): [Doc, string] {
  if (typeof node.$ref !== "string") return [node, pointer];
  let target: unknown = document;
  for (const segment of node.$ref.split("/").slice(1)) target = doc(target)[unescapePointer(segment)];
  return follow(document, doc(target), node.$ref);
}

const doc = (value: unknown): Doc => (typeof value === "object" && value !== null ? (value as Doc) : {});
const escapePointer = (segment: string): string =>
  encodeURI(segment.replaceAll("~", "~0").replaceAll("/", "~1"));
const unescapePointer = (segment: string): string =>
  decodeURIComponent(segment).replaceAll("~1", "/").replaceAll("~0", "~");
