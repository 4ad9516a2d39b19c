/** What the documents say of faults comes from one kept run: it has every scenario, and no document says another number. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { toJson } from "../faults/report.ts";
import type { Row } from "../faults/run.ts";
import { scenarios } from "../faults/scenarios/index.ts";

const root = join(import.meta.dirname, "..", "..");
const text = (file: string): string => readFileSync(join(root, file), "utf8");

test("the kept run has every scenario, and the README and the page say its numbers", () => {
  const { groups } = JSON.parse(text("bench/results/faults.json")) as {
    groups: Record<string, Record<string, number[]>>;
  };
  const all = Object.values(groups).flatMap((group) => group["convo-fetch"] ?? []);
  expect(all.reduce((sum, count) => sum + count, 0)).toBe(scenarios.length);
  expect(text("README.md")).toContain(`In ${scenarios.length} fault scenarios our client had 0 bad results`);
  expect(text("docs/measurements.md")).toContain(`Bad results in ${scenarios.length} fault scenarios`);
});

test("a run is kept as counts by group and client, with what ours did not handle", () => {
  const row = (client: Row["client"], verdict: Row["verdict"], why: string[] = []): Row =>
    ({ client, group: "status", name: "n", verdict, got: "", why, ms: 1, writes: 2 }) as unknown as Row;
  const rows = [row("convo-fetch", "weak"), row("openai", "bad", ["hangs for 9 s"]), row("openai", "good")];
  expect(toJson(rows, ["convo-fetch", "openai"], 3)).toMatchObject({
    seconds: 3,
    groups: { status: { "convo-fetch": [0, 1, 0], openai: [1, 0, 1] } },
    ways: { hang: { "convo-fetch": 0, openai: 1 } },
    writes: { "convo-fetch": 2, openai: 4 },
    notHandled: [{ client: "convo-fetch", verdict: "weak" }],
  });
});
