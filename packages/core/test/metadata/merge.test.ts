import fc from "fast-check";
import { afterEach, describe, expect, expectTypeOf, test } from "vitest";
import { type Json, type MergeOptions, type Metadata, mergeMetadata } from "../../src/metadata/index.ts";
import { mergePatch } from "../../src/metadata/merge.ts";
import { deepFreeze, document, json, key, reveal } from "./arbitraries.ts";

const strategies = ["shallow", "deep", "replace"] as const;
const strategy = fc.constantFrom(...strategies);

afterEach(() => {
  // No test below may have reached a global prototype.
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(Reflect.ownKeys(Function.prototype)).not.toContain("polluted");
});

/** RFC 7396 section 2, word for word, on Maps so that it shares nothing with the code under test. */
function rfc7396(target: unknown, patch: unknown): unknown {
  if (!(patch instanceof Map)) return patch;
  const result = target instanceof Map ? new Map(target) : new Map();
  for (const [name, value] of patch) {
    if (value === null) result.delete(name);
    else result.set(name, rfc7396(result.get(name), value));
  }
  return new Map([...result].sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe("deep is RFC 7396", () => {
  test.each<[Json, Json, Json]>([
    [{ a: "b" }, { a: "c" }, { a: "c" }],
    [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
    [{ a: "b" }, { a: null }, {}],
    [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
    [{ a: ["b"] }, { a: "c" }, { a: "c" }],
    [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
    [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
    [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
    [
      ["a", "b"],
      ["c", "d"],
      ["c", "d"],
    ],
    [{ a: "b" }, ["c"], ["c"]],
    [{ a: "foo" }, null, null],
    [{ a: "foo" }, "bar", "bar"],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: "b", c: null }, { a: "b" }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])("appendix A: %j with %j is %j", (target, patch, result) => {
    expect(mergePatch(target, patch)).toEqual(result);
  });

  test("any two values, against a literal reading of the algorithm", () => {
    fc.assert(
      fc.property(json, json, (target, patch) => {
        expect(reveal(mergePatch(target, patch))).toEqual(rfc7396(reveal(target), reveal(patch)));
      }),
    );
  });

  test("null inside an array stays", () => {
    expect(mergeMetadata({ a: [1] }, { a: [null, { b: null }] }, { merge: "deep" })).toEqual({
      a: [null, { b: null }],
    });
  });

  test("a nested undefined is not named", () => {
    const patch = { a: { b: undefined, c: 1 } } as unknown as Metadata;
    expect(mergeMetadata({ a: { b: 2 } }, patch, { merge: "deep" })).toStrictEqual({ a: { b: 2, c: 1 } });
  });
});

describe("laws", () => {
  test("nothing named, nothing changed", () => {
    fc.assert(
      fc.property(document, fc.constantFrom("shallow", "deep"), (current, merge) => {
        expect(reveal(mergeMetadata(current, {}, { merge }))).toEqual(reveal(current));
      }),
    );
  });

  test("twice is once", () => {
    fc.assert(
      fc.property(document, document, fc.array(key), strategy, (current, patch, unset, merge) => {
        const once = mergeMetadata(current, patch, { merge, unset });
        expect(reveal(mergeMetadata(once, patch, { merge, unset }))).toEqual(reveal(once));
      }),
    );
  });

  test("shallow: the later value wins, keys not named stay", () => {
    fc.assert(
      fc.property(document, document, document, (current, first, second) => {
        const merged = reveal(mergeMetadata(mergeMetadata(current, first), second)) as Map<string, unknown>;
        const expected = new Map(
          [current, first, second].flatMap((each) => [...(reveal(each) as Map<string, unknown>)]),
        );
        expect(merged).toEqual(new Map([...expected].sort(([a], [b]) => (a < b ? -1 : 1))));
      }),
    );
  });

  test("shallow: two patches merged first give the same, which is what makes coalescing right", () => {
    fc.assert(
      fc.property(document, document, document, (current, first, second) => {
        const coalesced = mergeMetadata(current, mergeMetadata(first, second));
        expect(reveal(coalesced)).toEqual(reveal(mergeMetadata(mergeMetadata(current, first), second)));
      }),
    );
  });

  test("replace is the patch alone", () => {
    fc.assert(
      fc.property(document, document, (current, patch) => {
        expect(reveal(mergeMetadata(current, patch, { merge: "replace" }))).toEqual(reveal(patch));
      }),
    );
  });

  test("unset removes its keys, and no others", () => {
    fc.assert(
      fc.property(document, document, fc.array(key), strategy, (current, patch, unset, merge) => {
        const kept = reveal(mergeMetadata(current, patch, { merge })) as Map<string, unknown>;
        for (const name of unset) kept.delete(name);
        expect(reveal(mergeMetadata(current, patch, { merge, unset }))).toEqual(kept);
      }),
    );
  });

  test("arguments are neither changed nor returned", () => {
    fc.assert(
      fc.property(document, document, fc.array(key), strategy, (current, patch, unset, merge) => {
        const merged = mergeMetadata(deepFreeze(current), deepFreeze(patch), deepFreeze({ merge, unset }));
        expect(merged).not.toBe(current);
        expect(merged).not.toBe(patch);
        expect(Object.isFrozen(merged)).toBe(false);
      }),
    );
  });
});

describe("details", () => {
  test("undefined is not named, under every strategy", () => {
    const expected = { shallow: { a: 1 }, deep: { a: 1 }, replace: {} };
    for (const merge of strategies) {
      expect(mergeMetadata({ a: 1 }, { a: undefined, b: undefined }, { merge })).toStrictEqual(
        expected[merge],
      );
    }
  });

  test("shallow stores null, only deep removes by it", () => {
    expect(mergeMetadata({ a: 1 }, { a: null })).toEqual({ a: null });
    expect(mergeMetadata({ a: 1 }, { a: null }, { merge: "deep" })).toEqual({});
  });

  test("unset wins over a patch that names the same key", () => {
    expect(mergeMetadata({}, { a: 1, b: 2 }, { unset: ["a"] })).toEqual({ b: 2 });
  });

  test("what the merge did not enter is shared, what it entered is new", () => {
    const current = { kept: { x: 1 }, entered: { kept: [1], y: 1 } };
    const merged = mergeMetadata(current, { entered: { y: 2 } }, { merge: "deep" });
    expect(merged.kept).toBe(current.kept);
    expect(merged.entered).toEqual({ kept: [1], y: 2 });
    expect(merged.entered).not.toBe(current.entered);
    expect((merged.entered as Metadata).kept).toBe(current.entered.kept);
  });

  test.each(strategies)("%s: keys that pollute prototypes are plain data", (merge) => {
    const attack: Metadata = JSON.parse(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"prototype":{"polluted":1}}',
    );
    const merged = mergeMetadata({}, attack, { merge });
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
    expect(merged.polluted).toBeUndefined();
    expect(JSON.stringify(merged)).toBe(JSON.stringify(attack));
    expect(mergeMetadata(merged, {}, { unset: Object.keys(attack) })).toEqual({});
    expect(Object.getPrototypeOf(mergeMetadata({}, {}, { unset: ["__proto__"] }))).toBe(Object.prototype);
    expect(({} as Metadata).polluted).toBeUndefined();
  });

  test("what a prototype holds, even one that others polluted, never meets a merge", () => {
    const prototype: Record<string, unknown> = Object.prototype as never;
    prototype.tags = { inherited: true };
    try {
      const merged = mergeMetadata({}, { tags: { mine: true } }, { merge: "deep" });
      expect(JSON.stringify(merged)).toBe('{"tags":{"mine":true}}');
    } finally {
      delete prototype.tags;
    }
  });

  test("a cycle under deep throws instead of hanging", () => {
    const loop: Metadata = {};
    loop.self = loop;
    expect(() => mergeMetadata({}, loop, { merge: "deep" })).toThrow(RangeError);
  });

  test("types", () => {
    expectTypeOf(mergeMetadata).returns.toEqualTypeOf<Metadata>();
    expectTypeOf<MergeOptions["merge"]>().toEqualTypeOf<"shallow" | "deep" | "replace" | undefined>();
    // @ts-expect-error a Date is not JSON
    mergeMetadata({}, { when: new Date() });
    // @ts-expect-error no such strategy
    mergeMetadata({}, {}, { merge: "union" });
  });
});
