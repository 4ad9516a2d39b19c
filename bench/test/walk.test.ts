import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

test("an update walks no further through the files than it has been brought to", () => {
  const walk = spawnSync(process.execPath, [join(import.meta.dirname, "..", "walk.ts")], {
    encoding: "utf8",
  });
  expect(walk.stdout + walk.stderr).toContain("field update");
  expect(walk.status, walk.stdout).toBe(0);
});
