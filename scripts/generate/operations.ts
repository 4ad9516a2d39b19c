/** The spec's operations as rows: what the client's interpreter needs at run time, and what its interface prints. */
import { bodyLimits, type Limits } from "./limits.ts";
import { type OperationObject, type Parameter, resolve, type Schema, type Spec } from "./spec.ts";

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
  /** `only` are fields without which the vendor does not answer JSON, as TypeScript. */
  body: { required: boolean; schema: string; only: string; isForm: boolean } | undefined;
  /** Names of the response schemas; empty when a success has no body. */
  result: string[];
  /** Whether a success may be a JSON value that is neither object nor array. */
  scalar: boolean;
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

/**
 * Every operation of the spec a method can be made of, in the order of the spec. One that answers with an event stream
 * and nothing else has no value to return; it stays in the types.
 */
export function rows(spec: Spec): Row[] {
  const found: Row[] = [];
  for (const [path, item] of Object.entries(spec.paths)) {
    const shared = (item.parameters ?? []) as Parameter[];
    for (const [method, operation] of Object.entries(item)) {
      if (!(method in KINDS) || onlyStreams(spec, operation as OperationObject)) continue;
      found.push(row(spec, method, path, operation as OperationObject, shared));
    }
  }
  return found;
}

function onlyStreams(spec: Spec, { responses = {} }: OperationObject): boolean {
  const successes = Object.entries(responses).filter(([status]) => status.startsWith("2"));
  const types = successes.flatMap(([, response]) => Object.keys(resolve(spec, response).content ?? {}));
  return types.length > 0 && types.every((type) => type === "text/event-stream");
}

function row(spec: Spec, method: string, path: string, operation: OperationObject, shared: Parameter[]): Row {
  const name = operation.operationId;
  if (!/^[a-z][A-Za-z0-9]*$/.test(name ?? ""))
    throw new Error(`${method} ${path}: operationId must be camelCase`);
  const parameters = [...shared, ...(operation.parameters ?? [])].map((parameter) =>
    resolve(spec, parameter),
  );
  const query = parameters.filter((parameter) => parameter.in === "query");
  const kind = (operation["x-convo-kind"] ?? KINDS[method]) as Kind;
  const body = requestBody(spec, name, operation);
  const result = resultSchemas(spec, name, operation);
  return {
    name,
    method: method.toUpperCase(),
    path,
    kind,
    operation,
    pathParameters: pathParameters(spec, path, parameters),
    query: query.length > 0 ? { required: query.some((parameter) => parameter.required) } : undefined,
    body,
    result,
    scalar: result.some((schema) => isScalar(spec, { $ref: `#/components/schemas/${schema}` })),
    page: operation["x-convo-page"],
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
    only: Object.entries(operation["x-convo-json-when"] ?? {})
      .map(([field, value]) => `${JSON.stringify(field)}: ${JSON.stringify(value)}`)
      .join("; "),
  };
}

function resultSchemas(spec: Spec, name: string, operation: OperationObject): string[] {
  const success = Object.entries(operation.responses).filter(([status]) => status.startsWith("2"));
  if (success.length === 0) throw new Error(`${name}: no success response`);
  const names = success.flatMap(([, response]) => {
    const json = resolve(spec, response).content?.["application/json"];
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

function schemaName(schema: Schema | undefined, where: string): string {
  const name = schema?.$ref?.match(/^#\/components\/schemas\/(\w+)$/)?.[1];
  if (!name) throw new Error(`${where}: bodies are named schemas ($ref to #/components/schemas/...)`);
  return name;
}
