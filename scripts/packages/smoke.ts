/** The smoke test of `consumer/` under every runtime there is, against one server in a process of its own. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild-wasm";
import { type Found, find, PROGRAMS, type Program } from "./programs.ts";
import { type Check, execute } from "./run.ts";

const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

interface Place {
  readonly root: string;
  /** The project the packages are installed in. */
  readonly project: string;
  /** The port of the server. */
  readonly port: string;
}

/** A way to run the smoke test: the program it needs and the command line to start it with. */
interface Start {
  readonly title: string;
  readonly find: (root: string) => Found | Promise<Found>;
  readonly command: (path: string, place: Place, run: string) => [command: string, ...args: string[]];
  /** How the runtime names itself; it proves that no other one ran. */
  readonly reports: RegExp;
}

/** Runs a console runtime directly: its own switches, then the starter, then `transport`. */
function direct(program: Program, switches: string[] = [], transport: string[] = []): Start {
  return {
    title: [program.title, program.version, ...transport.map((name) => `over ${name}`)].join(" "),
    find: (root) => find(root, program),
    command: (path, { port }, run) => [path, ...switches, "start/console.mjs", port, run, ...transport],
    reports: new RegExp(`^${program.title} ${program.version.replaceAll(".", "\\.")}$`),
  };
}

const STARTS: readonly Start[] = [
  direct(PROGRAMS.oldNode),
  direct(PROGRAMS.oldNode, [], ["undici"]),
  direct(PROGRAMS.newNode),
  direct(PROGRAMS.newNode, [], ["undici"]),
  direct(PROGRAMS.bun, ["run", "--no-install"]),
  // No permission but the one to reach the server: the environment, for one, is closed to the client.
  direct(PROGRAMS.deno, ["run", "--no-prompt", "--cached-only", "--allow-net=127.0.0.1,localhost"]),
  {
    title: `workerd of miniflare ${PROGRAMS.miniflare.version}`,
    find: (root) => find(root, PROGRAMS.miniflare),
    command: (path, { port }, run) => [process.execPath, "start/miniflare.mjs", path, port, run],
    reports: /^Cloudflare-Workers$/,
  },
  {
    title: "headless Chromium",
    find: browser,
    command: (path, { root, port }, run) => {
      const driver = createRequire(join(root, "packages/sandbox/package.json")).resolve("playwright-core");
      return [process.execPath, "start/chromium.mjs", driver, path, port, run];
    },
    reports: /^Chromium \d/,
  },
];

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
  const name = `packed packages run under ${start.title}`;
  const found = await start.find(place.root);
  if ("missing" in found) return { name, skipped: found.missing };
  const [command, ...args] = start.command(found.path, place, run);
  const { ok, stdout, output } = await execute(command, args, place.project);
  if (!ok) return { name, problem: output };
  const { runtime, steps } = JSON.parse(stdout.trim()) as { runtime: string; steps: string[] };
  const wrong = start.reports.test(runtime) && steps.length > 10 ? undefined : `it reported ${stdout}`;
  return { name: `${name}: ${steps.length} steps (${runtime})`, problem: wrong };
}

function browser(): Found {
  const path = BROWSERS.find(existsSync);
  return path === undefined ? { missing: `none of ${BROWSERS.join(", ")} is there` } : { path };
}

/** What cannot import from `node_modules` gets one file: workerd, and the browser's page and worker. */
async function bundle(project: string): Promise<void> {
  await build({
    absWorkingDir: project,
    entryPoints: { "web/workerd": "start/worker.mjs", "web/bundle": "start/web.mjs" },
    outdir: ".",
    bundle: true,
    format: "esm",
    target: "es2022",
    logLevel: "silent",
  });
}
