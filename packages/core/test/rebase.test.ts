import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { equalJson, type Json, type Metadata, mergeMetadata } from "../src/index.ts";
import { applyList } from "../src/merge/combine.ts";
import { compareWithTarget, rebase } from "../src/merge/compare.ts";

const key = fc.constantFrom("a", "b", "c", "__proto__", "constructor");
const leaf = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom("x", "y", null));
const value: fc.Arbitrary<Json> = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 2 }),
  document(leaf as fc.Arbitrary<Json>),
);
function document(values: fc.Arbitrary<Json>): fc.Arbitrary<Metadata> {
  return fc
    .uniqueArray(fc.tuple(key, values), { selector: ([name]) => name, maxLength: 4 })
    .map((entries) => Object.fromEntries(entries));
}
const doc = document(value);

describe("comparing what is there with what was asked", () => {
  const base = { fields: { name: "old" }, document: { a: 1 } };
  const target = { fields: { name: "new" }, document: { a: 2, b: 3 } };
  const compare = (now: typeof target | typeof base) => compareWithTarget(base, target, now, [], false);

  it("makes again what is lost, and nothing else", () => {
    expect(compare({ ...target, fields: base.fields })).toMatchObject({
      lost: ["name"],
      remaining: { fields: { name: "new" }, document: undefined },
    });
    expect(compare({ ...target, document: { a: 2 } as never })).toMatchObject({
      lost: ["metadata.b"],
      remaining: { fields: {}, document: { a: 2, b: 3 } },
    });
    expect(compare(target)).toMatchObject({ lost: [], superseded: [], ambiguous: [] });
  });
});

describe("judging a change by what is there now", () => {
  it("finds it there when it is", () => {
    fc.assert(
      fc.property(doc, doc, fc.boolean(), (base, target, deep) => {
        const { document: kept, lost, superseded } = rebase(base, target, target, deep);
        expect({ kept, lost, superseded }).toEqual({ kept: target, lost: [], superseded: [] });
      }),
    );
  });

  it("makes all of it again where nothing of it is there", () => {
    fc.assert(
      fc.property(doc, doc, fc.boolean(), (base, target, deep) => {
        expect(equalJson(rebase(base, target, base, deep).document, target)).toBe(true);
      }),
    );
  });

  it("keeps what others wrote elsewhere", () => {
    fc.assert(
      fc.property(doc, doc, fc.boolean(), (base, patch, deep) => {
        const target = mergeMetadata(base, patch);
        const now = { ...base, theirs: 1 };
        const { document: again, superseded } = rebase(base, target, now, deep);
        expect(equalJson(again, { ...target, theirs: 1 })).toBe(true);
        expect(superseded).toEqual([]);
      }),
    );
  });

  it("lets a newer value stand", () => {
    fc.assert(
      fc.property(doc, doc, (base, patch) => {
        const target = mergeMetadata(base, patch);
        const now = Object.fromEntries(Object.keys(target).map((name) => [name, "newer"]));
        const { document: again, lost } = rebase(base, target, now, false);
        for (const name of Object.keys(patch))
          if (!equalJson(base[name], patch[name])) expect(lost).not.toContain(name);
        for (const name of Object.keys(now)) expect(again[name]).toBe("newer");
      }),
    );
  });

  it("settles: what it makes again is found there", () => {
    fc.assert(
      fc.property(doc, doc, doc, fc.boolean(), (base, target, now, deep) => {
        const first = rebase(base, target, now, deep);
        expect(rebase(now, first.document, first.document, deep).lost).toEqual([]);
      }),
    );
  });

  it("changes no argument", () => {
    fc.assert(
      fc.property(doc, doc, doc, fc.boolean(), (base, target, now, deep) => {
        const before = JSON.stringify([base, target, now]);
        rebase(base, target, now, deep);
        expect(JSON.stringify([base, target, now])).toBe(before);
      }),
    );
  });

  it("takes whatever differs for lost where it does not know what was there", () => {
    expect(rebase(undefined, { a: 1 }, { a: 2, b: 3 }, false)).toEqual({
      document: { a: 1 },
      lost: ["a", "b"],
      superseded: [],
    });
  });

  it("goes into objects only for a deep merge", () => {
    const [base, target, now] = [{ a: { x: 1, y: 1 } }, { a: { x: 2, y: 1 } }, { a: { x: 1, y: 9 } }];
    expect(rebase(base, target, now, false)).toEqual({ document: now, lost: [], superseded: ["a"] });
    expect(rebase(base, target, now, true)).toEqual({
      document: { a: { x: 2, y: 9 } },
      lost: ["a"],
      superseded: [],
    });
  });
});

describe("a list", () => {
  it("gets what is added once and loses what is removed, in order", () => {
    expect(applyList(["a", "b"], ["c", "a", "c"], ["b"])).toEqual(["a", "c"]);
    expect(applyList([{ q: 1 }], [{ q: 1 }, { q: 2 }], [])).toEqual([{ q: 1 }, { q: 2 }]);
  });

  it("is the same after the same change again", () => {
    const list = fc.array(fc.integer({ min: 0, max: 5 }));
    fc.assert(
      fc.property(list, list, list, (now, add, remove) => {
        const once = applyList(now, add, remove);
        const removals = remove.filter((one) => !add.includes(one));
        expect(applyList(once, add, removals)).toEqual(once);
      }),
    );
  });
});
