/**
 * `node bench/regen/scale.ts large|many <root>`: one measurement in a process of its own, as JSON: milliseconds of wall clock and of CPU, and
 * megabytes at the highest.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { diffSpecs } from "../../scripts/diff/diff.ts";
import { parseSpec } from "../../scripts/generate/parse.ts";
import { specFrom } from "../../scripts/generate/spec.ts";
import { surfaceOf } from "../../scripts/pull/surface.ts";
import { generate, write } from "../../scripts/regen.ts";
import { largeDocument } from "./large.ts";

const LARGE = { operations: 1000, bytes: 15_000_000 };
const VENDORS = 50;

const [what, root = ""] = process.argv.slice(2);
const run = what === "large" ? large(root) : many(root);
const [start, cpu] = [performance.now(), process.cpuUsage()];
run();
const { user, system } = process.cpuUsage(cpu);
console.log(
  JSON.stringify({
    ms: Math.round(performance.now() - start),
    cpuMs: Math.round((user + system) / 1000),
    megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);

/** A document of 15 MB and 1,000 operations: read, generated from, and compared with the one before. */
function large(folder: string): () => void {
  const texts = [false, true].map((isChanged) => largeDocument({ ...LARGE, isChanged }));
  return () => {
    const [before, after] = texts.map((text) => {
      const document = parseSpec(text, "large") as Record<string, unknown>;
      const surface = surfaceOf("large", document, undefined, { paths: ["/conversations"] });
      return JSON.stringify(surface.document);
    }) as [string, string];
    mkdirSync(join(folder, "specs", "large"), { recursive: true });
    writeFileSync(join(folder, "specs", "large", "openapi.yaml"), after);
    write(folder, generate(folder));
    const changes = diffSpecs(specFrom("large", before), specFrom("large", after));
    if (changes.length === 0) throw new Error("nothing was found");
  };
}

/** Fifty vendors, each with Letta's spec, which is of middle size. */
function many(folder: string): () => void {
  const letta = readFileSync(join(folder, "specs", "letta", "openapi.yaml"));
  for (let index = 0; index < VENDORS; index += 1) {
    const name = `vendor${String.fromCharCode(97 + Math.floor(index / 26), 97 + (index % 26))}`;
    mkdirSync(join(folder, "specs", name));
    writeFileSync(join(folder, "specs", name, "openapi.yaml"), letta);
  }
  return () => write(folder, generate(folder));
}
