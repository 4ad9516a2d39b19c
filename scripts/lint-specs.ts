/**
 * `pnpm specs:lint [<vendor>...]`: every spec under the strict rules of redocly.yaml, all vendors in one run.
 * The overlay is applied first, so what is linted is what is generated from. In a document that was extracted from a vendor's own, what
 * generation does not rely on is counted and does not fail: it is the vendor's to mend.
 * Exit codes: 0 clean, 1 something is wrong with a spec, 2 failure.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { stringify } from "yaml";
import { checkVendor, loadSpec, vendorNames } from "./generate/spec.ts";
import { isExtracted } from "./pull/pull.ts";

/** Rules whose breach would break what is generated; they fail for every document. */
const GENERATION_RULES = new Set([
  "no-identical-paths",
  "no-unresolved-refs",
  "operation-operationId",
  "operation-operationId-unique",
  "path-declaration-must-exist",
  "path-parameters-defined",
  "security-defined",
]);

/** What the linter says of vendors' specs, and whether all of them pass. */
export function lintSpecs(root: string, vendors: readonly string[]): { ok: boolean; text: string } {
  const folder = mkdtempSync(join(tmpdir(), "convo-lint-"));
  try {
    const documents = vendors.map((vendor) => prepare(root, vendor, folder));
    const readable = documents.filter(({ error }) => error === undefined);
    const problems = readable.length > 0 ? problemsIn(readable.map(({ file }) => file)) : [];
    const texts = documents.flatMap((document) => report(document, problems));
    const faults = texts.filter(({ fails }) => fails).length;
    const summary = `${vendors.length} spec(s), ${faults === 0 ? "all clean" : `${faults} with faults`}`;
    return { ok: faults === 0, text: [...texts.map(({ text }) => text).filter(Boolean), summary].join("\n") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Document {
  vendor: string;
  /** The vendor's own file, so that places are true; a corrected copy where there is an overlay. */
  file: string;
  /** Whether it was made from the vendor's own document. */
  extracted: boolean;
  notes: readonly string[];
  /** Why it cannot be generated from. It is not shown to the linter then, which would follow what it refers to. */
  error?: string;
}

function prepare(root: string, vendor: string, folder: string): Document {
  const own = join(root, "specs", vendor, "openapi.yaml");
  const base = { vendor, file: own, extracted: isExtracted(readFileSync(own, "utf8")), notes: [] };
  try {
    const { spec, notes = [] } = loadSpec(join(root, "specs"), vendor);
    if (!existsSync(join(root, "specs", vendor, "overlay.yaml"))) return base;
    const file = join(folder, `${vendor}.yaml`);
    writeFileSync(file, stringify(spec, { aliasDuplicateObjects: false }));
    return { ...base, file, notes };
  } catch (error) {
    return { ...base, error: (error as Error).message };
  }
}

/** One thing the linter found. */
interface Problem {
  ruleId: string;
  message: string;
  location: { source: { ref: string }; pointer?: string; start?: { line: number } }[];
}

function problemsIn(files: readonly string[]): Problem[] {
  const cli = join(
    dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")),
    "bin",
    "cli.js",
  );
  const config = join(import.meta.dirname, "redocly.yaml");
  const options = ["--config", config, "--format", "json", "--max-problems", "100000"];
  const run = spawnSync(process.execPath, [cli, "lint", ...options, ...files], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  });
  // Where there is nothing to report it prints no JSON.
  if (run.status === 0) return [];
  try {
    // One object for each file, one after the other.
    const texts = run.stdout.split(/(?<=^\})(?=\{)/m);
    return texts.flatMap((text) => (JSON.parse(text) as { problems: Problem[] }).problems);
  } catch {
    throw new Error(`the linter failed: ${run.stderr.trim() || run.stdout.slice(0, 500)}`);
  }
}

/** What is said of one document: every fault with its place, the vendor's own slips as counts. */
function report(
  { vendor, file, extracted, notes, error }: Document,
  all: readonly Problem[],
): { fails: boolean; text: string }[] {
  if (error !== undefined) return [{ fails: true, text: error }];
  const suffix = `${basename(dirname(file))}/${basename(file)}`;
  const problems = all.filter(({ location }) => location[0]?.source.ref.endsWith(suffix));
  const isFault = ({ ruleId }: Problem): boolean => !extracted || GENERATION_RULES.has(ruleId);
  const faults = problems.filter(isFault).map(({ ruleId, message, location: [place] }) => {
    const line = place?.start ? `:${place.start.line}` : "";
    return `specs/${vendor}/openapi.yaml${line} ${place?.pointer ?? ""}\n  ${ruleId}: ${message}`;
  });
  const slips = new Map<string, number>();
  for (const { ruleId } of problems.filter((one) => !isFault(one)))
    slips.set(ruleId, (slips.get(ruleId) ?? 0) + 1);
  const counts = [...slips].map(([rule, count]) => `${rule} ${count}`).join(", ");
  const lines = [
    ...faults,
    ...notes.map((note) => `specs/${vendor}/overlay.yaml: ${note}`),
    ...(counts ? [`${vendor}: slips of the vendor's own document, left as they are: ${counts}`] : []),
  ];
  return [{ fails: faults.length > 0, text: lines.join("\n") }];
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
