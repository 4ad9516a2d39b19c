import type { ErrorObject } from "ajv/dist/2020.js";
import { branchesOf, escapePointer, type SchemaIndex } from "./schema-index.ts";
import type { Doc, Issue } from "./types.ts";

/** A spec that can be asked about any of its schemas. */
export interface Schemas extends SchemaIndex {
  /** Validates a value against the schema at a JSON pointer; the errors, or none. */
  validate(pointer: string, value: unknown): readonly ErrorObject[];
}

/** An issue, and whether it is about which variant of a union was meant. */
interface Finding extends Issue {
  readonly tag?: boolean;
}

/** A required value that is not there. */
export const missing = (path: Issue["path"]): Issue => ({
  keyword: "required",
  path,
  message: "is required",
});

/**
 * The first thing wrong with a value, by the validator's errors. A union fails with the errors of all its variants: the
 * one that tells the caller most is that of the variant the value's tags (`type`, `role`, ...) say was meant.
 */
export function toIssue(errors: readonly ErrorObject[], root: unknown, schemas: Schemas): Issue {
  const { tag: _, ...issue } = find(errors, root, schemas);
  return issue;
}

/** The validator stops at the first error, so that a union that failed comes last, after the errors of its variants. */
function find(errors: readonly ErrorObject[], root: unknown, schemas: Schemas): Finding {
  // Of a wrong property name, the error before the last says what is wrong with it.
  const error = errors.at(errors.at(-1)?.keyword === "propertyNames" && errors.length > 1 ? -2 : -1);
  if (!error) return { keyword: "unknown", path: [], message: "is not valid" };
  if (error.keyword !== "anyOf" && error.keyword !== "oneOf") return describe(error, root);
  const pointer = schemas.pointerOf(error.parentSchema as Doc);
  const inner = findInUnion(pointer, error.data, schemas);
  return { ...inner, path: [...segments(error.instancePath, root), ...inner.path] };
}

function findInUnion(pointer: string, value: unknown, schemas: Schemas): Finding {
  const variants = branchesOf(schemas, pointer);
  const fitting = variants.filter(({ schema }) => admits(schema, value));
  if (fitting.length === 0) {
    const types = [...new Set(variants.flatMap(({ schema }) => typesOf(schema)))].filter((t) => t !== "null");
    return { keyword: "type", path: [], message: `must be ${types.join(" or ")}`, actual: value, tag: true };
  }
  let meant = fitting;
  for (const name of tagsOf(fitting, schemas)) {
    // Whoever sends the tag means a variant that has it.
    const having = meant.filter(({ schema }) => properties(schema)[name]);
    if ((value as Doc)[name] !== undefined && having.length > 0) meant = having;
    // One that is left out tells variants apart only where all have it.
    else if (having.length < meant.length) continue;
    const next = meant.filter((variant) => tagFits(variant, name, value as Doc, schemas));
    if (next.length === 0) return wrongTag(meant, name, value as Doc, schemas);
    meant = next;
  }
  // Whoever sends a field means a variant that has it.
  const known = ({ schema }: Variant): number =>
    Object.keys(Object(value)).filter((name) => Object.hasOwn(properties(schema), name)).length;
  const most = Math.max(...meant.map(known));
  const closest = meant.filter((variant) => known(variant) === most);
  const found = closest.map((variant) => {
    const errors = schemas.validate(variant.pointer, value);
    return find(errors, value, schemas);
  });
  // The variant that got furthest was meant; of two that got equally far, one that does not deny a variant.
  const rank = ({ path, tag }: Finding): number => path.length * 2 - (tag ? 1 : 0);
  const [best, ...others] = found.sort((a, b) => rank(b) - rank(a)) as [Finding, ...Finding[]];
  const same = others.filter(({ tag, path }) => tag && path.join() === best.path.join());
  if (!best.tag || same.length === 0 || !best.allowed) return best;
  const allowed = [...new Set([best, ...same].flatMap((finding) => finding.allowed ?? []))];
  return { ...best, allowed, message: oneOf(allowed) };
}

interface Variant {
  readonly pointer: string;
  readonly schema: Doc;
}

const properties = (schema: Doc): Record<string, Doc> => (schema.properties ?? {}) as Record<string, Doc>;
const propertyAt = (pointer: string, name: string): string => `${pointer}/properties/${escapePointer(name)}`;
const required = (schema: Doc, name: string): boolean => ((schema.required ?? []) as string[]).includes(name);
const oneOf = (allowed: readonly unknown[]): string =>
  `must be ${allowed.length > 1 ? "one of " : ""}${allowed.map((value) => JSON.stringify(value)).join(", ")}`;

/** The properties that tell variants apart: those with fixed values, the one that most variants have first. */
function tagsOf(variants: readonly Variant[], schemas: Schemas): string[] {
  const counts = new Map<string, number>();
  for (const { schema, pointer } of variants) {
    for (const name of Object.keys(properties(schema)))
      if (fixedValues(schemas, propertyAt(pointer, name))) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
}

/** The only values a schema lets through; undefined when there is no such list. */
function fixedValues(schemas: Schemas, pointer: string): readonly unknown[] | undefined {
  const lists = branchesOf(schemas, pointer).map(({ schema }) => {
    if ("const" in schema) return [schema.const];
    if (Array.isArray(schema.enum)) return schema.enum as unknown[];
    return schema.type === "null" ? [null] : undefined;
  });
  const known = lists.filter((list) => list !== undefined);
  return known.length === lists.length ? known.flat() : undefined;
}

function tagFits({ schema, pointer }: Variant, name: string, value: Doc, schemas: Schemas): boolean {
  if (value[name] === undefined) return !required(schema, name);
  if (!properties(schema)[name]) return true;
  return schemas.validate(propertyAt(pointer, name), value[name]).length === 0;
}

function wrongTag(variants: readonly Variant[], name: string, value: Doc, schemas: Schemas): Finding {
  if (value[name] === undefined) return { ...missing([name]), tag: true };
  const allowed = variants.flatMap(({ schema, pointer }) =>
    properties(schema)[name] ? (fixedValues(schemas, propertyAt(pointer, name)) ?? []) : [],
  );
  const distinct = [...new Set(allowed)].filter((entry) => entry !== null);
  return {
    keyword: "enum",
    path: [name],
    message: oneOf(distinct),
    allowed: distinct,
    actual: value[name],
    tag: true,
  };
}

/** JSON Schema's types of a variant; an object where it has properties and does not say. */
function typesOf(schema: Doc): string[] {
  if (typeof schema.type === "string") return [schema.type];
  if (Array.isArray(schema.type)) return schema.type as string[];
  if (schema.properties) return ["object"];
  return "const" in schema ? [typeOf(schema.const)] : [];
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function admits(schema: Doc, value: unknown): boolean {
  const types = typesOf(schema);
  const type = typeOf(value);
  return types.length === 0 || types.includes(type) || (type === "number" && types.includes("integer"));
}

function describe(error: ErrorObject, root: unknown): Issue {
  const path = segments(error.instancePath, root);
  const params = error.params as Doc;
  if (typeof params.missingProperty === "string") return missing([...path, params.missingProperty]);
  if (typeof params.additionalProperty === "string") path.push(params.additionalProperty);
  // Errors inside `propertyNames` carry the name itself; they are told as that name being wrong.
  const name = error.propertyName ?? (params.propertyName as string | undefined);
  if (name !== undefined) path.push(name);
  const allowed = "allowedValue" in params ? [params.allowedValue] : params.allowedValues;
  return {
    keyword: name === undefined ? error.keyword : "propertyNames",
    path,
    message: Array.isArray(allowed)
      ? oneOf(allowed)
      : error.keyword === "not"
        ? "is not allowed"
        : (error.message ?? "is not valid"),
    ...(Array.isArray(allowed) ? { allowed } : {}),
    ...(typeof params.limit === "number" ? { limit: params.limit } : {}),
    actual: error.data,
  };
}

/** `/items/0/id` as keys and indexes. */
function segments(pointer: string, root: unknown): (string | number)[] {
  let node = root;
  return pointer
    .split("/")
    .slice(1)
    .map((part) => {
      const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
      const key = Array.isArray(node) ? Number(name) : name;
      node = (node as Record<string | number, unknown> | undefined)?.[key];
      return key;
    });
}
