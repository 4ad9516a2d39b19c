import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { whereItRuns } from "../packages/where.ts";
import { repository } from "./copy.ts";

it("the table of the documents has a row for every place that is tested, and no other", () => {
  const readme = readFileSync(join(repository, "docs/client/runtimes.md"), "utf8");
  expect(readme).toContain(`\n\n${whereItRuns()}\n\n`);
});
