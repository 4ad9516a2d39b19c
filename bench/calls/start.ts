import { spawnSync } from "node:child_process";
import type { Project } from "./project.ts";
import { type Goal, goal, median } from "./statistics.ts";

/** Milliseconds a program starts later because it imports this. */
export interface StartRow {
  readonly what: string;
  /** Quickest start against the quickest start of an empty program: what else runs on the machine only ever adds. */
  readonly ms: number;
  /** CPU time, median of the differences within each round. */
  readonly cpuMs: number;
}

interface Start {
  readonly ms: number;
  readonly cpuMs: number;
}

const PROGRAMS: Readonly<Record<string, string>> = {
  nothing: "",
  "@convo/openai": 'import "@convo/openai";',
  "@convo/core, all vendors": 'import "@convo/core";',
  "@convo/openai and undici": 'import "@convo/openai"; import "@convo/client/undici";',
  "openapi-fetch": 'import "openapi-fetch";',
  "openai SDK": 'import "openai";',
  "letta SDK": 'import "@letta-ai/letta-client";',
  "datagrid SDK": 'import "datagrid-ai";',
};

const TELL = `
const { user, system } = process.cpuUsage();
process.stdout.write(JSON.stringify({ ms: performance.now(), cpuMs: (user + system) / 1000 }));
`;

/** Starts every program in turn; each says how long after the start of its process its imports were done. */
export function measureStart(project: Project, rounds: number): StartRow[] {
  const programs = Object.entries(PROGRAMS).map(([what, imports], index) => {
    const file = project.write(`start-${index}.mjs`, imports + TELL);
    return { what, file, starts: [] as Start[] };
  });
  // The first round fills the disk cache.
  for (let round = -1; round < rounds; round++) {
    for (const { file, starts } of programs) {
      const { stdout, stderr, status } = spawnSync(process.execPath, [file], { encoding: "utf8" });
      if (status !== 0) throw new Error(`${file} did not start: ${stderr}`);
      if (round >= 0) starts.push(JSON.parse(stdout) as Start);
    }
  }
  const empty = programs[0]?.starts ?? [];
  const quickest = (starts: readonly Start[]): number => Math.min(...starts.map(({ ms }) => ms));
  return programs.slice(1).map(({ what, starts }) => ({
    what,
    ms: quickest(starts) - quickest(empty),
    cpuMs: median(starts.map(({ cpuMs }, round) => cpuMs - (empty[round]?.cpuMs ?? Number.NaN))),
  }));
}

/** The first row is ours; the official SDK of the same vendor is another. */
export function startGoals(rows: readonly StartRow[]): Goal[] {
  const msOf = (name: string): number => rows.find(({ what }) => what === name)?.ms ?? Number.NaN;
  const share = msOf("@convo/openai") / msOf("openai SDK");
  return [goal("import of @convo/openai: time to the openai SDK's", share, 1 / 15)];
}
