/**
 * What a user's bundle grows by, minified and gzipped. The limit only ever goes down: it is what the packages weigh now,
 * with every guarantee in. The goal is where it should end.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild-wasm";
import type { Check } from "./run.ts";

/** What a user writes, the most it may weigh, and the most it should, in bytes. */
const BUDGETS: [name: string, source: string, limit: number, goal: number][] = [
  ["one vendor client", 'export { createOpenAIClient } from "@convo/openai";', 10_400, 5_000],
  [
    "core with all five vendors",
    'export { createConvo, openai, letta, datagrid, chatdash, agentsight } from "@convo/core";',
    23_000,
    12_000,
  ],
];

/** Bundles each budget's source in a project where the packed packages are installed. */
export async function sizeChecks(project: string): Promise<Check[]> {
  const checks: Check[] = [];
  for (const [name, source, limit, goal] of BUDGETS) {
    const entry = join(project, "size.mjs");
    writeFileSync(entry, source);
    const { outputFiles } = await build({
      entryPoints: [entry],
      bundle: true,
      minify: true,
      format: "esm",
      write: false,
      target: "es2022",
    });
    const bytes = gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
    const over = bytes > limit ? `${bytes} bytes minified and gzipped; the limit is ${limit}` : undefined;
    checks.push({ name: `size of ${name}: ${bytes} bytes, limit ${limit}, goal ${goal}`, problem: over });
  }
  return checks;
}
