/** What types cannot say about a value: limits, patterns, formats, defaults, known values. Two schemas, side by side. */
import { resolve, type Schema, type Spec } from "../generate/spec.ts";
import { below, type Found, type Rating } from "./change.ts";

type Way = "request" | "response";
type How = "tightened" | "loosened" | "changed";

/** Larger is looser. */
const UPPER = ["maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties"];
/** Smaller is looser. */
const LOWER = ["minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties"];
/** Whatever is not the same is another rule. */
const EXACT = ["pattern", "format", "multipleOf", "contentEncoding", "contentMediaType"];

/** A caller fails on what a request no longer takes, and reads wrongly what an answer no longer promises. */
const RATED: Record<Way, Record<How, Rating>> = {
  request: { tightened: "major", loosened: "minor", changed: "major" },
  response: { tightened: "patch", loosened: "minor", changed: "minor" },
};
/** Callers parse answers by these, so that a weaker promise breaks them. */
const PARSED: Record<How, Rating> = { tightened: "patch", loosened: "major", changed: "major" };

/** The schema that says nothing. */
const ANY: Schema = {};

/** A comparison of the schemas of two specs; pairs are compared once, and cycles end. */
export function compareSchemas(before: Spec, after: Spec) {
  const known = new Map<Schema, Map<Schema, Partial<Record<Way, Found[]>>>>();

  function compare(one: Schema | undefined, other: Schema | undefined, way: Way): Found[] {
    if (!one || !other) return [];
    const [old, now] = [resolve(before, one), resolve(after, other)];
    const row = known.get(old) ?? new Map<Schema, Partial<Record<Way, Found[]>>>();
    known.set(old, row);
    const cell = row.get(now) ?? {};
    row.set(now, cell);
    if (cell[way]) return cell[way];
    cell[way] = [];
    cell[way] = [...own(old, now, way), ...children(old, now, way)];
    return cell[way];
  }

  function children(old: Schema, now: Schema, way: Way): Found[] {
    const found = Object.entries(old.properties ?? {}).flatMap(([name, value]) =>
      Object.hasOwn(now.properties ?? {}, name)
        ? below(name, compare(value, now.properties?.[name], way))
        : [],
    );
    const free = [old, now].map(({ additionalProperties }) =>
      typeof additionalProperties === "object" ? additionalProperties : ANY,
    );
    return [
      ...found,
      ...below("[]", compare(old.items, now.items, way)),
      ...below("*", compare(free[0], free[1], way)),
      ...below("keys", compare(old.propertyNames, now.propertyNames, way)),
      ...(["anyOf", "oneOf", "allOf"] as const).flatMap((word) => branches(old[word], now[word], way)),
    ];
  }

  /** Branches that come or go are seen by the types; those that stay are found by name, tag or place. */
  function branches(old: Schema[] = [], now: Schema[] = [], way: Way): Found[] {
    return old.flatMap((branch, index) => {
      const key = keyOf(before, branch);
      const other = now.find((one) => key !== undefined && keyOf(after, one) === key);
      return compare(
        branch,
        other ?? (key === undefined && old.length === now.length ? now[index] : undefined),
        way,
      );
    });
  }
  return compare;
}

function keyOf(spec: Spec, branch: Schema): string | undefined {
  if (branch.$ref !== undefined) return branch.$ref;
  const tag = Object.entries(branch.properties ?? {}).find(
    ([, value]) => resolve(spec, value).const !== undefined,
  );
  return tag && `${tag[0]}=${String(resolve(spec, tag[1]).const)}`;
}

function own(old: Schema, now: Schema, way: Way): Found[] {
  const found: Found[] = [];
  const say = (rating: Rating, what: string): void => void found.push({ rating, field: "", what });
  for (const word of [...UPPER, ...LOWER, ...EXACT]) {
    const how = compareWord(word, old[word], now[word]);
    if (how)
      say(
        word === "format" && way === "response" ? PARSED[how] : RATED[way][how],
        `${word} ${shown(old[word])} -> ${shown(now[word])}`,
      );
  }
  for (const [word, how] of closures(old, now)) say(RATED[way][how], `${word} ${how}`);
  const kinds = [typesOf(old), typesOf(now)];
  if (kinds[0]?.includes("integer") && kinds[1]?.includes("number"))
    say(way === "request" ? "minor" : "major", "integer -> number");
  if (kinds[0]?.includes("number") && kinds[1]?.includes("integer"))
    say(way === "request" ? "major" : "minor", "number -> integer");
  const [was, is] = [openValues(old), openValues(now)];
  const [gained, lost] = [
    is.filter((value) => !was.includes(value)),
    was.filter((value) => !is.includes(value)),
  ];
  if (was.length > 0 && gained.length > 0) say("minor", `new known value ${shown(gained.join(", "))}`);
  if (is.length > 0 && lost.length > 0)
    say(way === "request" ? "major" : "minor", `known value gone: ${shown(lost.join(", "))}`);
  if (!old.deprecated && now.deprecated) say("minor", "deprecated");
  for (const word of ["readOnly", "writeOnly"])
    if (!old[word] !== !now[word]) say("major", `${word} ${now[word] ? "added" : "removed"}`);
  const [preset, newPreset] = [old, now].map((schema) => JSON.stringify(schema["x-vendor-default"]));
  if (preset !== newPreset)
    say(
      way === "request" && preset !== undefined ? "major" : "patch",
      `vendor's default ${shown(preset)} -> ${shown(newPreset)}`,
    );
  return found;
}

function compareWord(word: string, old: unknown, now: unknown): How | undefined {
  if (JSON.stringify(old) === JSON.stringify(now)) return undefined;
  if (old === undefined) return "tightened";
  if (now === undefined) return "loosened";
  if (EXACT.includes(word)) return "changed";
  return Number(now) > Number(old) === UPPER.includes(word) ? "loosened" : "tightened";
}

/** Rules that are on or off. */
function closures(old: Schema, now: Schema): [string, How][] {
  const states: [string, boolean, boolean][] = [
    ["uniqueItems", old.uniqueItems === true, now.uniqueItems === true],
    ["refusal of unknown fields", old.additionalProperties === false, now.additionalProperties === false],
  ];
  return states
    .filter(([, was, is]) => was !== is)
    .map(([word, , is]) => [word, is ? "tightened" : "loosened"]);
}

const typesOf = (schema: Schema): string[] =>
  Array.isArray(schema.type) ? schema.type : schema.type ? [schema.type] : [];

/** The values an open enum names: `anyOf: [{type: string, enum: [...]}, {type: string}]`. */
function openValues(schema: Schema): string[] {
  const branches = schema.anyOf ?? [];
  const open = branches.some((branch) => branch.type === "string" && !branch.enum);
  return open ? branches.flatMap((branch) => branch.enum ?? []).map(String) : [];
}

const shown = (value: unknown): string => (value === undefined ? "none" : String(value).slice(0, 80));
