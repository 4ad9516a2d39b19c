/** Two versions of a schema, compared in one spelling and in the direction their values travel. */

import type { Schema, Spec } from "../generate/openapi.ts";
import { type Conjunction, canonical, Shapes, TYPES, type Variant, variantKey } from "../generate/shape.ts";
import { below, type Finding, join } from "./change.ts";
import { type FieldChange, OF_FIELD, OF_TYPE } from "./ratings.ts";
import { compareNotes, compareRules, compareValues } from "./rules.ts";
import { referencesIn, unchangedSchemas } from "./unchanged.ts";
import { type Step, type Way, walk } from "./walk.ts";

/** Compares a schema of the old spec with one of the new; a missing one is "anything". */
export type CompareSchemas = (before?: Conjunction, after?: Conjunction, way?: Way) => Finding[];

/** A comparison of the schemas of two specs, which remembers every pair it has seen. */
export function compareSchemas(before: Spec, after: Spec): CompareSchemas {
  const olds = new Shapes(before);
  const news = new Shapes(after, olds);
  const unchanged = unchangedSchemas(before, after);
  const answers = new WeakMap<Schema, boolean>();
  const isUnchanged = (schema: Schema | boolean): boolean => {
    if (typeof schema === "boolean") return true;
    const answer =
      answers.get(schema) ?? referencesIn(canonical(schema)).every((name) => unchanged.has(name));
    answers.set(schema, answer);
    return answer;
  };
  /** Written alike, and leading to what is written alike. */
  const isSame = (old: Conjunction, now: Conjunction): boolean =>
    olds.key(old) === news.key(now) && old.every(isUnchanged);
  const known: Record<Way, Map<string, Step<Conjunction>>> = { request: new Map(), response: new Map() };
  const keyOf = (old: Conjunction, now: Conjunction): string => `${olds.key(old)} ${news.key(now)}`;
  return (old = [], now = [], way = "request") =>
    walk(
      old,
      now,
      (one, other) => {
        const key = keyOf(one, other);
        const step = known[way].get(key);
        if (step) return step;
        const { findings, children } = isSame(one, other) ? NOTHING : compareAll(olds, one, news, other, way);
        const made = { findings, children: children.filter(([, old, now]) => !isSame(old, now)) };
        known[way].set(key, made);
        return made;
      },
      keyOf,
    );
}

const NOTHING: Step<Conjunction> = { findings: [], children: [] };

/** Every way a value could look, against every way it can look now. */
function compareAll(
  olds: Shapes,
  before: Conjunction,
  news: Shapes,
  after: Conjunction,
  way: Way,
): Step<Conjunction> {
  const [old, now] = [olds.variants(before), news.variants(after)];
  const findings: Finding[] = [...compareTypes(old, now, way), ...compareNotes(old, now, way)];
  const children: Step<Conjunction>["children"][number][] = [];
  for (const type of TYPES) {
    const [some, others] = [old, now].map((list) => list.filter((one) => one.type === type));
    if (!some?.length || !others?.length) continue;
    const { pairs, gone, added } = pairUp(olds, some, news, others);
    const hasRoom = way === "response" && some.some((one) => tagsOf(olds, one).some(isOpenTag));
    for (const one of gone)
      findings.push({
        rating: OF_TYPE[way].narrowed,
        field: "",
        what: `variant removed: ${label(olds, one)}`,
      });
    for (const one of added)
      findings.push({
        // A union with a variant for tags yet unknown has room for new ones: callers had to provide for them.
        rating: hasRoom ? "minor" : OF_TYPE[way].widened,
        field: "",
        what: `variant added: ${label(news, one)}`,
      });
    for (const [one, other] of pairs) {
      const step = compareVariant(olds, one, news, other, way);
      const place = some.length > 1 ? variantName(olds, one) : "";
      findings.push(...below(place, step.findings));
      for (const [field, old, now] of step.children) children.push([join(place, field), old, now]);
    }
  }
  return { findings: distinct(findings), children };
}

function compareTypes(before: readonly Variant[], after: readonly Variant[], way: Way): Finding[] {
  const [old, now] = [before, after].map((list) =>
    TYPES.filter((type) => list.some((one) => one.type === type)),
  );
  const isNarrower = old?.some((type) => !now?.includes(type));
  const isWider = now?.some((type) => !old?.includes(type));
  if (!isNarrower && !isWider) return [];
  const move = isNarrower && isWider ? "changed" : isNarrower ? "narrowed" : "widened";
  return [{ rating: OF_TYPE[way][move], field: "", what: `type ${typeText(old)} -> ${typeText(now)}` }];
}

function typeText(types: readonly string[] = []): string {
  if (types.length === TYPES.length) return "anything";
  // As people write it: what it is, and then that it may be null.
  return types.toReversed().join(" | ") || "nothing";
}

const STRING = { type: "string" };

function compareVariant(
  olds: Shapes,
  before: Variant,
  news: Shapes,
  after: Variant,
  way: Way,
): Step<Conjunction> {
  const findings = [...compareRules(before, after, way), ...compareValues(before, after, way)];
  const children: Step<Conjunction>["children"][number][] = [];
  const say = (field: string, change: FieldChange): void =>
    void findings.push({ rating: OF_FIELD[change][way], field, what: `${way} field ${change}` });
  const names = new Set([
    ...[...before.properties.keys(), ...after.properties.keys()],
    ...[...before.required, ...after.required],
  ]);
  for (const name of names) {
    const [old, now] = [fieldOf(olds, before, name), fieldOf(news, after, name)];
    const [wasRequired, isRequired] = [before.required.has(name), after.required.has(name)];
    if (old && !now) say(name, "removed");
    else if (!old && now) say(name, isRequired ? "added, required" : "added");
    else if (wasRequired !== isRequired) say(name, isRequired ? "now required" : "now optional");
    if (old && now) children.push([name, old, now]);
  }
  if (before.additional !== false && after.additional !== false && (before.additional ?? after.additional))
    children.push(["*", before.additional ?? [], after.additional ?? []]);
  if (before.keys || after.keys)
    children.push(["keys", [STRING, ...(before.keys ?? [])], [STRING, ...(after.keys ?? [])]]);
  if (before.items || after.items) children.push(["[]", before.items ?? [], after.items ?? []]);
  return { findings, children };
}

/** A named field; undefined where there is none, or none that anything fits. */
function fieldOf(shapes: Shapes, { properties }: Variant, name: string): Conjunction | undefined {
  const field = properties.get(name);
  return field && shapes.variants(field).length > 0 ? field : undefined;
}

interface Pairing {
  pairs: [Variant, Variant][];
  gone: Variant[];
  added: Variant[];
}

/** Lines up the variants of one type: those that are the same, then by tag, then alone with alone, then by what they share. */
function pairUp(olds: Shapes, old: readonly Variant[], news: Shapes, now: readonly Variant[]): Pairing {
  let [gone, added] = [[...old], [...now]];
  const pairs: [Variant, Variant][] = [];
  const pairBy = (
    oldKeys: (one: Variant) => readonly string[],
    newKeys: (one: Variant) => readonly string[],
  ) => {
    const left: Variant[] = [];
    const byKey = new Map(added.flatMap((one) => newKeys(one).map((key) => [key, one] as const)));
    const free = new Set(added);
    for (const one of gone) {
      const other = oldKeys(one)
        .map((key) => byKey.get(key))
        .find((candidate) => candidate && free.delete(candidate));
      if (other) pairs.push([one, other]);
      else left.push(one);
    }
    [gone, added] = [left, [...free]];
  };
  if (old.length > 1 || now.length > 1) {
    pairBy(
      (one) => [variantKey(one)],
      (one) => [variantKey(one)],
    );
    pairBy(
      (one) => tagsOf(olds, one),
      (one) => tagsOf(news, one),
    );
  }
  const tagged = (shapes: Shapes, one: Variant): boolean => tagsOf(shapes, one).length > 0;
  const [loose, others] = [
    gone.filter((one) => !tagged(olds, one)),
    added.filter((one) => !tagged(news, one)),
  ];
  const alone = old.length === 1 && now.length === 1;
  for (const one of alone ? gone : loose) {
    const other = alone ? added[0] : closest(one, others);
    if (!other) continue;
    pairs.push([one, other]);
    gone = gone.filter((each) => each !== one);
    added = added.filter((each) => each !== other);
    others.splice(others.indexOf(other), 1);
  }
  return { pairs, gone, added };
}

/** The variant that shares most field names; for what has no fields, the next one. */
function closest(one: Variant, others: readonly Variant[]): Variant | undefined {
  if (one.properties.size === 0) return others.find(({ properties }) => properties.size === 0);
  const shared = (other: Variant): number =>
    [...other.properties.keys()].filter((name) => one.properties.has(name)).length;
  const [best] = others.filter((other) => shared(other) > 0).sort((a, b) => shared(b) - shared(a));
  return best;
}

/** What tells a variant from the others, as `type="message"`; `type=?` stands for every value that no other variant has. */
function tagsOf(shapes: Shapes, { properties }: Variant): string[] {
  return [...properties].flatMap(([name, field]) => {
    const [value, ...others] = shapes.variants(field);
    if (!value || others.length > 0) return [];
    if (value.values?.length === 1) return [`${name}=${value.values[0]}`];
    return value.rules.has("not") ? [`${name}=?`] : [];
  });
}

const isOpenTag = (tag: string): boolean => tag.endsWith("=?");

/** A variant within a place: its tags' values, as `<message>`; nothing where it has none. */
function variantName(shapes: Shapes, one: Variant): string {
  const values = tagsOf(shapes, one).map((tag) => tag.slice(tag.indexOf("=") + 1).replaceAll(/["<>]/g, ""));
  return values.length > 0 ? `<${values.slice(0, 2).join("/").slice(0, 60)}>` : "";
}

/** A variant in a few words. */
function label(shapes: Shapes, one: Variant): string {
  const tags = tagsOf(shapes, one);
  if (tags.length > 0) return tags.slice(0, 3).join(", ");
  const names = [...one.properties.keys()];
  if (names.length > 0) return `{ ${names.slice(0, 5).join(", ")}${names.length > 5 ? ", ..." : ""} }`;
  const facts = [...(one.values ?? []), ...[...one.rules].map(([word, rule]) => `${word} ${String(rule)}`)];
  return [one.type, ...facts.slice(0, 3)].join(" ").slice(0, 80);
}

/** Pairs of one union may differ in the same way; it is said once. */
function distinct(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((one) => [JSON.stringify(one), one])).values()];
}
