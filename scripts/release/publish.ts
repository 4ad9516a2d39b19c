/**
 * `node scripts/release/publish.ts <folder> [--registry <url>]`: publishes the tarballs in a folder that the registry does
 * not have yet, each after what it depends on. Can be run again after a failure. Prints `name@version` for each it published.
 *
 * Runs where npm's credential is, so it imports nothing but Node and this repository: no package gets to see it. In GitHub
 * Actions npm makes the provenance, for the repository the workflow runs in.
 */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Manifest, manifestProblems, readProject } from "./manifest.ts";

interface Tarball {
  readonly file: string;
  readonly manifest: Manifest & { readonly name: string; readonly version: string };
}

function run(command: string, args: string[]): { ok: boolean; stdout: string; stderr: string } {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  return { ok: status === 0, stdout, stderr: `${stderr}${error ?? ""}` };
}

function readTarball(file: string): Tarball {
  const { ok, stdout, stderr } = run("tar", ["-xzOf", file, "package/package.json"]);
  if (!ok) throw new Error(`${file} holds no package.json: ${stderr}`);
  return { file, manifest: JSON.parse(stdout) };
}

/** Dependencies first. */
function inOrder(tarballs: readonly Tarball[]): Tarball[] {
  const ordered = new Set<Tarball>();
  const visit = (tarball: Tarball): void => {
    for (const name of Object.keys(tarball.manifest.dependencies ?? {})) {
      const dependency = tarballs.find(({ manifest }) => manifest.name === name);
      if (dependency !== undefined && !ordered.has(dependency)) visit(dependency);
    }
    ordered.add(tarball);
  };
  for (const tarball of tarballs) visit(tarball);
  return [...ordered];
}

/** Whether the registry has this version; a registry that does not answer is an error, not a no. */
function isPublished(id: string, registry: string[]): boolean {
  const { ok, stdout, stderr } = run("npm", ["view", id, "version", "--json", ...registry]);
  if (ok) return stdout.trim() !== "";
  if (/E404/.test(stdout + stderr)) return false;
  throw new Error(`npm view ${id} failed: ${stderr}`);
}

function problemsOf(tarballs: readonly Tarball[], env: NodeJS.ProcessEnv): string[] {
  const { url } = readProject(join(import.meta.dirname, "..", ".."));
  const here = env.GITHUB_REPOSITORY && `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}`;
  const elsewhere =
    here && here !== url
      ? [
          `package.json names ${url} as the repository, but this workflow runs in ${here}, and npm refuses such provenance. ` +
            "Correct repository, homepage and bugs in the root package.json and the handwritten packages, then run pnpm regen.",
        ]
      : [];
  return [...elsewhere, ...tarballs.flatMap(({ manifest }) => manifestProblems(manifest, url))];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { registry: { type: "string" } },
});
const [folder = "."] = positionals;
const registry = values.registry === undefined ? [] : ["--registry", values.registry];
const tarballs = globSync("*.tgz", { cwd: folder }).map((name) => readTarball(resolve(folder, name)));
const problems = problemsOf(tarballs, process.env);
if (tarballs.length === 0) problems.push(`${folder} holds no tarball`);
if (problems.length > 0) {
  console.error(`Nothing was published:\n${problems.join("\n")}`);
  process.exit(1);
}
const provenance = process.env.GITHUB_ACTIONS === "true" ? ["--provenance"] : [];
for (const { file, manifest } of inOrder(tarballs)) {
  const id = `${manifest.name}@${manifest.version}`;
  if (isPublished(id, registry)) {
    console.error(`${id} is there already`);
    continue;
  }
  const { ok, stderr } = run("npm", ["publish", file, "--access", "public", ...provenance, ...registry]);
  if (!ok) {
    console.error(`${id} could not be published; run this again when the reason is gone:\n${stderr}`);
    process.exit(1);
  }
  console.log(id);
}
