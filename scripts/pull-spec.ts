/**
 * `pnpm specs:pull <vendor> [url|file] [--paths /a,/b] [--server URL] [--auth KIND] [--take]`, `pnpm specs:pull --list`: a changed spec becomes a reviewed release in one command.
 * Fetches, extracts the conversation surface, regenerates, rates every change for a caller, and writes the changeset.
 * Without a change it says so and stops. A spec that people wrote is compared with its upstream, in both directions, and replaced
 * only with --take. --list prints the vendors whose upstream is on record and kept up, as JSON.
 *
 * Exit codes: 0 done or nothing to do, 1 done but somebody has to decide or correct something, 2 failure (what was there is put back).
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeChangeset } from "./diff/changeset.ts";
import { measure } from "./diff/measure.ts";
import { asked, checkProvider } from "./diff/provider-check.ts";
import { markdown } from "./diff/report.ts";
import { checkVendor, vendorNames } from "./generate/spec.ts";
import { lintSpecs } from "./lint-specs.ts";
import { comparisonText, differencesFile } from "./pull/differences.ts";
import { noteLines } from "./pull/note.ts";
import { pull, upstreamOf } from "./pull/pull.ts";
import { wishesOf } from "./pull/surface.ts";
import { generate, write, writeDocuments } from "./regen.ts";

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      list: { type: "boolean" },
      paths: { type: "string" },
      server: { type: "string" },
      auth: { type: "string" },
      take: { type: "boolean" },
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
  checkVendor(join(root, "specs"), vendor);
  const today = new Date().toISOString().slice(0, 10);
  const outcome = await pull(root, vendor, wanted, { ...wishesOf(values), take: values.take }, today);
  if (outcome.state === "unchanged") {
    console.log(`${vendor}: no change (${outcome.detail})`);
    return 0;
  }
  if (outcome.state === "compared") {
    console.log(comparisonText(vendor, outcome.url, outcome.comparison));
    for (const line of noteLines(outcome.notes)) console.log(line);
    console.log(`wrote ${differencesFile(vendor)}`);
    return 1;
  }
  for (const line of noteLines(outcome.notes)) console.log(line);
  try {
    write(root, generate(root));
  } catch (error) {
    outcome.undo();
    throw error;
  }
  await writeDocuments(root).catch((error: Error) => console.log(`decide ${error.message}`));
  const report = measure(root, vendor, values);
  console.log(markdown(report));
  const changeset = await writeChangeset(root, report);
  console.log(`wrote ${outcome.file}, packages/${vendor}${changeset ? `, ${changeset}` : ""}`);
  return leftToDo(root, vendor) ? 1 : 0;
}

/** Says what a person has to do before this can be released; whether there is anything. */
function leftToDo(root: string, vendor: string): boolean {
  const decisions = checkProvider(root, vendor);
  for (const problem of decisions) console.log(`decide ${asked(problem)}`);
  if (decisions.length > 0) console.log(`\nCore needs an answer: pnpm specs:accept ${vendor}`);
  const { ok, text } = lintSpecs(root, [vendor]);
  if (!ok)
    console.log(`\nTo be corrected in specs/${vendor}/overlay.yaml (pnpm specs:lint ${vendor}):\n${text}`);
  return decisions.length > 0 || !ok;
}

process.exitCode = await main().catch((error: Error) => {
  console.error(`specs:pull failed: ${error.message}`);
  return 2;
});
