import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { VENDORS } from "../src/config.ts";

test("the command knows the vendors that core has", async () => {
  const core = await import("@convo/core");
  const folder = new URL("../../core/src/providers/", import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith(".ts") && name !== "index.ts");
  expect([...VENDORS].sort()).toEqual(files.map((name) => name.slice(0, -3)).sort());
  for (const vendor of VENDORS) expect(core[vendor]).toBeTypeOf("function");
});
