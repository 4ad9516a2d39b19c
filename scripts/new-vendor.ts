/**
 * `pnpm vendor:new <name> [url|file] [--paths /a,/b] [--no-install]`: a new vendor from its spec, up to the decisions a person has to take.
 * Without a source, from a `specs/<name>/openapi.yaml` somebody wrote or corrected.
 *
 * Writes the spec folder (as specs:pull does), the generated package, the provider file with what names and types tell, a stateful
 * vendor for the sandbox, facts for the wire tests, a subject of the contract, and a changeset. Nothing is left when it fails.
 * Exit codes: 0 done (decisions are listed with file and line), 2 failure.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { writeChangeset } from "./diff/changeset.ts";
import { measure } from "./diff/measure.ts";
import { loadSpec } from "./generate/spec.ts";
import { scaffold } from "./new/scaffold.ts";
import { pull } from "./pull/pull.ts";
import { wishesOf } from "./pull/surface.ts";
import { generate, write } from "./regen.ts";

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    allowNegative: true,
    options: {
      paths: { type: "string" },
      server: { type: "string" },
      auth: { type: "string" },
      install: { type: "boolean" },
      root: { type: "string" },
    },
  });
  const root = values.root ?? join(import.meta.dirname, "..");
  const [vendor = "", source] = positionals;
  check(root, vendor, source);
  const home = join(root, "specs", vendor);
  const isNew = !existsSync(home);
  try {
    mkdirSync(home, { recursive: true });
    const today = new Date().toISOString().slice(0, 10);
    if (source) await pull(root, vendor, source, wishesOf(values), today);
    create(root, vendor);
  } catch (error) {
    if (isNew) rmSync(home, { recursive: true });
    throw error;
  }
  if (values.install !== false) install(root);
  console.log(`\nNext: pnpm specs:lint && pnpm regen && pnpm types && pnpm unit packages -t ${vendor}`);
}

function check(root: string, vendor: string, source: string | undefined): void {
  if (!/^[a-z][a-z0-9]*$/.test(vendor))
    throw new Error(`"${vendor}" is no name (one lowercase word): pnpm vendor:new <name> <url|file>`);
  if (existsSync(join(root, `packages/core/src/providers/${vendor}.ts`)))
    throw new Error(
      `core has ${vendor} already; its spec is brought up to date by: pnpm specs:pull ${vendor}`,
    );
  if (existsSync(join(root, "packages", vendor, "package.json")) && !existsSync(join(root, "specs", vendor)))
    throw new Error(`packages/${vendor} is another package's folder: choose another name`);
  if (!source && !existsSync(join(root, "specs", vendor, "openapi.yaml")))
    throw new Error(`from which spec? pnpm vendor:new ${vendor} <url|file>`);
}

/** Everything is made before anything is written. */
function create(root: string, vendor: string): void {
  const { spec } = loadSpec(join(root, "specs"), vendor);
  const generated = generate(root);
  const { files, decisions } = scaffold(
    root,
    vendor,
    spec,
    readFileSync(join(root, "specs", vendor, "openapi.yaml"), "utf8"),
  );
  write(root, generated);
  for (const [file, text] of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  announce(root, vendor, spec["x-convo"].displayName);
  const folders = [`specs/${vendor}`, `packages/${vendor}`, `.changeset/spec-${vendor}.md`];
  for (const file of [...folders, ...files.keys()]) console.log(`wrote    ${file}`);
  for (const one of decisions) console.log(`decide   ${one}`);
}

/** A new package, and core can do more: both are a minor, whatever their version. */
function announce(root: string, vendor: string, display: string): void {
  const file = join(root, ".changeset", `spec-${vendor}.md`);
  const front = `---\n"@convo/${vendor}": minor\n"@convo/core": minor\n---\n`;
  writeFileSync(file, `${front}\nA new vendor: ${display}.\n`);
  writeChangeset(root, measure(root, vendor));
}

/** Links the new package into core, which is what makes it importable. */
function install(root: string): void {
  const run = spawnSync("pnpm", ["install", "--no-frozen-lockfile"], { cwd: root, encoding: "utf8" });
  if (run.status === 0) return;
  throw new Error(
    `everything is written, but pnpm install failed; run it by hand: ${run.stderr || run.stdout}`,
  );
}

process.exitCode = await main().then(
  () => 0,
  (error: Error) => {
    console.error(`vendor:new failed: ${error.message}`);
    return 2;
  },
);
