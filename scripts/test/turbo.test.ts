import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { copyRepository, repository } from "./copy.ts";

const copy = copyRepository();
afterAll(() => copy.remove());

interface Manifest {
  name: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  scripts?: Record<string, string>;
}

function turbo(...args: string[]) {
  const bin = join(repository, "node_modules", ".bin", "turbo");
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };
  const run = spawnSync(bin, ["run", "build", "--no-daemon", ...args], {
    cwd: copy.root,
    encoding: "utf8",
    env,
  });
  if (run.status !== 0) throw new Error(run.stdout + run.stderr);
  return run.stdout;
}

/** Packages that would be built now, by name; everything else would come from the cache. */
function toBuild(): string[] {
  const { tasks } = JSON.parse(turbo("--dry=json")) as {
    tasks: { package: string; command: string; cache: { status: string } }[];
  };
  return tasks
    .filter(({ command, cache }) => command !== "<NONEXISTENT>" && cache.status !== "HIT")
    .map((task) => task.package)
    .sort();
}

const manifests = readdirSync(join(copy.root, "packages")).map(
  (name) => JSON.parse(readFileSync(join(copy.root, "packages", name, "package.json"), "utf8")) as Manifest,
);

/** A package and everything that depends on it, which is what must be built again; computed, so that no list can drift. */
function withDependents(name: string): string[] {
  const found = new Set([name]);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const { name: other, dependencies, devDependencies, peerDependencies } of manifests)
      if (
        Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies }).some((one) =>
          found.has(one),
        )
      )
        found.add(other);
  }
  return [...found]
    .filter((one) => manifests.some(({ name: each, scripts }) => each === one && scripts?.build))
    .sort();
}

it("builds nothing twice, and after a changed spec only that vendor and what depends on it", () => {
  turbo("--output-logs=errors-only");
  expect(toBuild()).toEqual([]);

  const spec = join(copy.root, "specs/chatdash/openapi.yaml");
  writeFileSync(
    spec,
    readFileSync(spec, "utf8").replace(
      "        topic:\n",
      "        tone:\n          type: string\n          description: How it sounds.\n        topic:\n",
    ),
  );
  // The spec itself is no input of a build: only what is generated from it, and committed, is.
  expect(toBuild()).toEqual([]);
  expect(copy.script("regen.ts").status).toBe(0);
  const expected = withDependents("@convo/chatdash");
  expect(expected).toContain("@convo/core");
  expect(toBuild()).toEqual(expected);
  for (const other of ["openai", "letta", "datagrid", "agentsight"])
    expect(toBuild()).not.toContain(`@convo/${other}`);
});
