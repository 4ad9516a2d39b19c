/** The lines that make a new vendor known where vendors are listed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Spec } from "../generate/spec.ts";
import { auth } from "../generate/vendor.ts";
import { keyOf } from "./code.ts";
import type { Seed } from "./conversation.ts";
import type { Draft } from "./record.ts";
import { failure } from "./replies.ts";
import type { Routes } from "./routes.ts";

/** An insertion: after (or instead of the end of) the first match of `at`. */
interface Line {
  file: string;
  at: RegExp;
  insert: string;
}

/** The files with their lines in, path -> text. Throws naming the file when one has not the form it should. */
export function wire(root: string, vendor: string, lines: readonly Line[]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { file, at, insert } of lines) {
    const old = texts.get(file) ?? readFileSync(join(root, file), "utf8");
    const found = at.exec(old);
    if (!found)
      throw new Error(`${file}: nothing matches ${at.source}, so ${vendor} cannot be entered there`);
    const end = found.index + found[0].length;
    texts.set(file, old.slice(0, end) + insert + old.slice(end));
  }
  return texts;
}

/** Where every vendor is entered. A subject of the contract and the facts of the wire tests are among them. */
export function wiring(vendor: string, spec: Spec, routes: Routes, seed: Seed, draft: Draft): Line[] {
  const facts = "packages/core/test/wire/facts/index.ts";
  const rules = "packages/sandbox/src/vendors/index.ts";
  const contract = "packages/core/test/providers.test.ts";
  return [
    {
      file: "packages/core/src/providers/index.ts",
      at: /^/,
      insert: `export { ${vendor} } from "./${vendor}.ts";\n`,
    },
    { file: "packages/sandbox/src/engine/types.ts", at: /const VENDORS = \[/, insert: `${quoted(vendor)}, ` },
    { file: rules, at: /(^import .*\n)+/m, insert: `import { ${vendor} } from "./${vendor}/index.ts";\n` },
    { file: rules, at: /VendorRules>> = \{\n/, insert: `  ${vendor},\n` },
    {
      file: "packages/sandbox/test/fuzz.test.ts",
      at: /const IDS: [^=]*= \{\n/,
      insert: `  ${vendor}: [${quoted(String(seed.id))}, "none"],\n`,
    },
    {
      file: "packages/sandbox/test/sandbox.test.ts",
      at: /const REFUSALS: [^=]*= \{\n/,
      insert: `  ${vendor}: ${failure(spec, routes, "expect.any(String)")},\n`,
    },
    { file: facts, at: /(^import .*\n)+/m, insert: `import { ${vendor} } from "./${vendor}.ts";\n` },
    { file: facts, at: /const vendors: [^=]*= \[/, insert: `${vendor}, ` },
    { file: contract, at: /^import \{\n(?=[^}]*createConvo)/m, insert: `  ${vendor},\n` },
    { file: contract, at: /const subjects: [^=]*= \{\n/, insert: subject(vendor, spec, routes, seed, draft) },
  ];
}

interface Manifest {
  exports: Record<string, string>;
  publishConfig: { exports: Record<string, { types: string; default: string }> };
  dependencies: Record<string, string>;
}

/** Core's manifest with the new package among its dependencies, in order, and the provider as an entry of its own. */
export function manifest(root: string, vendor: string): [file: string, text: string] {
  const file = "packages/core/package.json";
  const data = JSON.parse(readFileSync(join(root, file), "utf8")) as Manifest;
  const all = Object.entries({ ...data.dependencies, [`@convo/${vendor}`]: "workspace:^" });
  data.dependencies = Object.fromEntries(all.sort(([one], [other]) => (one < other ? -1 : 1)));
  const entry = `./${vendor}`;
  data.exports[entry] = `./src/providers/${vendor}.ts`;
  const dist = `./dist/providers/${vendor}`;
  data.publishConfig.exports[entry] = { types: `${dist}.d.ts`, default: `${dist}.js` };
  return [file, `${JSON.stringify(data, null, 2)}\n`];
}

/** How an update has to arrive, for the contract that every provider passes. */
function subject(vendor: string, spec: Spec, { update }: Routes, seed: Seed, draft: Draft): string {
  const { pathname } = new URL(spec.servers[0]?.url ?? "", "http://server");
  const others = update.pathParameters
    .slice(0, -1)
    .map(({ name }) => `${keyOf(name)}: ${quoted(`${name}-1`)}`);
  const make = others.length > 0 ? `(options) => ${vendor}({ ...options, ${others.join(", ")} })` : vendor;
  const ids = [...update.pathParameters.slice(0, -1).map(({ name }) => `${name}-1`), seed.id];
  const path = update.path.replaceAll(/\{[^{}]+\}/g, () => String(ids.shift()));
  const { header, prefix } = auth(spec);
  const headers = `{ ${keyOf(header.toLowerCase())}: /^${prefix || "(?!Bearer )"}/ }`;
  const { field, echo, maxKeys } = draft;
  const facts = [
    field ? `field: { name: ${quoted(field)}, value: "Invoice corrected" },` : "",
    echo ? "" : "echo: false,",
    maxKeys ? `maxKeys: ${maxKeys},` : "",
  ].filter(Boolean);
  return `  ${vendor}: subject(${make}, {
    id: ${quoted(seed.id)},
    missing: ${typeof seed.id === "number" ? 404404 : '"nobody"'},
    write: { method: ${quoted(update.method)}, path: ${quoted(`/${vendor}${pathname.replace(/\/+$/, "")}${path}`)}, headers: ${headers} },
    ${facts.join("\n    ")}
  }),\n`;
}

const quoted = (value: unknown): string => JSON.stringify(value);
