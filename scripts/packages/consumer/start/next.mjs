// Runs in Node: <Next.js' program> <port> <run>. Builds the application in `next/`, starts it, and has both runtimes of
// its route handlers run the smoke test.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

const [program, port, run] = process.argv.slice(2);
const require = createRequire(program);
// Next.js finds React from the application, where npm would have put both.
symlinkSync(join(dirname(require.resolve("react/package.json")), ".."), "next/node_modules");
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
const build = spawnSync(process.execPath, [program, "build", "--webpack", "next"], { env, encoding: "utf8" });
if (build.status !== 0) throw new Error(build.stdout + build.stderr);

const server = spawn(process.execPath, [program, "start", "next", "--port", "0", "--hostname", "127.0.0.1"], {
  env,
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  let origin;
  for await (const line of createInterface(server.stdout)) {
    origin ??= /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (origin && /Ready/.test(line)) break;
  }
  const page = await (await fetch(origin)).text();
  if (!page.includes("<p>openai</p>")) throw new Error(page);
  const steps = [];
  for (const runtime of ["nodejs", "edge"]) {
    const path = runtime === "edge" ? "api/edge" : "node";
    const answer = await fetch(`${origin}/${path}?port=${port}&run=${run}-${runtime}`);
    if (!answer.ok) throw new Error(await answer.text());
    const report = await answer.json();
    if (report.runtime !== runtime) throw new Error(`${path} ran in ${report.runtime}`);
    steps.push(...report.steps.map((step) => `${runtime}: ${step}`));
  }
  console.log(JSON.stringify({ runtime: `Next.js ${require("next/package.json").version}`, steps }));
} finally {
  server.kill();
  await once(server, "exit");
}
