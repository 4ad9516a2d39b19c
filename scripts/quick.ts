/**
 * `pnpm test:quick [--base <revision>]`: what a contributor runs while working, under 90 seconds on two idle cores. Types,
 * lint, generated output, and the tests that reach a file changed since the branch left main (uncommitted ones included).
 *
 * It packs nothing and starts no browser, database or copy of the repository: the tests that do are left to `npm test`,
 * and named here when the change would have run them.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { execute, inParallel } from "./packages/run.ts";

const root = join(import.meta.dirname, "..");
const bin = (name: string): string => join(root, "node_modules", ".bin", name);

/** Tests of many seconds: each runs something whole, such as a browser, a database, a load, or a copy of the repository. */
const LEFT_OUT: readonly string[] = [
  "bench/test/faults.test.ts",
  "bench/test/queue.test.ts",
  "bench/test/soak.test.ts",
  "packages/cli/test/help.test.ts",
  "packages/queue/test/queue.test.ts",
  "packages/sandbox/test/cors.test.ts",
  "packages/sandbox/test/page.test.ts",
  "packages/sandbox/test/safety.test.ts",
  "scripts/test/history.test.ts",
  "scripts/test/new-vendor.test.ts",
  "scripts/test/nightly.test.ts",
  "scripts/test/regen.test.ts",
  "scripts/test/turbo.test.ts",
];

/** The tests that are left spend half of their time waiting. */
const WORKERS = 2 * availableParallelism();

const CHECKS: [name: string, command: string, args: string[]][] = [
  ["types", bin("tsc"), ["--noEmit"]],
  ["formatting, lint and import boundaries", bin("biome"), ["check", "--error-on-warnings", "."]],
  ["generated output equals committed output", process.execPath, ["scripts/regen.ts", "--check"]],
];

/** Where this branch left main; HEAD where there is no main. */
function branchPoint(): string {
  for (const main of ["origin/main", "main"]) {
    const found = spawnSync("git", ["merge-base", main, "HEAD"], { cwd: root, encoding: "utf8" });
    if (found.status === 0) return found.stdout.trim();
  }
  return "HEAD";
}

async function check([name, command, args]: (typeof CHECKS)[number]): Promise<boolean> {
  const { ok, output } = await execute(command, args, root);
  console.log(`${ok ? "ok    " : "FAILED"}  ${name}`);
  if (!ok) console.log(output);
  return ok;
}

const { values } = parseArgs({ options: { base: { type: "string", default: branchPoint() } } });
const gone = LEFT_OUT.filter((file) => !existsSync(join(root, file)));
if (gone.length > 0) throw new Error(`scripts/quick.ts leaves out files that are gone: ${gone.join(", ")}`);
const checks = await inParallel(CHECKS.map((one) => () => check(one)));
const vitest = (command: "run" | "list", ...more: string[]): string[] => [
  command,
  "--changed",
  values.base,
  ...more,
];
const left = await execute(bin("vitest"), [...vitest("list", "--filesOnly"), ...LEFT_OUT], root);
const tests = spawnSync(
  bin("vitest"),
  [
    ...vitest("run", "--passWithNoTests", `--maxWorkers=${WORKERS}`),
    ...LEFT_OUT.map((file) => `--exclude=${file}`),
  ],
  { cwd: root, stdio: "inherit" },
);
for (const file of left.stdout.split("\n").filter(Boolean)) console.log(`left to npm test: ${file}`);
process.exitCode = checks.every(Boolean) && tests.status === 0 ? 0 : 1;
