/** Which variant of a new union is which of the old one. */
import type ts from "typescript";
import { tagsOf } from "./type-facts.ts";

/** Two unions lined up: what both have, old before new, and what only one of them has. */
export interface Pairing {
  readonly pairs: readonly (readonly [ts.Type, ts.Type])[];
  readonly gone: readonly ts.Type[];
  readonly added: readonly ts.Type[];
}

/** Lines up the variants of two unions: by tag, else alone with alone, else those that fit each other. */
export function pairVariants(
  checker: ts.TypeChecker,
  old: readonly ts.Type[],
  now: readonly ts.Type[],
): Pairing {
  const alone = old.length === 1 && now.length === 1;
  const isSame = (one: ts.Type, other: ts.Type): boolean => {
    if (alone) return true;
    const [tags, others] = [tagsOf(checker, one), tagsOf(checker, other)];
    if (tags.length > 0) return others.some((tag) => tags.includes(tag));
    return others.length === 0 && checker.isTypeAssignableTo(other, one);
  };
  const pairs: [ts.Type, ts.Type][] = [];
  const gone: ts.Type[] = [];
  const added = [...now];
  for (const one of old) {
    const index = added.findIndex((other) => isSame(one, other));
    const [other] = index < 0 ? [] : added.splice(index, 1);
    if (other) pairs.push([one, other]);
    else gone.push(one);
  }
  return { pairs, gone, added };
}
