/**
 * `pnpm regen`: specs -> whole packages, for every vendor in one run. `pnpm regen --check` writes nothing and fails when
 * a generated file is edited, missing or left over.
 *
 * Exit codes: 0 all is as generated, 1 drift (with --check), 2 the generator itself failed.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { misread } from "./generate/check.ts";
import { clientFile, header, indexFile, isMarked, typesFile } from "./generate/client.ts";
import { formatted } from "./generate/format.ts";
import { checkOutput } from "./generate/guard.ts";
import { rows } from "./generate/operations.ts";
import { packageFile, readmeFile, tsconfigFile } from "./generate/package.ts";
import { withoutProse } from "./generate/prose.ts";
import { loadSpec, type VendorSpec, vendorNames } from "./generate/spec.ts";
import { schemaFile } from "./generate/types.ts";
import { vendorFile } from "./generate/vendor.ts";
import { readProject } from "./release/manifest.ts";

/** Files a generated package keeps between runs: they belong to the release tool, or to a build. */
const KEPT = new Set(["CHANGELOG.md", "dist", "node_modules", ".turbo"]);

/** Everything generated for these vendors, by default all; path (from the root) -> text. Nothing is written. */
export function generate(root: string, vendors = vendorNames(join(root, "specs"))): Map<string, string> {
  const files = new Map<string, string>();
  for (const vendor of vendors) {
    const loaded = loadSpec(join(root, "specs"), vendor);
    for (const [file, text] of vendorFiles(root, loaded)) files.set(file, text);
  }
  const texts = formatted(root, files);
  checkOutput(texts);
  return texts;
}

function vendorFiles(root: string, loaded: VendorSpec): [string, string][] {
  const { vendor, spec } = loaded;
  const home = `packages/${vendor}`;
  try {
    const table = rows(spec);
    return [
      [
        `${home}/package.json`,
        packageFile(loaded, keptVersion(join(root, home, "package.json")), readProject(root)),
      ],
      [`${home}/tsconfig.json`, tsconfigFile()],
      [`${home}/README.md`, readmeFile(loaded, table)],
      [`${home}/src/schema.ts`, header(vendor) + schemaFile(spec)],
      [`${home}/src/vendor.ts`, vendorFile(loaded, table)],
      [`${home}/src/client.ts`, clientFile(loaded, table)],
      [`${home}/src/index.ts`, indexFile(loaded, table)],
      [`${home}/src/types.ts`, typesFile(loaded)],
      [`packages/sandbox/specs/${vendor}.json`, `${JSON.stringify(withoutProse(spec))}\n`],
    ];
  } catch (error) {
    throw misread(`specs/${vendor}/openapi.yaml`, error);
  }
}

function keptVersion(manifest: string): string {
  if (!existsSync(manifest)) return "0.0.0";
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}

/** Paths that differ between what is on disk and what is generated, each with what is wrong. */
export function drift(root: string, files: Map<string, string>): string[] {
  const found = [...files].flatMap(([file, text]) => {
    if (!existsSync(join(root, file))) return [`missing    ${file}`];
    return readFileSync(join(root, file), "utf8") === text ? [] : [`different  ${file}`];
  });
  return [...found, ...orphans(root, files).map((file) => `left over  ${file}`)];
}

/** Files in generated folders which no spec accounts for. A folder is wholly generated, so these are stale. */
function orphans(root: string, files: Map<string, string>): string[] {
  const homes = readdirSync(join(root, "packages"))
    .map((name) => `packages/${name}`)
    .filter((home) => isGenerated(root, home));
  return [...homes, "packages/sandbox/specs"]
    .flatMap((home) => walk(join(root, home)))
    .map((file) => relative(root, file))
    .filter((file) => !files.has(file));
}

/** Whether a package folder is the generator's, as its manifest or its data says; where both are gone, as any remnant says. */
function isGenerated(root: string, home: string): boolean {
  const known = ["package.json", "src/vendor.ts"].map((file) => join(root, home, file)).filter(existsSync);
  const files = known.length > 0 ? known : walk(join(root, home));
  return files.some((file) => isMarked(readFileSync(file, "utf8")));
}

function walk(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !KEPT.has(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)]));
}

/** Writes everything generated, and removes what is left over in generated folders. */
export function write(root: string, files: Map<string, string>): void {
  writeFiles(root, files);
  for (const file of orphans(root, files)) rmSync(join(root, file));
}

/** Writes files, by their paths from the root. */
export function writeFiles(root: string, files: ReadonlyMap<string, string>): void {
  for (const [file, text] of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

/** Brings the tables in documents up to date; returns the documents that were stale. */
async function documents(root: string, check: boolean): Promise<string[]> {
  const { capabilityDocs, commandDocs, measurementDocs, sandboxDocs } = await import("./docs.ts");
  const docs = [
    ...(await capabilityDocs(root)),
    ...(await sandboxDocs(root)),
    ...(await commandDocs(root)),
    ...measurementDocs(root),
  ];
  const stale = docs.filter(
    ([file, text]) => !existsSync(join(root, file)) || readFileSync(join(root, file), "utf8") !== text,
  );
  if (!check) for (const [file, text] of stale) writeFileSync(join(root, file), text);
  return stale.map(([file]) => `different  ${file}`);
}

/** Brings the documents written from core's records up to date; throws when core does not load. */
export const writeDocuments = async (root: string): Promise<void> => void (await documents(root, false));

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { check: { type: "boolean" }, root: { type: "string" } } });
  const root = values.root ?? join(import.meta.dirname, "..");
  const files = generate(root);
  const stale = drift(root, files);
  if (!values.check) write(root, files);
  // Last, because the records it reads import the packages just written; on stale ones they may not even load.
  if (!values.check || stale.length === 0) stale.push(...(await documents(root, values.check === true)));
  console.log(stale.length === 0 ? `${files.size} generated files, all as the specs say` : stale.join("\n"));
  if (stale.length === 0 || !values.check) return 0;
  console.error(
    `\n${stale.length} generated file(s) differ from the specs. Run \`pnpm regen\` and commit the result.`,
  );
  return 1;
}

if (import.meta.main) {
  process.exitCode = await main().catch((error: Error) => {
    console.error(`regen failed: ${error.message}`);
    return 2;
  });
}
