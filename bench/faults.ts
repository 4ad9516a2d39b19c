/**
 * `pnpm bench:faults`: every fault through our client on both paths and through the vendors' own, in one run.
 *
 * Options: `--json <file>`, `--clients a,b`, `--group <name>`, `--only <part of a name>`, `--verbose`.
 * Exits 1 if ours does not handle a scenario. `--json bench/results/faults.json`, then `pnpm regen`, writes the tables of the documents.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { isOurs, type SubjectName, subjects } from "./clients/index.ts";
import { startServer } from "./faults/child.ts";
import { printReport, toJson } from "./faults/report.ts";
import { type Row, runClient } from "./faults/run.ts";
import { scenarios } from "./faults/scenarios/index.ts";

const { values } = parseArgs({
  options: {
    json: { type: "string" },
    clients: { type: "string" },
    group: { type: "string" },
    only: { type: "string" },
    verbose: { type: "boolean" },
  },
});
// What cost alone is measured of, plain `fetch` and the client of a generator, has no behaviour of its own to judge.
const all = Object.keys(subjects).filter((name) => !/^fetch|^hey-api$/.test(name));
const clients = (values.clients?.split(",") ?? all) as SubjectName[];
const chosen = scenarios
  .map((scenario, number) => ({ ...scenario, number }))
  .filter(({ group, name }) => (values.group ?? group) === group && name.includes(values.only ?? ""));
const numbers = (solo: boolean): number[] =>
  chosen.filter((one) => Boolean(one.solo) === solo).map(({ number }) => number);

const begun = performance.now();
const server = await startServer();
const rows: Row[] = [];
const report = (row: Row): void => {
  rows.push(row);
  if (values.verbose)
    console.log(row.client, row.verdict, row.group, row.name, row.got, row.why.join("; "), row.ms);
};
// Most of the time is waiting, so every client has three processes; nobody begins before all have started.
const started: Promise<unknown>[] = [];
const ready = (one: Promise<unknown>): Promise<unknown> => {
  started.push(one);
  return Promise.resolve().then(() => Promise.all(started));
};
const run = (client: SubjectName) =>
  runClient({ client, numbers: numbers(false), workers: 3, ready }, server, report);
await Promise.all(clients.map(run));
// Those that measure memory care less about company: two clients at a time.
const queue = [...clients];
const next = async (): Promise<void> => {
  for (let client = queue.shift(); client; client = queue.shift())
    await runClient({ client, numbers: numbers(true), workers: 1 }, server, report);
};
await Promise.all([next(), next()]);
server.stop();

const seconds = Math.round((performance.now() - begun) / 1000);
printReport(rows, clients, seconds);
if (values.json) writeFileSync(values.json, `${JSON.stringify(toJson(rows, clients, seconds), null, 2)}\n`);
process.exitCode = rows.some(({ client, verdict }) => isOurs(client) && verdict !== "good") ? 1 : 0;
