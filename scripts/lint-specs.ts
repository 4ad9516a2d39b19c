/**
 * `pnpm specs:lint`: every spec under the strict rules of redocly.yaml, all vendors in one run.
 * The overlay is applied first, so what is linted is what is generated from.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { loadSpec, vendorNames } from "./generate/spec.ts";

const here = import.meta.dirname;
const specs = join(here, "..", "specs");
const folder = mkdtempSync(join(tmpdir(), "convo-lint-"));
try {
  const files = vendorNames(specs).map((vendor) => {
    const file = join(folder, `${vendor}.yaml`);
    writeFileSync(file, stringify(loadSpec(specs, vendor).spec, { aliasDuplicateObjects: false }));
    return file;
  });
  const cli = join(
    dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")),
    "bin",
    "cli.js",
  );
  const run = spawnSync(process.execPath, [cli, "lint", "--config", join(here, "redocly.yaml"), ...files], {
    stdio: "inherit",
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
