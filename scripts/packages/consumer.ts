/** An empty project that installs the tarballs, as a stranger would. */
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { find, PROGRAMS, type Program } from "./programs.ts";
import { type Check, must, type Packed, problem } from "./run.ts";

/** What users of an optional entry install beside ours (the last undici that runs on Node 20 is of line 7), and what type tests need. */
const OPTIONAL = {
  undici: "7.28.0",
  "@types/node": "20.19.0",
  "expect-type": "1.4.0",
  "@opentelemetry/api": "1.9.1",
};

/** Lays out `consumer/` in `project` and installs everything with npm. Throws when npm fails. */
export function installConsumer(packed: readonly Packed[], project: string): void {
  mkdirSync(project, { recursive: true });
  cpSync(join(import.meta.dirname, "consumer"), project, { recursive: true });
  const tarballs = Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:${tarball}`]));
  // Tarballs name each other by version; nothing is published yet, so each is pinned to its file.
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({
      name: "consumer",
      private: true,
      type: "module",
      dependencies: { ...tarballs, ...OPTIONAL },
      overrides: tarballs,
    }),
  );
  must("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"], project);
}

/** The sandbox as a package, on the Node it asks for, and as the command `npx @convo/sandbox`. */
export async function sandboxCheck(root: string, project: string): Promise<Check> {
  const { newNode } = PROGRAMS;
  const name = `packed sandbox runs under Node ${newNode.version}`;
  const found = await find(root, newNode);
  if ("missing" in found) return { name, skipped: found.missing };
  const wrong = await problem(found.path, ["start/sandbox.mjs", newNode.version], project);
  return { name, problem: wrong ?? (await problem(found.path, ["start/sandbox-cli.mjs"], project)) };
}

/** Compiles `consumer/types` with every TypeScript. */
export function compileTasks(root: string, project: string): (() => Promise<Check>)[] {
  return PROGRAMS.typescripts.map((typescript) => () => compiles(root, project, typescript));
}

async function compiles(root: string, project: string, typescript: Program): Promise<Check> {
  const name = `packed packages compile with TypeScript ${typescript.version}`;
  const found = await find(root, typescript);
  if ("missing" in found) return { name, problem: found.missing };
  return { name, problem: await problem(process.execPath, [found.path, "-p", "tsconfig.json"], project) };
}
