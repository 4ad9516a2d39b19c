/** Compares two generated types property by property, in the direction their values travel. */
import type ts from "typescript";
import { type Finding, join } from "./change.ts";
import { pairVariants } from "./pair-variants.ts";
import { type FieldChange, type Move, OF_FIELD, OF_TYPE } from "./ratings.ts";
import { differing } from "./rules.ts";
import { isOpenVariant, isOptional, itemOf, membersOf, propertyType, textOf } from "./type-facts.ts";
import { type Step, type Way, walk } from "./walk.ts";

type Children = Step<ts.Type>["children"][number][];

/** A comparison bound to the checker that knows both types. */
export class TypeWalk {
  readonly #checker: ts.TypeChecker;
  readonly #steps: Record<Way, Map<string, Step<ts.Type>>> = { request: new Map(), response: new Map() };
  readonly #ids = new Map<ts.Type, number>();
  readonly #unchanged: ReadonlySet<ts.Type>;

  /** @param unchanged old types that have nothing to compare in them */
  constructor(checker: ts.TypeChecker, unchanged: ReadonlySet<ts.Type> = new Set()) {
    this.#checker = checker;
    this.#unchanged = unchanged;
  }

  /** What became of a property of a request or an answer, and of all that is below it. */
  property(before: ts.Symbol | undefined, after: ts.Symbol | undefined, way: Way, name: string): Finding[] {
    const { findings, children } = this.#property(before, after, way, name);
    return [
      ...findings,
      ...children.flatMap(([place, old, now]) =>
        walk(
          old,
          now,
          (one, other) => this.#step(one, other, way),
          (one, other) => this.#key(one, other),
        ).map((finding) => ({ ...finding, field: join(place, finding.field) })),
      ),
    ];
  }

  #property(
    before: ts.Symbol | undefined,
    after: ts.Symbol | undefined,
    way: Way,
    name: string,
  ): Step<ts.Type> {
    const [old, now] = [propertyType(this.#checker, before), propertyType(this.#checker, after)];
    const say = (change: FieldChange): Finding => ({
      rating: OF_FIELD[change][way],
      field: name,
      what: `${way} field ${change}`,
    });
    if (old && !now) return { findings: [say("removed")], children: [] };
    if (!old && now)
      return { findings: [say(isOptional(after) ? "added" : "added, required")], children: [] };
    if (!old || !now) return { findings: [], children: [] };
    const isSame = isOptional(before) === isOptional(after);
    return {
      findings: isSame ? [] : [say(isOptional(after) ? "now optional" : "now required")],
      children: [[name, old, now]],
    };
  }

  #key(before: ts.Type, after: ts.Type): string {
    const [old, now] = [before, after].map((type) => {
      const id = this.#ids.get(type) ?? this.#ids.size;
      this.#ids.set(type, id);
      return id;
    });
    return `${old} ${now}`;
  }

  #step(before: ts.Type, after: ts.Type, way: Way): Step<ts.Type> {
    const key = this.#key(before, after);
    const known = this.#steps[way].get(key);
    if (known) return known;
    const children: Children = [];
    const findings = [...this.#values(before, after, way), ...this.#objects(before, after, way, children)];
    const step = {
      findings: distinct(findings),
      children: children.filter(([, old, now]) => !this.#isSame(old, now, way)),
    };
    this.#steps[way].set(key, step);
    return step;
  }

  /** Nothing to enter: a named type that did not change, or values that are the same. */
  #isSame(before: ts.Type, after: ts.Type, way: Way): boolean {
    if (this.#unchanged.has(before) || before === after) return true;
    const isLeaf = [before, after].every((type) => membersOf(type).objects.length === 0);
    return isLeaf && this.#values(before, after, way).length === 0;
  }

  /** Values are a set: it can get larger, smaller, or another one. */
  #values(before: ts.Type, after: ts.Type, way: Way): Finding[] {
    const [old, now] = [membersOf(before).values, membersOf(after).values];
    const fits = (one: ts.Type, list: readonly ts.Type[]): boolean =>
      list.some((other) => this.#checker.isTypeAssignableTo(one, other));
    const isWider = now.some((one) => !fits(one, old));
    const isNarrower = old.some((one) => !fits(one, now));
    if (isWider && isNarrower) return [this.#difference("changed", before, after, way)];
    if (isWider) return [this.#difference("widened", before, after, way)];
    return isNarrower ? [this.#difference("narrowed", before, after, way)] : [];
  }

  /** Objects are variants: each is compared with its like, and what has none came or went. */
  #objects(before: ts.Type, after: ts.Type, way: Way, children: Children): Finding[] {
    const [old, now] = [membersOf(before).objects, membersOf(after).objects];
    const { pairs, gone, added } = pairVariants(this.#checker, old, now);
    const findings = pairs.flatMap(([one, other]) => this.#structure(one, other, way, children));
    if (gone.length > 0) findings.push(this.#difference("narrowed", before, after, way));
    if (added.length === 0) return findings;
    // A union with a variant for tags yet unknown has room for new ones: callers had to provide for them.
    const hasRoom = way === "response" && old.some((one) => isOpenVariant(this.#checker, one));
    const what = `variant added: ${added.map((one) => textOf(this.#checker, one)).join(" | ")}`;
    findings.push(
      hasRoom ? { rating: "minor", field: "", what } : this.#difference("widened", before, after, way),
    );
    return findings;
  }

  #structure(before: ts.Type, after: ts.Type, way: Way, children: Children): Finding[] {
    const [item, newItem] = [itemOf(this.#checker, before), itemOf(this.#checker, after)];
    if (item && newItem) {
      children.push(["[]", item, newItem]);
      return [];
    }
    if (item || newItem) return [this.#difference("changed", before, after, way)];
    const names = new Set([...before.getProperties(), ...after.getProperties()].map(({ name }) => name));
    const findings = [...names].flatMap((name) => {
      const step = this.#property(before.getProperty(name), after.getProperty(name), way, name);
      children.push(...step.children);
      return step.findings;
    });
    return [...findings, ...freeKeys(before.getStringIndexType(), after.getStringIndexType(), children)];
  }

  #difference(move: Move, before: ts.Type, after: ts.Type, way: Way): Finding {
    const [old, now] = differing(textOf(this.#checker, before), textOf(this.#checker, after));
    return { rating: OF_TYPE[way][move], field: "", what: `type ${move}: ${old} -> ${now}` };
  }
}

/** The keys of a map, which the spec does not name. */
function freeKeys(before: ts.Type | undefined, after: ts.Type | undefined, children: Children): Finding[] {
  if (before && after) children.push(["*", before, after]);
  else if (before) return [{ rating: "major", field: "*", what: "free keys removed" }];
  else if (after) return [{ rating: "minor", field: "*", what: "free keys added" }];
  return [];
}

/** Pairs of one union may differ in the same way; it is said once. */
const distinct = (findings: readonly Finding[]): Finding[] => [
  ...new Map(findings.map((finding) => [`${finding.field} ${finding.what}`, finding])).values(),
];
