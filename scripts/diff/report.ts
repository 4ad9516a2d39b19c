/** The report a reviewer reads: what changed, where, and what it asks of a caller. */
import { type Change, RATINGS, type Rating } from "./change.ts";

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

/** A pull request holds 65,536 characters; what else a pull has to say needs some of them. */
const LONGEST_REPORT = 40_000;
/** A changelog is read by callers, not by the reviewer of one change. */
const LONGEST_LIST = 8_000;

/** Markdown, with changes that are the same in several operations or fields on one line, and no longer than `limit` characters. */
export function markdown({ vendor, base, rating, bumps, changes }: Report, limit = LONGEST_REPORT): string {
  const bump = bumps[`@convo/${vendor}`] ?? rating;
  const less = bump === rating ? "" : `, released as ${bump}: below 1.0 every change is one step less`;
  const lines = [
    `## ${vendor}: ${rating}${less}`,
    "",
    `Compared with ${code(base)}. ${rating}: ${MEANING[rating]}.`,
    ...Object.entries(bumps).map(([name, one]) => `- ${code(name)}: ${one}`),
  ];
  if (changes.length === 0) return `${lines.join("\n")}\n`;
  return `${[...lines, "", table(changes, `\`pnpm specs:diff ${vendor} --all\``, limit)].join("\n")}\n`;
}

/**
 * The changes as a table of at most `limit` characters.
 *
 * @param all where those are that do not fit, as Markdown
 */
export function table(changes: readonly Change[], all: string, limit = LONGEST_REPORT): string {
  const rows = grouped(changes).map((group) => ({
    group,
    line: `| ${group.rating} | ${group.direction} | ${fieldsOf(group)} | ${text(group.what)} | ${operationsOf(group)} |`,
  }));
  const head = ["| rating | | field | change | operations |", "| --- | --- | --- | --- | --- |"];
  return [...head, ...within(rows, limit, (more) => `\n${more}. All of them: ${all}.`)].join("\n");
}

/** The changelog's version: one line per kind of change. */
export function bullets(changes: readonly Change[]): string {
  const rows = grouped(changes).map((group) => {
    const where = [group.direction === "service" ? "" : group.direction, fieldsOf(group)].filter(Boolean);
    const parts = [where.join(" "), text(group.what)].filter(Boolean).join(": ");
    const operations = operationsOf(group);
    return { group, line: `- ${group.rating}: ${parts}${operations ? ` (${operations})` : ""}` };
  });
  return within(rows, LONGEST_LIST, (more) => `- ${more}`).join("\n");
}

interface Row {
  group: Group;
  line: string;
}

/** As many lines as fit, the largest changes first, and how many of which rating do not. */
function within(rows: readonly Row[], limit: number, rest: (more: string) => string): string[] {
  let left = limit;
  const shown = rows.filter(({ line }) => {
    left -= line.length + 1;
    return left >= 0;
  });
  const hidden = rows.filter((row) => !shown.includes(row));
  if (hidden.length === 0) return shown.map(({ line }) => line);
  const counts = RATINGS.toReversed().flatMap((rating) => {
    const count = hidden.filter(({ group }) => group.rating === rating).length;
    return count > 0 ? [`${count} ${rating}`] : [];
  });
  return [...shown.map(({ line }) => line), rest(`And ${hidden.length} more (${counts.join(", ")})`)];
}

interface Group extends Change {
  fields: string[];
  operations: string[];
}

/** First what is the same in several operations, then what is the same of several fields of these operations. */
function grouped(changes: readonly Change[]): Group[] {
  const byOperation = gather(
    changes.map((change) => ({
      ...change,
      fields: change.field ? [change.field] : [],
      operations: change.operation === null ? [] : [change.operation],
    })),
    ({ rating, direction, field, what }) => JSON.stringify([rating, direction, field, what]),
  );
  return gather(byOperation, ({ rating, direction, what, operations }) =>
    JSON.stringify([rating, direction, what, operations]),
  );
}

function gather(all: readonly Group[], keyOf: (group: Group) => string): Group[] {
  const groups = new Map<string, Group>();
  for (const one of all) {
    const group = groups.get(keyOf(one)) ?? { ...one, fields: [], operations: [] };
    // Under the key of the first: what is gathered is not part of it.
    groups.set(keyOf(one), group);
    group.fields = [...new Set([...group.fields, ...one.fields])];
    group.operations = [...new Set([...group.operations, ...one.operations])];
  }
  return [...groups.values()];
}

const MOST_NAMES = 12;

function names(all: readonly string[]): string {
  const shown = all.slice(0, MOST_NAMES).map(code).join(", ");
  return all.length > MOST_NAMES ? `${shown} and ${all.length - MOST_NAMES} more` : shown;
}

const fieldsOf = ({ fields }: Group): string => names(fields);
const operationsOf = ({ operations }: Group): string => names(operations);

/** Words from a spec, in a table cell or a list: no markup, no line of their own. */
const text = (value: string): string =>
  value
    .replaceAll(/\s+/g, " ")
    .slice(0, 300)
    .replaceAll(/[\\`*_{}[\]<>#|!@]/g, (sign) => `\\${sign}`);
const code = (value: string): string => `\`${value.replaceAll(/[`|\s]+/g, " ").slice(0, 200)}\``;
