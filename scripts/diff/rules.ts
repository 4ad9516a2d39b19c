/** What binds the values of one variant beyond its type: limits, patterns, listed values, notes. Old and new, side by side. */

import { UPPER, type Variant } from "../generate/shape.ts";
import type { Finding, Rating } from "./change.ts";
import { type Move, OF_FORMAT, OF_RULE, OF_TYPE } from "./ratings.ts";
import type { Way } from "./walk.ts";

type Rule = number | readonly string[];

/** Limits, patterns, formats, conditions, and whether unknown fields are refused. */
export function compareRules(before: Variant, after: Variant, way: Way): Finding[] {
  const words = [...new Set([...before.rules.keys(), ...after.rules.keys()])];
  const found = words.flatMap((word) => {
    const [old, now] = [before.rules.get(word), after.rules.get(word)];
    const move = moveOf(word, old, now);
    return move ? [finding(ratingsOf(word)[way][move], said(word, old, now))] : [];
  });
  const [closed, isClosed] = [before, after].map(({ additional }) => additional === false);
  if (closed !== isClosed)
    found.push(
      finding(
        OF_RULE[way][isClosed ? "narrowed" : "widened"],
        `unknown fields are ${isClosed ? "refused" : "allowed"}`,
      ),
    );
  return found;
}

const finding = (rating: Rating, what: string): Finding => ({ rating, field: "", what });

function ratingsOf(word: string): typeof OF_RULE {
  if (word === "integer") return OF_TYPE;
  return word === "format" ? OF_FORMAT : OF_RULE;
}

function moveOf(word: string, before: Rule | undefined, after: Rule | undefined): Move | undefined {
  if (before === undefined) return "narrowed";
  if (after === undefined) return "widened";
  if (typeof before === "number" || typeof after === "number") {
    if (before === after) return undefined;
    return Number(after) > Number(before) === UPPER.includes(word) ? "widened" : "narrowed";
  }
  return moved(before, after);
}

/** What became of a list of demands: more of them is narrower. */
function moved(before: readonly string[], after: readonly string[]): Move | undefined {
  const isNarrower = after.some((one) => !before.includes(one));
  const isWider = before.some((one) => !after.includes(one));
  if (isNarrower && isWider) return "changed";
  if (isNarrower) return "narrowed";
  return isWider ? "widened" : undefined;
}

function said(word: string, before: Rule | undefined, after: Rule | undefined): string {
  if (word === "integer") return before === undefined ? "number -> integer" : "integer -> number";
  if (word === "choices") return "choices between schemas changed";
  const [old, now] = differing(text(before), text(after));
  return `${word} ${old} -> ${now}`;
}

const text = (rule: Rule | undefined): string => {
  if (rule === undefined) return "none";
  return typeof rule === "number" ? String(rule) : rule.map(unquoted).join(" and ");
};

/** Listed values, and those that an open list names. */
export function compareValues(before: Variant, after: Variant, way: Way): Finding[] {
  const [old, now] = [before.values, after.values];
  if (old && now) {
    const gone = old.filter((value) => !now.includes(value));
    const added = now.filter((value) => !old.includes(value));
    return [
      ...(gone.length > 0 ? [finding(OF_TYPE[way].narrowed, `value removed: ${list(gone)}`)] : []),
      ...(added.length > 0 ? [finding(OF_TYPE[way].widened, `value added: ${list(added)}`)] : []),
    ];
  }
  if (now) return [finding(OF_TYPE[way].narrowed, `any value -> only ${list(now)}`)];
  if (old) return [finding(OF_TYPE[way].widened, `only ${list(old)} -> any value`)];
  const gone = before.known.filter((value) => !after.known.includes(value));
  const added = after.known.filter((value) => !before.known.includes(value));
  return [
    ...(gone.length > 0
      ? [finding(way === "request" ? "major" : "minor", `known value removed: ${list(gone)}`)]
      : []),
    ...(added.length > 0 ? [finding("minor", `known value added: ${list(added)}`)] : []),
  ];
}

/** Deprecation, direction and the vendor's default: they hold for the field, however its values look. */
export function compareNotes(before: readonly Variant[], after: readonly Variant[], way: Way): Finding[] {
  const [old, now] = [before, after].map(
    (variants) => new Map(variants.flatMap(({ notes }) => [...notes])),
  ) as [Map<string, string>, Map<string, string>];
  const found: Finding[] = [];
  if (!old.has("deprecated") && now.has("deprecated")) found.push(finding("minor", "deprecated"));
  for (const word of ["readOnly", "writeOnly"])
    if (old.has(word) !== now.has(word))
      found.push(finding("major", `${word} ${now.has(word) ? "added" : "removed"}`));
  const [preset, newPreset] = [old, now].map((notes) => notes.get("x-vendor-default"));
  if (preset !== newPreset)
    found.push(
      finding(
        way === "request" && preset !== undefined ? "major" : "patch",
        `vendor's default ${shown(preset)} -> ${shown(newPreset)}`,
      ),
    );
  return found;
}

/** At most so many values are listed by name. */
const MOST_LISTED = 8;
const list = (values: readonly string[]): string =>
  values.length <= MOST_LISTED
    ? values.map(unquoted).join(", ")
    : `${values.slice(0, MOST_LISTED).map(unquoted).join(", ")} and ${values.length - MOST_LISTED} more`;

/** A text without its quotes, whatever else as JSON. */
function unquoted(json: string): string {
  return json.startsWith('"') ? String(JSON.parse(json)) : json;
}

const shown = (value: string | undefined): string => (value === undefined ? "none" : value.slice(0, 80));

const LONGEST = 60;

/** Two texts, short enough to read; of long ones the part where they differ. */
export function differing(before: string, after: string): [string, string] {
  if (before.length <= LONGEST && after.length <= LONGEST) return [before, after];
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  const from = Math.max(0, start - LONGEST / 3);
  const cut = (value: string): string =>
    `${from > 0 ? "..." : ""}${value.slice(from, from + LONGEST)}${value.length > from + LONGEST ? "..." : ""}`;
  return [cut(before), cut(after)];
}
