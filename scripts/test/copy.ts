/** A copy of this repository in a temporary folder, so that no test touches the real one. */
import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

/** The repository the tests run in. */
export const repository: string = join(import.meta.dirname, "..", "..");

/** A copy, as long as it lives. */
export interface Copy {
  root: string;
  /** Runs git in the copy; returns what it printed. */
  git(...args: string[]): string;
  /** Runs a script of `scripts/` on the copy. */
  script(name: string, ...args: string[]): { status: number | null; stdout: string; stderr: string };
  remove(): void;
}

const SKIPPED = ["dist", ".turbo", "coverage"];

/**
 * Copies packages, specs and root files, and commits them on a new branch `main`. Dependencies are shared by link; the
 * packages' tests come only if asked for.
 */
export function copyRepository({ tests = false } = {}): Copy {
  const skipped = new Set(tests ? SKIPPED : [...SKIPPED, "test"]);
  const root = mkdtempSync(join(tmpdir(), "convo-copy-"));
  for (const name of [
    "packages",
    "specs",
    "docs",
    ".changeset",
    "biome.json",
    "package.json",
    "pnpm-workspace.yaml",
    "pnpm-lock.yaml",
    "turbo.json",
    "tsconfig.json",
    "tsconfig.base.json",
    "tsconfig.build.json",
    "scripts/build.ts",
    "scripts/release/manifest.ts",
    "scripts/test/setup.ts",
    ".gitignore",
    "README.md",
    "vitest.config.ts",
  ])
    cpSync(join(repository, name), join(root, name), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => !skipped.has(basename(file)) && !/[\\/]\.changeset[\\/].*\.md$/.test(file),
    });
  symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
  // Some workspaces are missing here. pnpm would install again, into dependencies that are not the copy's own.
  appendFileSync(join(root, "pnpm-workspace.yaml"), "verifyDepsBeforeRun: false\n");
  const git = (...args: string[]): string => {
    const run = spawnSync("git", ["-c", "user.name=test", "-c", "user.email=test@example.com", ...args], {
      cwd: root,
      encoding: "utf8",
    });
    if (run.status !== 0) throw new Error(run.stderr);
    return run.stdout;
  };
  git("init", "-q", "-b", "main");
  git("add", ".");
  git("commit", "-q", "-m", "start");
  return {
    root,
    git,
    script: (name, ...args) =>
      spawnSync(process.execPath, [join(repository, "scripts", name), ...args, "--root", root], {
        encoding: "utf8",
      }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
