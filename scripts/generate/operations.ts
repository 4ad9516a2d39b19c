/** The spec's operations as rows: what the client's interpreter needs at run time, and what its interface prints. */
import { bodyLimits, type Limits } from "./limits.ts";
import type { OperationObject, Parameter, Schema, Spec } from "./openapi.ts";
import { isObject, lastOfEach, separatorsOf } from "./parameters.ts";
import { propertiesOf } from "./properties.ts";
import { resolve } from "./resolve.ts";

export type Kind = "read" | "create" | "update" | "delete";

/** One operation, read once and used by every generated file. */
export interface Row {
  name: string;
  method: string;
  path: string;
  kind: Kind;
  operation: OperationObject;
  pathParameters: { name: string; type: "string" | "number"; example: unknown }[];
  query: { required: boolean } | undefined;
  /** What stands between the items of lists in the query that are not repeated. */
  separators: Record<string, string> | undefined;
  /** Whether the method has a body argument; `body` is undefined where the spec has none yet. */
  takesBody: boolean;
  body: { required: boolean; schema: string; isForm: boolean } | undefined;
  /** Names of the response schemas; empty when a success has no body. */
  result: string[];
  /** Whether a success may be a JSON value that is neither object nor array. */
  scalar: boolean;
  /** Whether a success may have no body. */
  empty: boolean;
  /** A few fields that the object of every success has; empty where it need not be an object. */
  required: string[];
  /** Set where the answer is a stream: always, or unless the body has these fields. `event` is a schema's name. */
  stream:
    | { event: string | undefined; unless: Record<string, boolean | number | string> | undefined }
    | undefined;
  page: Record<string, unknown> | undefined;
  limits: Record<string, Limits> | undefined;
}

const KINDS: Record<string, Kind> = {
  get: "read",
  head: "read",
  post: "create",
  put: "update",
  patch: "update",
  delete: "delete",
};

/** Whether requests of this verb have a body: `fetch` refuses one with GET, and few servers read one with DELETE. */
export const takesBody = (method: string): boolean => /^p/.test(method);

/** Every operation of the spec, in its order. */
export function rows(spec: Spec): Row[] {
  const found: Row[] = [];
  for (const [path, item] of Object.entries(spec.paths)) {
    const shared = (item.parameters ?? []) as Parameter[];
    for (const [method, operation] of Object.entries(item)) {
      if (!(method in KINDS)) continue;
      found.push(row(spec, method, path, operation as OperationObject, shared));
    }
  }
  return found;
}

type Content = Record<string, { schema?: Schema }>;

/** What each success of an operation may hold, by media type. */
const successes = (spec: Spec, { responses = {} }: OperationObject): Content[] =>
  Object.entries(responses)
    .filter(([status]) => status.startsWith("2"))
    .map(([, response]) => resolve(spec, response).content ?? {});

function eventStream(spec: Spec, operation: OperationObject): Row["stream"] {
  const contents = successes(spec, operation);
  const events = contents.map((content) => content["text/event-stream"]).find(Boolean);
  const json = contents.some((content) => content["application/json"]);
  const unless = operation["x-convo-json-when"];
  // Which of the two comes must be known; where nobody has said it, the method is for JSON.
  if (!events || (json && !unless)) return undefined;
  return { event: nameOf(events.schema), unless: json ? unless : undefined };
}

/** The fields of a success that the client looks for: enough to tell it from a gateway's answer; it is no validator. */
function telling(fields: string[], page: OperationObject["x-convo-page"]): string[] {
  if (page) return fields.filter((name) => name === page.items);
  return fields.includes("id") ? ["id"] : fields.slice(0, 2);
}

/** Names that every one of these schemas requires of an answer; none if one of them need not be an object. */
function commonFields(spec: Spec, schemas: Schema[]): string[] {
  const [first = [], ...others] = schemas.map((schema) => {
    const properties = propertiesOf(spec, schema);
    // What is required beside `writeOnly` is said of bodies only.
    return requiredFields(spec, schema, new Set()).filter(
      (name) => properties.get(name)?.schema.writeOnly !== true,
    );
  });
  return first.filter((name) => others.every((names) => names.includes(name)));
}

function requiredFields(spec: Spec, reference: Schema, seen: Set<Schema>): string[] {
  const schema = resolve(spec, reference);
  if (seen.has(schema)) return [];
  seen.add(schema);
  const either = schema.anyOf ?? schema.oneOf;
  const fields = (schema.allOf ?? []).flatMap((part) => requiredFields(spec, part, seen));
  const own = [schema.type].flat().every((type) => type === "object" || type === undefined);
  if (own) fields.push(...(schema.required ?? []));
  if (either) fields.push(...commonFields(spec, either));
  return [...new Set(fields)];
}

const isList = (spec: Spec, schemas: Schema[]): boolean =>
  schemas.length > 0 && schemas.every((schema) => resolve(spec, schema).type === "array");

function row(spec: Spec, method: string, path: string, operation: OperationObject, shared: Parameter[]): Row {
  const name = operation.operationId;
  if (!/^[a-z][A-Za-z0-9]*$/.test(name ?? ""))
    throw new Error(`${method} ${path}: operationId must be camelCase`);
  const parameters = lastOfEach(
    [...shared, ...(operation.parameters ?? [])].map((parameter) => resolve(spec, parameter)),
  );
  const query = parameters.filter((parameter) => parameter.in === "query");
  const object = query.find((parameter) => isObject(spec, parameter));
  if (object) throw new Error(`${name}: ${object.name} of its query is an object, which has no form there`);
  const kind = (operation["x-convo-kind"] ?? KINDS[method]) as Kind;
  const body = requestBody(spec, name, operation);
  if (body?.required && !takesBody(method))
    throw new Error(`${name}: its body cannot be sent with ${method.toUpperCase()}`);
  const result = resultSchemas(spec, name, operation);
  const schemas = result.map((schema) => ({ $ref: `#/components/schemas/${schema}` }));
  return {
    name,
    method: method.toUpperCase(),
    path,
    kind,
    operation,
    pathParameters: pathParameters(spec, path, parameters),
    query: query.length > 0 ? { required: query.some((parameter) => parameter.required) } : undefined,
    separators: separatorsOf(spec, query),
    takesBody: takesBody(method),
    body: takesBody(method) ? body : undefined,
    result,
    scalar: schemas.some((schema) => isScalar(spec, schema)),
    empty: successes(spec, operation).some((content) => Object.keys(content).length === 0),
    required: telling(commonFields(spec, schemas), operation["x-convo-page"]),
    stream: eventStream(spec, operation),
    page: operation["x-convo-page"] ?? (isList(spec, schemas) ? {} : undefined),
    limits: body && kind === "update" ? bodyLimits(spec, body.schema) : undefined,
  };
}

function pathParameters(spec: Spec, path: string, parameters: Parameter[]): Row["pathParameters"] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => {
    const parameter = parameters.find((candidate) => candidate.in === "path" && candidate.name === name);
    if (!parameter) throw new Error(`${path}: {${name}} is not declared`);
    const type = resolve(spec, parameter.schema ?? {}).type;
    const isNumber = type === "integer" || type === "number";
    return {
      name,
      type: isNumber ? "number" : "string",
      example: parameter.example ?? (isNumber ? 1 : name),
    };
  });
}

function requestBody(spec: Spec, name: string, operation: OperationObject): Row["body"] {
  if (!operation.requestBody) return undefined;
  const { required, content } = resolve(spec, operation.requestBody);
  const json = content?.["application/json"];
  const form = content?.["application/x-www-form-urlencoded"];
  return {
    required: required === true,
    isForm: json === undefined && form !== undefined,
    schema: schemaName((json ?? form)?.schema, `${name} request`),
  };
}

function resultSchemas(spec: Spec, name: string, operation: OperationObject): string[] {
  const contents = successes(spec, operation);
  if (contents.length === 0) throw new Error(`${name}: no success response`);
  const names = contents.flatMap((content) => {
    const json = content["application/json"];
    return json ? [schemaName(json.schema, `${name} response`)] : [];
  });
  return [...new Set(names)];
}

function isScalar(spec: Spec, reference: Schema, seen = new Set<Schema>()): boolean {
  const schema = resolve(spec, reference);
  // Whoever asked of it first has the answer.
  if (seen.has(schema)) return false;
  seen.add(schema);
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  if (branches.length > 0) return branches.some((branch) => isScalar(spec, branch, seen));
  return [schema.type ?? []].flat().some((type) => type !== "object" && type !== "array");
}

const nameOf = (schema: Schema | undefined): string | undefined =>
  schema?.$ref?.match(/^#\/components\/schemas\/(\w+)$/)?.[1];

function schemaName(schema: Schema | undefined, where: string): string {
  const name = nameOf(schema);
  if (!name) throw new Error(`${where}: bodies are named schemas ($ref to #/components/schemas/...)`);
  return name;
}
