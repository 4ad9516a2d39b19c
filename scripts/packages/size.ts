/**
 * What a user's bundle grows by at once, minified and gzipped: all but what is imported when asked for. openapi-fetch
 * (3.3 kB with what joins it to the transport) comes with the first use of `http`, the walk over pages with the first
 * list that is walked; neither is in it. The limit is what the packages weigh now, with every guarantee in; the goal is
 * where it should end.
 *
 * Both are above the goal. What each file of one vendor client costs of its 12.2 kB, in bytes that gzip saves without it:
 * attempts 1,200, endpoint 1,096, resolve-options 990, response 963, exchange 915, call 838, request 807, response-headers 602,
 * errors 596, redact 534, network-error 491, read-body 465, client 460, the vendor's table 458, api-promise 213, the way to
 * `http` 207, the rest 200. Event streams, pages, forms and `http` are loaded at their first use. Error responses, redaction,
 * `Retry-After` and network failures, 2.4 kB of it, are what only failed calls need, and loading them when one fails would
 * meet the goal; but where the network is gone, or a new deployment has removed the chunk, the caller would learn neither the
 * status nor whether the write was applied, and a load that hangs would hold an error beyond the deadline. So they stay. A
 * seventh of it all is sentences that say what went wrong and what to do.
 *
 * Of core's: the client 28 %; updates, from the queue to the proof of their results, 21; five vendors' tables and
 * records 15; conversations to and from each vendor's form, limits among it, 8; merges 5; metadata's own functions 5;
 * providers, their keys and looked-up ids 4; several vendors at once 2; options, observer, errors, schemas, handles and
 * the other verbs' names 12. `plan`, `apply`, bulk runs and the probe are loaded when asked for, and what feeds a catalogue comes with it. What is left may be
 * needed when the network is gone, or must run before the call returns.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Plugin } from "esbuild-wasm";
import type { Check } from "./run.ts";

/** What a user writes, the most it may weigh, and the most it should, in bytes. */
const BUDGETS: [name: string, source: string, limit: number, goal: number][] = [
  ["one vendor client", 'export { createOpenAIClient } from "@convo/openai";', 12_230, 9_000],
  [
    "core with one vendor",
    'export { createConvo } from "@convo/core"; export { openai } from "@convo/core/openai";',
    32_760,
    18_000,
  ],
  [
    "core with all five vendors",
    'export { createConvo, openai, letta, datagrid, chatdash, agentsight } from "@convo/core";',
    35_270,
    26_000,
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
