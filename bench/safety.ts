/**
 * `pnpm bench:safety [--json <file>] [--only <part>] [--repeat <n>]`: what becomes of metadata when many write at once,
 * in one process and in several, and when answers do not come; against the way the vendors advise, in the same run.
 * Prints tables; exit code 1 when a goal is missed.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { LATENCY_MS, runConcurrent, type Writer } from "./safety/concurrent.ts";
import { FAULTS, runDropped } from "./safety/dropped.ts";
import { type Guard, runProcesses } from "./safety/processes.ts";
import { type Row, tables } from "./safety/report.ts";
import { VENDORS } from "./safety/vendors.ts";

const { values: flags } = parseArgs({
  options: {
    json: { type: "string" },
    only: { type: "string" },
    repeat: { type: "string", default: "1" },
  },
});
const rows: Row[] = [];

async function concurrent(): Promise<void> {
  for (const vendor of VENDORS)
    for (const merges of [50, 1000])
      for (const writer of ["convo", "read then write"] satisfies Writer[])
        rows.push(await runConcurrent(vendor, writer, merges));
  for (const vendor of VENDORS) rows.push(await runConcurrent(vendor, "convo", 50, 100));
  rows.push(await runConcurrent("openai", "convo, 16 keys", 50));
}

async function processes(): Promise<void> {
  const [all, merges] = [8, 50];
  for (const vendor of VENDORS)
    for (const spreadMs of [0, 2000])
      rows.push(await runProcesses(vendor, "verify", { processes: all, merges, spreadMs }));
  const spread = { processes: all, merges, spreadMs: 2000 };
  for (const guard of ["lock", "nothing"] satisfies Guard[])
    rows.push(await runProcesses("agentsight", guard, spread));
  for (const heldMs of [500, 3000])
    for (const guard of ["verify", "lock"] satisfies Guard[])
      rows.push(await runProcesses("agentsight", guard, { ...spread, heldMs }));
}

async function dropped(): Promise<void> {
  for (const vendor of VENDORS)
    for (const fault of FAULTS)
      for (const meddled of [false, true]) rows.push(await runDropped(vendor, "convo", fault, meddled));
  for (const fault of FAULTS) rows.push(await runDropped("openai", "openai SDK", fault, true));
}

const parts: Readonly<Record<string, () => Promise<void>>> = { concurrent, processes, dropped };
const start = performance.now();
for (const [name, run] of Object.entries(parts))
  for (let n = 0; n < Number(flags.repeat); n++) if (!flags.only || flags.only === name) await run();
const seconds = Math.round((performance.now() - start) / 1000);
const missed = rows.filter(({ goal }) => goal === "missed").length;
console.log(tables(rows));
console.log(`\nServer latency ${LATENCY_MS.join("-")} ms. ${seconds} s. ${missed} goal(s) missed.`);
if (flags.json) {
  const facts = {
    node: process.version,
    date: new Date().toISOString(),
    latencyMs: LATENCY_MS,
    seconds,
    missed,
  };
  writeFileSync(flags.json, `${JSON.stringify({ ...facts, rows }, null, 2)}\n`);
}
process.exitCode = missed > 0 ? 1 : 0;
