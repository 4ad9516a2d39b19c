import { spawnSync } from "node:child_process";

/** One check: its name, and what is wrong, if anything. */
export interface Check {
  readonly name: string;
  readonly problem?: string | undefined;
}

/** A packed package. */
export interface Packed {
  readonly name: string;
  readonly tarball: string;
  readonly engines: string;
}

/** Runs a command; returns what it printed when it failed. */
export function problem(
  command: string,
  args: string[],
  cwd: string,
  env: Record<string, string> = {},
): string | undefined {
  const run = spawnSync(command, args, { cwd, encoding: "utf8", env: { ...process.env, ...env } });
  return run.status === 0 ? undefined : `${run.stdout}${run.stderr}${run.error ?? ""}`;
}

/** Runs a command; returns its standard output, throws when it fails. */
export function must(command: string, args: string[], cwd: string): string {
  const run = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (run.status !== 0)
    throw new Error(`${command} ${args.join(" ")} failed:\n${run.stdout}${run.stderr}${run.error ?? ""}`);
  return run.stdout;
}
