/**
 * `pnpm vendor:new <name> [url|file] [--paths /a,/b] [--server URL] [--auth KIND] [--overlay FILE] [--no-install]`: a new vendor from its
 * document, up to the decisions a person has to take. Without a source, from a `specs/<name>/openapi.yaml` somebody wrote or corrected.
 *
 * Writes the spec folder (as specs:pull does), the generated package, the provider file with what names and types tell, a test of it that
 * passes the contract of providers, and a changeset. What was left out, mended or guessed is printed, with the overlay that mends the rest;
 * `--overlay` applies such a file. An API without an update gets a client only. Nothing is left when it fails.
 * Exit codes: 0 done (decisions are listed with file and line), 2 failure.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Spec } from "./generate/openapi.ts";
import { loadSpec } from "./generate/spec.ts";
import { type Scaffold, scaffold } from "./new/scaffold.ts";
import { type Note, noteLines, overlayText } from "./pull/note.ts";
import { keep, pull, UPSTREAM_OVERLAY } from "./pull/pull.ts";
import { type Wishes, wishesOf } from "./pull/surface.ts";
import { generate, writeFiles } from "./regen.ts";

/** What a new vendor came to. */
export interface NewVendor extends Scaffold {
  spec: Spec;
  notes: readonly Note[];
}

/**
 * Reads a vendor's document, and writes all that a vendor begins with once every part of it is made.
 *
 * @param source URL or file; without one there has to be a spec
 * @param overlay file with corrections to the vendor's document
 * @throws Error, with everything as it was, when nothing can be made of the document
 */
export async function newVendor(
  root: string,
  vendor: string,
  source: string | undefined,
  wishes: Wishes = {},
  overlay?: string,
): Promise<NewVendor> {
  check(root, vendor, source);
  const home = join(root, "specs", vendor);
  const isNew = !existsSync(home);
  const files = ["openapi.yaml", "source.json", UPSTREAM_OVERLAY].map((file) => join(home, file));
  const undo = keep(...files);
  try {
    mkdirSync(home, { recursive: true });
    if (overlay) copyFileSync(overlay, join(home, UPSTREAM_OVERLAY));
    const today = new Date().toISOString().slice(0, 10);
    const outcome = source ? await pull(root, vendor, source, wishes, today) : undefined;
    const { spec } = loadSpec(join(root, "specs"), vendor);
    const document = readFileSync(join(home, "openapi.yaml"), "utf8");
    const made = scaffold(root, vendor, spec, document);
    const generated = generate(root, [vendor]);
    const changeset = [changesetFile(vendor), changesetText(vendor, spec, made)] as const;
    writeFiles(root, new Map([...generated, ...made.files, changeset]));
    return { ...made, spec, notes: outcome?.state === "changed" ? outcome.notes : [] };
  } catch (error) {
    undo();
    if (isNew) rmSync(home, { recursive: true });
    throw error;
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    allowNegative: true,
    options: {
      paths: { type: "string" },
      server: { type: "string" },
      auth: { type: "string" },
      overlay: { type: "string" },
      install: { type: "boolean" },
      root: { type: "string" },
    },
  });
  const root = values.root ?? join(import.meta.dirname, "..");
  const [vendor = "", source] = positionals;
  const made = await newVendor(root, vendor, source, wishesOf(values), values.overlay);
  report(vendor, made);
  if (values.install !== false) install(root);
  const test = [...made.files.keys()].find((file) => file.endsWith(`/${vendor}.test.ts`));
  console.log(
    `\nNext: pnpm specs:lint && pnpm regen && pnpm types${test === undefined ? "" : ` && pnpm unit ${test}`}`,
  );
}

function check(root: string, vendor: string, source: string | undefined): void {
  if (!/^[a-z][a-z0-9]*$/.test(vendor))
    throw new Error(`"${vendor}" cannot be a name (one lowercase word): pnpm vendor:new <name> <url|file>`);
  if (existsSync(join(root, `packages/core/src/providers/${vendor}.ts`)))
    throw new Error(
      `core has ${vendor} already; its spec is brought up to date by: pnpm specs:pull ${vendor}`,
    );
  if (existsSync(join(root, "packages", vendor, "package.json")) && !existsSync(join(root, "specs", vendor)))
    throw new Error(`packages/${vendor} is another package's folder: choose another name`);
  if (!source && !existsSync(join(root, "specs", vendor, "openapi.yaml")))
    throw new Error(`from which document? pnpm vendor:new ${vendor} <url|file>`);
}

function report(vendor: string, { notes, files, decisions }: NewVendor): void {
  for (const line of noteLines(notes)) console.log(line);
  const folders = [`specs/${vendor}/`, `packages/${vendor}/`];
  const others = [`packages/sandbox/specs/${vendor}.json`, changesetFile(vendor)];
  for (const file of [...folders, ...others, ...files.keys()]) console.log(`wrote    ${file}`);
  for (const decision of decisions) console.log(`decide   ${decision}`);
  const overlay = overlayText(notes);
  if (overlay)
    console.log(
      `\nTo mend what was left out, correct this and save it as specs/${vendor}/${UPSTREAM_OVERLAY} (or pass it: --overlay):\n\n${overlay}`,
    );
}

const changesetFile = (vendor: string): string => `.changeset/spec-${vendor}.md`;

/** A new package, and core can do more: both are a minor, whatever their version. */
function changesetText(vendor: string, spec: Spec, { files }: Scaffold): string {
  const core = files.size > 0 ? '"@convo/core": minor\n' : "";
  return `---\n"@convo/${vendor}": minor\n${core}---\n\nA new vendor: ${spec["x-convo"].displayName}.\n`;
}

/** Links the new package into core, which is what makes it importable. */
function install(root: string): void {
  const run = spawnSync("pnpm", ["install", "--no-frozen-lockfile"], { cwd: root, encoding: "utf8" });
  if (run.status === 0) {
    console.log("wrote    pnpm-lock.yaml");
    return;
  }
  throw new Error(
    `everything is written, but pnpm install failed; run it by hand: ${run.stderr || run.stdout}`,
  );
}

if (import.meta.main)
  process.exitCode = await main().then(
    () => 0,
    (error: Error) => {
      console.error(`vendor:new failed: ${error.message}`);
      return 2;
    },
  );
