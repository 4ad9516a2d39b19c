/** The report a reviewer reads: what changed, where, and what it asks of a caller. */
import type { Change, Rating } from "./change.ts";

/** One vendor, compared. */
export interface Report {
  vendor: string;
  /** What it was compared with. */
  base: string;
  rating: Rating;
  /** Bump of each package, in the terms of its own version. */
  bumps: Record<string, Rating>;
  changes: Change[];
}

const MEANING: Record<Rating, string> = {
  major: "may stop a caller's program from compiling, or make it do something else",
  minor: "callers can do or see more",
  patch: "words only",
  none: "nothing changed",
};

/** Markdown, with changes that are the same in several operations on one line. */
export function markdown({ vendor, base, rating, bumps, changes }: Report): string {
  const lines = [
    `## ${vendor}: ${rating}`,
    "",
    `Compared with ${code(base)}. ${rating}: ${MEANING[rating]}.`,
    ...Object.entries(bumps).map(([name, bump]) => `- ${code(name)}: ${bump}`),
  ];
  if (changes.length === 0) return `${lines.join("\n")}\n`;
  lines.push("", "| rating | | field | change | operations |", "| --- | --- | --- | --- | --- |");
  for (const { rating: each, direction, field, what, operations } of grouped(changes))
    lines.push(
      `| ${each} | ${direction} | ${field ? code(field) : ""} | ${text(what)} | ${operations.map(code).join(", ")} |`,
    );
  return `${lines.join("\n")}\n`;
}

/** The changelog's version: one line per kind of change. */
export function bullets(changes: readonly Change[]): string {
  return grouped(changes)
    .map(({ rating, direction, field, what, operations }) => {
      const where = [direction === "service" ? "" : direction, field ? code(field) : ""]
        .filter(Boolean)
        .join(" ");
      return `- ${rating}: ${[where, text(what)].filter(Boolean).join(": ")}${operations.length > 0 ? ` (${operations.map(code).join(", ")})` : ""}`;
    })
    .join("\n");
}

function grouped(changes: readonly Change[]): (Change & { operations: string[] })[] {
  const groups = new Map<string, Change & { operations: string[] }>();
  for (const one of changes) {
    const key = JSON.stringify([one.rating, one.direction, one.field, one.what]);
    const group = groups.get(key) ?? { ...one, operations: [] };
    groups.set(key, group);
    if (one.operation !== null && !group.operations.includes(one.operation))
      group.operations.push(one.operation);
  }
  return [...groups.values()];
}

/** Words from a spec, in a table cell or a list: no markup, no line of their own. */
const text = (value: string): string =>
  value
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[\\`*_{}[\]<>#|!@]/g, (sign) => `\\${sign}`)
    .slice(0, 300);
const code = (value: string): string => `\`${value.replaceAll(/[`|\s]+/g, " ").slice(0, 200)}\``;
