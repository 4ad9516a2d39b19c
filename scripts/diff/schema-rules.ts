/** The rules of a value that no type has: limits, patterns, formats, defaults, known values. Two schemas, side by side. */
import type { Schema } from "../generate/spec.ts";
import type { Found, Rating } from "./change.ts";
import type { Way } from "./pairs.ts";

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

/** What changed in the schemas themselves, without what is below them. */
export function compareRules(old: Schema, now: Schema, way: Way): Found[] {
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
