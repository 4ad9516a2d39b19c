/**
 * `pnpm bench:sandbox [--json <file>] [--rounds <n>] [--ms <n>]`: requests a second the sandbox answers in one process,
 * next to a bare `node:http` server that answers a constant. The load comes from a third process; the two servers take
 * turns, round after round, so that whatever else the machine does meets both. What counts is the ratio.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { load } from "./sandbox/load.ts";
import { CASES, type Case } from "./sandbox/requests.ts";

const { values } = parseArgs({
  options: {
    json: { type: "string" },
    rounds: { type: "string", default: "5" },
    ms: { type: "string", default: "400" },
  },
});
const [rounds, ms] = [Number(values.rounds), Number(values.ms)];

interface Server {
  readonly origin: string;
  stop(): Promise<unknown>;
}

async function start(kind: "bare" | "sandbox"): Promise<Server> {
  const file = new URL("./sandbox/servers.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [file, kind], { stdio: ["pipe", "pipe", "inherit"] });
  const gone = once(child, "exit");
  const [line] = await once(child.stdout, "data");
  return {
    origin: String(line).trim(),
    stop() {
      child.stdin.end();
      return gone;
    },
  };
}

interface Row {
  readonly vendor: string;
  readonly what: string;
  readonly bare: number;
  readonly sandbox: number;
  /** Sandbox by bare, of the same round. */
  readonly ratio: { readonly median: number; readonly least: number; readonly most: number };
}

async function measure(bare: Server, sandbox: Server, one: Case): Promise<Row> {
  const all: { bare: number; sandbox: number }[] = [];
  for (let n = 0; n < rounds; n += 1) {
    const round = { bare: 0, sandbox: 0 };
    const order = n % 2 === 0 ? (["bare", "sandbox"] as const) : (["sandbox", "bare"] as const);
    for (const side of order)
      round[side] = (await load((side === "bare" ? bare : sandbox).origin, one, ms)).perSecond;
    all.push(round);
  }
  const ratios = all.map((round) => round.sandbox / round.bare).sort((a, b) => a - b);
  return {
    vendor: one.vendor,
    what: one.what,
    bare: Math.round(median(all.map((round) => round.bare))),
    sandbox: Math.round(median(all.map((round) => round.sandbox))),
    ratio: { median: median(ratios), least: ratios[0] ?? 0, most: ratios.at(-1) ?? 0 },
  };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

const percent = (ratio: number): string => `${(ratio * 100).toFixed(0)} %`;
const servers = [await start("bare"), await start("sandbox")] as const;
// Warm, as both are after the first seconds of anybody's tests.
for (const one of CASES) for (const { origin } of servers) await load(origin, one, ms);
const rows: Row[] = [];
for (const one of CASES) {
  const row = await measure(...servers, one);
  rows.push(row);
  const { vendor, what, bare, sandbox, ratio } = row;
  const range = `${percent(ratio.least)} to ${percent(ratio.most)}`;
  console.log(
    `${vendor.padEnd(11)}${what.padEnd(8)}${String(sandbox).padStart(7)}/s  bare ${String(bare).padStart(7)}/s  ` +
      `ratio ${percent(ratio.median)} (${range})`,
  );
}
await Promise.all(servers.map((server) => server.stop()));
const overall = median(rows.map((row) => row.ratio.median));
console.log(
  `\n${percent(overall)} of a bare server (median of ${rows.length} cases, ${rounds} rounds of ${ms} ms each).`,
);
if (values.json) {
  const facts = { node: process.version, cores: availableParallelism(), date: new Date().toISOString() };
  writeFileSync(values.json, `${JSON.stringify({ ...facts, rounds, ms, overall, rows }, null, 2)}\n`);
}
