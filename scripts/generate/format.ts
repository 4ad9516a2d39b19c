/** Generated TypeScript goes through the repository's formatter, so that a diff shows meaning and not line breaks. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Returns `files` with their TypeScript formatted, and its imports sorted, by Biome under the root's settings. `schema.ts` stays as it came. */
export function formatted(root: string, files: Map<string, string>): Map<string, string> {
  const sources = [...files].filter(([file]) => file.endsWith(".ts") && !file.endsWith("/schema.ts"));
  const folder = mkdtempSync(join(tmpdir(), "convo-regen-"));
  try {
    for (const [file, text] of sources) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const { formatter } = JSON.parse(readFileSync(join(root, "biome.json"), "utf8")) as { formatter: object };
    writeFileSync(
      join(folder, "biome.json"),
      JSON.stringify({ root: true, formatter, linter: { enabled: false } }),
    );
    const biome = join(root, "node_modules", "@biomejs", "biome", "bin", "biome");
    const run = spawnSync(process.execPath, [biome, "check", "--write", "."], {
      cwd: folder,
      encoding: "utf8",
    });
    if (run.status !== 0) throw new Error(`the formatter refused generated code: ${run.stderr}`);
    const result = new Map(files);
    for (const [file] of sources) result.set(file, readFileSync(join(folder, file), "utf8"));
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
