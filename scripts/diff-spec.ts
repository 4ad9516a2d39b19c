/**
 * `pnpm specs:diff <vendor>... [--base <file|revision>] [--since <revision>] [--json] [--all] [--write] [--check] [--generated]`: what changed since the last
 * release, rated for a caller. Without a vendor, all of them.
 *
 * A long report is cut to what a pull request holds; --all prints every change. --since is the base of a vendor that was never released. --write writes `.changeset/spec-<vendor>.md`; --check fails when the changesets declare less than was measured;
 * --generated also measures the generator: its output at the base against its output now.
 * Exit codes: 0 fine, 1 a declared bump is too small (with --check), 2 failure.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { RATINGS } from "./diff/change.ts";
import { allDeclared, writeChangeset } from "./diff/changeset.ts";
import { measure } from "./diff/measure.ts";
import { markdown, type Report } from "./diff/report.ts";
import { vendorNames } from "./generate/spec.ts";

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      base: { type: "string" },
      since: { type: "string" },
      json: { type: "boolean" },
      all: { type: "boolean" },
      write: { type: "boolean" },
      check: { type: "boolean" },
      generated: { type: "boolean" },
      root: { type: "string" },
    },
  });
  const root = values.root ?? join(import.meta.dirname, "..");
  const vendors = positionals.length > 0 ? positionals : vendorNames(join(root, "specs"));
  const reports: Report[] = [];
  for (const vendor of vendors) reports.push(measure(root, vendor, values));
  if (values.json) console.log(JSON.stringify(reports, null, 2));
  else for (const report of reports) console.log(markdown(report, values.all ? Infinity : undefined));
  for (const report of values.write ? reports : []) {
    const file = await writeChangeset(root, report);
    if (file) console.error(`wrote ${file}`);
  }
  const changed = reports.filter(({ rating }) => rating !== "none").map(({ vendor }) => vendor);
  if (changed.length > 0 && !values.write && !values.check && !values.json)
    console.error(`To write the changeset: pnpm specs:diff ${changed.join(" ")} --write`);
  return values.check ? check(root, reports) : 0;
}

/** A release smaller than what it holds would reach callers as a surprise. */
function check(root: string, reports: Report[]): number {
  const declared = allDeclared(root);
  const short = reports
    .flatMap(({ bumps }) => Object.entries(bumps))
    .filter(([name, bump]) => RATINGS.indexOf(declared.get(name) ?? "none") < RATINGS.indexOf(bump));
  for (const [name, bump] of short)
    console.error(
      `${name} needs a ${bump}, the changesets declare ${declared.get(name) ?? "none"}: run \`pnpm specs:diff --write\``,
    );
  return short.length === 0 ? 0 : 1;
}

process.exitCode = await main().catch((error: Error) => {
  console.error(`specs:diff failed: ${error.message}`);
  return 2;
});
