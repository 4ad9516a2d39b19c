import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import {
  checkMetadata,
  decodeMetadata,
  encodeMetadata,
  type Json,
  type Metadata,
  NonJsonError,
} from "../../src/metadata/index.ts";
import { deepFreeze, document, json, key, reveal } from "./arbitraries.ts";

describe("encodeMetadata", () => {
  test.each<[Json, string]>([
    ["plain", "plain"],
    ["", ""],
    ["5", "5"],
    ["null", "null"],
    ['{"a":1}', '{"a":1}'],
    ["json", "json"],
    ["json: is a format", "json: is a format"],
    ["json:{", "json:{"],
    [5, "json:5"],
    [-0, "json:0"],
    [true, "json:true"],
    [null, "json:null"],
    [["a", 1], 'json:["a",1]'],
    [{ a: { b: null } }, 'json:{"a":{"b":null}}'],
    ["json:5", 'json:"json:5"'],
    ['json:"json:5"', 'json:"json:\\"json:5\\""'],
    ['json:"plain"', 'json:"plain"'],
  ])("%j is stored as %j and comes back", (value, stored) => {
    expect(encodeMetadata({ a: value })).toStrictEqual({ a: stored });
    expect(decodeMetadata({ a: stored })).toEqual({ a: value === 0 ? 0 : value });
  });

  test("what is not JSON is refused, every path at once", () => {
    const bad = { when: new Date(), list: [1n], text: "fine" } as unknown as Metadata;
    expect(() => encodeMetadata(bad)).toThrow(NonJsonError);
    expect(() => encodeMetadata(bad)).toThrow(
      /metadata\.when \(instance of Date\), metadata\.list\[0\] \(bigint\)/,
    );
  });

  test("undefined is absent, __proto__ is a key", () => {
    expect(encodeMetadata({ a: undefined })).toStrictEqual({});
    expect(JSON.stringify(encodeMetadata(JSON.parse('{"__proto__":1}')))).toBe('{"__proto__":"json:1"}');
    expect(JSON.stringify(decodeMetadata(JSON.parse('{"__proto__":"json:1"}')))).toBe('{"__proto__":1}');
    expectTypeOf(encodeMetadata).returns.toEqualTypeOf<Record<string, string>>();
  });
});

/** Strings as others may have written them, most of them nearly or really encoded. */
const foreign = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string().map((text) => `json:${text}`),
  json.map((value) => `json:${JSON.stringify(value)}`),
  json.map((value) => `json:${JSON.stringify(value, null, 1)}`),
  json.map((value) => `json:${JSON.stringify(`json:${JSON.stringify(value)}`)}`),
  fc.constantFrom(
    "json:1.0",
    "json:1e2",
    'json:{"a":1,"a":2}',
    'json:"\\u0061"',
    "json:[,]",
    "\ud83d",
    'json:["\\ud83d"]',
  ),
);

describe("laws", () => {
  test("decode of encode is the document", () => {
    fc.assert(
      fc.property(document, (value) => {
        expect(reveal(decodeMetadata(encodeMetadata(deepFreeze(value))))).toEqual(reveal(value));
      }),
    );
  });

  test("a document already encoded can be encoded again, and comes back in two steps", () => {
    fc.assert(
      fc.property(document, (value) => {
        const twice = encodeMetadata(encodeMetadata(value));
        expect(reveal(decodeMetadata(decodeMetadata(twice) as Record<string, string>))).toEqual(
          reveal(value),
        );
      }),
    );
  });

  test("encode of decode is the map, whoever wrote it", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.oneof(key, fc.constant("\ud83d")), foreign), (map) => {
        expect(reveal(encodeMetadata(decodeMetadata(deepFreeze(map))))).toEqual(reveal(map));
      }),
      { numRuns: 500 },
    );
  });

  test("foreign text too deep to be ours stays text", () => {
    for (const depth of [500, 501, 200_000]) {
      const map = { a: `json:${"[".repeat(depth)}${"]".repeat(depth)}` };
      expect(encodeMetadata(decodeMetadata(map))).toEqual(map);
    }
  });

  test("an encoded document breaks a string vendor's rules only by length", () => {
    fc.assert(
      fc.property(document, (value) => {
        const encoded = encodeMetadata(value);
        expect(checkMetadata(encoded, {}, { values: "string" })).toEqual([]);
        const tooLong = Object.values(encoded).filter((text) => [...text].length > 8);
        expect(checkMetadata(encoded, { maxValueLength: 8 }, { values: "string" })).toHaveLength(
          tooLong.length,
        );
      }),
    );
  });
});
