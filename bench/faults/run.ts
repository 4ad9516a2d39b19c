import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { SubjectName } from "../clients.ts";
import { type Casualty, type Judgement, judge } from "./judge.ts";
import type { Observation, Server } from "./observe.ts";
import { scenarios } from "./scenarios/index.ts";

/** One client in one scenario. */
export interface Row extends Judgement {
  readonly client: SubjectName;
  readonly group: string;
  readonly name: string;
  readonly ms: number;
  readonly requests: number;
  readonly writes: number;
  /** What came out, in a few words. */
  readonly got: string;
}

/** Without a word for this long a child is taken to spin or to be out of memory. */
const SILENCE_MS = 60_000;

/** Starts the fault server in its own process. */
export async function startServer(): Promise<Server & { stop: () => void }> {
  const child = fork(join(import.meta.dirname, "server.ts"), {
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  const [server] = (await once(child, "message")) as [Server];
  return { ...server, stop: () => void child.kill() };
}

/**
 * Runs scenarios (by number) with one client in `workers` processes. A process that dies costs one scenario and is
 * replaced. `ready` is awaited before the first scenario: what starts meanwhile would eat into short timeouts.
 */
export async function runClient(
  client: SubjectName,
  numbers: readonly number[],
  server: Server,
  workers: number,
  report: (row: Row) => void,
  ready: (started: Promise<unknown>) => Promise<unknown> = (started) => started,
): Promise<void> {
  const queue = [...numbers];
  const children = Array.from({ length: Math.min(workers, queue.length) }, () => startWorker(client, server));
  await ready(Promise.all(children));
  await Promise.all(
    children.map(async (started) => {
      let child: ChildProcess | undefined = await started;
      for (let number = queue.shift(); number !== undefined; number = queue.shift()) {
        child ??= await startWorker(client, server);
        const observation = await play(child, number);
        if ("crash" in observation || scenarios[number]?.solo) {
          child.kill("SIGKILL");
          child = undefined;
        }
        report(toRow(client, number, observation));
      }
      child?.kill();
    }),
  );
}

async function startWorker(client: SubjectName, { origins, control }: Server): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, "worker.ts"), [client, JSON.stringify({ origins, control })], {
    execArgv: ["--expose-gc", "--disable-warning=ExperimentalWarning", "--max-old-space-size=4096"],
    // A key from the environment would be used where the scenario gives none.
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  await once(child, "message");
  return child;
}

function play(child: ChildProcess, number: number): Promise<Observation | Casualty> {
  return new Promise((resolve) => {
    const finish = (result: Observation | Casualty): void => {
      clearTimeout(timer);
      child.off("message", finish);
      child.off("exit", died);
      resolve(result);
    };
    const died = (code: number | null, signal: string | null): void =>
      finish({ crash: `the process died (${signal ?? code})` });
    const timer = setTimeout(finish, SILENCE_MS, { crash: "the process stopped answering" });
    child.on("message", finish);
    child.on("exit", died);
    child.send(number);
  });
}

function toRow(client: SubjectName, number: number, observation: Observation | Casualty): Row {
  const scenario = scenarios[number];
  if (!scenario) throw new Error(`there is no scenario ${number}`);
  const { group, name } = scenario;
  const facts = { client, group, name, ...judge(client, scenario, observation) };
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
