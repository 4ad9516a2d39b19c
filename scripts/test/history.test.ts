import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bumpFor, type Rating, rate } from "../diff/change.ts";
import { diffSpecs } from "../diff/diff.ts";
import { checkProvider } from "../diff/provider-check.ts";
import type { Spec } from "../generate/openapi.ts";
import { loadSpec } from "../generate/spec.ts";
import { schemaFile } from "../generate/types.ts";
import { type Edit, edited, fixture } from "./edit.ts";

interface Step extends Edit {
  step: string;
  expect: Rating;
  key?: string;
}
const root = join(import.meta.dirname, "..", "..");
const { places, later, start, steps, whatif } = fixture("letta-history.yaml") as {
  places: Record<string, string>;
  later: string[];
  start: Record<string, unknown>;
  steps: Step[];
  whatif: Step[];
};

/** Our spec as it would have been before the first step. */
function before(): Spec {
  const { spec } = loadSpec(join(root, "specs"), "letta");
  const { UpdateConversationBody, Conversation } = spec.components.schemas;
  const remove = Object.entries({ body: UpdateConversationBody, answer: Conversation }).flatMap(
    ([place, schema]) =>
      later.filter((name) => schema?.properties?.[name]).map((name) => `${place}/properties/${name}`),
  );
  return edited(edited(spec, { remove }, places), { set: start }, places);
}

const provider = readFileSync(join(root, "packages/core/src/providers/letta.ts"), "utf8").split("\n");
const problems = async (spec: Spec) => checkProvider(root, "letta", await schemaFile(spec));

describe("Letta's spring of 2026", () => {
  let spec = before();

  it("starts from a spec core compiles against", async () => {
    expect(await problems(spec)).toEqual([]);
  });

  it.each(steps)("$step: $expect", async ({ expect: expected, ...edit }) => {
    const next = edited(spec, edit, places);
    const changes = await diffSpecs(spec, next);
    spec = next;
    expect(rate(changes), JSON.stringify(changes, null, 1)).toBe(expected);
    expect(bumpFor(rate(changes), "0.3.1")).toBe(expected === "major" ? "minor" : "patch");
    // None of the six touches anything core has mapped: its provider compiles on.
    expect(await problems(spec)).toEqual([]);
  });

  it("is asked of the file of the verbs, where that is what does not compile", async () => {
    const { spec: now } = loadSpec(join(root, "specs"), "letta");
    const next = structuredClone(now);
    delete next.paths["/v1/conversations/{conversation_id}"]?.delete;
    expect(await problems(next)).toMatchObject([
      {
        file: "packages/core/src/providers/verbs/letta.ts",
        key: "verbs",
        message: expect.stringContaining("DELETE"),
      },
    ]);
  });

  it("is a major in one go as well", async () => {
    expect(rate(await diffSpecs(before(), spec))).toBe("major");
  });
});

describe("a change that touches a mapping", () => {
  it.each(whatif)("$step: an error at $key, in its line", async ({ key = "", expect: expected, ...edit }) => {
    const next = edited(before(), edit, places);
    expect(rate(await diffSpecs(before(), next))).toBe(expected);
    const found = await problems(next);
    expect(found.map((problem) => problem.key)).toContain(key);
    for (const problem of found) {
      expect(problem.file).toBe("packages/core/src/providers/letta.ts");
      expect(provider[problem.line - 1]).toContain(`${problem.key.split(".").at(-1)}:`);
    }
  });

  it("offers the answers the compiler would take", async () => {
    const choices = async (edit: Edit) => (await problems(edited(before(), edit, places)))[0]?.choices;
    expect(await choices(whatif[0] ?? {})).toEqual(['"name"', '{ homonym: "name" }']);
    expect(await choices(whatif[2] ?? {})).toEqual(['{ homonym: "is_marked" }']);
    expect(await choices(whatif[4] ?? {})).toEqual(["null"]);
  });
});
