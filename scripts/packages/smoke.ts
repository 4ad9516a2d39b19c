/** The smoke test of `consumer/` under every runtime there is, against one server in a process of its own. */
import { spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild-wasm";
import { type Found, find, PROGRAMS, type Program, UNDICI } from "./programs.ts";
import { type Check, execute, type Row } from "./run.ts";

const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

interface Place {
  readonly root: string;
  /** The project the packages are installed in. */
  readonly project: string;
  /** The port of the server. */
  readonly port: string;
}

/** A way to run the smoke test: the program it needs and the command line to start it with. */
interface Start extends Row {
  readonly find: (root: string) => Found | Promise<Found>;
  readonly command: (path: string, place: Place, run: string) => [command: string, ...args: string[]];
  /** How the runtime names itself; it proves that no other one ran. */
  readonly reports: RegExp;
  /** How many steps it has at least. */
  readonly steps?: number;
}

/** Exactly this text. */
const exactly = (text: string): RegExp => new RegExp(`^${text.replaceAll(".", "\\.")}$`);

/** Runs a console runtime directly: its own switches, then the starter. */
function direct(program: Program, switches: string[] = []): Start {
  const title = `${program.title} ${program.version}`;
  return {
    group: "runtime",
    title,
    find: (root) => find(root, program),
    command: (path, { port }, run) => [path, ...switches, "start/console.mjs", port, run],
    reports: exactly(title),
  };
}

/** Node with the requests over undici; line 8 takes the place of line 7 by a switch. */
function overUndici(node: Program, undici: string, switches: string[] = []): Start {
  const title = `${node.title} ${node.version}, undici ${undici}`;
  return {
    ...direct(node),
    title,
    command: (path, { port }, run) => [path, ...switches, "start/console.mjs", port, run, "undici"],
    reports: exactly(title),
  };
}

/** Node without one `import`. */
const required = (node: Program): Start => ({
  ...direct(node),
  title: `${node.title} ${node.version}, require`,
  command: (path, { port }, run) => [path, "start/require.cjs", port, run],
});

const bundled = (bundler: Program): Start => ({
  group: "bundler",
  title: `${bundler.title} ${bundler.version}`,
  find: (root) => find(root, bundler),
  command: (path, { port }, run) => [process.execPath, "start/bundled.mjs", bundler.package, path, port, run],
  reports: exactly(`${bundler.package} ${bundler.version}`),
});

const jest = (program: Program, file: "smoke" | "dom"): Start => ({
  group: "test runner",
  title: `jest ${program.version}${file === "dom" ? " with jest-environment-jsdom" : ""}`,
  find: (root) => find(root, program),
  command: (path, { port }, run) => [process.execPath, "start/jest.mjs", path, file, port, run],
  reports: exactly(`jest ${program.version}`),
  steps: file === "dom" ? 8 : 11,
});

const { oldNode, newNode, jests } = PROGRAMS;

/** Every place the packed packages are run in. */
export const STARTS: readonly Start[] = [
  direct(oldNode),
  required(oldNode),
  overUndici(oldNode, UNDICI[7]),
  direct(newNode),
  required(newNode),
  overUndici(newNode, UNDICI[7]),
  overUndici(newNode, UNDICI[8], ["--import", "./start/undici8.mjs"]),
  {
    ...direct(newNode),
    title: `Node ${newNode.version}, import and require in one process`,
    command: (path, { port }, run) => [path, "start/both.mjs", port, run],
    steps: 2,
  },
  direct(PROGRAMS.bun, ["run", "--no-install"]),
  // No permission but the one to reach the server: the environment, for one, is closed to the client.
  direct(PROGRAMS.deno, ["run", "--no-prompt", "--cached-only", "--allow-net=127.0.0.1,localhost"]),
  {
    group: "runtime",
    title: `workerd (Cloudflare Workers) of miniflare ${PROGRAMS.miniflare.version}, esbuild`,
    find: (root) => find(root, PROGRAMS.miniflare),
    command: (path, { port }, run) => [process.execPath, "start/miniflare.mjs", path, port, run],
    reports: /^Cloudflare-Workers$/,
    // Those of every runtime, and conversations that many requests update: two dates, shared or own, three ways.
    steps: 11 + 12,
  },
  {
    group: "runtime",
    title: "Chromium, page and worker, esbuild",
    find: browser,
    command: (path, { root, port }, run) => {
      const driver = createRequire(join(root, "packages/sandbox/package.json")).resolve("playwright-core");
      return [process.execPath, "start/chromium.mjs", driver, path, port, run];
    },
    reports: /^Chromium \d/,
  },
  ...[PROGRAMS.webpack, PROGRAMS.rollup, PROGRAMS.vite].map(bundled),
  {
    group: "bundler",
    title: `Next.js ${PROGRAMS.next.version}, Node and edge`,
    find: (root) => find(root, PROGRAMS.next),
    command: (path, { port }, run) => [process.execPath, "start/next.mjs", path, port, run],
    reports: exactly(`Next.js ${PROGRAMS.next.version}`),
    steps: 22,
  },
  ...jests.flatMap((program) => [jest(program, "smoke"), jest(program, "dom")]),
  {
    group: "test runner",
    title: `MSW ${PROGRAMS.msw.version}`,
    find: (root) => find(root, PROGRAMS.msw),
    command: (path) => [process.execPath, "start/msw.mjs", path],
    reports: exactly(`MSW ${PROGRAMS.msw.version}`),
    steps: 3,
  },
  {
    group: "test runner",
    title: `MockAgent of undici ${UNDICI[7]}`,
    find: () => ({ path: process.execPath }),
    command: (path) => [path, "start/mock-agent.mjs"],
    reports: exactly(`undici ${UNDICI[7]}`),
    steps: 3,
  },
];

/** What a starter prints. */
interface Reported {
  readonly runtime: string;
  readonly steps: readonly string[];
  /** What was measured besides, for who reads the result. */
  readonly figures?: string;
}

/** One check per runtime. Call `stop` when all have run. */
export async function smokeChecks(
  root: string,
  project: string,
): Promise<{ tasks: (() => Promise<Check>)[]; stop: () => void }> {
  await bundle(project);
  const server = spawn(process.execPath, ["server.mjs"], {
    cwd: project,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface(server.stdout)[Symbol.asyncIterator]();
  const place = { root, project, port: String((await lines.next()).value) };
  return {
    tasks: STARTS.map((start, index) => () => smoke(start, place, `run${index}`)),
    stop: () => server.kill(),
  };
}

async function smoke(start: Start, place: Place, run: string): Promise<Check> {
  const { group, title } = start;
  const name = `packed packages run under ${title}`;
  const check = { name, row: { group, title } };
  const found = await start.find(place.root);
  if ("missing" in found) return { ...check, skipped: found.missing };
  const [command, ...args] = start.command(found.path, place, run);
  const { ok, stdout, output } = await execute(command, args, place.project);
  if (!ok) return { ...check, problem: output };
  const { runtime, steps, figures } = JSON.parse(stdout.trim()) as Reported;
  const right = start.reports.test(runtime) && steps.length >= (start.steps ?? 11);
  return {
    ...check,
    name: `${name}: ${steps.length} steps (${runtime})${figures ? `; ${figures}` : ""}`,
    problem: right ? undefined : `it reported ${stdout}`,
  };
}

function browser(): Found {
  const path = BROWSERS.find(existsSync);
  return path === undefined ? { missing: `none of ${BROWSERS.join(", ")} is there` } : { path };
}

/** What cannot import from `node_modules` gets one file: the workers of workerd, and the browser's page and worker. */
async function bundle(project: string): Promise<void> {
  // The steps alone are compiled to CommonJS; the packages stay outside, to be required.
  await build({
    absWorkingDir: project,
    entryPoints: { "cjs/smoke": "smoke.mjs" },
    outdir: ".",
    bundle: true,
    format: "cjs",
    platform: "node",
    packages: "external",
    logLevel: "silent",
  });
  writeFileSync(join(project, "cjs", "package.json"), '{ "type": "commonjs" }\n');
  await build({
    absWorkingDir: project,
    entryPoints: {
      "web/workerd": "start/worker.mjs",
      "web/turns": "start/turns-worker.mjs",
      "web/bundle": "start/web.mjs",
    },
    outdir: ".",
    bundle: true,
    format: "esm",
    target: "es2022",
    logLevel: "silent",
  });
}
