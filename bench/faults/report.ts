import { isOurs, type SubjectName } from "../clients/index.ts";
import type { Verdict } from "./rules.ts";
import type { Row } from "./run.ts";

const GRADES: readonly Verdict[] = ["good", "weak", "bad"];

/** How many are good, weak and bad. */
const counts = (rows: readonly Row[], client: SubjectName, group?: string): number[] =>
  GRADES.map(
    (grade) =>
      rows.filter(
        (row) => row.client === client && row.verdict === grade && (group ?? row.group) === row.group,
      ).length,
  );

/** How many writes the server saw. */
const writesOf = (rows: readonly Row[], client: SubjectName): number =>
  rows.filter((row) => row.client === client).reduce((sum, { writes }) => sum + writes, 0);

/** A table of groups, then the ways each client fails, then every scenario that ours does not handle. */
export function printReport(rows: readonly Row[], clients: readonly SubjectName[], seconds: number): void {
  const groups = [...new Set(rows.map(({ group }) => group))];
  const line = (cells: readonly string[]): void =>
    console.log(cells.map((cell, index) => (index ? cell.padStart(15) : cell.padEnd(12))).join(" "));
  console.log("\ngood / weak / bad\n");
  line(["group", ...clients]);
  for (const group of groups)
    line([group, ...clients.map((client) => counts(rows, client, group).join(" / "))]);
  line(["all", ...clients.map((client) => counts(rows, client).join(" / "))]);
  for (const [title, test] of FAILURES) {
    line([
      title,
      ...clients.map((client) => `${rows.filter((row) => row.client === client && test(row)).length}`),
    ]);
  }
  line(["writes seen", ...clients.map((client) => `${writesOf(rows, client)}`)]);
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

/** The same for machines: counts, and what ours did not handle. `pnpm regen` makes the tables of the documents from it. */
export function toJson(rows: readonly Row[], clients: readonly SubjectName[], seconds: number): object {
  const perClient = (count: (client: SubjectName) => unknown): object =>
    Object.fromEntries(clients.map((client) => [client, count(client)]));
  const groups = [...new Set(rows.map(({ group }) => group))].map((group) => [
    group,
    perClient((client) => counts(rows, client, group)),
  ]);
  const ways = FAILURES.map(([title, test]) => [
    title,
    perClient((client) => rows.filter((row) => row.client === client && test(row)).length),
  ]);
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    seconds,
    groups: Object.fromEntries(groups),
    ways: Object.fromEntries(ways),
    writes: perClient((client) => writesOf(rows, client)),
    notHandled: rows.filter(({ client, verdict }) => isOurs(client) && verdict !== "good"),
  };
}
