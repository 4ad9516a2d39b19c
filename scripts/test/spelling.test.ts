/** What the differ promises of every schema, not only of those in the matrix. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rate } from "../diff/change.ts";
import { diffSpecs } from "../diff/diff.ts";
import { narrowed, respelled, schema, specWith, type Way } from "./spelling.ts";

const RUNS = { numRuns: Number(process.env.FUZZ ?? 40) };

/** Numbers from a list, over and over. */
function chooser(numbers: readonly number[]): (count: number) => number {
  let index = 0;
  return (count) => (numbers[index++ % numbers.length] ?? 0) % count;
}
const choices = fc.array(fc.nat(1000), { minLength: 12, maxLength: 40 });
const way = fc.constantFrom<Way>("request", "response");

describe("for every schema", () => {
  it("another spelling is no change", () => {
    fc.assert(
      fc.property(schema, choices, way, (root, numbers, direction) => {
        const named = {};
        const { properties = {} } = root;
        const choose = chooser(numbers);
        const other = {
          ...root,
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, value]) => [name, respelled(value, choose, named)]),
          ),
        };
        // The names are there before and after: a new name is one that callers can use.
        const found = diffSpecs(specWith(direction, root, named), specWith(direction, other, named));
        expect(found.filter(({ rating }) => rating !== "patch")).toEqual([]);
        expect(found.length).toBeLessThan(2);
      }),
      RUNS,
    );
  });

  it("less room in a request is major, whatever the spelling", () => {
    fc.assert(
      fc.property(schema, choices, (root, numbers) => {
        const named = {};
        const choose = chooser(numbers);
        const next = narrowed(root, choose);
        const other = respelled(next, choose, named);
        const body = other.$ref || other.anyOf || other.oneOf ? next : other;
        expect(rate(diffSpecs(specWith("request", root, named), specWith("request", body, named)))).toBe(
          "major",
        );
      }),
      RUNS,
    );
  });

  it("an answer is rated by the table, whatever the spelling", () => {
    fc.assert(
      fc.property(schema, choices, choices, (root, numbers, more) => {
        const next = narrowed(root, chooser(numbers));
        const named = {};
        const other = respelled(next, chooser(more), named);
        const spelled = other.$ref || other.anyOf || other.oneOf ? next : other;
        const plain = diffSpecs(specWith("response", root, named), specWith("response", next, named));
        const odd = diffSpecs(specWith("response", root, named), specWith("response", spelled, named));
        expect(
          rate(odd),
          JSON.stringify(
            odd.filter(({ rating }) => rating === rate(odd)),
            null,
            1,
          ),
        ).toBe(rate(plain));
        // Less room in an answer breaks nobody who reads it; the way back may.
        expect(["none", "patch", "minor"]).toContain(rate(plain));
      }),
      RUNS,
    );
  });
});
