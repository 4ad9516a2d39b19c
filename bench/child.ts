import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/** Starts a TypeScript program as a child that can be told things. */
export function start(file: string, ...args: string[]): ChildProcess {
  return fork(file, args, {
    execArgv: ["--expose-gc", "--no-warnings"],
    // Keys and base URLs of the environment must not reach any client.
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
  });
}

/** Tells a child something, if anything, and waits for its word; rejects if it dies instead. */
export async function ask<T>(child: ChildProcess, wish?: string | object): Promise<T> {
  const abort = new AbortController();
  const died = once(child, "exit", { signal: abort.signal }).then(([code, signal]) => {
    throw new Error(`${child.spawnargs.slice(-2).join(" ")} died (${signal ?? code})`);
  });
  died.catch(() => {});
  const answer = once(child, "message");
  if (wish !== undefined) child.send(wish);
  const [said] = (await Promise.race([answer, died])) as [T];
  abort.abort();
  return said;
}

/** In a child: does what `ask` wishes, one task after the other, and answers with its result; says first that it is ready. */
export function takeTasks<Task>(perform: (task: Task) => Promise<unknown>): void {
  process.on("disconnect", () => process.exit());
  process.on("message", async (task: Task) => void process.send?.(await perform(task)));
  process.send?.("ready");
}
