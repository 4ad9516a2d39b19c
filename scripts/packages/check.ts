/**
 * Checks the packages as a user gets them: the tarball `pnpm pack` makes, never the source tree (its `publishConfig`
 * is applied only there). Each tarball is linted, its types are resolved, it is measured, and all are installed into an
 * empty project that runs under every runtime, and compiles with the oldest and the newest TypeScript.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileTasks, installConsumer, sandboxCheck } from "./consumer.ts";
import { add, type Count, none } from "./count.ts";
import { type Check, inParallel, must, type Packed, problem } from "./run.ts";
import { sizeChecks } from "./size.ts";
import { smokeChecks } from "./smoke.ts";

/** Packs every published package (build them first) and runs all checks on the tarballs. */
export async function checkPackages(root: string): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), "convo-packages-"));
  try {
    const packed = published(root).map((home) => pack(home, join(folder, "tarballs")));
    const project = join(folder, "consumer");
    installConsumer(packed, project);
    const smoke = await smokeChecks(root, project);
    try {
      const tasks = [
        ...packed.flatMap((one) => lintTasks(root, one)),
        ...smoke.tasks,
        () => sandboxCheck(root, project),
        ...compileTasks(root, project),
      ];
      const checks = [...(await inParallel(tasks)), ...(await sizeChecks(project))];
      return checks.map(report).reduce(add, none);
    } finally {
      smoke.stop();
    }
  } catch (error) {
    return report({ name: "packages can be packed", problem: String(error) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function published(root: string): string[] {
  return readdirSync(join(root, "packages"))
    .map((name) => join(root, "packages", name))
    .filter((home) => !manifest(home).private);
}

const manifest = (home: string): { name: string; private?: boolean; exports: Record<string, unknown> } =>
  JSON.parse(readFileSync(join(home, "package.json"), "utf8"));

function pack(home: string, folder: string): Packed {
  mkdirSync(folder, { recursive: true });
  const { name, exports } = manifest(home);
  const { filename } = JSON.parse(must("pnpm", ["pack", "--json", "--pack-destination", folder], home)) as {
    filename: string;
  };
  return { name, tarball: filename, entries: Object.keys(exports).map((path) => name + path.slice(1)) };
}

function lintTasks(root: string, { name, tarball }: Packed): (() => Promise<Check>)[] {
  const lint =
    (what: string, tool: string, ...args: string[]) =>
    async (): Promise<Check> => ({
      name: `${name}: ${what}`,
      problem: await problem(join(root, "node_modules", ".bin", tool), args, root),
    });
  return [
    lint("publint", "publint", "run", "--strict", tarball),
    lint("types resolve", "attw", tarball, "--profile", "esm-only"),
  ];
}

function report({ name, problem, skipped }: Check): Count {
  const said = problem !== undefined ? "FAILED" : skipped !== undefined ? "skipped" : "ok    ";
  console.log(`${said}  ${name}`);
  if (problem !== undefined) console.log(problem);
  if (problem !== undefined) return { ...none, failed: 1 };
  return skipped === undefined ? { ...none, passed: 1 } : { ...none, skipped: [`${name} (${skipped})`] };
}
