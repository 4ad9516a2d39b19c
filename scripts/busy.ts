/**
 * `pnpm test:busy [file...] [--quick]`: the tests on a machine that has other things to do. While four loops keep its cores busy, every
 * test file that touches a clock or a deadline (or the ones named) runs five times, once with `--quick`, and then the whole suite once, if
 * no file was named. Exits with 1 at the first failure.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

const root = join(import.meta.dirname, "..");
const LOOPS = 4;
const CLOCKED =
  /setTimeout|useFakeTimers|performance\.now|Date\.now|deadlineMs|timeoutMs|AbortSignal\.timeout/;

const { values, positionals } = parseArgs({
  options: { quick: { type: "boolean", default: false } },
  allowPositionals: true,
});

/** Every test file whose outcome could depend on time. */
const clocked = (): string[] =>
  globSync(["packages/*/test/**/*.test.ts", "scripts/test/**/*.test.ts", "bench/test/**/*.test.ts"], {
    cwd: root,
  })
    .filter((file) => !file.includes("node_modules") && CLOCKED.test(readFileSync(join(root, file), "utf8")))
    .sort();

/** Runs tests; resolves to whether all passed. */
async function passes(files: readonly string[]): Promise<boolean> {
  const vitest = spawn("pnpm", ["exec", "vitest", "run", ...files], { cwd: root, stdio: "inherit" });
  const [code] = await once(vitest, "exit");
  return code === 0;
}

async function run(): Promise<boolean> {
  const files = positionals.length > 0 ? positionals : clocked();
  const times = values.quick ? 1 : 5;
  for (let time = 1; time <= times; time++) {
    console.log(
      `\n${files.length} test files that touch a clock, run ${time} of ${times}, ${LOOPS} busy loops`,
    );
    if (!(await passes(files))) return false;
  }
  if (positionals.length > 0 || values.quick) return true;
  console.log(`\nThe whole suite, ${LOOPS} busy loops`);
  return passes([]);
}

const loops: ChildProcess[] = Array.from({ length: LOOPS }, () =>
  // Ends by itself when this process is gone.
  spawn(process.execPath, [
    "-e",
    `for (;;) { const end = Date.now() + 1000; while (Date.now() < end); try { process.kill(${process.pid}, 0); } catch { process.exit(); } }`,
  ]),
);
try {
  process.exitCode = (await run()) ? 0 : 1;
} finally {
  for (const loop of loops) loop.kill("SIGKILL");
}
