/**
 * `pnpm specs:lint [<vendor>...]`: every spec under the strict rules of redocly.yaml, all vendors in one run.
 * The overlay is applied first, so what is linted is what is generated from.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { stringify } from "yaml";
import { loadSpec, vendorNames } from "./generate/spec.ts";

/**
 * Lints vendors' specs; what is wrong is printed.
 *
 * @returns whether all of them pass
 */
export function lintSpecs(root: string, vendors: readonly string[]): boolean {
  const folder = mkdtempSync(join(tmpdir(), "convo-lint-"));
  try {
    const results = vendors.map((vendor) => prepared(root, vendor, folder));
    const cli = join(
      dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")),
      "bin",
      "cli.js",
    );
    const config = join(import.meta.dirname, "redocly.yaml");
    const files = results.map(({ file }) => file);
    const run = spawnSync(process.execPath, [cli, "lint", "--config", config, ...files], {
      stdio: "inherit",
      env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
    });
    for (const { error } of results) if (error) console.error(error.message);
    return run.status === 0 && results.every(({ error }) => !error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The vendor's own file, so that places are true; a corrected copy where there is an overlay that still applies. */
function prepared(root: string, vendor: string, folder: string): { file: string; error?: Error } {
  const specs = join(root, "specs");
  const own = join(specs, vendor, "openapi.yaml");
  try {
    const { spec } = loadSpec(specs, vendor);
    if (!existsSync(join(specs, vendor, "overlay.yaml"))) return { file: own };
    const file = join(folder, `${vendor}.yaml`);
    writeFileSync(file, stringify(spec, { aliasDuplicateObjects: false }));
    return { file };
  } catch (error) {
    return { file: own, error: error as Error };
  }
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { root: { type: "string" } },
  });
  const root = values.root ?? join(import.meta.dirname, "..");
  const vendors = positionals.length > 0 ? positionals : vendorNames(join(root, "specs"));
  process.exitCode = lintSpecs(root, vendors) ? 0 : 1;
}
