/**
 * `pnpm bench:verbs [--quick] [--only walk|kill|scan] [--json <file>]`: conversations listed, filtered, exported and erased at every
 * vendor while another writer creates and deletes; an erase that is killed and continued; a scan in flat memory. Against the
 * sandbox over HTTP. Prints tables; exit code 1 when a goal is missed.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { table } from "./table.ts";
import { type KillRow, runKill } from "./verbs/kill.ts";
import { runScan, type ScanRow } from "./verbs/scan.ts";
import { runWalks, type WalkRow } from "./verbs/walk.ts";

const { values: flags } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    json: { type: "string" },
  },
});
const wants = (part: string): boolean => !flags.only || flags.only === part;
const begun = performance.now();
const rows: (WalkRow | KillRow | ScanRow)[] = [];
function show<Row extends (typeof rows)[number]>(title: string, found: readonly Row[]): void {
  console.log(`${table(title, found)}\n`);
  rows.push(...found);
}
if (wants("walk")) show("While another writer creates and deletes", await runWalks(flags.quick ? 100 : 1000));
if (wants("kill"))
  show("Killed in the middle of an erase", [await runKill(flags.quick ? 20 : 250, flags.quick ? 2 : 10)]);
if (wants("scan")) show("A filter over every row", [await runScan(flags.quick ? 5000 : 100_000)]);
const missed = rows.filter(({ goal }) => goal === "missed").length;
const seconds = Math.round((performance.now() - begun) / 1000);
console.log(`${seconds} s. ${missed} goal(s) missed.`);
if (flags.json) {
  const facts = { node: process.version, date: new Date().toISOString(), seconds, missed };
  writeFileSync(flags.json, `${JSON.stringify({ ...facts, rows }, null, 2)}\n`);
}
process.exitCode = missed > 0 ? 1 : 0;
