import { Ajv2020, type AnySchema, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { contractViolation, valueViolation } from "./contract.ts";
import { missing, type Schemas, toIssue } from "./issue.ts";
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
  /** Why a document could not be served as this schema of the spec, or undefined. */
  stored(schema: string, value: unknown): string | undefined;
  /** What is wrong with a value by a schema of the spec, or undefined. */
  schema(name: string, value: unknown): Issue | undefined;
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
  const coercing = compiler(spec, "array");
  const schemas: Schemas = { ...spec.schemas, validate: validator(spec) };
  const parameters = (operation: SpecOperation, where: "path" | "query", values: Doc): Issue | undefined => {
    const validate = coercing(`${operation.route} ${where}`, () => parametersSchema(operation, where));
    return validate(values) ? undefined : toIssue(validate.errors ?? [], values, schemas);
  };
  const issueAt = (pointer: string, value: unknown): Issue | undefined => {
    const errors = schemas.validate(pointer, value);
    return errors.length === 0 ? undefined : toIssue(errors, value, schemas);
  };
  return {
    path: (operation, values) => parameters(operation, "path", { ...values }),
    query(operation, search) {
      const values = gather(operation, search);
      const issue = parameters(operation, "query", values);
      return issue ? { values, issue } : { values };
    },
    body(operation, value) {
      const { body } = operation;
      if (!body) return undefined;
      if (value === undefined) return body.required ? missing([]) : undefined;
      return issueAt(body.pointer, value);
    },
    schema: (name, value) => issueAt(`#/components/schemas/${name}`, value),
    response: (operation, reply) => contractViolation(schemas, operation, reply),
    stored: (schema, value) => valueViolation(schemas, `#/components/schemas/${schema}`, value),
  };
}

/** Validates against one schema of the spec, as it is. */
function validator(spec: Spec): Schemas["validate"] {
  const strict = compiler(spec, false);
  return (ref, value) => {
    const validate = strict(ref, () => ({ $ref: reference(ref) }));
    return validate(value) ? [] : (validate.errors ?? []);
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
