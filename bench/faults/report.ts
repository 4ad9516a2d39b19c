import { isOurs, type SubjectName } from "../clients/index.ts";
import type { Verdict } from "./rules.ts";
import type { Row } from "./run.ts";

const GRADES: readonly Verdict[] = ["good", "weak", "bad"];

const count = (rows: readonly Row[], client: SubjectName, group?: string): string =>
  GRADES.map(
    (grade) =>
      rows.filter(
        (row) => row.client === client && row.verdict === grade && (group ?? row.group) === row.group,
      ).length,
  ).join(" / ");

/** A table of groups, then the ways each client fails, then every scenario that ours does not handle. */
export function printReport(rows: readonly Row[], clients: readonly SubjectName[], seconds: number): void {
  const groups = [...new Set(rows.map(({ group }) => group))];
  const line = (cells: readonly string[]): void =>
    console.log(cells.map((cell, index) => (index ? cell.padStart(15) : cell.padEnd(12))).join(" "));
  console.log("\ngood / weak / bad\n");
  line(["group", ...clients]);
  for (const group of groups) line([group, ...clients.map((client) => count(rows, client, group))]);
  line(["all", ...clients.map((client) => count(rows, client))]);
  for (const [title, test] of FAILURES) {
    line([
      title,
      ...clients.map((client) => `${rows.filter((row) => row.client === client && test(row)).length}`),
    ]);
  }
  const sent = (client: SubjectName): number =>
    rows.filter((row) => row.client === client).reduce((sum, { writes }) => sum + writes, 0);
  line(["writes seen", ...clients.map((client) => `${sent(client)}`)]);
  for (const { client, group, name, verdict, got, why } of rows) {
    if (isOurs(client) && verdict !== "good")
      console.log(`\n${verdict.toUpperCase()} ${client}: ${group}: ${name}\n  ${got}\n  ${why.join("\n  ")}`);
  }
  const scenarios = new Set(rows.map(({ group, name }) => `${group} ${name}`)).size;
  console.log(`\n${scenarios} scenarios, ${clients.length} clients, ${seconds} s`);
}

const says =
  (pattern: RegExp) =>
  ({ why }: Row): boolean =>
    why.some((text) => pattern.test(text));

/** The questions the issue asks, as columns over all scenarios. */
const FAILURES: readonly (readonly [string, (row: Row) => boolean])[] = [
  ["hang", says(/^hangs|stopped answering/)],
  ["crash", says(/process died/)],
  ["unhandled", says(/^unhandled/)],
  ["wrong result", says(/^wrong result/)],
  ["wrong URL", says(/^wrong URL/)],
  ["writes again", says(/ writes instead/)],
  ["leak", says(/sockets left|sockets for|listeners left/)],
  ["memory", says(/MB of memory/)],
  ["secret shown", says(/^secret/)],
  ["untyped", says(/^untyped/)],
];

/** The same for machines. */
export function toJson(rows: readonly Row[], seconds: number): object {
  return { date: new Date().toISOString(), node: process.version, seconds, rows };
}
