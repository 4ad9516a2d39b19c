import { spawn, spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { text } from "node:stream/consumers";

/** A row of the table "Where it runs". */
export interface Row {
  readonly group: "runtime" | "bundler" | "test runner" | "types";
  readonly title: string;
}

/** One check: its name, and what is wrong, if anything, or why it could not be made here. */
export interface Check {
  readonly name: string;
  /** The row it proves. */
  readonly row?: Row;
  readonly problem?: string | undefined;
  readonly skipped?: string | undefined;
}

/** A packed package. */
export interface Packed {
  readonly name: string;
  readonly tarball: string;
  /** Paths of the files in it. */
  readonly files: readonly string[];
  /** Import specifiers it offers, `@convo/client` and `@convo/client/undici`. */
  readonly entries: readonly string[];
  /** Whether it can be required too, and needs nothing but the language to load; the others are for Node alone. */
  readonly runsEverywhere: boolean;
}

/** What a command printed, and whether it succeeded. */
export interface Outcome {
  readonly ok: boolean;
  readonly stdout: string;
  /** Everything it printed, and why it failed. */
  readonly output: string;
}

/** Ends what hangs. Far above what anything here takes, so that a busy machine fails nothing. */
const LIMIT_MS = 900_000;

/** Runs a command to its end, a quarter of an hour at most. Never rejects. */
export async function execute(command: string, args: string[], cwd: string): Promise<Outcome> {
  // Nothing here may go through a proxy: every server is on this machine.
  const env = { ...process.env, NO_PROXY: "127.0.0.1,localhost", DENO_NO_UPDATE_CHECK: "1" };
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], timeout: LIMIT_MS });
  const ended = new Promise<string>((resolve) => {
    child.on("error", (error) => resolve(String(error)));
    child.on("close", (code, signal) => resolve(code === 0 ? "" : `ended with ${signal ?? code}`));
  });
  const [stdout, stderr, failure] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { ok: failure === "", stdout, output: `${stdout}${stderr}${failure}` };
}

/** Runs a command; returns what it printed when it failed. */
export async function problem(command: string, args: string[], cwd: string): Promise<string | undefined> {
  const { ok, output } = await execute(command, args, cwd);
  return ok ? undefined : output;
}

/** Runs a command; returns its standard output, throws when it fails. */
export function must(command: string, args: string[], cwd: string): string {
  const run = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (run.status !== 0)
    throw new Error(`${command} ${args.join(" ")} failed:\n${run.stdout}${run.stderr}${run.error ?? ""}`);
  return run.stdout;
}

/** Runs tasks, as many at a time as there are processors, and returns their results in order. */
export async function inParallel<T>(tasks: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  const queue = tasks.entries();
  const worker = async (): Promise<void> => {
    for (const [index, task] of queue) results[index] = await task();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}
