/**
 * The runtimes and compilers the packed packages are checked with, each in one version, straight from the npm registry:
 * the package for this machine's platform, so that no install script has to run. They are kept in
 * `node_modules/.cache`, and fetched when they are not there.
 */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execute, inParallel } from "./run.ts";

/** A program and where the registry has it. */
export interface Program {
  readonly title: string;
  readonly version: string;
  readonly package: string;
  /** What to run or import, inside the package. */
  readonly file: string;
  /** Packages that are installed beside it, name to version. */
  readonly beside?: Readonly<Record<string, string>>;
  /** Versions that npm is to take for packages it would otherwise choose itself. */
  readonly overrides?: Readonly<Record<string, string>>;
}

const { platform, arch } = process;
const system = platform === "win32" ? "win" : platform;
const cpu = arch === "arm64" ? "aarch64" : arch;
const libc = platform === "linux" ? "-glibc" : "";

const node = (version: string): Program => ({
  title: "Node",
  version,
  package: `node-${system}-${arch}`,
  file: "bin/node",
});
const typescript = (version: string): Program => ({
  title: "TypeScript",
  version,
  package: "typescript",
  file: "bin/tsc",
});

const jest = (version: string): Program => ({
  title: "jest",
  version,
  package: "jest",
  file: "bin/jest.js",
  beside: { "jest-environment-jsdom": version, "whatwg-fetch": "3.6.20" },
});

/** The one table of versions. Chromium is the system's: the registry has none. */
export const PROGRAMS = {
  oldNode: node("20.19.0"),
  newNode: node("24.21.0"),
  bun: { title: "Bun", version: "1.4.5", package: `@oven/bun-${platform}-${cpu}`, file: "bin/bun" },
  deno: { title: "Deno", version: "2.9.6", package: `@deno/${platform}-${arch}${libc}`, file: "deno" },
  miniflare: {
    title: "workerd",
    version: "4.20260730.0",
    package: "miniflare",
    file: "dist/src/index.js",
  },
  jests: [jest("29.7.0"), jest("30.5.2")],
  msw: { title: "MSW", version: "3.0.5", package: "msw", file: "package.json" },
  webpack: { title: "webpack", version: "5.113.0", package: "webpack", file: "lib/index.js" },
  rollup: {
    title: "rollup",
    version: "4.68.8",
    package: "rollup",
    file: "dist/rollup.js",
    beside: { "@rollup/plugin-node-resolve": "16.0.3" },
  },
  vite: { title: "Vite", version: "8.4.0", package: "vite", file: "dist/node/index.js" },
  verdaccio: {
    title: "Verdaccio",
    version: "6.10.4",
    package: "verdaccio",
    file: "bin/verdaccio",
    // It asks for a tag of this one, which not every mirror of the registry has.
    overrides: { "node-fetch": "2.7.0" },
  },
  next: {
    title: "Next.js",
    version: "16.4.6",
    package: "next",
    file: "dist/bin/next",
    beside: { react: "19.3.1", "react-dom": "19.3.1" },
  },
  typescripts: [typescript("5.4.5"), typescript("5.9.3"), typescript("7.0.2")],
  typescript6: typescript("6.0.3"),
};

/** The lines of undici and the version of each; the last that runs on Node 20 is 7. */
export const UNDICI = { 7: "7.28.0", 8: "8.12.4" };

/** Where a program is on this machine, or why it is not available. */
export type Found = { readonly path: string } | { readonly missing: string };

const finding = new Map<Program, Promise<Found>>();

/** Finds a program, fetching it with npm if need be, once however many checks ask for it. Never rejects. */
export function find(root: string, program: Program): Promise<Found> {
  const found = finding.get(program) ?? lookUp(root, program);
  finding.set(program, found);
  return found;
}

/** Fetches every program that is not here, while whoever calls this does something else. */
export const findAll = (root: string): Promise<readonly Found[]> =>
  inParallel(
    Object.values(PROGRAMS)
      .flat()
      .map((program) => () => find(root, program)),
  );

async function lookUp(root: string, program: Program): Promise<Found> {
  if (program.title === "Node" && program.version === process.versions.node)
    return { path: process.execPath };
  const cache = join(root, "node_modules", ".cache", "convo-programs");
  const wanted = Object.entries({ [program.package]: program.version, ...program.beside }).map(
    ([name, version]) => `${name}@${version}`,
  );
  const home = join(cache, wanted.join("+").replaceAll("/", "+"));
  const path = join(home, "node_modules", program.package, program.file);
  if (existsSync(path)) return { path };
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, "fresh-"));
  try {
    const { overrides } = program;
    writeFileSync(join(fresh, "package.json"), JSON.stringify({ private: true, overrides }));
    const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--prefer-offline"];
    const { ok, output } = await execute("npm", ["install", ...options, ...wanted], fresh);
    if (!ok) return { missing: `npm install ${wanted.join(" ")} failed: ${reason(output)}` };
    // Another run may have been quicker; what it fetched is the same.
    if (!existsSync(home)) renameSync(fresh, home);
    return existsSync(path) ? { path } : { missing: `${wanted[0]} holds no ${program.file}` };
  } catch (error) {
    return { missing: String(error) };
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** npm's own first line about what went wrong. */
function reason(output: string): string {
  return /^npm error (?!code)(.*)$/m.exec(output)?.[1] ?? output.trim().slice(-200);
}
