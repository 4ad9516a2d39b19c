/**
 * Checks the packages as a user gets them: the tarball `pnpm pack` makes, never the source tree (its `publishConfig`
 * is applied only there). Each tarball is linted, its types are resolved, it is measured, and all are installed into an
 * empty project that runs under every runtime, bundler and test runner, and compiles with the oldest and the newest
 * TypeScript. The results are the table "Where it runs".
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bareCheck } from "./bare.ts";
import { cliCheck, compileTasks, installConsumer, jestRecipeCheck, sandboxCheck } from "./consumer.ts";
import { contentsChecks } from "./contents.ts";
import { add, type Count, none } from "./count.ts";
import { declaredTasks } from "./declared.ts";
import { installedCheck } from "./installed.ts";
import { findAll, PROGRAMS } from "./programs.ts";
import { rehearsal } from "./rehearsal.ts";
import { type Check, inParallel, must, type Packed, problem } from "./run.ts";
import { sizeChecks } from "./size.ts";
import { smokeChecks } from "./smoke.ts";
import type { Tested } from "./where.ts";

/** Packs every published package (build them first) and runs all checks on the tarballs. */
export async function checkPackages(root: string): Promise<{ count: Count; rows: Tested[] }> {
  const folder = mkdtempSync(join(tmpdir(), "convo-packages-"));
  try {
    // Each is waited for where it is wanted.
    void findAll(root);
    const packed = published(root).map((home) => pack(home, join(folder, "tarballs")));
    const project = join(folder, "consumer");
    installConsumer(packed, project);
    const smoke = await smokeChecks(root, project);
    try {
      const tasks = [
        ...packed.flatMap((one) => lintTasks(root, one)),
        ...packed
          .filter(({ runsEverywhere }) => runsEverywhere)
          .flatMap(({ entries }) => entries.map((entry) => () => bareCheck(project, entry))),
        ...smoke.tasks,
        () => sandboxCheck(root, project),
        () => cliCheck(root, project),
        ...PROGRAMS.jests.map((program) => () => jestRecipeCheck(root, project, program)),
        () => rehearsal(root, packed, join(folder, "rehearsal")),
        ...compileTasks(root, project),
        ...declaredTasks(root, packed, project, join(folder, "strict")),
      ];
      const checks = [
        ...(await inParallel(tasks)),
        ...(await sizeChecks(project)),
        ...contentsChecks(packed),
        installedCheck(root, project),
      ];
      return { count: checks.map(report).reduce(add, none), rows: checks.flatMap(tested) };
    } finally {
      smoke.stop();
    }
  } catch (error) {
    return { count: report({ name: "packages can be packed", problem: String(error) }), rows: [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The folders of the packages that are published. */
export function published(root: string): string[] {
  return readdirSync(join(root, "packages"))
    .map((name) => join(root, "packages", name))
    .filter((home) => !manifest(home).private);
}

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly publishConfig: { readonly exports: Readonly<Record<string, object | string>> };
}

const manifest = (home: string): Manifest => JSON.parse(readFileSync(join(home, "package.json"), "utf8"));

/** Packs one package into `folder`, as it would be published. */
export function pack(home: string, folder: string): Packed {
  mkdirSync(folder, { recursive: true });
  const { name, exports, publishConfig } = manifest(home);
  const { filename, files } = JSON.parse(
    must("pnpm", ["pack", "--json", "--pack-destination", folder], home),
  ) as { filename: string; files: readonly { readonly path: string }[] };
  return {
    name,
    tarball: filename,
    files: files.map(({ path }) => path),
    entries: Object.keys(exports)
      .filter((path) => !path.endsWith(".json"))
      .map((path) => name + path.slice(1)),
    runsEverywhere: Object.values(publishConfig.exports).every(
      (entry) => typeof entry === "string" || "require" in entry,
    ),
  };
}

const tested = ({ row, problem, skipped }: Check): Tested[] =>
  row
    ? [{ ...row, result: problem !== undefined ? "FAILED" : skipped ? `not tested: ${skipped}` : "passed" }]
    : [];

function lintTasks(root: string, { name, tarball, runsEverywhere }: Packed): (() => Promise<Check>)[] {
  const lint =
    (what: string, tool: string, ...args: string[]) =>
    async (): Promise<Check> => ({
      name: `${name}: ${what}`,
      problem: await problem(join(root, "node_modules", ".bin", tool), args, root),
    });
  return [
    lint("publint", "publint", "run", "--strict", tarball),
    lint("types resolve", "attw", tarball, "--profile", runsEverywhere ? "strict" : "esm-only"),
  ];
}

function report({ name, problem, skipped }: Check): Count {
  const said = problem !== undefined ? "FAILED" : skipped !== undefined ? "skipped" : "ok    ";
  console.log(`${said}  ${name}`);
  if (problem !== undefined) console.log(problem);
  if (problem !== undefined) return { ...none, failed: 1 };
  return skipped === undefined ? { ...none, passed: 1 } : { ...none, skipped: [`${name} (${skipped})`] };
}
