import { readFileSync } from "node:fs";
import { escapePointer, indexSchemas, type SchemaIndex } from "./schema-index.ts";
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
  /** Not of the spec: the body may be any JSON, and the response is not checked. */
  readonly sandboxOnly?: boolean;
}

/**
 * Routes that no spec has, for clients that touch conversations through them. They are the sandbox's alone: no client of
 * ours has a method for them.
 */
const SANDBOX_ROUTES: Partial<Record<VendorName, Readonly<Record<string, string>>>> = {
  openai: { createResponse: "POST /responses" },
};

/** The routes of a vendor that its spec does not have, as operations. They can answer with a stream. */
export const sandboxOperations = (vendor: VendorName): SpecOperation[] =>
  Object.entries(SANDBOX_ROUTES[vendor] ?? {}).map(([id, route]) => {
    const [method = "", path = ""] = route.split(" ");
    const responses = { "200": { eventPointer: "" } };
    const base = { vendor, id, method, path, route, reads: method === "GET" };
    return { ...base, parameters: [], responses, sandboxOnly: true };
  });

/** One vendor's spec, read once per process. */
export interface Spec {
  readonly vendor: VendorName;
  readonly document: Doc;
  readonly schemas: SchemaIndex;
  readonly operations: readonly SpecOperation[];
}

const METHODS = ["get", "post", "put", "patch", "delete"];
const specs = new Map<VendorName, Spec>();

/**
 * The spec of a vendor from the package's `specs` folder. Throws when the generator has not written it.
 *
 * @param revive changes what is read, as that of `JSON.parse`; the first to ask for a vendor decides
 */
export function loadSpec(vendor: VendorName, revive?: (key: string, value: unknown) => unknown): Spec {
  const known = specs.get(vendor);
  if (known) return known;
  const file = new URL(`../../specs/${vendor}.json`, import.meta.url);
  const document = JSON.parse(readFileSync(file, "utf8"), revive) as Doc;
  const schemas = indexSchemas(document);
  const spec = { vendor, document, schemas, operations: readOperations(vendor, document, schemas) };
  specs.set(vendor, spec);
  return spec;
}

function readOperations(vendor: VendorName, document: Doc, schemas: SchemaIndex): SpecOperation[] {
  const found: SpecOperation[] = [];
  for (const [path, value] of Object.entries(doc(document.paths))) {
    const item = doc(value);
    const base = `#/paths/${escapePointer(path)}`;
    for (const method of METHODS) {
      if (!item[method]) continue;
      found.push(readOperation(vendor, schemas, { path, method, item, base }));
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

function readOperation(vendor: VendorName, schemas: SchemaIndex, place: Place): SpecOperation {
  const { path, item, base } = place;
  const method = place.method.toUpperCase();
  const source = doc(item[place.method]);
  const pointer = `${base}/${place.method}`;
  const parameters = [
    ...readParameters(schemas, item.parameters, `${base}/parameters`),
    ...readParameters(schemas, source.parameters, `${pointer}/parameters`),
  ];
  const body = source.requestBody ? readBody(schemas, `${pointer}/requestBody`) : undefined;
  return {
    vendor,
    id: String(source.operationId ?? `${method} ${path}`),
    method,
    path,
    route: `${method} ${path}`,
    reads: method === "GET",
    parameters,
    ...(body ? { body } : {}),
    responses: readResponses(schemas, doc(source.responses), `${pointer}/responses`),
  };
}

function readParameters(schemas: SchemaIndex, list: unknown, base: string): Parameter[] {
  if (!Array.isArray(list)) return [];
  return list.map((_, index) => {
    const { schema: node, pointer } = schemas.resolve(`${base}/${index}`);
    return {
      name: String(node.name),
      in: String(node.in),
      required: node.required === true,
      schema: schemas.resolve(`${pointer}/schema`).schema,
      pointer: `${pointer}/schema`,
      exploded: node.explode !== false,
    };
  });
}

function readBody(schemas: SchemaIndex, base: string): SpecOperation["body"] {
  const { schema: node, pointer } = schemas.resolve(base);
  const types = Object.keys(doc(node.content));
  const type = types.find((name) => name.includes("json")) ?? types[0] ?? "application/json";
  const at = `${pointer}/content/${escapePointer(type)}/schema`;
  return { required: node.required === true, pointer: at, schema: schemas.resolve(at).schema };
}

function readResponses(schemas: SchemaIndex, responses: Doc, base: string): SpecOperation["responses"] {
  const out: Record<string, ResponseRule> = {};
  for (const status of Object.keys(responses)) {
    const { schema: node, pointer } = schemas.resolve(`${base}/${status}`);
    const types = Object.keys(doc(node.content));
    const at = (type: string | undefined): string | undefined =>
      type && `${pointer}/content/${escapePointer(type)}/schema`;
    const json = at(types.find((name) => name.includes("json")));
    const events = at(types.find((name) => name === "text/event-stream"));
    out[status] = { ...(json ? { pointer: json } : {}), ...(events ? { eventPointer: events } : {}) };
  }
  return out;
}

const doc = (value: unknown): Doc => (typeof value === "object" && value !== null ? (value as Doc) : {});
