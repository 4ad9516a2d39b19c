/**
 * `pnpm bench:sandbox [--json <file>] [--rounds <n>] [--ms <n>]`: requests a second the sandbox answers in one process,
 * next to a bare `node:http` server that answers a constant. The load comes from a third process; the two servers take
 * turns, round after round, so that whatever else the machine does meets both. What counts is the ratio.
 */
import { fork } from "node:child_process";
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
  /** Processor time it has used so far, in microseconds. */
  cpu(): Promise<number>;
  stop(): Promise<unknown>;
}

async function start(kind: "bare" | "sandbox"): Promise<Server> {
  const child = fork(new URL("./sandbox/servers.ts", import.meta.url), [kind]);
  const gone = once(child, "exit");
  const [origin] = await once(child, "message");
  return {
    origin: String(origin),
    async cpu() {
      child.send("cpu");
      const [used] = await once(child, "message");
      return Number(used);
    },
    stop() {
      child.disconnect();
      return gone;
    },
  };
}

/** One round of load on one server. */
interface Round {
  readonly perSecond: number;
  /** Processor time per request, in microseconds. */
  readonly cpu: number;
}

async function round(server: Server, one: Case): Promise<Round> {
  const before = await server.cpu();
  const { perSecond, answers } = await load(server.origin, one, ms);
  return { perSecond, cpu: ((await server.cpu()) - before) / answers };
}

interface Row {
  readonly vendor: string;
  readonly what: string;
  readonly bare: Round;
  readonly sandbox: Round;
  /** Requests a second, sandbox by bare, of the same round. */
  readonly ratio: { readonly median: number; readonly least: number; readonly most: number };
}

async function measure(bare: Server, sandbox: Server, one: Case): Promise<Row> {
  const all: { bare: Round; sandbox: Round }[] = [];
  for (let n = 0; n < rounds; n += 1) {
    if (n % 2 === 0) all.push({ bare: await round(bare, one), sandbox: await round(sandbox, one) });
    else all.push({ sandbox: await round(sandbox, one), bare: await round(bare, one) });
  }
  const ratios = all.map((both) => both.sandbox.perSecond / both.bare.perSecond).sort((a, b) => a - b);
  const middle = (side: "bare" | "sandbox"): Round => ({
    perSecond: Math.round(median(all.map((both) => both[side].perSecond))),
    cpu: Math.round(median(all.map((both) => both[side].cpu))),
  });
  return {
    vendor: one.vendor,
    what: one.what,
    bare: middle("bare"),
    sandbox: middle("sandbox"),
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
  const told = ({ perSecond, cpu }: Round): string =>
    `${String(perSecond).padStart(6)}/s ${String(cpu).padStart(4)} us`;
  const range = `${percent(ratio.least)} to ${percent(ratio.most)}`;
  console.log(
    `${vendor.padEnd(11)}${what.padEnd(7)}${told(sandbox)}   bare${told(bare)}   ratio ${percent(ratio.median)} (${range})`,
  );
}
await Promise.all(servers.map((server) => server.stop()));
const overall = median(rows.map((row) => row.ratio.median));
const cpu = median(rows.map((row) => row.bare.cpu / row.sandbox.cpu));
console.log(
  `\n${percent(overall)} of a bare server by requests a second, ${percent(cpu)} by processor time per request ` +
    `(medians of ${rows.length} cases, ${rounds} rounds of ${ms} ms each).`,
);
if (values.json) {
  const facts = { node: process.version, cores: availableParallelism(), date: new Date().toISOString() };
  writeFileSync(values.json, `${JSON.stringify({ ...facts, rounds, ms, overall, cpu, rows }, null, 2)}\n`);
}
