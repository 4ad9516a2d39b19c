import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { checkMetadata, type Headroom, headroom, type Violation } from "../../src/metadata/index.ts";
import { deepFreeze, document } from "./arbitraries.ts";

const openai = { maxProperties: 16, maxKeyLength: 64, maxValueLength: 512 };

describe("checkMetadata", () => {
  test("every violation at once, none of them showing a value", () => {
    const metadata = deepFreeze({ a: "1234", bcd: "é😀", "odd key": 5 });
    const limits = { maxProperties: 2, maxKeyLength: 2, maxValueLength: 3 };
    expect(checkMetadata(metadata, limits, { values: "string" })).toEqual([
      {
        path: "metadata",
        kind: "limit",
        limit: "maxProperties",
        max: 2,
        actual: 3,
        message: "metadata: 3 properties, 2 allowed",
      },
      {
        path: "metadata.a",
        kind: "limit",
        limit: "maxValueLength",
        max: 3,
        actual: 4,
        message: "metadata.a: 4 characters of value, 3 allowed",
      },
      {
        path: "metadata.bcd",
        kind: "limit",
        limit: "maxKeyLength",
        max: 2,
        actual: 3,
        message: "metadata.bcd: 3 characters of key, 2 allowed",
      },
      {
        path: 'metadata["odd key"]',
        kind: "limit",
        limit: "maxKeyLength",
        max: 2,
        actual: 7,
        message: 'metadata["odd key"]: 7 characters of key, 2 allowed',
      },
      {
        path: 'metadata["odd key"]',
        kind: "limit",
        limit: "values",
        max: "string",
        actual: "number",
        message:
          'metadata["odd key"]: number, only strings allowed: give the provider `encode: true`, or use encodeMetadata',
      },
    ]);
  });

  test("null where only strings are held points to unset", () => {
    const [violation] = checkMetadata({ a: null }, {}, { values: "string" });
    expect(violation?.message).toBe("metadata.a: null, only strings allowed: remove a key with `unset`");
  });

  test("the limits themselves are allowed, counted in code points", () => {
    const fits = Object.fromEntries(
      Array.from({ length: 16 }, (_, i) => [
        `${i}`.padEnd(64, "😀").slice(0, 126 + (i > 9 ? 0 : 1)),
        "😀".repeat(512),
      ]),
    );
    expect(checkMetadata(fits, openai, { values: "string" })).toEqual([]);
    const over = checkMetadata({ a: "😀".repeat(513), ["😀".repeat(65)]: "" }, openai, { values: "string" });
    expect(over.map(({ limit, actual }) => [limit, actual])).toEqual([
      ["maxValueLength", 513],
      ["maxKeyLength", 65],
    ]);
  });

  test.each([
    [1, "number"],
    [true, "boolean"],
    [null, "null"],
    [[], "array"],
    [{}, "object"],
  ] as const)("a vendor of strings refuses %j, one of JSON takes it", (value, actual) => {
    const found = checkMetadata({ a: value as never }, openai, { values: "string" });
    expect(found).toMatchObject([{ path: "metadata.a", limit: "values", max: "string", actual }]);
    expect(checkMetadata({ a: value as never }, openai, { values: "json" })).toEqual([]);
  });

  test("a JSON value is as long as its text", () => {
    const found = checkMetadata({ a: [1, "😀"] }, { maxValueLength: 6 }, { values: "json" });
    expect(found).toMatchObject([{ limit: "maxValueLength", max: 6, actual: 7 }]);
  });

  test("no limits, no violations; undefined is absent", () => {
    fc.assert(fc.property(document, (value) => checkMetadata(value, {}, { values: "json" }).length === 0));
    expect(checkMetadata({ a: undefined } as never, { maxProperties: 0 }, { values: "string" })).toEqual([]);
  });

  test("types: the limit tells what max and actual are", () => {
    expectTypeOf<Violation["kind"]>().toEqualTypeOf<"invalid" | "unsupported" | "limit">();
    // @ts-expect-error a vendor must say what values it takes
    expect(() => checkMetadata({}, {})).toThrow(TypeError);
  });
});

describe("headroom", () => {
  test("the most used of each limit", () => {
    expect(headroom({ a: "12345", long: "😀", list: [1] }, { ...openai, maxKeyLength: undefined })).toEqual({
      properties: { used: 3, max: 16 },
      longestKey: { key: "long", used: 4, max: null },
      longestValue: { key: "a", used: 5, max: 512 },
    });
    expectTypeOf(headroom).returns.toEqualTypeOf<Headroom>();
  });

  test("an empty document", () => {
    expect(headroom({}, openai)).toEqual({
      properties: { used: 0, max: 16 },
      longestKey: { key: null, used: 0, max: 64 },
      longestValue: { key: null, used: 0, max: 512 },
    });
  });

  test("is within the limits exactly when the check is silent", () => {
    fc.assert(
      fc.property(
        document,
        fc.nat(4),
        fc.nat(4),
        fc.nat(12),
        (value, maxProperties, maxKeyLength, maxValueLength) => {
          const limits = { maxProperties, maxKeyLength, maxValueLength };
          const fits = Object.values(headroom(value, limits)).every(({ used, max }) => used <= max);
          expect(checkMetadata(value, limits, { values: "json" }).length === 0).toBe(fits);
        },
      ),
    );
  });
});
