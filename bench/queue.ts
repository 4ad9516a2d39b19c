/**
 * `pnpm bench:queue [--quick] [--only throughput|kills|limit|depth] [--seed <n>] [--json <file>]`: durable updates on a real
 * Postgres of its own, by several processes, next to one job per update on the same server. Prints tables; exit code 1 when a
 * goal is missed, 2 where no Postgres is installed.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { findPostgres, startPostgres } from "../packages/queue/test/postgres.ts";
import { type DepthRow, runDepth } from "./queue/depth.ts";
import { type KillsRow, runKills } from "./queue/kills.ts";
import { runSharedLimit, type SharedLimitRow } from "./queue/shared-limit.ts";
import { runFifo, runThroughput, type ThroughputRow } from "./queue/throughput.ts";
import { randomFrom } from "./random.ts";
import { table } from "./table.ts";

const { values: flags } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    seed: { type: "string", default: String(Date.now() % 100_000) },
    json: { type: "string" },
  },
});
const bin = findPostgres();
if (!bin) {
  console.error("No Postgres is installed (Debian: postgresql).");
  process.exit(2);
}
const { quick } = flags;
const random = randomFrom(Number(flags.seed));
const rows: (ThroughputRow | KillsRow | SharedLimitRow | DepthRow)[] = [];
const begun = performance.now();
const server = await startPostgres(bin, true);

async function part(name: string, title: string, run: () => Promise<(typeof rows)[number][]>): Promise<void> {
  if (flags.only && flags.only !== name) return;
  const found = await run();
  console.log(`${table(title, found)}\n`);
  rows.push(...found);
}

try {
  const load = quick
    ? { processes: 4, patches: 2000, conversations: 200 }
    : { processes: 4, patches: 10_000, conversations: 1000 };
  await part("throughput", "Patches by several processes", async () => [
    await runThroughput(server.url, load),
    await runFifo(server.url, load, quick ? 30_000 : 120_000),
  ]);
  await part("kills", "Workers killed, one frozen for longer than the heartbeat", async () => [
    quick
      ? await runKills(server.url, 600, 60, 4, random)
      : await runKills(server.url, 4000, 400, 12, random),
  ]);
  await part("limit", "One limit over several processes", async () => [
    await runSharedLimit(server.url, 4, 200, quick ? 8 : 30),
  ]);
  await part("depth", "Taking a hundred wake-ups when many wait", () =>
    runDepth(server.url, 10_000, quick ? 100_000 : 1_000_000),
  );
} finally {
  server.stop();
}

const missed = rows.filter(({ goal }) => goal === "missed").length;
const seconds = Math.round((performance.now() - begun) / 1000);
console.log(`Seed ${flags.seed}. ${seconds} s. ${missed} goal(s) missed.`);
if (flags.json) {
  const facts = { node: process.version, date: new Date().toISOString(), seed: flags.seed, seconds, missed };
  writeFileSync(flags.json, `${JSON.stringify({ ...facts, rows }, null, 2)}\n`);
}
process.exitCode = missed > 0 ? 1 : 0;
