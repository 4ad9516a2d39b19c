/**
 * `pnpm specs:lint [<vendor>...]`: every spec under the strict rules of redocly.yaml, all vendors in one run.
 * The overlay is applied first, so what is linted is what is generated from.
 * Exit codes: 0 clean, 1 something is wrong with a spec, 2 failure.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { stringify } from "yaml";
import { checkVendor, loadSpec, vendorNames } from "./generate/spec.ts";

/** What the linter says of vendors' specs, and whether all of them pass. */
export function lintSpecs(root: string, vendors: readonly string[]): { ok: boolean; text: string } {
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
      encoding: "utf8",
      env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
    });
    const errors = results.flatMap(({ error }) => error?.message ?? []);
    return {
      ok: run.status === 0 && errors.length === 0,
      text: [run.stdout, run.stderr, ...errors].map((part) => part.trim()).join("\n"),
    };
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

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { root: { type: "string" } },
  });
  const root = values.root ?? join(import.meta.dirname, "..");
  for (const vendor of positionals) checkVendor(join(root, "specs"), vendor);
  const { ok, text } = lintSpecs(
    root,
    positionals.length > 0 ? positionals : vendorNames(join(root, "specs")),
  );
  console.log(text);
  return ok ? 0 : 1;
}

if (import.meta.main) {
  try {
    process.exitCode = main();
  } catch (error) {
    console.error(`specs:lint failed: ${(error as Error).message}`);
    process.exitCode = 2;
  }
}
