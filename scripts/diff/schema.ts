/** What types cannot say about a value, schema by schema, in the direction the value travels. */
import { resolve, type Schema, type Spec } from "../generate/spec.ts";
import { below, type Found } from "./change.ts";
import { oncePerPair, type Way } from "./pairs.ts";
import { compareRules } from "./schema-rules.ts";

/** The schema that says nothing. */
const ANY: Schema = {};

/** A comparison of the schemas of two specs. */
export function compareSchemas(before: Spec, after: Spec) {
  const resolved = oncePerPair<Schema>((old, now, way) => [
    ...compareRules(old, now, way),
    ...children(old, now, way),
  ]);

  function compare(one: Schema | undefined, other: Schema | undefined, way: Way): Found[] {
    return one && other ? resolved(resolve(before, one), resolve(after, other), way) : [];
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

/** What a branch is known by: its name, or its tag. */
function keyOf(spec: Spec, branch: Schema): string | undefined {
  if (branch.$ref !== undefined) return branch.$ref;
  const tag = Object.entries(branch.properties ?? {}).find(
    ([, value]) => resolve(spec, value).const !== undefined,
  );
  return tag && `${tag[0]}=${String(resolve(spec, tag[1]).const)}`;
}
