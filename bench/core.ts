/**
 * `pnpm bench:core`: what an update through core costs beside the same call through the vendor's client, over real HTTP to a
 * server in a process of its own. `price`: one at a time, over web `fetch` and over undici, in turns within one process.
 * `many`: 100,000 updates of 100,000 conversations started at once, each side in a new process; CPU and peak memory.
 *
 * Options: `--quick` (a try, figures are rough), `--only price|many`, `--json <file>`. Exits 1 on a missed goal.
 */
import type { ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Goal, goal, median, ratio } from "./calls/statistics.ts";
import { ask, start } from "./child.ts";
import type { Cost, Subject, Task, Transport } from "./core/worker.ts";
import { table } from "./table.ts";

const { values } = parseArgs({
  options: { json: { type: "string" }, only: { type: "string" }, quick: { type: "boolean" } },
});
const quick = values.quick === true;
const file = (name: string): string => join(import.meta.dirname, "core", name);
const SUBJECTS: readonly Subject[] = ["client", "core"];

/** Both sides in turns within one process; each round begins with the other one. */
async function measurePrice(transport: Transport, baseUrl: string): Promise<Row> {
  const rounds = quick ? 3 : 15;
  const calls = quick ? 1000 : 4000;
  const worker = await startWorker(transport, baseUrl);
  const costs: Record<Subject, number[]> = { client: [], core: [] };
  // The first round warms up.
  for (let round = 0; round <= rounds; round++)
    for (const subject of round % 2 ? SUBJECTS : SUBJECTS.toReversed()) {
      const { cpuUs } = await ask<Cost>(worker, { subject, calls, atOnce: false } satisfies Task);
      if (round > 0) costs[subject].push(cpuUs);
    }
  worker.kill();
  return {
    title: `one at a time, ${transport}`,
    unit: "CPU, us",
    client: median(costs.client),
    core: median(costs.core),
    ratio: ratio(costs.core, costs.client),
    limit: 1.15,
  };
}

/** Each side in a process of its own, in turns: peak memory is a process's. */
async function measureMany(baseUrl: string): Promise<Row[]> {
  const rounds = quick ? 1 : 5;
  const calls = quick ? 10_000 : 100_000;
  const costs: Record<Subject, Cost[]> = { client: [], core: [] };
  for (let round = 0; round < rounds; round++)
    for (const subject of round % 2 ? SUBJECTS.toReversed() : SUBJECTS) {
      const worker = await startWorker("fetch", baseUrl);
      costs[subject].push(await ask<Cost>(worker, { subject, calls, atOnce: true } satisfies Task));
      worker.kill();
    }
  const row = (unit: string, of: (cost: Cost) => number): Row => {
    const [client, core] = [costs.client.map(of), costs.core.map(of)];
    const title = `${calls.toLocaleString("en")} at once, fetch`;
    return {
      title,
      unit,
      client: median(client),
      core: median(core),
      ratio: ratio(core, client),
      limit: 1.3,
    };
  };
  return [row("CPU, us", ({ cpuUs }) => cpuUs), row("peak memory, MB", ({ peakMb }) => peakMb)];
}

interface Row {
  readonly title: string;
  readonly unit: string;
  readonly client: number;
  readonly core: number;
  /** Median of the ratios within a round. */
  readonly ratio: number;
  readonly limit: number;
}

async function startWorker(transport: Transport, baseUrl: string): Promise<ChildProcess> {
  const worker = start(file("worker.ts"), transport, baseUrl);
  await ask(worker);
  return worker;
}

const begun = performance.now();
const rows: Row[] = [];
const server = start(file("server.ts"));
try {
  const baseUrl = `http://127.0.0.1:${await ask<number>(server)}`;
  if (values.only !== "many")
    rows.push(await measurePrice("fetch", baseUrl), await measurePrice("undici", baseUrl));
  if (values.only !== "price") rows.push(...(await measureMany(baseUrl)));
} finally {
  server.kill();
}
const goals: Goal[] = rows.map(({ title, unit, ratio, limit }) => goal(`${title}: ${unit}`, ratio, limit));
const shown = rows.map(({ title, unit, client, core, ratio, limit }, at) => ({
  what: title,
  of: unit,
  client: client.toFixed(0),
  core: core.toFixed(0),
  ratio: ratio.toFixed(2),
  goal: `${goals[at]?.met ? "" : "MISSED "}at most ${limit}`,
}));
console.log(table("What core adds to the client's call", shown));
console.log(`${Math.round((performance.now() - begun) / 1000)} s`);
if (values.json)
  writeFileSync(
    values.json,
    `${JSON.stringify({ date: new Date().toISOString(), node: process.version, goals, rows }, null, 2)}\n`,
  );
process.exitCode = goals.every(({ met }) => met) ? 0 : 1;
