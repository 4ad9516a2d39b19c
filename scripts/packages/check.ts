/**
 * Checks the packages as a user gets them: the tarball `pnpm pack` makes, never the source tree (its `publishConfig`
 * is applied only there). Each tarball is linted, its types are resolved, it is measured, and all are installed into an
 * empty project that runs on the oldest and the newest Node, and compiles with the oldest and the newest TypeScript.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { consumerChecks } from "./consumer.ts";
import { add, type Count, none } from "./count.ts";
import { sizeChecks } from "./size.ts";

/** One check: its name, and what is wrong, if anything. */
export interface Check {
  readonly name: string;
  readonly problem?: string | undefined;
}

/** A packed package. */
export interface Packed {
  readonly name: string;
  readonly tarball: string;
  readonly engines: string;
}

/** Packs every published package (build them first) and runs all checks on the tarballs. */
export async function checkPackages(root: string): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), "convo-packages-"));
  try {
    const packed = published(root).map((home) => pack(home, join(folder, "tarballs")));
    const checks = [
      ...packed.flatMap((one) => lintChecks(root, one)),
      ...(await consumerChecks(root, packed, join(folder, "consumer"))),
      ...(await sizeChecks(join(folder, "consumer"))),
    ];
    return checks.map(report).reduce(add, none);
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

const manifest = (home: string): { name: string; private?: boolean; engines: { node: string } } =>
  JSON.parse(readFileSync(join(home, "package.json"), "utf8"));

function pack(home: string, folder: string): Packed {
  mkdirSync(folder, { recursive: true });
  const { name, engines } = manifest(home);
  const { filename } = JSON.parse(must("pnpm", ["pack", "--json", "--pack-destination", folder], home)) as { filename: string };
  return { name, tarball: filename, engines: engines.node };
}

function lintChecks(root: string, { name, tarball }: Packed): Check[] {
  const bin = (tool: string) => join(root, "node_modules", ".bin", tool);
  return [
    { name: `${name}: publint`, problem: problem(bin("publint"), ["run", "--strict", tarball], root) },
    { name: `${name}: types resolve`, problem: problem(bin("attw"), [tarball, "--profile", "esm-only"], root) },
  ];
}

/** Runs a command; returns what it printed when it failed. */
export function problem(command: string, args: string[], cwd: string, env: Record<string, string> = {}): string | undefined {
  const run = spawnSync(command, args, { cwd, encoding: "utf8", env: { ...process.env, ...env } });
  return run.status === 0 ? undefined : `${run.stdout}${run.stderr}${run.error ?? ""}`;
}

/** Runs a command; returns its standard output, throws when it fails. */
export function must(command: string, args: string[], cwd: string): string {
  const run = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${run.stdout}${run.stderr}${run.error ?? ""}`);
  return run.stdout;
}

function report({ name, problem }: Check): Count {
  console.log(`${problem === undefined ? "ok    " : "FAILED"}  ${name}`);
  if (problem !== undefined) console.log(problem);
  return { ...none, [problem === undefined ? "passed" : "failed"]: 1 };
}
