import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { stringify } from "yaml";
import type { Spec } from "../generate/openapi.ts";
import { generate } from "../regen.ts";
import { repository } from "./copy.ts";
import { type Edit, edited, fixture } from "./edit.ts";

/** The spec the hostile ones are made from. */
export const base = fixture("acme.yaml") as Spec;
const { places } = fixture("changes.yaml") as { places: Record<string, string> };

/**
 * Makes a folder for the tests of a file and returns what generates in it: everything made from a text, as one string.
 * `generate` itself refuses output that is not types and data.
 */
export function generator(): (text: string) => Promise<string> {
  const root = mkdtempSync(join(tmpdir(), "convo-hostile-"));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, "specs", "acme"), { recursive: true });
  mkdirSync(join(root, "packages"));
  for (const file of ["biome.json", "package.json"]) cpSync(join(repository, file), join(root, file));
  symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
  return async (text) => {
    writeFileSync(join(root, "specs", "acme", "openapi.yaml"), text);
    return [...(await generate(root)).values()].join("\n");
  };
}

/** The text of the spec with an edit. */
export const spec = (edit: Edit): string =>
  stringify(edited(base, edit, places), { aliasDuplicateObjects: false });

/** The same without the check that `edited` does, for specs that are wrong. */
export const raw = (change: (spec: Spec) => void): string => {
  const copy = structuredClone(base);
  change(copy);
  return stringify(copy, { aliasDuplicateObjects: false });
};
