import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { ask, start } from "../child.ts";
import { type SubjectName, subjects } from "../clients/index.ts";
import { type Goal, goal, median, ratio } from "./statistics.ts";
import type { Cost, Task } from "./worker.ts";

/** What one client costs, medians over all rounds; ratios are taken within each round. */
export interface SpeedRow {
  readonly client: SubjectName;
  /** CPU of a call, one at a time, in microseconds. */
  readonly cpuUs: number;
  readonly cpuToFetch: number;
  /** With 64 in flight. */
  readonly callsPerSecond: number;
  readonly throughputToOpenai: number;
  readonly cpuUsInFlight: number;
  readonly cpuToFetchInFlight: number;
}

const NAMES = Object.keys(subjects) as SubjectName[];

/** Runs every client in turn, round after round, against one server; each in its own process, only one at work. */
export async function measureSpeed(rounds: number, scale: number): Promise<SpeedRow[]> {
  const file = (name: string): string => join(import.meta.dirname, name);
  const server = start(file("server.ts"));
  const port = await ask<number>(server);
  const children = new Map<SubjectName, ChildProcess>();
  try {
    for (const name of NAMES) {
      const child = start(file("worker.ts"), name, `http://127.0.0.1:${port}/v1`);
      await ask(child);
      children.set(name, child);
    }
    const single: Task = { calls: Math.round(1000 * scale), inFlight: 1 };
    const many: Task = { calls: Math.round(3000 * scale), inFlight: 64 };
    const singles: Round[] = [];
    const manies: Round[] = [];
    // The first round warms up. Each goes the other way round than the one before.
    for (let round = 0; round <= rounds; round++) {
      const order = round % 2 ? [...children] : [...children].reverse();
      singles.push(await playRound(order, single));
      manies.push(await playRound(order, many));
    }
    return NAMES.map((name) => toRow(name, singles.slice(1), manies.slice(1)));
  } finally {
    server.kill();
    for (const child of children.values()) child.kill();
  }
}

type Round = Readonly<Record<SubjectName, Cost>>;

async function playRound(
  children: readonly (readonly [SubjectName, ChildProcess])[],
  task: Task,
): Promise<Round> {
  const costs: Partial<Record<SubjectName, Cost>> = {};
  for (const [name, child] of children) costs[name] = await ask<Cost>(child, task);
  return costs as Round;
}

function toRow(client: SubjectName, singles: readonly Round[], manies: readonly Round[]): SpeedRow {
  const cpu = (rounds: readonly Round[], name: SubjectName): number[] => rounds.map((one) => one[name].cpuUs);
  const rate = (name: SubjectName): number[] => manies.map((one) => one[name].callsPerSecond);
  return {
    client,
    cpuUs: median(cpu(singles, client)),
    cpuToFetch: ratio(cpu(singles, client), cpu(singles, "fetch")),
    callsPerSecond: median(rate(client)),
    throughputToOpenai: ratio(rate(client), rate("openai")),
    cpuUsInFlight: median(cpu(manies, client)),
    cpuToFetchInFlight: ratio(cpu(manies, client), cpu(manies, "fetch")),
  };
}

/** What the issue asks of our two paths. */
export function speedGoals(rows: readonly SpeedRow[]): Goal[] {
  const of = (name: SubjectName): SpeedRow => rows.find(({ client }) => client === name) as SpeedRow;
  const [web, node] = [of("convo-fetch"), of("convo-undici")];
  return [
    goal("undici path: CPU of a call to plain fetch's", node.cpuToFetch, 0.6),
    goal("undici path: throughput at 64 to the openai SDK's", node.throughputToOpenai, 4, "least"),
    goal("web path: CPU of a call to plain fetch's", web.cpuToFetch, 1.1),
    goal("web path: the same with 64 in flight", web.cpuToFetchInFlight, 1.1),
  ];
}
