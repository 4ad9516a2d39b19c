import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Rating, rate } from "../diff/change.ts";
import { diffSpecs } from "../diff/diff.ts";
import type { Spec } from "../generate/openapi.ts";
import { type Edit, edited, fixture } from "./edit.ts";

interface Matrix {
  places: Record<string, string>;
  changes: ({ kind: string; expect: Rating } & Edit)[];
}

const base = fixture("acme.yaml") as Spec;
const { places, changes } = fixture("changes.yaml") as Matrix;

describe("rating of a change for a caller", () => {
  it("covers at least 60 kinds, each named once", () => {
    expect(new Set(changes.map(({ kind }) => kind)).size).toBe(changes.length);
    expect(changes.length).toBeGreaterThanOrEqual(60);
  });

  it("has a case for every extension that the generator reads", () => {
    const source = readFileSync(join(import.meta.dirname, "../generate/openapi.ts"), "utf8");
    const [, root = ""] = /interface ConvoExtension \{\n(.*?)\n\}/s.exec(source) ?? [];
    const read = [
      ...[...root.matchAll(/^ {2}(\w+)\??:/gm)].map(([, key]) => `root/x-convo/${key}`),
      ...[...source.matchAll(/"(x-convo-[\w-]+)"\?:/g)].map(([, key]) => `/${key}`),
    ];
    expect(read.length).toBeGreaterThan(12);
    const places = changes.flatMap(({ set = {}, remove = [] }) => [...Object.keys(set), ...remove]);
    expect(read.filter((key) => !places.some((place) => place.includes(key)))).toEqual([]);
  });

  it.each(changes)("$kind: $expect", async ({ expect: expected, ...edit }) => {
    const found = await diffSpecs(base, edited(base, edit, places));
    expect(rate(found), JSON.stringify(found, null, 1)).toBe(expected);
  });
});
