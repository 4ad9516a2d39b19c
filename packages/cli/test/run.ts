import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSandbox, type Sandbox, type SandboxOptions } from "@convo/sandbox";
import { afterAll, beforeAll } from "vitest";

export const cli: string = new URL("../src/convo.ts", import.meta.url).pathname;

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder and a sandbox over HTTP, shared by the tests of a file, and the command run against it as a process of its own. */
export interface Place {
  readonly folder: string;
  readonly sandbox: Sandbox;
  readonly env: Record<string, string>;
  readonly file: (name: string) => string;
  /** Runs a command line to its end. */
  readonly convo: (...args: string[]) => Promise<Ended>;
  /** The same with other environment variables; `undefined` removes one. */
  readonly convoWith: (env: Record<string, string | undefined>, ...args: string[]) => Promise<Ended>;
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
  afterAll(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const convoWith: Place["convoWith"] = (more, ...args) =>
    new Promise((resolve) => {
      const all = Object.fromEntries(
        Object.entries({ ...env, ...more }).filter(([, value]) => value !== undefined),
      );
      execFile(
        process.execPath,
        [cli, ...args],
        { cwd: folder, env: all as NodeJS.ProcessEnv },
        (error, stdout, stderr) => resolve({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr }),
      );
    });
  return {
    folder,
    sandbox,
    env,
    file: (name) => join(folder, name),
    convo: (...args) => convoWith({}, ...args),
    convoWith,
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
