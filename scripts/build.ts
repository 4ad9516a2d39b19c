/**
 * Builds the package in the current folder: `dist` for `import`, `dist/cjs` for `require`, each with its own types.
 * `--bundle` makes one file of each entry's modules (and of what they share); without it there is a file per module.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";

const { exports } = JSON.parse(readFileSync("package.json", "utf8")) as { exports: Record<string, string> };
const modules = Object.values(exports).filter((file) => file.endsWith(".ts"));
const bundle = process.argv.includes("--bundle");

rmSync("dist", { recursive: true, force: true });
run("tsc", "-p", ".", ...(bundle ? ["--emitDeclarationOnly"] : []));
if (bundle)
  run(
    "esbuild",
    ...modules,
    "--bundle",
    "--splitting",
    "--format=esm",
    "--target=es2022",
    "--packages=external",
    "--outdir=dist",
    "--log-level=warning",
  );
run("tsc", "-p", ".", "--module", "commonjs", "--verbatimModuleSyntax", "false", "--outDir", "dist/cjs");
writeFileSync("dist/cjs/package.json", '{ "type": "commonjs" }\n');

function run(command: string, ...args: string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
