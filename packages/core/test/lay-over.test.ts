import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffMetadata, type MergeOptions, mergeMetadata } from "../src/index.ts";
import { applyChange } from "../src/merge/combine.ts";
import { deepFreeze, document, key, reveal } from "./metadata/arbitraries.ts";

const strategy = fc.constantFrom<NonNullable<MergeOptions["merge"]>>("shallow", "deep", "replace");
const change = fc.tuple(document, fc.array(key, { maxLength: 3 }), strategy).map(([patch, unset, merge]) => ({
  patch,
  unset: unset.filter((name) => !Object.hasOwn(patch, name)),
  merge,
}));

describe("laying a change over a document", () => {
  it("is merging it, for the first and for every later one", () => {
    fc.assert(
      fc.property(document, fc.array(change, { minLength: 1, maxLength: 4 }), (found, changes) => {
        let whole = deepFreeze(found);
        let made: typeof found | undefined;
        for (const one of changes) {
          const merged = mergeMetadata(whole, one.patch, one);
          const laid = applyChange(made, found, one);
          expect(reveal(laid.document)).toEqual(reveal(merged));
          expect(reveal(laid.diff)).toEqual(reveal(diffMetadata(whole, merged)));
          [whole, made] = [merged, laid.document];
        }
      }),
    );
  });

  it("can be taken back", () => {
    fc.assert(
      fc.property(document, change, change, (found, first, second) => {
        const { document: made } = applyChange(undefined, found, first);
        const before = reveal(made);
        applyChange(made, found, second).undo();
        expect(reveal(made)).toEqual(before);
      }),
    );
  });
});
