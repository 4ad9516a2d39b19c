/** Size budgets, minified and gzipped, of what a user's bundle grows by. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild-wasm";
import type { Check } from "./run.ts";

/** What a user writes, and the most it may weigh in bytes. */
const BUDGETS: [name: string, source: string, bytes: number][] = [
  ["one vendor client", 'export { createOpenAIClient } from "@convo/openai";', 5_000],
  [
    "core with all five vendors",
    'export { createConvo, openai, letta, datagrid, chatdash, agentsight } from "@convo/core";',
    12_000,
  ],
];

/** Bundles each budget's source in a project where the packed packages are installed. */
export async function sizeChecks(project: string): Promise<Check[]> {
  const checks: Check[] = [];
  for (const [name, source, budget] of BUDGETS) {
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
    const over = bytes > budget ? `${bytes} bytes minified and gzipped; the budget is ${budget}` : undefined;
    checks.push({ name: `size of ${name}: ${bytes} of ${budget} bytes`, problem: over });
  }
  return checks;
}
