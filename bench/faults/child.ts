import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { SubjectName } from "../clients/index.ts";
import type { Casualty } from "./judge.ts";
import type { Observation, Server } from "./observe.ts";

/** A client in a process of its own. */
export interface Worker {
  /** Plays a scenario, by number. Never rejects. */
  play(number: number): Promise<Observation | Casualty>;
  kill(): void;
}

/** Without a word for this long a child is taken to spin or to be out of memory. */
const SILENCE_MS = 60_000;
const QUIET = "--no-warnings";

/** Starts the fault server in its own process. */
export async function startServer(): Promise<Server & { stop: () => void }> {
  const child = fork(join(import.meta.dirname, "server.ts"), { execArgv: [QUIET] });
  const server = (await greeting(child)) as Server;
  return { ...server, stop: () => void child.kill() };
}

/** Starts a process for a client. `label` tells its requests from those of other runs. */
export async function startWorker(client: SubjectName, label: string, server: Server): Promise<Worker> {
  const { origins, control } = server;
  const child = fork(
    join(import.meta.dirname, "worker.ts"),
    [client, label, JSON.stringify({ origins, control })],
    {
      execArgv: ["--expose-gc", QUIET, "--max-old-space-size=4096"],
      // A key from the environment would be used where the scenario gives none.
      env: { PATH: process.env.PATH, HOME: process.env.HOME },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    },
  );
  await greeting(child);
  child.setMaxListeners(0);
  return { play: (number) => play(child, number), kill: () => void child.kill("SIGKILL") };
}

/** The first message of a child; rejects if it dies before, for instance because a package is not installed. */
function greeting(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code, signal) => reject(new Error(`a process did not start (${signal ?? code})`)));
  });
}

function play(child: ChildProcess, number: number): Promise<Observation | Casualty> {
  return new Promise((resolve) => {
    const finish = (result: Observation | Casualty): void => {
      clearTimeout(timer);
      child.off("message", hear);
      child.off("exit", died);
      resolve(result);
    };
    const hear = (said: { number: number; observation: Observation }): void =>
      void (said.number === number && finish(said.observation));
    const died = (code: number | null, signal: string | null): void =>
      finish({ crash: `the process died (${signal ?? code})` });
    const timer = setTimeout(finish, SILENCE_MS, { crash: "the process stopped answering" });
    child.on("message", hear);
    child.on("exit", died);
    if (child.connected) child.send(number);
    else died(child.exitCode, child.signalCode);
  });
}
