/** Every document, comment and message is read by people whose second language is English. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { PHRASES } from "../prose/phrases.ts";

const root = join(import.meta.dirname, "..", "..");
const CHECKED = ["*.md", "*.ts", "*.mts", "*.mjs", "*.js", "*.html", "*.vue", "*.yml"];
const NOT_OURS = [
  ":!*CHANGELOG.md",
  ":!docs/walks/2*.md",
  ":!packages/*/src/schema.ts",
  ":!specs/*/openapi.yaml",
  ":!scripts/prose/phrases.ts",
  ":!scripts/test/plain-english.test.ts",
];

const files = execFileSync("git", ["ls-files", "--", ...CHECKED, ...NOT_OURS], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter(Boolean);

/** Where a text holds one of the phrases, also across a line's end: line, phrase, and what to write instead. */
function findPhrases(text: string): string[] {
  return PHRASES.flatMap(([phrase, instead]) =>
    [...text.matchAll(new RegExp(phrase.source.replaceAll(" ", "[\\s*/#>]+"), "gi"))].map(
      (hit) => `${text.slice(0, hit.index).split("\n").length}: "${hit[0]}" -> ${instead}`,
    ),
  );
}

describe("plain English", () => {
  test("a phrase is found across a line's end, with its line and what to write instead", () => {
    expect(findPhrases("/**\n * Options that cannot\n * be meant.\n */")).toEqual([
      '2: "cannot\n * be meant" -> invalid',
    ]);
    expect(findPhrases("Invalid options are rejected.")).toEqual([]);
  });

  test("in every document, comment and message", () => {
    const found = files.flatMap((file) =>
      findPhrases(readFileSync(join(root, file), "utf8")).map((hit) => `${file}:${hit}`),
    );
    expect(found).toEqual([]);
  });
});
