import type { SubjectName } from "../clients/index.ts";
import { startWorker, type Worker } from "./child.ts";
import { type Casualty, type Judgement, judge } from "./judge.ts";
import type { Observation, Server } from "./observe.ts";
import { scenarios } from "./scenarios/index.ts";

/** One client in one scenario. */
export interface Row extends Judgement {
  readonly client: SubjectName;
  readonly number: number;
  readonly group: string;
  readonly name: string;
  readonly ms: number;
  readonly requests: number;
  readonly writes: number;
  /** What came out, in a few words. */
  readonly got: string;
}

/** Which scenarios are run, and how many at a time. */
export interface Plan {
  readonly client: SubjectName;
  readonly numbers: readonly number[];
  /** Processes. One that dies costs a scenario and is replaced. */
  readonly workers: number;
  /** Scenarios at a time in one process. Default 1. */
  readonly lanes?: number;
  /** Tells requests of this run from others'. Default: the client's name. */
  readonly label?: string;
  /** Awaited before the first scenario: what starts meanwhile would eat into short timeouts. */
  readonly ready?: (started: Promise<unknown>) => Promise<unknown>;
}

/** Runs scenarios with one client. Rejects if a process cannot be started. */
export async function runClient(plan: Plan, server: Server, report: (row: Row) => void): Promise<void> {
  const { client, label = client, lanes = 1, ready = (started) => started } = plan;
  const queue = [...plan.numbers];
  const start = (): Promise<Worker> => startWorker(client, label, server);
  const first = Array.from({ length: Math.min(plan.workers, queue.length) }, start);
  await ready(Promise.all(first));
  const work = async (started: Promise<Worker>): Promise<void> => {
    let current: Promise<Worker> | undefined = started;
    const lane = async (): Promise<void> => {
      for (let number = queue.shift(); number !== undefined; number = queue.shift()) {
        current ??= start();
        const mine: Promise<Worker> = current;
        const worker = await mine;
        const observation = await worker.play(number);
        if ("crash" in observation || scenarios[number]?.solo) {
          worker.kill();
          if (current === mine) current = undefined;
        }
        report(toRow(client, number, observation));
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    (await current)?.kill();
  };
  await Promise.all(first.map(work));
}

function toRow(client: SubjectName, number: number, observation: Observation | Casualty): Row {
  const scenario = scenarios[number];
  if (!scenario) throw new Error(`there is no scenario ${number}`);
  const { group, name } = scenario;
  const facts = { client, number, group, name, ...judge(client, scenario, observation) };
  if ("crash" in observation) return { ...facts, ms: 0, requests: 0, writes: 0, got: observation.crash };
  const { outcomes, seen } = observation;
  return {
    ...facts,
    ms: Math.max(...outcomes.map(({ ms }) => ms)),
    requests: seen.length,
    writes: seen.filter(({ method }) => method !== "GET").length,
    got: summarize(outcomes),
  };
}

/** `3 right, 2 RateLimitError`. */
function summarize(outcomes: Observation["outcomes"]): string {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) {
    const word =
      outcome.as === "error"
        ? outcome.fact.name
        : outcome.as === "hang"
          ? "hang"
          : outcome.right
            ? "right"
            : "wrong result";
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const words = [...counts].map(([word, count]) => (outcomes.length > 1 ? `${count} ${word}` : word));
  return words.join(", ");
}
