/**
 * `npm test`: every check there is, each run to its end, with one count over all of them. With `--complete` what was skipped, for want of a
 * browser or a download, fails it too: so is checked what is released.
 *
 * The last line is `N passed, N failed, N skipped`; above it are the slowest test files, and what was skipped, by name.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { checkPackages } from "./packages/check.ts";
import { add, type Count, none } from "./packages/count.ts";
import { execute, inParallel } from "./packages/run.ts";
import { NOT_TESTED, type Tested } from "./packages/where.ts";

const { complete } = parseArgs({ options: { complete: { type: "boolean" } } }).values;
const root = join(import.meta.dirname, "..");
const bin = (name: string): string => join(root, "node_modules", ".bin", name);

/** Most checks start processes, hundreds of them: what one has compiled the next need not compile again. */
process.env.NODE_COMPILE_CACHE ??= join(root, "node_modules", ".cache", "compiled");

/** Checks that are one command: passed when it exits 0. */
const COMMANDS: [name: string, command: string, args: string[]][] = [
  ["generated output equals committed output", process.execPath, ["scripts/regen.ts", "--check"]],
  ["specs pass the strict rules", process.execPath, ["scripts/lint-specs.ts"]],
  ["formatting, lint and import boundaries", bin("biome"), ["check", "--error-on-warnings", "."]],
  ["types of sources, tests and scripts", bin("tsc"), ["--noEmit"]],
  ["no dead code, no unlisted dependency", bin("knip"), []],
  ["every package builds", bin("turbo"), ["run", "build", "--output-logs=errors-only"]],
  ["the documentation builds, with no dead link", process.execPath, ["docs/build.ts"]],
];

async function command(name: string, file: string, args: string[]): Promise<Count> {
  const { ok, output } = await execute(file, args, root);
  console.log(`${ok ? "ok    " : "FAILED"}  ${name}`);
  if (!ok) console.log(output);
  return { ...none, [ok ? "passed" : "failed"]: 1 };
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numFailedTestSuites: number;
  success: boolean;
  testResults: FileReport[];
}

interface FileReport {
  name: string;
  /** Milliseconds since 1970. */
  startTime: number;
  endTime: number;
  assertionResults: { status: string; fullName: string }[];
}

const SLOWEST = 10;

function printSlowest(files: readonly FileReport[]): void {
  console.log("\nThe slowest test files, in seconds");
  const slowest = files.toSorted((a, b) => b.endTime - b.startTime - (a.endTime - a.startTime));
  for (const { name, startTime, endTime } of slowest.slice(0, SLOWEST))
    console.log(`${((endTime - startTime) / 1000).toFixed(1).padStart(6)}  ${relative(root, name)}`);
}

function tests(): { count: Count; files: readonly FileReport[] } {
  const folder = mkdtempSync(join(tmpdir(), "convo-vitest-"));
  const report = join(folder, "report.json");
  try {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const run = spawnSync(bin("vitest"), ["run", ...reporters], {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
    });
    const result = JSON.parse(readFileSync(report, "utf8")) as VitestReport;
    const skipped = result.testResults
      .flatMap((file) => file.assertionResults)
      .filter(({ status }) => status !== "passed" && status !== "failed")
      .map(({ fullName }) => fullName);
    // A file that cannot even be loaded has no test to count, and must still fail the run.
    const unseen = run.status !== 0 && result.numFailedTests === 0 ? 1 : 0;
    const count = { passed: result.numPassedTests, failed: result.numFailedTests + unseen, skipped };
    return { count, files: result.testResults };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function printWhereItRuns(rows: readonly Tested[]): void {
  console.log("\nWhere it runs");
  const width = Math.max(...rows.map(({ title }) => title.length));
  for (const { group, title, result } of rows)
    console.log(`${group.padEnd(12)} ${title.padEnd(width)} ${result}`);
}

const commands = await inParallel(COMMANDS.map((check) => () => command(...check)));
const packages = await checkPackages(root);
const { count, files } = tests();
const total = [...commands, packages.count, count].reduce(add, none);
printWhereItRuns([...packages.rows, ...NOT_TESTED]);
printSlowest(files);
for (const name of total.skipped) console.log(`skipped: ${name}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped`);
process.exitCode = total.failed === 0 && !(complete && total.skipped.length > 0) ? 0 : 1;
