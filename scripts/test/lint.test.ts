import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { acmeFolder, acmeText } from "./acme.ts";
import { repository } from "./copy.ts";

it("the linter tells nobody of what it reads", () => {
  const { root, write } = acmeFolder();
  write("specs/acme/openapi.yaml", acmeText);
  // Every process notes what it was told, before it does anything.
  const noted = join(root, "noted.txt");
  const preload = write(
    "note.mjs",
    `import { appendFileSync } from "node:fs";
    const { argv, env } = process;
    appendFileSync(${JSON.stringify(noted)}, (argv[1] ?? "") + " " + env.REDOCLY_TELEMETRY + "\\n");`,
  );
  const run = spawnSync(
    process.execPath,
    [join(repository, "scripts", "lint-specs.ts"), "acme", "--root", root],
    {
      encoding: "utf8",
      env: {
        ...process.env,
        REDOCLY_TELEMETRY: "on",
        NODE_OPTIONS: `--import=${pathToFileURL(preload).href}`,
      },
    },
  );
  expect(run.stdout, run.stderr).toContain("1 spec(s)");
  const linter = readFileSync(noted, "utf8")
    .split("\n")
    .filter((line) => line.includes("redocly"));
  expect(linter.length).toBeGreaterThan(0);
  for (const line of linter) expect(line).toMatch(/ off$/);
});
