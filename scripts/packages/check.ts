/**
 * Checks the packages as a user gets them: the tarball `pnpm pack` makes, never the source tree (its `publishConfig`
 * is applied only there). Each tarball is linted, its types are resolved, it is measured, and all are installed into an
 * empty project that runs on the oldest and the newest Node, and compiles with the oldest and the newest TypeScript.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { consumerChecks } from "./consumer.ts";
import { add, type Count, none } from "./count.ts";
import { type Check, must, type Packed, problem } from "./run.ts";
import { sizeChecks } from "./size.ts";

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
  const { filename } = JSON.parse(must("pnpm", ["pack", "--json", "--pack-destination", folder], home)) as {
    filename: string;
  };
  return { name, tarball: filename, engines: engines.node };
}

function lintChecks(root: string, { name, tarball }: Packed): Check[] {
  const bin = (tool: string) => join(root, "node_modules", ".bin", tool);
  return [
    { name: `${name}: publint`, problem: problem(bin("publint"), ["run", "--strict", tarball], root) },
    {
      name: `${name}: types resolve`,
      problem: problem(bin("attw"), [tarball, "--profile", "esm-only"], root),
    },
  ];
}

function report({ name, problem }: Check): Count {
  console.log(`${problem === undefined ? "ok    " : "FAILED"}  ${name}`);
  if (problem !== undefined) console.log(problem);
  return { ...none, [problem === undefined ? "passed" : "failed"]: 1 };
}
