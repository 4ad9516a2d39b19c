import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSandbox, type Sandbox, type SandboxOptions } from "@convo/sandbox";
import { afterAll, beforeAll, beforeEach } from "vitest";

export const cli: string = new URL("../src/convo.ts", import.meta.url).pathname;

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder shared by the tests of a file, a sandbox over HTTP that each of them finds new, and the command run against it as a process of its own. */
export interface Place {
  readonly folder: string;
  readonly sandbox: Sandbox;
  readonly env: Record<string, string>;
  readonly file: (name: string) => string;
  /** Runs a command line to its end. */
  readonly convo: (...args: string[]) => Promise<Ended>;
  /** The same with other environment variables; `undefined` removes one. */
  readonly convoWith: (env: Record<string, string | undefined>, ...args: string[]) => Promise<Ended>;
  /** The same on a disk that takes 2,048 bytes of a file. */
  readonly convoOnFullDisk: (...args: string[]) => Promise<Ended>;
  /** Starts a command line. */
  readonly start: (...args: string[]) => ChildProcess;
}

export function place(options?: SandboxOptions): Place {
  const folder = mkdtempSync(join(tmpdir(), "convo-cli-"));
  const sandbox = createSandbox(options);
  // Of the machine's own environment only what finds and starts programs: its keys and config file are not for tests.
  const { PATH = "", NODE_COMPILE_CACHE = "" } = process.env;
  const env: Record<string, string> = { PATH, NODE_COMPILE_CACHE, HOME: folder, NO_PROXY: "127.0.0.1" };
  beforeAll(async () => {
    await sandbox.listen();
    Object.assign(env, sandbox.env());
  });
  beforeEach(() => sandbox.reset());
  afterAll(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const run = (program: string, args: readonly string[], all: NodeJS.ProcessEnv): Promise<Ended> =>
    new Promise((resolve) => {
      execFile(program, args, { cwd: folder, env: all }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr }),
      );
    });
  const convoWith: Place["convoWith"] = (more, ...args) => {
    const all = Object.entries({ ...env, ...more }).filter(([, value]) => value !== undefined);
    return run(process.execPath, [cli, ...args], Object.fromEntries(all) as NodeJS.ProcessEnv);
  };
  return {
    folder,
    sandbox,
    env,
    file: (name) => join(folder, name),
    convo: (...args) => convoWith({}, ...args),
    convoWith,
    convoOnFullDisk: (...args) =>
      run("bash", ["-c", 'ulimit -f 2; exec "$0" "$@"', process.execPath, cli, ...args], env),
    start: (...args) =>
      spawn(process.execPath, [cli, ...args], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] }),
  };
}

/** Resolves when a process has printed what a pattern looks for. Rejects when it ends before. */
export async function printed(child: ChildProcess, pattern: RegExp): Promise<void> {
  let text = "";
  const seen = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk) => {
        text += chunk;
        if (pattern.test(text)) resolve();
      });
  });
  const ended = once(child, "exit").then(() => {
    throw new Error(`It ended before it printed ${pattern}:\n${text}`);
  });
  await Promise.race([seen, ended]);
}

/** The lines of a JSONL text. */
export const jsonLines = (text: string): Record<string, never>[] =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
