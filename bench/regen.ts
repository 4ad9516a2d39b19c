/**
 * `pnpm bench:regen [--json <file>] [--repeat <n>]`: how long a maintainer waits. Regenerating all vendors in a new process and in
 * one that has done it before, and each vendor from a changed upstream document to packages, report and changeset.
 *
 * Works on a copy of this repository. Times are medians; exit code 1 when a goal is missed.
 */
import { spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { rows } from "../scripts/generate/operations.ts";
import { resolve } from "../scripts/generate/resolve.ts";
import { loadSpec, vendorNames } from "../scripts/generate/spec.ts";
import { generate, write } from "../scripts/regen.ts";
import { copyRepository } from "../scripts/test/copy.ts";

/** Milliseconds, on two cores; of CPU where it says so. */
const GOALS = { warm: 2_000, pull: 10_000, large: 30_000, manyCpu: 10_000 };
/** What the whole process may take, in megabytes, and the heap it has for that: without a limit V8 takes what the machine has. */
const HEAP = "--max-old-space-size=768";
const MOST_MEGABYTES = 1024;

interface Row {
  what: string;
  ms: number;
  goalMs: number | null;
  /** Milliseconds where it says nothing. */
  unit?: "MB";
}

const { values } = parseArgs({
  options: { json: { type: "string" }, repeat: { type: "string", default: "5" } },
});
const copy = copyRepository();
try {
  const vendors = vendorNames(join(copy.root, "specs"));
  const times: Row[] = [
    { what: `regen of all ${vendors.length}, new process`, ms: median(regenCold), goalMs: null },
    { what: `regen of all ${vendors.length}, again in one process`, ms: regenWarm(), goalMs: GOALS.warm },
    ...vendors.map((vendor) => ({
      what: `${vendor}: pull to changeset`,
      ms: median(() => pullToChangeset(vendor)),
      goalMs: GOALS.pull,
    })),
  ];
  times.push(...scaled());
  report(times);
} finally {
  copy.remove();
}

/** What grows: a document of 15 MB and 1,000 operations, and fifty vendors; each once, in a process of its own. */
function scaled(): Row[] {
  const measure = (what: string): { ms: number; cpuMs: number; megabytes: number } => {
    const fresh = copyRepository();
    try {
      const script = join(import.meta.dirname, "regen", "scale.ts");
      const run = spawnSync(process.execPath, [HEAP, script, what, fresh.root], { encoding: "utf8" });
      if (run.status !== 0) throw new Error(run.stderr);
      return JSON.parse(run.stdout) as ReturnType<typeof measure>;
    } finally {
      fresh.remove();
    }
  };
  const [large, many] = [measure("large"), measure("many")];
  return [
    { what: "15 MB, 1,000 operations: read, generated, diffed", ms: large.ms, goalMs: GOALS.large },
    { what: "  the same, MB of memory", ms: large.megabytes, goalMs: MOST_MEGABYTES, unit: "MB" },
    { what: "regen of 55 vendors, CPU", ms: many.cpuMs, goalMs: GOALS.manyCpu },
  ];
}

function regenCold(): void {
  succeed(copy.script("regen.ts"));
}

function regenWarm(): number {
  const run = (): void => write(copy.root, generate(copy.root));
  run();
  return median(run);
}

/** The vendor adds an optional field to what its update takes, which is what vendors do most. */
function pullToChangeset(vendor: string): void {
  const changeset = join(copy.root, ".changeset", `spec-${vendor}.md`);
  copy.git("checkout", "-q", "--", "specs", "packages");
  rmSync(changeset, { force: true });
  const { spec } = loadSpec(join(copy.root, "specs"), vendor);
  const body = rows(spec).find(({ name }) => name === "updateConversation")?.body;
  const schema = resolve(spec, spec.components.schemas[body?.schema ?? ""] ?? {});
  schema.properties = { ...schema.properties, tone: { type: "string", description: "How it sounds." } };
  const upstream = join(copy.root, `${vendor}-upstream.json`);
  writeFileSync(upstream, JSON.stringify(spec));
  succeed(copy.script("pull-spec.ts", vendor, upstream, "--take"));
  if (!existsSync(changeset)) throw new Error(`${vendor}: no changeset was written`);
}

function succeed({ status, stdout, stderr }: ReturnType<typeof copy.script>): void {
  if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
}

function median(run: () => void): number {
  const all = Array.from({ length: Number(values.repeat) }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return Math.round(all[Math.floor(all.length / 2)] ?? 0);
}

function report(times: readonly Row[]): void {
  const missed = times.filter(({ ms, goalMs }) => goalMs !== null && ms > goalMs);
  const width = Math.max(...times.map(({ what }) => what.length));
  for (const { what, ms, goalMs, unit = "ms" } of times) {
    const goal = goalMs === null ? "" : `goal ${goalMs} ${unit}  ${ms > goalMs ? "MISSED" : "ok"}`;
    console.log(`${what.padEnd(width)}  ${String(ms).padStart(6)} ${unit}  ${goal}`.trimEnd());
  }
  const cores = availableParallelism();
  console.log(
    `Median of ${values.repeat} on ${cores} cores, Node ${process.version}. ${missed.length} goal(s) missed.`,
  );
  const facts = {
    node: process.version,
    date: new Date().toISOString(),
    cores,
    repeat: Number(values.repeat),
  };
  if (values.json)
    writeFileSync(
      values.json,
      `${JSON.stringify({ ...facts, missed: missed.length, rows: times }, null, 2)}\n`,
    );
  process.exitCode = missed.length > 0 ? 1 : 0;
}
