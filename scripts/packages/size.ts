/**
 * What a user's bundle grows by at once, minified and gzipped: all but what is imported when asked for. openapi-fetch
 * (3.3 kB with what joins it to the transport) comes with the first use of `http`, the walk over pages with the first
 * list that is walked; neither is in it. The limit is what the packages weigh now, with every guarantee in; the goal is
 * where it should end.
 *
 * What one vendor client is made of (bytes that go when a part does): sending, time limits, retries 1,800; answers and
 * their errors 1,200; base URL, key and environment 750; checked options and headers 500; network errors of every
 * runtime 450; Retry-After in all its forms 400; lists 100; paths, queries and bodies 400; error class and advice 400;
 * reading bodies within limits 200; redirects 300; methods and the lazy `http` 300; the vendor's table 400. A seventh
 * of it all is sentences that say what went wrong and what to do. Shorter property names would save 130, so what is
 * left above the goal is guarantees, not style.
 *
 * What core is made of, in the same measure: the client 6,350 and five vendors' tables 1,250; one update from the queue
 * to the write (jobs, deadlines, reads, merges, halves of a refused batch) 3,000; the proof of it (look again, judge, make
 * it again, say what cannot be known) 2,450; checks before anything is sent, limits among them 1,900; results and
 * warnings 900; metadata's own functions 800; several vendors at once 600; copies of what JSON can hold 600; options and
 * errors 600; reading answers 450; the five records 450; the observer 400; ids that are looked up 350; the lock 150.
 * `plan`, `apply`, the probe and schemas are loaded when asked for. All of the rest may be needed when the network is
 * gone, or must run before the call returns.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Plugin } from "esbuild-wasm";
import type { Check } from "./run.ts";

/** What a user writes, the most it may weigh, and the most it should, in bytes. */
const BUDGETS: [name: string, source: string, limit: number, goal: number][] = [
  ["one vendor client", 'export { createOpenAIClient } from "@convo/openai";', 11_750, 9_000],
  [
    "core with all five vendors",
    'export { createConvo, openai, letta, datagrid, chatdash, agentsight } from "@convo/core";',
    21_850,
    12_000,
  ],
];

/** Bundles each budget's source in a project where the packed packages are installed. */
export async function sizeChecks(project: string): Promise<Check[]> {
  const checks: Check[] = [];
  for (const [name, source, limit, goal] of BUDGETS) {
    const entry = join(project, "size.mjs");
    writeFileSync(entry, source);
    const { metafile, outputFiles } = await build({
      entryPoints: [entry],
      bundle: true,
      minify: true,
      format: "esm",
      write: false,
      metafile: true,
      target: "es2022",
      plugins: [later],
    });
    const bytes = gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
    const over = bytes > limit ? `${bytes} bytes minified and gzipped; the limit is ${limit}` : undefined;
    // An optional peer that came along would not only weigh: who has not installed it could not import the package.
    const peer = Object.keys(metafile.inputs).find((path) => /\/(@opentelemetry|undici)\//.test(path));
    checks.push({
      name: `size of ${name}, loaded at once: ${bytes} bytes, limit ${limit}, goal ${goal}`,
      problem: over ?? (peer && `it imports ${peer}`),
    });
  }
  return checks;
}

/** Leaves out what is loaded only when it is asked for: bundlers make a file of its own of it. */
const later: Plugin = {
  name: "later",
  setup: ({ onResolve }) =>
    onResolve({ filter: /./ }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path, external: true } : undefined,
    ),
};
