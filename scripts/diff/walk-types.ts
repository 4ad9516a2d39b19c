/** Compares two types property by property, in the direction their values travel. */
import ts from "typescript";
import { below, type Found, type Rating } from "./change.ts";

type Way = "request" | "response";

const has = (type: ts.Type, flags: ts.TypeFlags): boolean => (type.flags & flags) !== 0;
const isAbsent = (type: ts.Type): boolean => has(type, ts.TypeFlags.Never | ts.TypeFlags.Undefined);

/** Ratings of what happens to a property, for who sends it and for who reads it. */
const PROPERTY: Record<
  "removed" | "added" | "added, required" | "now required" | "now optional",
  Record<Way, Rating>
> = {
  removed: { request: "major", response: "major" },
  added: { request: "minor", response: "minor" },
  "added, required": { request: "major", response: "minor" },
  "now required": { request: "major", response: "minor" },
  "now optional": { request: "minor", response: "major" },
};

/** A comparison bound to the checker that knows both types; equal pairs are compared once, and cycles end. */
export function compareWith(checker: ts.TypeChecker) {
  const known = new Map<ts.Type, Map<ts.Type, Partial<Record<Way, Found[]>>>>();

  function compare(old: ts.Type, now: ts.Type, way: Way): Found[] {
    const row = known.get(old) ?? new Map<ts.Type, Partial<Record<Way, Found[]>>>();
    known.set(old, row);
    const cell = row.get(now) ?? {};
    row.set(now, cell);
    if (cell[way]) return cell[way];
    cell[way] = [];
    cell[way] = fresh(old, now, way);
    return cell[way];
  }

  function fresh(old: ts.Type, now: ts.Type, way: Way): Found[] {
    const [was, is] = [parts(old), parts(now)];
    const found = values(was.values, is.values, old, now, way);
    const pairs = pair(was.objects, is.objects);
    for (const [one, other] of pairs) found.push(...structure(one, other, way));
    const lone = (list: ts.Type[], side: 0 | 1): ts.Type[] =>
      list.filter((one) => !pairs.some((two) => two[side] === one));
    if (lone(was.objects, 0).length > 0) found.push(difference("narrowed", old, now, way));
    // A union with a variant for tags yet unknown has room for new ones: callers had to provide for them.
    if (lone(is.objects, 1).length > 0)
      found.push(
        way === "response" && was.objects.some(isOpenVariant)
          ? roomy(now)
          : difference("widened", old, now, way),
      );
    return found.filter(
      (one, index) =>
        found.findIndex(({ field, what }) => field === one.field && what === one.what) === index,
    );
  }

  const roomy = (now: ts.Type): Found => ({
    rating: "minor",
    field: "",
    what: `new variant in ${text(now)}`,
  });

  function values(old: ts.Type[], now: ts.Type[], whole: ts.Type, next: ts.Type, way: Way): Found[] {
    const fits = (one: ts.Type, list: ts.Type[]): boolean =>
      list.some((other) => checker.isTypeAssignableTo(one, other));
    const wider = now.some((one) => !fits(one, old));
    const narrower = old.some((one) => !fits(one, now));
    if (wider && narrower) return [difference("changed", whole, next, way)];
    return [
      ...(wider ? [difference("widened", whole, next, way)] : []),
      ...(narrower ? [difference("narrowed", whole, next, way)] : []),
    ];
  }

  function difference(how: "widened" | "narrowed" | "changed", old: ts.Type, now: ts.Type, way: Way): Found {
    const harmless = how === (way === "request" ? "widened" : "narrowed");
    return {
      rating: harmless ? "minor" : "major",
      field: "",
      what: `type ${how}: ${text(old)} -> ${text(now)}`,
    };
  }

  function structure(old: ts.Type, now: ts.Type, way: Way): Found[] {
    const [item, newItem] = [element(old), element(now)];
    if (item && newItem) return below("[]", compare(item, newItem, way));
    if (item || newItem) return [difference("changed", old, now, way)];
    const names = new Set([...old.getProperties(), ...now.getProperties()].map(({ name }) => name));
    const found = [...names].flatMap((name) =>
      property(old.getProperty(name), now.getProperty(name), way, name),
    );
    const [index, newIndex] = [old.getStringIndexType(), now.getStringIndexType()];
    if (index && newIndex) found.push(...below("*", compare(index, newIndex, way)));
    else if (index) found.push({ rating: "major", field: "*", what: "free keys removed" });
    else if (newIndex) found.push({ rating: "minor", field: "*", what: "free keys added" });
    return found;
  }

  function property(old: ts.Symbol | undefined, now: ts.Symbol | undefined, way: Way, name: string): Found[] {
    const [was, is] = [present(old), present(now)];
    const about = (what: keyof typeof PROPERTY): Found => ({
      rating: PROPERTY[what][way],
      field: name,
      what: `${noun(way)} ${what}`,
    });
    if (was && !is) return [about("removed")];
    if (!was && is) return [about(isOptional(now) ? "added" : "added, required")];
    if (!was || !is) return [];
    const found = below(name, compare(was, is, way));
    if (isOptional(old) === isOptional(now)) return found;
    return [about(isOptional(now) ? "now optional" : "now required"), ...found];
  }

  const present = (symbol: ts.Symbol | undefined): ts.Type | undefined => {
    const type = symbol && checker.getTypeOfSymbol(symbol);
    return type && !isAbsent(type) ? type : undefined;
  };

  const noun = (way: Way): string => (way === "request" ? "request field" : "response field");

  function parts(type: ts.Type): { values: ts.Type[]; objects: ts.Type[] } {
    const members = (type.isUnion() ? type.types : [type]).filter((one) => !isAbsent(one));
    const isObject = (one: ts.Type): boolean =>
      has(one, ts.TypeFlags.Object) ||
      (one.isIntersection() && one.types.every((each) => has(each, ts.TypeFlags.Object)));
    return { values: members.filter((one) => !isObject(one)), objects: members.filter(isObject) };
  }

  const element = (type: ts.Type): ts.Type | undefined =>
    checker.isArrayType(type) ? checker.getTypeArguments(type as ts.TypeReference)[0] : undefined;

  /** Lines up the variants of two unions: by tag, else alone with alone, else those that fit each other. */
  function pair(old: ts.Type[], now: ts.Type[]): [ts.Type, ts.Type][] {
    const free = [...now];
    const take = (fits: (other: ts.Type) => boolean): ts.Type | undefined => {
      const index = free.findIndex(fits);
      return index < 0 ? undefined : free.splice(index, 1)[0];
    };
    const alone = old.length === 1 && now.length === 1;
    return old.flatMap((one): [ts.Type, ts.Type][] => {
      const tags = tagsOf(one);
      const other = take(
        tags.length > 0 && !alone
          ? (each) => tagsOf(each).some((tag) => tags.includes(tag))
          : (each) => alone || (tagsOf(each).length === 0 && checker.isTypeAssignableTo(each, one)),
      );
      return other ? [[one, other]] : [];
    });
  }

  function tagsOf(type: ts.Type): string[] {
    return type.getProperties().flatMap((one) => {
      const value = checker.getTypeOfSymbol(one);
      if (value.isStringLiteral()) return [`${one.name}=${value.value}`];
      return has(value, ts.TypeFlags.TemplateLiteral) ? [`${one.name}=?`] : [];
    });
  }

  const isOpenVariant = (type: ts.Type): boolean => tagsOf(type).some((tag) => tag.endsWith("=?"));

  const text = (type: ts.Type): string => {
    const whole = checker.typeToString(type).replaceAll(/\s+/g, " ");
    return whole.length > 60 ? `${whole.slice(0, 57)}...` : whole;
  };

  return { compare, property };
}

const isOptional = (symbol: ts.Symbol | undefined): boolean =>
  symbol !== undefined && (symbol.flags & ts.SymbolFlags.Optional) !== 0;
