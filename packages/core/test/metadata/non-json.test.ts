import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { findNonJson, type Json, NonJsonError, snapshot } from "../../src/metadata/index.ts";
import { MAX_DEPTH } from "../../src/metadata/non-json.ts";
import { deepFreeze, json, reveal } from "./arbitraries.ts";

class Ticket {
  id = 1;
}

function cycle(): unknown {
  const loop: { inner: { back?: unknown } } = { inner: {} };
  loop.inner.back = loop;
  return loop;
}

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = level % 2 ? [value] : { a: value };
  return value;
}

const revoked = Proxy.revocable({}, {});
revoked.revoke();

describe("findNonJson", () => {
  test("an object of another realm is plain, an instance of another realm is not", () => {
    expect(findNonJson(runInNewContext("({ a: [1, {}] })"))).toEqual([]);
    expect(findNonJson(runInNewContext("[new Date()]"))[0]?.reason).toBe("instance of Date");
  });

  test.each<[string, unknown, string]>([
    ["a function", () => 1, "function"],
    ["a symbol", Symbol("s"), "symbol"],
    ["a BigInt", 1n, "bigint"],
    ["NaN", Number.NaN, "NaN"],
    ["Infinity", Number.POSITIVE_INFINITY, "Infinity"],
    ["-Infinity", Number.NEGATIVE_INFINITY, "-Infinity"],
    ["a Date", new Date(0), "instance of Date"],
    ["a Map", new Map([["a", 1]]), "instance of Map"],
    ["a Set", new Set([1]), "instance of Set"],
    ["a WeakMap", new WeakMap(), "instance of WeakMap"],
    ["a RegExp", /a/, "instance of RegExp"],
    ["an Error", new RangeError("x"), "instance of RangeError"],
    ["a Promise", Promise.resolve(1), "instance of Promise"],
    ["a typed array", new Uint8Array(1), "instance of Uint8Array"],
    ["a buffer", new ArrayBuffer(1), "instance of ArrayBuffer"],
    ["a URL", new URL("https://example.com"), "instance of URL"],
    ["a boxed string", Object("a"), "instance of String"],
    ["a boxed number", Object(1), "instance of Number"],
    ["a boxed boolean", Object(true), "instance of Boolean"],
    ["a boxed BigInt", Object(1n), "instance of BigInt"],
    ["a class instance", new Ticket(), "instance of Ticket"],
    ["an object that inherits values", Object.create({ a: 1 }), "instance of Object"],
    ["an object that inherits from a bare one", Object.create(Object.create(null)), "instance of undefined"],
    ["an object with a symbol key", { [Symbol("s")]: 1 }, "symbol or hidden keys"],
    ["an object with a hidden key", Object.defineProperty({}, "a", { value: 1 }), "symbol or hidden keys"],
    ["a namespace object", Math, "symbol or hidden keys"],
    ["a sparse array", Object.assign([1], { 2: 3 }), "gaps or named properties"],
    ["a long sparse array", new Array(4e9), "gaps or named properties"],
    ["an array with a name", Object.assign([1], { name: 1 }), "gaps or named properties"],
    ["a sparse array with a name", Object.assign(new Array(1), { name: 1 }), "gaps or named properties"],
    ["half an emoji", "😀".slice(0, 1), "half a surrogate pair"],
    ["a revoked proxy", revoked.proxy, "cannot be read"],
  ])("%s", (_, value, reason) => {
    expect(findNonJson({ at: value })[0]).toEqual({ path: "metadata.at", reason });
    expect(findNonJson([value])[0]).toEqual({ path: "metadata[0]", reason });
    expect(findNonJson(value)[0]).toEqual({ path: "metadata", reason });
  });

  test.each<[string, unknown, string, string]>([
    ["undefined in an array", { a: [1, undefined] }, "metadata.a[1]", "undefined"],
    ["undefined alone", undefined, "metadata", "undefined"],
    ["toJSON", { a: { toJSON: () => 1 } }, "metadata.a.toJSON", "function"],
    ["a cycle", cycle(), "metadata.inner.back", "cycle"],
    ["half an emoji in a key", { "\ud83d": 1 }, 'metadata["\\ud83d"]', "half a surrogate pair"],
  ])("%s", (_, value, path, reason) => {
    expect(findNonJson(value)).toEqual([{ path, reason }]);
  });

  test("a getter that throws, by its own path, and the rest of the object is still looked at", () => {
    const value = {
      get broken(): Json {
        throw new Error("secret");
      },
      other: Number.NaN,
    };
    expect(findNonJson(value)).toEqual([
      { path: "metadata.broken", reason: "cannot be read" },
      { path: "metadata.other", reason: "NaN" },
    ]);
  });

  test("everything at once, under the name the caller gives", () => {
    const value = {
      when: new Date(),
      list: [1n, { "odd key": Number.NaN }],
      fine: 1,
      "7": () => 1,
      "07": Symbol(),
    };
    expect(findNonJson(value, "set").map(({ path }) => path)).toEqual([
      "set[7]",
      "set.when",
      "set.list[0]",
      'set.list[1]["odd key"]',
      'set["07"]',
    ]);
  });

  test("no depth overflows the stack; 500 levels pass", () => {
    expect(findNonJson(nested(MAX_DEPTH))).toEqual([]);
    for (const levels of [MAX_DEPTH + 1, 100_000]) {
      const problems = findNonJson(nested(levels));
      expect(problems).toHaveLength(1);
      expect(problems[0]?.reason).toBe("deeper than 500 levels");
    }
  });

  test("let through: undefined properties, -0, one object in two places, bare objects, working getters", () => {
    const shared = { a: 1 };
    const value = {
      gone: undefined,
      zero: -0,
      left: shared,
      right: [shared],
      bare: Object.create(null),
      get now() {
        return 1;
      },
    };
    expect(findNonJson(value)).toEqual([]);
    expect(findNonJson("😀 whole")).toEqual([]);
  });

  test("finds nothing in JSON, whatever the keys", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(findNonJson(deepFreeze(value))).toEqual([]);
      }),
    );
  });

  test("whatever it lets through comes back from JSON as its snapshot", () => {
    fc.assert(
      fc.property(
        fc.anything({
          withDate: true,
          withMap: true,
          withSparseArray: true,
          withNullPrototype: true,
          withBigInt: true,
        }),
        (value) => {
          fc.pre(findNonJson(value).length === 0);
          expect(reveal(JSON.parse(JSON.stringify(value)))).toEqual(reveal(snapshot(value)));
        },
      ),
    );
  });
});

describe("snapshot", () => {
  test("is equal and shares nothing", () => {
    fc.assert(
      fc.property(json, (value) => {
        const copy = snapshot(value);
        expect(reveal(copy)).toEqual(reveal(value));
        if (typeof value === "object" && value !== null) expect(copy).not.toBe(value);
      }),
    );
    const original = { list: [{ a: 1 }] };
    const copy = snapshot(original);
    original.list[0] = { a: 2 };
    expect(copy).toEqual({ list: [{ a: 1 }] });
  });

  test("reads each value once, so a getter cannot answer differently afterwards", () => {
    let reads = 0;
    const value = {
      get a() {
        return ++reads;
      },
    };
    expect(snapshot(value)).toStrictEqual({ a: 1 });
    expect(reads).toBe(1);
  });

  test("drops undefined properties, makes -0 0, keeps __proto__ as data", () => {
    const copy = snapshot({ gone: undefined, zero: -0, bare: Object.create(null) });
    expect(copy).toStrictEqual({ zero: 0, bare: {} });
    const attack = snapshot(JSON.parse('{"__proto__":{"polluted":1}}'));
    expect(Object.keys(attack as object)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(attack)).toBe(Object.prototype);
  });

  test("throws one error with every problem, its message short and without values", () => {
    const value = { secret: "hunter2", list: Array.from({ length: 12 }, () => 1n) };
    const error = catchError(() => snapshot(value));
    expect(error).toMatchObject({ kind: "invalid", provider: "convo", name: "NonJsonError" });
    expect(error).toBeInstanceOf(NonJsonError);
    expect((error as NonJsonError).problems).toHaveLength(12);
    expect((error as NonJsonError).message).toContain("12 not JSON: metadata.list[0] (bigint), ");
    expect((error as NonJsonError).message).not.toMatch(/hunter2|list\[10\]/);
    expectTypeOf(snapshot).returns.toEqualTypeOf<Json>();
  });
});

function catchError(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
