/** Every error kind and every warning code has a page, and what the packages link to is that page. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConvoError, DOCS_URL, type ErrorKind } from "@convo/client";
import type { Warning } from "@convo/core";
import { expect, test } from "vitest";
import { createWarning } from "../../packages/core/src/wire/change.ts";
import { readProject } from "../../scripts/release/manifest.ts";

const docs = join(import.meta.dirname, "..");

// The compiler demands every kind and every code: a new one without a page fails here.
const KINDS: Record<ErrorKind, true> = {
  auth: true,
  permission: true,
  not_found: true,
  invalid: true,
  unsupported: true,
  limit: true,
  conflict: true,
  not_applied: true,
  rate_limited: true,
  timeout: true,
  aborted: true,
  network: true,
  server: true,
  bad_response: true,
  partial: true,
};
const CODES: Record<Warning["code"], true> = {
  skipped: true,
  kept_in_metadata: true,
  superseded: true,
  not_echoed: true,
  late_write: true,
  lock_lost: true,
  breaks_schema: true,
  write_unanswered: true,
  unset_uncertain: true,
};

const linkOfKind = (kind: string): string =>
  new ConvoError({ provider: "openai", kind: kind as ErrorKind, message: "x" }).docs;
const linkOfCode = (code: string): string =>
  createWarning("openai", code as Warning["code"], "name", "x").docs;

test("the links go into this repository", () => {
  expect(DOCS_URL).toBe(`${readProject(join(docs, "..")).url}/blob/main/docs/`);
});

test.each([
  ["errors", Object.keys(KINDS), linkOfKind],
  ["warnings", Object.keys(CODES), linkOfCode],
])("docs/%s has one page for each, and no other", (folder, names, linkOf) => {
  const pages = readdirSync(join(docs, folder)).filter((name) => name !== "index.md");
  expect(pages.toSorted()).toEqual(names.map((name) => `${name}.md`).toSorted());
  const index = readFileSync(join(docs, folder, "index.md"), "utf8");
  for (const name of names) {
    expect(linkOf(name)).toBe(`${DOCS_URL}${folder}/${name}.md`);
    expect(readFileSync(join(docs, folder, `${name}.md`), "utf8")).toMatch(new RegExp(`^# \`${name}\``));
    expect(index).toContain(`[\`${name}\`](${name}.md)`);
  }
});
