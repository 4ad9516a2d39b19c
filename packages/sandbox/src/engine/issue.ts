import type { ErrorObject } from "ajv/dist/2020.js";
import type { Doc, Issue } from "./types.ts";

/** Validates a value against one schema of the spec, given by its `$ref`; the errors, or none. */
export type Retry = (ref: string, value: unknown) => readonly ErrorObject[];

/** A required value that is not there. */
export const missing = (path: Issue["path"]): Issue => ({
  keyword: "required",
  path,
  message: "is required",
});

/**
 * Says of all errors the one that tells the caller most. A union fails with the errors of all its branches: where
 * the value's `type` says which branch was meant, only that one is asked.
 */
export function toIssue(errors: readonly ErrorObject[], root: unknown, retry: Retry): Issue {
  const unions = errors.filter(isUnion).sort((a, b) => a.instancePath.length - b.instancePath.length);
  for (const union of unions) {
    const meant = branchErrors(union, retry);
    if (!meant) continue;
    const inner = toIssue(meant, union.data, retry);
    return { ...inner, path: [...segments(union.instancePath, root), ...inner.path] };
  }
  const telling = errors.filter((error) => !isUnion(error));
  const known = telling.filter((error) => unions.length === 0 || !wrongBranch(error));
  const pool = known.length > 0 ? known : telling.length > 0 ? telling : errors;
  const best = pool.reduce<ErrorObject | undefined>((a, b) => (a && depth(a) >= depth(b) ? a : b), undefined);
  return best ? describe(best, root) : { keyword: "unknown", path: [], message: "is not valid" };
}

const isUnion = ({ keyword }: ErrorObject): boolean => keyword === "anyOf" || keyword === "oneOf";
const depth = (error: ErrorObject): number => error.instancePath.split("/").length;

/** Errors of the branch whose `type` is the value's; undefined where no branch has it. */
function branchErrors(union: ErrorObject, retry: Retry): readonly ErrorObject[] | undefined {
  const type = (union.data as Doc | null)?.type;
  if (typeof type !== "string" || !Array.isArray(union.schema)) return undefined;
  const references = (union.schema as Doc[]).flatMap(({ $ref }) => (typeof $ref === "string" ? [$ref] : []));
  const tried = references.map((ref) => retry(ref, union.data));
  return tried.find((errors) => errors.length > 0 && !errors.some(deniesType));
}

/** The value was taken for another type: its `type` is wrong, or a union in the branch has no such type either. */
function deniesType({ instancePath, keyword, schema, parentSchema, data }: ErrorObject): boolean {
  if (instancePath === "/type") return keyword === "const" || keyword === "enum";
  if (instancePath !== "") return false;
  const own =
    keyword === "required" ? (parentSchema?.properties as Record<string, Doc> | undefined)?.type : undefined;
  const type = (data as Doc).type;
  if (own?.const !== undefined) return own.const !== type;
  if (Array.isArray(own?.enum)) return !own.enum.includes(type);
  return Array.isArray(schema) && isUnion({ keyword } as ErrorObject);
}

/** The complaint of a branch that was never meant: another `type`, or "must be null". */
function wrongBranch(error: ErrorObject): boolean {
  if (error.keyword === "type" && error.params.type === "null") return true;
  const picked = error.keyword === "const" || error.keyword === "enum";
  return picked && /\/(type|message_type)$/.test(error.instancePath);
}

function describe(error: ErrorObject, root: unknown): Issue {
  const path = segments(error.instancePath, root);
  const params = error.params as Doc;
  if (typeof params.missingProperty === "string") return missing([...path, params.missingProperty]);
  if (typeof params.additionalProperty === "string") path.push(params.additionalProperty);
  // Errors inside `propertyNames` carry the name itself; they are told as that name being wrong.
  const name = error.propertyName ?? (params.propertyName as string | undefined);
  if (name !== undefined) path.push(name);
  return {
    keyword: name === undefined ? error.keyword : "propertyNames",
    path,
    message: error.message ?? "is not valid",
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
