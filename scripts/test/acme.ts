import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { stringify } from "yaml";
import type { Spec } from "../generate/openapi.ts";
import { fixture } from "./edit.ts";

/** The spec of a vendor of our own making, and the same as its vendor would publish it. */
export const acme = fixture("acme.yaml") as Spec;
export const acmeText: string = readFileSync(join(import.meta.dirname, "fixtures", "acme.yaml"), "utf8");

/** A document as its vendor would publish it. */
export const yaml = (value: unknown): string => stringify(value, { aliasDuplicateObjects: false });

/** A folder for one test that has nothing but a place for Acme's spec. */
export function acmeFolder() {
  const root = mkdtempSync(join(tmpdir(), "convo-pull-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, "specs", "acme"), { recursive: true });
  return {
    root,
    /** Writes a file; returns where it is. */
    write(file: string, text: string): string {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
      return join(root, file);
    },
    source: () =>
      JSON.parse(readFileSync(join(root, "specs/acme/source.json"), "utf8")) as Record<
        string,
        Record<string, unknown>
      >,
    specText: () => readFileSync(join(root, "specs/acme/openapi.yaml"), "utf8"),
  };
}
