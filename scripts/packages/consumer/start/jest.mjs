// Runs in Node: <jest's program> <test file> <port> <run>. A test for `dom` gets jest-environment-jsdom and whatwg-fetch.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";

const [program, file, port, run] = process.argv.slice(2);
const { resolve } = createRequire(program);
const dom = file === "dom" ? ["--env", resolve("jest-environment-jsdom")] : [];
const args = [
  "--rootDir",
  "jest",
  "--json",
  "--cacheDirectory",
  `jest/.cache/${run}`,
  ...dom,
  `${file}.test`,
];
const env = {
  ...process.env,
  CONVO_PORT: port,
  CONVO_RUN: run,
  CONVO_FETCH: resolve("whatwg-fetch/dist/fetch.umd.js"),
};
const child = spawn(process.execPath, [program, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
const [report, log] = await Promise.all([text(child.stdout), text(child.stderr)]);
const { success, testResults } = JSON.parse(report || "{}");
if (!success) throw new Error(log || report);
const steps = testResults.flatMap(({ assertionResults }) => assertionResults.map(({ title }) => title));
const { version } = createRequire(program)("jest/package.json");
console.log(JSON.stringify({ runtime: `jest ${version}`, steps }));
