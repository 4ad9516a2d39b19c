/** Compares two types property by property, in the direction their values travel. */
import type ts from "typescript";
import { below, type Found } from "./change.ts";
import { pairVariants } from "./pair-variants.ts";
import { oncePerPair, type Way } from "./pairs.ts";
import { isOpenVariant, isOptional, itemOf, membersOf, propertyType, textOf } from "./type-facts.ts";
import { propertyFound, typeFound } from "./type-ratings.ts";

/** A comparison bound to the checker that knows both types. */
export class TypeWalk {
  readonly #checker: ts.TypeChecker;
  readonly #compare = oncePerPair<ts.Type>((old, now, way) =>
    distinct([...this.#values(old, now, way), ...this.#objects(old, now, way)]),
  );

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  /** What became of a property of a request or an answer, and of all that is below it. */
  property(old: ts.Symbol | undefined, now: ts.Symbol | undefined, way: Way, name: string): Found[] {
    const [was, is] = [propertyType(this.#checker, old), propertyType(this.#checker, now)];
    if (was && !is) return [propertyFound(name, "removed", way)];
    if (!was && is) return [propertyFound(name, isOptional(now) ? "added" : "added, required", way)];
    if (!was || !is) return [];
    const found = below(name, this.#compare(was, is, way));
    if (isOptional(old) === isOptional(now)) return found;
    return [propertyFound(name, isOptional(now) ? "now optional" : "now required", way), ...found];
  }

  /** Values are a set: it can get larger, smaller, or another one. */
  #values(old: ts.Type, now: ts.Type, way: Way): Found[] {
    const [was, is] = [membersOf(old).values, membersOf(now).values];
    const fits = (one: ts.Type, list: readonly ts.Type[]): boolean =>
      list.some((other) => this.#checker.isTypeAssignableTo(one, other));
    const isWider = is.some((one) => !fits(one, was));
    const isNarrower = was.some((one) => !fits(one, is));
    if (isWider && isNarrower) return [this.#difference("changed", old, now, way)];
    if (isWider) return [this.#difference("widened", old, now, way)];
    return isNarrower ? [this.#difference("narrowed", old, now, way)] : [];
  }

  /** Objects are variants: each is compared with its like, and what has none came or went. */
  #objects(old: ts.Type, now: ts.Type, way: Way): Found[] {
    const [was, is] = [membersOf(old).objects, membersOf(now).objects];
    const { pairs, gone, added } = pairVariants(this.#checker, was, is);
    const found = pairs.flatMap(([one, other]) => this.#structure(one, other, way));
    if (gone.length > 0) found.push(this.#difference("narrowed", old, now, way));
    if (added.length === 0) return found;
    // A union with a variant for tags yet unknown has room for new ones: callers had to provide for them.
    const hasRoom = way === "response" && was.some((one) => isOpenVariant(this.#checker, one));
    const newVariant = `new variant in ${textOf(this.#checker, now)}`;
    found.push(
      hasRoom ? { rating: "minor", field: "", what: newVariant } : this.#difference("widened", old, now, way),
    );
    return found;
  }

  #structure(old: ts.Type, now: ts.Type, way: Way): Found[] {
    const [item, newItem] = [itemOf(this.#checker, old), itemOf(this.#checker, now)];
    if (item && newItem) return below("[]", this.#compare(item, newItem, way));
    if (item || newItem) return [this.#difference("changed", old, now, way)];
    const names = new Set([...old.getProperties(), ...now.getProperties()].map(({ name }) => name));
    const found = [...names].flatMap((name) =>
      this.property(old.getProperty(name), now.getProperty(name), way, name),
    );
    return [...found, ...this.#freeKeys(old.getStringIndexType(), now.getStringIndexType(), way)];
  }

  /** The keys of a map, which the spec does not name. */
  #freeKeys(old: ts.Type | undefined, now: ts.Type | undefined, way: Way): Found[] {
    if (old && now) return below("*", this.#compare(old, now, way));
    if (old) return [{ rating: "major", field: "*", what: "free keys removed" }];
    return now ? [{ rating: "minor", field: "*", what: "free keys added" }] : [];
  }

  #difference(how: Parameters<typeof typeFound>[0], old: ts.Type, now: ts.Type, way: Way): Found {
    return typeFound(how, textOf(this.#checker, old), textOf(this.#checker, now), way);
  }
}

/** Pairs of one union may differ in the same way; it is said once. */
const distinct = (found: readonly Found[]): Found[] =>
  found.filter(
    (one, index) => found.findIndex(({ field, what }) => field === one.field && what === one.what) === index,
  );
