/** An empty project that installs the tarballs, as a stranger would. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { find, PROGRAMS, type Program, UNDICI } from "./programs.ts";
import { type Check, execute, must, type Packed, problem, type Row } from "./run.ts";

/** What users of an optional entry install beside ours, what type tests need, and a terminal to type at. */
const OPTIONAL = {
  undici: UNDICI[7],
  undici8: `npm:undici@${UNDICI[8]}`,
  "@types/node": "24.10.1",
  "expect-type": "1.4.0",
  "@opentelemetry/api": "1.9.1",
  "@lydell/node-pty": "1.1.0",
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

/** The command as a package: typed at a terminal as its README says, and what it says on a Node that is too old. */
export async function cliCheck(root: string, project: string): Promise<Check> {
  const { newNode, oldNode } = PROGRAMS;
  const name = "packed command, typed at a terminal as its README says";
  const [found, old] = [await find(root, newNode), await find(root, oldNode)];
  if ("missing" in found) return { name, skipped: found.missing };
  if ("missing" in old) return { name, skipped: old.missing };
  const { ok, output } = await execute(
    old.path,
    ["node_modules/@convo/cli/dist/convo.js", "doctor"],
    project,
  );
  if (ok || !output.startsWith("convo needs Node 22.13 or newer")) return { name, problem: output };
  return { name, problem: await problem(found.path, ["start/cli.mjs"], project) };
}

/** The recipe for jest, as somebody pastes it into a CommonJS project: once with Node's switch for ES modules, once without. */
export async function jestRecipeCheck(root: string, project: string, program: Program): Promise<Check> {
  const name = `the recipe for jest, under jest ${program.version}`;
  const found = await find(root, program);
  if ("missing" in found) return { name, skipped: found.missing };
  const folder = join(project, `jest-recipe-${program.version}`);
  mkdirSync(folder);
  const recipe = readFileSync(join(root, "docs/recipes/jest.md"), "utf8");
  for (const [, file = "", text = ""] of recipe.matchAll(/^`([\w.-]+)`:\n\n```\w+\n(.*?)^```$/gms))
    writeFileSync(join(folder, file), text);
  const jest = [found.path, "--cacheDirectory", join(folder, "cache"), "--runInBand"];
  const wrong = await problem(process.execPath, ["--experimental-vm-modules", ...jest, "topic.test"], folder);
  return { name, problem: wrong ?? (await problem(process.execPath, [...jest, "shared.test"], folder)) };
}

interface Compilation extends Row {
  readonly typescript: Program;
  readonly config: string;
}

/** The files of `consumer/types` with every TypeScript, and small ones under every other way to resolve them. */
export const COMPILATIONS: readonly Compilation[] = compilations();

function compilations(): Compilation[] {
  const all = PROGRAMS.typescripts.map((typescript): [Program, string, string] => [
    typescript,
    "tsconfig.json",
    "module: nodenext",
  ]);
  const [, strada, native] = PROGRAMS.typescripts as [Program, Program, Program];
  const others: [Program, string, string][] = [
    [strada, "types-cjs/tsconfig.json", "module: node16 in a CommonJS file"],
    [native, "types-cjs/tsconfig.json", "module: node16 in a CommonJS file"],
    [native, "types-cjs/tsconfig.bundler.json", "moduleResolution: bundler"],
    [strada, "types-cjs/tsconfig.node10.json", "moduleResolution: node10"],
  ];
  return [...all, ...others].map(([typescript, config, how]) => ({
    group: "types",
    title: `TypeScript ${typescript.version}, ${how}`,
    typescript,
    config,
  }));
}

/** One check per compilation. */
export const compileTasks = (root: string, project: string): (() => Promise<Check>)[] =>
  COMPILATIONS.map((compilation) => () => compiles(root, project, compilation));

async function compiles(
  root: string,
  project: string,
  { group, title, typescript, config }: Compilation,
): Promise<Check> {
  const check = { name: `packed packages compile with ${title}`, row: { group, title } };
  const found = await find(root, typescript);
  if ("missing" in found) return { ...check, problem: found.missing };
  return { ...check, problem: await problem(process.execPath, [found.path, "-p", config], project) };
}
