/**
 * A spec written here beside its vendor's own document: what the two differ in, kept as `specs/<vendor>/differences.txt`, so that the next
 * look at the vendor's document tells what is new.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Change } from "../diff/change.ts";
import { diffSpecs } from "../diff/diff.ts";
import { table } from "../diff/report.ts";
import type { Spec } from "../generate/openapi.ts";

/** What a look at the vendor's document found. */
export interface Comparison {
  /** Differences that the last look did not find; rated as if the vendor's document took the place of our spec. */
  added: Change[];
  /** Lines of the last look that are differences no more. */
  settled: string[];
  /** How many there are now. */
  count: number;
  /** Whether there was a look before. */
  isFirst: boolean;
}

/** The file that keeps a vendor's differences, from the root. */
export const differencesFile = (vendor: string): string => `specs/${vendor}/differences.txt`;

const HEAD = `# What this spec, written by hand, and the vendor's own document differ in, in both directions: "removed" is only in the spec,
# "added" is only in the document. Written by \`pnpm specs:pull\`; what appears here is new at one of the two.
`;

/** Compares our spec with the vendor's document in our format, and both with the last look. Nothing is written. */
export function compareWithUpstream(
  root: string,
  vendor: string,
  ours: Spec,
  upstream: Spec,
): Comparison & { text: string } {
  const file = join(root, differencesFile(vendor));
  const before = existsSync(file) ? linesOf(readFileSync(file, "utf8")) : undefined;
  const known = new Set(before);
  const byLine = linesWithChanges(diffSpecs(ours, upstream).filter(({ rating }) => rating !== "patch"));
  return {
    added: [...byLine].flatMap(([line, changes]) => (known.has(line) ? [] : changes)),
    settled: [...known].filter((line) => !byLine.has(line)),
    count: byLine.size,
    isFirst: before === undefined,
    text: `${HEAD}${[...byLine.keys()].sort().join("\n")}\n`,
  };
}

/** Keeps the differences of a look for the next. */
export const writeDifferences = (root: string, vendor: string, text: string): void =>
  writeFileSync(join(root, differencesFile(vendor)), text);

const MOST_SETTLED = 100;

/** What a look at the vendor's document found, for whoever keeps our spec, as Markdown. */
export function comparisonText(
  vendor: string,
  url: string,
  { added, settled, count, isFirst }: Comparison,
): string {
  const all = `\`${differencesFile(vendor)}\``;
  const news = isFirst
    ? "this was the first look"
    : `${added.length} of them are new, and ${settled.length} of the last look are gone`;
  const lines = [
    `## ${vendor}: the vendor's own document, beside our spec`,
    "",
    `Our spec is written by hand and stays as it is. It and ${url} differ in ${count} places; ${news}.`,
    `All of them: ${all}. To take the document in place of the spec: \`pnpm specs:pull ${vendor} --take\`.`,
    "",
  ];
  if (added.length > 0) lines.push("### New, rated as if the document were taken", "", table(added, all), "");
  if (settled.length > 0) {
    const shown = settled.slice(0, MOST_SETTLED);
    const more = settled.length - shown.length;
    lines.push(
      "### Gone",
      "",
      ...shown.map((line) => `    ${line}`),
      ...(more > 0 ? [`    and ${more} more`] : []),
      "",
    );
  }
  return lines.join("\n");
}

const linesOf = (text: string): string[] =>
  text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));

/** What is the same in several operations is one line; no document can make it two. */
function linesWithChanges(changes: readonly Change[]): Map<string, Change[]> {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const { direction, field, what } = change;
    const where = [direction, field].filter(Boolean).join(" ");
    const key = `${where}: ${what}`.replaceAll(/\s+/g, " ").slice(0, 400);
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return new Map(
    [...groups].map(([key, all]) => {
      const operations = [...new Set(all.map(({ operation }) => operation ?? "all"))].sort();
      return [`${key} (${operations.join(", ")})`, all];
    }),
  );
}
