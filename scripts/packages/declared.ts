/** `declaration: true` in a strict layout: pnpm's own, nothing hoisted, and `@convo/core` the only package that is named. */
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { find, PROGRAMS } from "./programs.ts";
import { type Check, must, type Packed, problem } from "./run.ts";

/** One check per layout and TypeScript; `flat` is the project where all is installed by npm. */
export function declaredTasks(
  root: string,
  packed: readonly Packed[],
  flat: string,
  strict: string,
): (() => Promise<Check>)[] {
  installStrict(packed, strict);
  return Object.entries({ flat, strict }).flatMap(([layout, project]) =>
    [...PROGRAMS.typescripts, PROGRAMS.typescript6].map((typescript) => async (): Promise<Check> => {
      const name = `declaration: true, ${layout} layout, TypeScript ${typescript.version}`;
      const found = await find(root, typescript);
      if ("missing" in found) return { name, skipped: found.missing };
      const out = join(project, `declared-${typescript.version}`);
      const args = [found.path, "-p", "declared", "--outDir", out];
      return { name, problem: await problem(process.execPath, args, project) };
    }),
  );
}

function installStrict(packed: readonly Packed[], project: string): void {
  mkdirSync(project, { recursive: true });
  const consumer = join(import.meta.dirname, "consumer");
  for (const file of ["declared", "tsconfig.json"])
    cpSync(join(consumer, file), join(project, file), { recursive: true });
  const tarballs = Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:${tarball}`]));
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({
      name: "strict",
      private: true,
      type: "module",
      dependencies: { "@convo/core": tarballs["@convo/core"] },
    }),
  );
  writeFileSync(
    join(project, "pnpm-workspace.yaml"),
    JSON.stringify({ packages: ["."], hoist: false, overrides: tarballs }),
  );
  must("pnpm", ["install", "--prefer-offline", "--ignore-scripts"], project);
}
