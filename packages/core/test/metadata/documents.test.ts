import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import {
  diffMetadata,
  equalJson,
  isDocument,
  type Json,
  type Metadata,
  type MetadataDiff,
  mergeMetadata,
  type ParsedDocument,
  parseDocument,
} from "../../src/metadata/index.ts";
import { deepFreeze, document, json, reveal } from "./arbitraries.ts";

/** Canonical text, as an independent idea of equality. */
function text(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(text).join()}]`;
  if (!isDocument(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}:${text(each)}`);
  return `{${entries.sort().join()}}`;
}

describe("equalJson", () => {
  test("agrees with canonical text", () => {
    fc.assert(fc.property(json, json, (a, b) => equalJson(a, b) === (text(a) === text(b))));
    fc.assert(fc.property(json, (a) => equalJson(a, JSON.parse(JSON.stringify(a)))));
  });

  test.each<[Json | undefined, Json | undefined, boolean]>([
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [[1, 2], [2, 1], false],
    [[1], [1, 2], false],
    [[1], { 0: 1 }, false],
    [[], {}, false],
    [0, -0, true],
    [null, undefined, false],
    [null, {}, false],
    [1, "1", false],
    [{ toString: 1 }, {}, false],
    [{}, { constructor: 1 }, false],
    [JSON.parse('{"__proto__":{}}'), {}, false],
    [JSON.parse('{"__proto__":1}'), JSON.parse('{"__proto__":2}'), false],
    [{ a: undefined } as unknown as Json, {}, true],
    [{ a: undefined } as unknown as Json, { b: 1 }, false],
  ])("%j and %j: %s", (a, b, equal) => {
    expect(equalJson(a, b)).toBe(equal);
    expect(equalJson(b, a)).toBe(equal);
  });

  test("goes as deep as JSON.stringify does", () => {
    const deep = `${"[".repeat(2_000)}${"]".repeat(2_000)}`;
    expect(equalJson(JSON.parse(deep), JSON.parse(deep))).toBe(true);
  });
});

describe("diffMetadata", () => {
  test("names what was added, changed and removed", () => {
    const before = { same: [1, { a: 1, b: 2 }], old: 1, gone: null, absent: undefined };
    const after = { new: 0, old: [1], same: [1, { b: 2, a: 1 }], missing: undefined };
    expect(diffMetadata(deepFreeze(before), deepFreeze(after))).toStrictEqual({
      added: { new: 0 },
      changed: { old: { before: 1, after: [1] } },
      removed: { gone: null },
    });
    expectTypeOf(diffMetadata).returns.toEqualTypeOf<MetadataDiff>();
  });

  test("undone and redone it gives both documents back", () => {
    fc.assert(
      fc.property(document, document, (before, after) => {
        const { added, changed, removed } = diffMetadata(before, after);
        const side = (which: "before" | "after"): Metadata =>
          Object.fromEntries(Object.entries(changed).map(([name, values]) => [name, values[which]]));
        const redone = mergeMetadata(
          mergeMetadata(before, side("after"), { unset: Object.keys(removed) }),
          added,
        );
        const undone = mergeMetadata(
          mergeMetadata(after, side("before"), { unset: Object.keys(added) }),
          removed,
        );
        expect(equalJson(redone, after)).toBe(true);
        expect(equalJson(undone, before)).toBe(true);
      }),
    );
  });

  test("is empty exactly when the documents are equal", () => {
    fc.assert(
      fc.property(document, document, (before, after) => {
        const keys = Object.values(diffMetadata(before, after)).flatMap((part) => Object.keys(part));
        expect(keys.length === 0).toBe(equalJson(before, after));
      }),
    );
  });

  test("__proto__ is a key", () => {
    const diff = diffMetadata({}, JSON.parse('{"__proto__":{"polluted":1}}'));
    expect(Object.keys(diff.added)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(diff.added)).toBe(Object.prototype);
  });
});

describe("parseDocument", () => {
  test("an object is itself, its JSON text is read", () => {
    const value = { a: 1 };
    const parsed = parseDocument(value);
    expect(parsed.ok && parsed.document).toBe(value);
    fc.assert(
      fc.property(document, (each) => {
        const read = parseDocument(JSON.stringify(each, null, 1));
        expect(read.ok && reveal(read.document)).toEqual(reveal(JSON.parse(JSON.stringify(each))));
      }),
    );
  });

  test.each<[unknown, string]>([
    [undefined, "undefined"],
    [null, "null"],
    [[{ a: 1 }], "array"],
    [1, "number"],
    [true, "boolean"],
    ["", "string"],
    ["<html>", "string"],
    ["{", "string"],
    ["null", "string"],
    ["[]", "string"],
    ["5", "string"],
    ['"{}"', "string"],
  ])("%j is a reason, never an empty document", (value, kind) => {
    const reason = `${kind}, neither an object nor the JSON text of one`;
    expect(parseDocument(value)).toEqual({ ok: false, reason });
    if (value !== null) expect(parseDocument(value, { nullIsEmpty: true })).toEqual({ ok: false, reason });
  });

  test("null is empty only where told", () => {
    expect(parseDocument(null, { nullIsEmpty: true })).toEqual({ ok: true, document: {} });
    expectTypeOf(parseDocument).returns.toEqualTypeOf<ParsedDocument>();
  });
});
