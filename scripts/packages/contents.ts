import { statSync } from "node:fs";
import type { Check, Packed } from "./run.ts";

/** What stands beside `dist` in a tarball: what npm shows, and what a package names in `files`. */
const BESIDE_DIST =
  /^(?:LICENSE|README\.md|package\.json|[a-z-]+\.schema\.json|(?:public|specs)\/[a-z]+\.\w+)$/;
const DIST = /^dist\/(?:[\w/-]+(?:\.d\.ts|\.js)|cjs\/package\.json)$/;

/** Prints what each tarball holds, and finds what does not belong there: tests, sources, settings of this repository. */
export function contentsChecks(packed: readonly Packed[]): Check[] {
  console.log("\nWhat each tarball holds");
  for (const { name, tarball, files } of packed) {
    const beside = files.filter((path) => !path.startsWith("dist/"));
    const kilobytes = (statSync(tarball).size / 1000).toFixed(0);
    console.log(`${name.padEnd(18)} ${kilobytes.padStart(4)} kB  ${grouped(files)}; ${beside.join(", ")}`);
  }
  return packed.map(({ name, files }) => {
    const foreign = files.filter((path) => !DIST.test(path) && !BESIDE_DIST.test(path));
    return {
      name: `${name}: the tarball holds nothing but what is for its users`,
      problem: foreign.length > 0 ? `These files do not belong there: ${foreign.join(", ")}` : undefined,
    };
  });
}

/** Files of `dist` counted by ending: "12 .js, 30 .d.ts". */
function grouped(files: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const path of files) {
    const [ending] = path.startsWith("dist/") ? (/\.(?:d\.)?\w+$/.exec(path) ?? []) : [];
    if (ending) counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  return `dist with ${[...counts].map(([ending, count]) => `${count} ${ending}`).join(", ")}`;
}
