/** Open enums: a choice between some strings and any string, which TypeScript would make `string`, with no completion. */
import type { Schema, Spec } from "./openapi.ts";
import { resolve } from "./resolve.ts";

/** What an open enum is kept under until it is rendered. */
export const OPEN_ENUM = "x-convo-open-enum";

/** An open enum in parts. */
export interface OpenEnum {
  /** The strings it names. */
  known: string[];
  /** Whatever else it may be, null included. */
  others: Schema[];
}

interface Parts extends OpenEnum {
  /** Whether one of the others names a schema that lists strings. */
  hasNames: boolean;
}

/**
 * Turns an open enum, in any spelling, into a string that carries its parts under `x-convo-open-enum`, so that it is rendered
 * alike wherever it stands. Other schemas stay. Changed in place.
 */
export function markOpenEnum(spec: Spec, schema: Schema): void {
  const word = schema.anyOf ? "anyOf" : "oneOf";
  const isOnlyChoice = Object.keys(schema).every((key) => key === word || isNote(key));
  if (!schema[word] || !isOnlyChoice) return;
  const parts: Parts = { known: [], others: [], hasNames: false };
  const isOpen = schema[word].map((branch) => take(spec, branch, parts)).includes(true);
  const { known, others, hasNames } = parts;
  if (!isOpen || (known.length === 0 && !hasNames)) return;
  delete schema[word];
  schema.type = "string";
  schema[OPEN_ENUM] = { known, others } satisfies OpenEnum;
}

const isNote = (key: string): boolean =>
  ["description", "title", "deprecated", "example", "examples"].includes(key) || key.startsWith("x-");

/** Sorts a branch into the parts; whether it takes any string. */
function take(spec: Spec, branch: Schema, parts: Parts, hops = 0): boolean {
  const { $ref, anyOf, oneOf } = branch;
  const onlyKey = Object.keys(branch).filter((key) => !isNote(key));
  if ($ref !== undefined && onlyKey.length === 1 && hops < 50) {
    const target = resolve(spec, branch);
    const isListed = target.enum !== undefined || target.const !== undefined;
    // A name stays a name: its values are completed from there.
    if (isText(target) && !isListed) return take(spec, target, parts, hops + 1);
    if (isText(target)) parts.hasNames = true;
    parts.others.push(branch);
    return false;
  }
  const choices = anyOf ?? oneOf;
  if (choices && onlyKey.length === 1 && hops < 50)
    return choices.map((each) => take(spec, each, parts, hops + 1)).includes(true);
  if (!isText(branch)) {
    parts.others.push(branch);
    return false;
  }
  const values = branch.enum ?? ("const" in branch ? [branch.const] : undefined);
  const types = [branch.type ?? []].flat();
  const strings = values?.filter((value): value is string => typeof value === "string");
  parts.known.push(...(strings ?? []).filter((value) => !parts.known.includes(value)));
  const isNullable = types.includes("null") || values?.includes(null);
  if (isNullable && !parts.others.some(({ type }) => type === "null")) parts.others.push({ type: "null" });
  return values === undefined && types.includes("string");
}

/** Whether a schema is strings, null, or both, and no more than that. */
function isText({ type, enum: values, const: only, pattern }: Schema): boolean {
  const types = [type ?? []].flat();
  const listed = values ?? (only === undefined ? [] : [only]);
  const isListed = listed.length > 0 && listed.every((value) => value === null || typeof value === "string");
  if (types.length === 0) return isListed;
  return pattern === undefined && types.every((each) => each === "string" || each === "null");
}
