/**
 * `pnpm bench:calls`: what a call costs through each client, and what importing and type-checking take; against the goals.
 * Rounds are interleaved and ratios taken within a round, so a busy machine shifts both sides.
 *
 * Options: `--quick` (a try, figures are rough), `--only speed|response|stream|start|types`, `--json <file>`. Exits 1 on a missed goal.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createProject } from "./calls/project.ts";
import { measureSpeed, speedGoals } from "./calls/speed.ts";
import { measureStart, startGoals } from "./calls/start.ts";
import type { Goal } from "./calls/statistics.ts";
import { measureStreams, streamGoals } from "./calls/stream.ts";
import { measureTypes, typesGoals } from "./calls/types.ts";
import { measureWithResponse } from "./calls/with-response.ts";
import { machine } from "./machine.ts";

const begunOn = machine();
const { values } = parseArgs({
  options: { json: { type: "string" }, only: { type: "string" }, quick: { type: "boolean" } },
});
const quick = values.quick === true;
const wanted = (part: string): boolean => (values.only ?? part) === part;
const results: Record<string, unknown> = {};
const goals: Goal[] = [];

function keep(part: string, rows: readonly object[], reached: readonly Goal[]): void {
  console.log(`\n${part}`);
  console.table(
    rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, brief(value)]))),
  );
  results[part] = rows;
  goals.push(...reached);
}

const brief = (value: unknown): unknown =>
  typeof value === "number" ? Number(value.toPrecision(value < 1000 ? 3 : 5)) : value;

const begun = performance.now();
if (wanted("speed")) {
  // Seven rounds gave 1.05 to 1.24 for the same code.
  const rows = await measureSpeed(quick ? 3 : 15, quick ? 0.3 : 1);
  keep("speed", rows, speedGoals(rows));
}
if (wanted("response"))
  keep("response", [await measureWithResponse(quick ? 5 : 15, quick ? 4000 : 20_000)], []);
if (wanted("stream")) {
  const rows = await measureStreams(quick ? 7 : 21);
  keep("stream", rows, streamGoals(rows));
}
if (wanted("start") || wanted("types")) {
  const project = createProject();
  try {
    if (wanted("start")) {
      const rows = measureStart(project, quick ? 5 : 21);
      keep("start", rows, startGoals(rows));
    }
    if (wanted("types")) {
      const rows = measureTypes(project, quick ? 2 : 7);
      keep("types", rows, typesGoals(rows));
    }
  } finally {
    project.remove();
  }
}

const seconds = Math.round((performance.now() - begun) / 1000);
console.log("");
for (const { name, value, limit, least, met } of goals)
  console.log(
    `${met ? "met   " : "MISSED"}  ${name}: ${brief(value)} (at ${least ? "least" : "most"} ${limit})`,
  );
console.log(`${seconds} s`);
if (values.json) {
  writeFileSync(
    values.json,
    `${JSON.stringify({ ...begunOn, quick, seconds, goals, ...results }, null, 2)}\n`,
  );
}
process.exitCode = goals.every(({ met }) => met) ? 0 : 1;
