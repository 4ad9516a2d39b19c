/**
 * `pnpm bench:bulk [--quick] [--only limits|kills|memory] [--ours] [--seed <n>] [--json <file>]`: many updates in one process.
 * Against a vendor whose limit is drawn at random and changes midway, next to the official SDK with what people put around it;
 * killed again and again, then undone; and the memory of a long run. Prints tables; exit code 1 when a goal is missed.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { waysFor } from "./bulk/clients.ts";
import { type KillsRow, runKills } from "./bulk/kills.ts";
import { type LimitsRow, runLimits } from "./bulk/limits.ts";
import { type MemoryRow, runMemory } from "./bulk/memory.ts";
import type { LimitKind } from "./limited/limit.ts";
import { randomFrom } from "./random.ts";
import { table } from "./table.ts";

const { values: flags } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    ours: { type: "boolean", default: false },
    only: { type: "string" },
    seed: { type: "string", default: String(Date.now() % 100_000) },
    json: { type: "string" },
  },
});
const random = randomFrom(Number(flags.seed));
const wants = (part: string): boolean => !flags.only || flags.only === part;
const rows: (LimitsRow | KillsRow | MemoryRow)[] = [];
const begun = performance.now();

if (wants("limits")) {
  const load = flags.quick
    ? { updates: 500, requests: 300, perMs: 5000, latencyMs: 20, random }
    : { updates: 5000, requests: 1000, perMs: 10_000, latencyMs: 20, random };
  const clients = Object.keys(waysFor(1000, 1000)).slice(0, flags.ours ? 1 : undefined);
  for (const kind of ["window", "silent window", "bucket"] satisfies LimitKind[]) {
    const found = await runLimits(kind, clients, load);
    console.log(`${table(`Limit: ${kind}`, found)}\n`);
    rows.push(...found);
  }
}
if (wants("kills")) {
  const row = flags.quick ? await runKills(600, 100, 5, random) : await runKills(8000, 1000, 20, random);
  console.log(`${table("Killed at random moments, then undone", [row])}\n`);
  rows.push(row);
}
if (wants("memory")) {
  const found = await runMemory(10_000, flags.quick ? 50_000 : 1_000_000);
  console.log(`${table("Memory, and bytes of the journal", found)}\n`);
  rows.push(...found);
}

const missed = rows.filter(({ goal }) => goal === "missed").length;
const seconds = Math.round((performance.now() - begun) / 1000);
console.log(`Seed ${flags.seed}. ${seconds} s. ${missed} goal(s) missed.`);
if (flags.json) {
  const facts = { node: process.version, date: new Date().toISOString(), seed: flags.seed, seconds, missed };
  writeFileSync(flags.json, `${JSON.stringify({ ...facts, rows }, null, 2)}\n`);
}
process.exitCode = missed > 0 ? 1 : 0;
