import { expect, test } from "vitest";
import { runKills } from "../bulk/kills.ts";
import { runLimits } from "../bulk/limits.ts";
import { runMemory } from "../bulk/memory.ts";
import type { LimitKind } from "../limited/limit.ts";
import { randomFrom } from "../random.ts";

const random = randomFrom(1);

test.each(["window", "silent window", "bucket"] satisfies LimitKind[])(
  "a %s whose limit changes loses no update",
  async (kind) => {
    // So few that also a busy machine asks for more.
    const load = { updates: 12, requests: 8, perMs: 1000, latencyMs: 5, random };
    const [row] = await runLimits(kind, ["convo updateMany"], load);
    expect(row).toMatchObject({ failed: 0, missing: 0 });
    expect(row?.refused).toBeGreaterThan(0);
  },
);

test("a run that is killed loses nothing and can be undone", async () => {
  const row = await runKills(200, 40, 2, random);
  expect(row).toMatchObject({ lost: 0, outOfOrder: 0, notRestored: 0, goal: "met" });
});

test("every line of a long source is done", async () => {
  const rows = await runMemory(100, 2000);
  expect(rows.map(({ lines }) => lines)).toEqual([100, 2000]);
  expect(rows[1]?.bytesPerLine).toBeLessThan(500);
});
