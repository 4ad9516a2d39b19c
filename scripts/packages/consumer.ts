/** An empty project that installs the tarballs, as a stranger would. */
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Check, must, type Packed, problem } from "./run.ts";

const NODES = ["20.19.0", "24.21.0"];
const TYPESCRIPTS = ["5.4.5", "5.9.3", "7.0.2"];

/** Installs everything with npm, then runs and compiles `consumer/` in it. */
export async function consumerChecks(_root: string, packed: Packed[], project: string): Promise<Check[]> {
  mkdirSync(project, { recursive: true });
  cpSync(join(import.meta.dirname, "consumer"), project, { recursive: true });
  const dependencies = Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:${tarball}`]));
  // Tarballs name each other by version; nothing is published yet, so each is pinned to its file.
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({
      name: "consumer",
      private: true,
      type: "module",
      dependencies,
      overrides: dependencies,
    }),
  );
  must("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], project);
  return [
    ...NODES.map((version) => runs(project, version)),
    ...TYPESCRIPTS.map((version) => compiles(project, version)),
  ];
}

function runs(project: string, version: string): Check {
  const script = ["--yes", "-p", `node@${version}`, "--", "node", "smoke.mjs", version];
  return { name: `packed packages run under Node ${version}`, problem: problem("npx", script, project) };
}

function compiles(project: string, version: string): Check {
  const script = ["--yes", "-p", `typescript@${version}`, "--", "tsc", "-p", "tsconfig.json"];
  return {
    name: `packed packages compile with TypeScript ${version}`,
    problem: problem("npx", script, project),
  };
}
