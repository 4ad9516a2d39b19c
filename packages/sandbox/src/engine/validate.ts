import { Ajv2020, type AnySchema, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { missing, type Retry, toIssue } from "./issue.ts";
import type { Spec, SpecOperation } from "./spec.ts";
import type { Doc, Issue, Reply, VendorName } from "./types.ts";

/** Checks requests and responses of one vendor against its spec. Validators are compiled at first use. */
export interface Checker {
  /** Path parameters as strings; the first thing wrong, if any. */
  path(operation: SpecOperation, values: Record<string, string>): Issue | undefined;
  /** Query parameters with their types, and the first thing wrong. */
  query(operation: SpecOperation, search: URLSearchParams): { values: Doc; issue?: Issue };
  body(operation: SpecOperation, value: unknown): Issue | undefined;
  /** Why this response of ours breaks the spec, or undefined. */
  response(operation: SpecOperation, reply: Reply): string | undefined;
}

const checkers = new Map<VendorName, Checker>();

/** The checker of a spec, shared by all sandboxes of the process. */
export function checkerOf(spec: Spec): Checker {
  const known = checkers.get(spec.vendor);
  if (known) return known;
  const checker = createChecker(spec);
  checkers.set(spec.vendor, checker);
  return checker;
}

function createChecker(spec: Spec): Checker {
  const strict = compiler(spec, false);
  const coercing = compiler(spec, "array");
  const retry: Retry = (ref, value) => {
    const validate = strict(ref, () => ({ $ref: reference(ref) }));
    return validate(value) ? [] : (validate.errors ?? []);
  };
  const issueOf = (validate: ValidateFunction, value: unknown): Issue =>
    toIssue(validate.errors ?? [], value, retry);
  const fault = (pointer: string, body: unknown): string | undefined => {
    const errors = retry(pointer, body);
    if (errors.length === 0) return undefined;
    const issue = toIssue(errors, body, retry);
    return `${issue.path.join(".") || "body"} ${issue.message}`;
  };
  const eventsFault = (pointer: string | undefined, text: string): string | undefined => {
    if (pointer === undefined) return "the spec promises no stream";
    const lines = [...text.matchAll(/^data: (\{.*)$/gm)].map(([, json]) => JSON.parse(json ?? "") as unknown);
    return lines.map((event) => fault(pointer, event)).find((found) => found !== undefined);
  };
  return {
    path(operation, values) {
      const validate = coercing(`${operation.route} path`, () => parametersSchema(operation, "path"));
      return validate({ ...values }) ? undefined : issueOf(validate, values);
    },
    query(operation, search) {
      const validate = coercing(`${operation.route} query`, () => parametersSchema(operation, "query"));
      const values = gather(operation, search);
      if (validate(values)) return { values };
      return { values, issue: issueOf(validate, values) };
    },
    body(operation, value) {
      const { body } = operation;
      if (!body) return undefined;
      if (value === undefined) return body.required ? missing([]) : undefined;
      const errors = retry(body.pointer, value);
      return errors.length === 0 ? undefined : toIssue(errors, value, retry);
    },
    response(operation, reply) {
      const rule = operation.responses[reply.status] ?? operation.responses.default;
      if (!rule) return `status ${reply.status} is not in the spec of ${operation.id}`;
      const { pointer, eventPointer } = rule;
      if (reply.type === "text/event-stream") return eventsFault(eventPointer, reply.text ?? "");
      if (reply.type !== undefined) return undefined;
      if (reply.body === undefined)
        return pointer && reply.status !== 204 ? "the spec promises a body" : undefined;
      if (pointer === undefined) return "the spec promises no JSON body";
      return fault(pointer, reply.body);
    },
  };
}

type Compile = (key: string, schema: () => AnySchema) => ValidateFunction;

function compiler(spec: Spec, coerceTypes: false | "array"): Compile {
  const ajv = new Ajv2020({
    strict: false,
    validateSchema: false,
    logger: false,
    coerceTypes,
    verbose: true,
  });
  // ajv-formats is CommonJS whose types describe the namespace; the function is its default at run time.
  (addFormats as unknown as (target: Ajv2020) => void)(ajv);
  ajv.addSchema(spec.document, ROOT);
  const done = new Map<string, ValidateFunction>();
  return (key, schema) => {
    const known = done.get(key);
    if (known) return known;
    const validate = ajv.compile(schema());
    done.set(key, validate);
    return validate;
  };
}

const ROOT = "convo:spec";
const reference = (pointer: string): string => `${ROOT}${pointer}`;
const bare = (name: string): string => name.replace(/\[\]$/, "");

function parametersSchema(operation: SpecOperation, where: string): AnySchema {
  const list = operation.parameters.filter((parameter) => parameter.in === where);
  return {
    type: "object",
    properties: Object.fromEntries(list.map((p) => [bare(p.name), { $ref: reference(p.pointer) }])),
    required: list.filter((p) => p.required).map((p) => bare(p.name)),
  };
}

/** Query values by name: `a[]=` is `a=`, arrays may repeat or be comma-joined, undeclared names are left out. */
function gather(operation: SpecOperation, search: URLSearchParams): Doc {
  const values: Doc = {};
  for (const parameter of operation.parameters) {
    if (parameter.in !== "query") continue;
    const name = bare(parameter.name);
    const all = [...search.getAll(name), ...search.getAll(`${name}[]`)];
    if (all.length === 0) continue;
    const array = JSON.stringify(parameter.schema.type ?? parameter.schema.anyOf ?? "").includes('"array"');
    if (!array) values[name] = all.at(-1);
    else values[name] = parameter.exploded ? all : all.flatMap((value) => value.split(","));
  }
  return values;
}
