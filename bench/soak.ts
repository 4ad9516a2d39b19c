/**
 * `pnpm bench:soak`: 200,000 calls at 64 in flight through `@convo/openai`, 1 in 20 of them faulty, over each path.
 *
 * Options: `--calls <n>`, `--concurrency <n>`, `--json <file>`. Exits 1 when a call ended otherwise than it should,
 * when a socket, timer or listener was left behind, or when memory grew.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { PATHS, type Soak, soak } from "./soak/run.ts";

/** Bytes per call the heap may grow by: what V8 itself gathers; one leaked object would be ten times as much. */
const SLOPE = 8;
/** Below this the heap still shows the program warming up, and its slope says nothing. */
const ENOUGH = 100_000;

const { values } = parseArgs({
  options: {
    calls: { type: "string", default: "200000" },
    concurrency: { type: "string", default: "64" },
    json: { type: "string" },
  },
});

function print({ path, concurrency, rests, sockets, slope, leaks }: Soak): boolean {
  const quarters = rests.slice(1, -1);
  const { calls, seconds, ends } = quarters.at(-1) ?? { calls: 0, seconds: 1, ends: {} };
  const mb = quarters.map(({ bytes }) => (bytes / 1e6).toFixed(2)).join(", ");
  const grown =
    slope > SLOPE && calls >= ENOUGH ? [`memory grows by ${slope.toFixed(1)} bytes per call`] : [];
  const found = [...leaks, ...grown];
  console.log(`\n${path}: ${calls} calls, ${concurrency} in flight, ${Math.round(calls / seconds)} calls/s`);
  console.log(
    `  ended         ${Object.entries(ends)
      .map(([end, count]) => `${count} ${end}`)
      .join(", ")}`,
  );
  console.log(
    `  heap in MB    ${mb} at 25, 50, 75 and 100 %: ${slope.toFixed(2)} bytes per call (at most ${SLOPE})`,
  );
  console.log(`  RSS in MB     ${quarters.map(({ rssMb }) => rssMb).join(", ")}`);
  console.log(
    `  connections   ${sockets.slice(1, -1).join(", ")}; ${sockets.at(-1)} after the server closed idle ones`,
  );
  console.log(
    `  listeners     ${quarters.map(({ signalListeners }) => signalListeners).join(", ")} on the callers' signal`,
  );
  console.log(found.length === 0 ? "  no leak" : `  LEAKS\n    ${found.join("\n    ")}`);
  return found.length === 0;
}

const done: Soak[] = [];
let clean = true;
for (const path of PATHS) {
  const one = await soak(path, Number(values.calls), Number(values.concurrency));
  clean = print(one) && clean;
  done.push(one);
}
if (values.json) {
  const facts = { date: new Date().toISOString(), node: process.version, clean };
  writeFileSync(values.json, `${JSON.stringify({ ...facts, paths: done }, null, 2)}\n`);
}
process.exitCode = clean ? 0 : 1;
