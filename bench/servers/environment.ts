/** Python environments for servers and clients that are no npm packages: made once, in a cache folder outside the repository. */
import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** A set of Python packages, each in one version. */
export interface PythonPackages {
  /** Names the environment's folder. */
  readonly name: string;
  /** Interpreters that will do, best first. */
  readonly pythons: readonly string[];
  readonly packages: readonly string[];
  /** Only what was published before this day (ISO 8601) is taken: what worked together then still does. */
  readonly before: string;
}

/** Where an environment's Python is, or which package could not be installed and why. */
export type Installed = { readonly python: string } | { readonly missing: string };

/** `$XDG_CACHE_HOME/convo-servers`, outside the repository: environments of a gigabyte, and what the servers store. */
export const cache: string = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "convo-servers");

/** Makes the environment if it is not there. Never throws. */
export function install({ name, pythons, packages, before }: PythonPackages): Installed {
  const home = join(cache, `${name}-${before}`);
  const python = join(home, "bin", "python");
  const done = join(home, "installed.json");
  if (existsSync(done)) return { python };
  const base = pythons
    .flatMap((candidate) => [candidate, ...fromPyenv(candidate)])
    .find((candidate) => spawnSync(candidate, ["--version"]).status === 0);
  const wanted = packages.join(" ");
  if (base === undefined) return { missing: `${wanted} needs ${pythons.join(" or ")}, and neither is here` };
  rmSync(home, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  console.error(`Installing ${wanted} ...`);
  for (const [command, ...args] of [
    [base, "-m", "venv", home],
    // uv, because it can look at the index as it was on a day.
    [python, "-m", "pip", "install", "--quiet", "uv==0.13.9"],
    [
      join(home, "bin", "uv"),
      "pip",
      "install",
      "--quiet",
      "--python",
      python,
      "--exclude-newer",
      before,
      ...packages,
    ],
  ] as const) {
    const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8", cwd: cache });
    if (status !== 0) return { missing: `${wanted} could not be installed: ${lastLine(stderr) || error}` };
  }
  writeFileSync(done, JSON.stringify(packages));
  return { python };
}

/** Interpreters that pyenv has but does not put on the path. */
const fromPyenv = (python: string): string[] =>
  globSync(`versions/${python.replace("python", "")}*/bin/python`, { cwd: PYENV }).map((file) =>
    join(PYENV, file),
  );

const PYENV = process.env.PYENV_ROOT || join(homedir(), ".pyenv");

const lastLine = (text: string | null): string => (text ?? "").trim().split("\n").at(-1) ?? "";
