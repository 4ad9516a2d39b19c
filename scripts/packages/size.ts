/**
 * What a user's bundle grows by, minified and gzipped. The limit only ever goes down: it is what the packages weigh now,
 * with every guarantee in (core's went up once, from 23,000, with observers, late writes and unanswered fields). The goal is
 * where it should end.
 */
import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Metafile } from "esbuild-wasm";
import type { Check } from "./run.ts";

/** What a user writes, the most it may weigh, and the most it should, in bytes. */
const BUDGETS: [name: string, source: string, limit: number, goal: number][] = [
  ["one vendor client", 'export { createOpenAIClient } from "@convo/openai";', 10_400, 5_000],
  [
    "core with all five vendors",
    'export { createConvo, openai, letta, datagrid, chatdash, agentsight } from "@convo/core";',
    25_000,
    12_000,
  ],
];

/** Bundles each budget's source in a project where the packed packages are installed. */
export async function sizeChecks(project: string): Promise<Check[]> {
  const checks: Check[] = [];
  for (const [name, source, limit, goal] of BUDGETS) {
    const entry = join(project, "size.mjs");
    writeFileSync(entry, source);
    // What is loaded only when asked for (`import()`) is a file of its own, as any bundler makes it, and not counted.
    const { metafile, outputFiles } = await build({
      entryPoints: { size: entry },
      outdir: project,
      bundle: true,
      splitting: true,
      metafile: true,
      minify: true,
      format: "esm",
      write: false,
      target: "es2022",
    });
    const first = loadedFirst(metafile);
    const texts = outputFiles.filter(({ path }) => first.has(basename(path))).map(({ contents }) => contents);
    const bytes = gzipSync(Buffer.concat(texts), { level: 9 }).length;
    const over = bytes > limit ? `${bytes} bytes minified and gzipped; the limit is ${limit}` : undefined;
    checks.push({ name: `size of ${name}: ${bytes} bytes, limit ${limit}, goal ${goal}`, problem: over });
  }
  return checks;
}

/** Names of the files that are loaded at once: the entry, and what it imports. */
function loadedFirst({ outputs }: Metafile): Set<string> {
  const entry = Object.keys(outputs).find((path) => basename(path) === "size.js") ?? "";
  const paths = new Set([entry]);
  for (const path of paths)
    for (const one of outputs[path]?.imports ?? []) if (one.kind === "import-statement") paths.add(one.path);
  return new Set([...paths].map((path) => basename(path)));
}
