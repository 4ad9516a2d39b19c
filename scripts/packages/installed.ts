/** What `npm install @convo/core` brings: how many packages, and how much they take on a disk. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Check } from "./run.ts";

/**
 * Follows the dependencies of `@convo/core` in a project where the packed packages are installed. The README has the
 * figures; the check fails while its number of packages is another, or its size is off by more than a tenth.
 */
export function installedCheck(root: string, project: string): Check {
  const modules = join(project, "node_modules");
  const names = withDependencies(modules, "@convo/core");
  const bytes = names.map((name) => sizeOf(join(modules, name))).reduce((sum, size) => sum + size, 0);
  const megabytes = bytes / 1e6;
  const figures = `${names.length} packages, ${megabytes.toFixed(1)} MB`;
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const [said, packages, size] = /(\d+) packages, ([\d.]+) MB/.exec(readme) ?? [];
  const agrees = Number(packages) === names.length && Math.abs(Number(size) / megabytes - 1) < 0.1;
  return {
    name: `what @convo/core installs: ${figures} (${names.join(", ")})`,
    problem: agrees ? undefined : `README.md says "${said}" instead of "${figures}"`,
  };
}

/** A package and all it depends on, each once. Optional peers are not installed with it. */
function withDependencies(modules: string, name: string): string[] {
  const found = new Set([name]);
  for (const next of found) {
    const manifest = JSON.parse(readFileSync(join(modules, next, "package.json"), "utf8")) as {
      dependencies?: Record<string, string>;
    };
    for (const dependency of Object.keys(manifest.dependencies ?? {})) found.add(dependency);
  }
  return [...found];
}

const sizeOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0);
