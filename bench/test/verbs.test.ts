import { expect, test } from "vitest";
import { VENDORS } from "../verbs/at.ts";
import { runKill } from "../verbs/kill.ts";
import { runScan } from "../verbs/scan.ts";
import { runWalk } from "../verbs/walk.ts";

test.each(VENDORS)(
  "%s: while others create and delete, nothing is skipped or seen twice, and the receipt is what the store has",

  async (vendor) => {
    const row = await runWalk(vendor, 30);
    expect(row).toMatchObject({ skipped: 0, twice: 0, wrongFiltered: 0, wrong: 0, goal: "met" });
    expect(row.gone + row.hidden + row.notFound).toBe(30);
  },
);

test("an erase that is killed goes on from its receipt", async () => {
  const row = await runKill(12, 2);
  expect(row).toMatchObject({ conversations: 24, wrong: 0, goal: "met" });
  expect(row.kills).toBeGreaterThan(0);
});

test("a scan reads every row once", async () => {
  expect(await runScan(2500)).toMatchObject({ scanned: 2500, found: 3 });
});
