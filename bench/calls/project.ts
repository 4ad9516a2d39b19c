import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** An empty project that has our packages as they are published, and those they are compared with. */
export interface Project {
  readonly folder: string;
  /** Writes a file into the project and returns its path. */
  write(name: string, text: string): string;
  remove(): void;
}

/** Builds our packages and lays out the project. Throws what the build printed when it fails. */
export function createProject(): Project {
  run("turbo", ["run", "build", "--output-logs=errors-only"], root);
  const folder = mkdtempSync(join(tmpdir(), "convo-bench-"));
  const modules = join(folder, "node_modules");
  for (const name of readdirSync(join(root, "packages"))) {
    const home = join(root, "packages", name);
    const { publishConfig, ...manifest } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
    const target = join(modules, manifest.name);
    cpSync(join(home, "dist"), join(target, "dist"), { recursive: true });
    writeFileSync(join(target, "package.json"), JSON.stringify({ ...manifest, ...publishConfig }));
  }
  for (const name of ["openai", "@letta-ai/letta-client", "datagrid-ai", "openapi-fetch", "undici"])
    link(join(import.meta.dirname, "../node_modules", name), join(modules, name));
  link(join(root, "node_modules/@types/node"), join(modules, "@types/node"));
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  write("package.json", JSON.stringify({ type: "module", private: true }));
  return { folder, write, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function link(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  symlinkSync(realpathSync(from), to);
}

/** Runs a program of the repository; returns what it printed. Throws when it fails. */
export function run(bin: string, args: string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(join(root, "node_modules/.bin", bin), args, {
    cwd,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${bin} failed:\n${stdout}${stderr}${error ?? ""}`);
  return stdout;
}
