/**
 * `pnpm specs:pull <vendor> [url|file] [--paths /a,/b]`, `pnpm specs:pull --list`: a changed spec becomes a reviewed release in one command.
 * Fetches, extracts the conversation surface, regenerates, rates every change for a caller, and writes the changeset.
 * Without a change it says so and stops. --list prints the vendors whose upstream is on record, as JSON.
 *
 * Exit codes: 0 done or nothing to do, 1 done and core needs a decision, 2 failure (what was there is put back).
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeChangeset } from "./diff/changeset.ts";
import { measure } from "./diff/measure.ts";
import { markdown } from "./diff/report.ts";
import { vendorNames } from "./generate/spec.ts";
import { pull, upstreamOf } from "./pull/pull.ts";
import { generate, write } from "./regen.ts";

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      list: { type: "boolean" },
      paths: { type: "string" },
      base: { type: "string" },
      root: { type: "string" },
    },
  });
  const root = values.root ?? join(import.meta.dirname, "..");
  if (values.list) {
    console.log(
      JSON.stringify(vendorNames(join(root, "specs")).filter((vendor) => upstreamOf(root, vendor))),
    );
    return 0;
  }
  const [vendor, wanted] = positionals;
  if (!vendor) throw new Error("which vendor? pnpm specs:pull <vendor> [url|file]");
  const today = new Date().toISOString().slice(0, 10);
  const outcome = await pull(root, vendor, wanted, values.paths?.split(","), today);
  if (outcome.state === "unchanged") {
    console.log(`${vendor}: no change (${outcome.detail})`);
    return 0;
  }
  try {
    write(root, generate(root));
  } catch (error) {
    outcome.undo();
    throw error;
  }
  const report = measure(root, vendor, values);
  console.log(markdown(report));
  const changeset = writeChangeset(root, report);
  console.log(`wrote ${outcome.file}, packages/${vendor}${changeset ? `, ${changeset}` : ""}`);
  return 0;
}

process.exitCode = await main().catch((error: Error) => {
  console.error(`specs:pull failed: ${error.message}`);
  return 2;
});
