import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, start } from "../child.ts";

/** The memory of a long run beside that of a short one. */
export interface MemoryRow {
  readonly part: "memory";
  readonly lines: number;
  readonly megabytes: number;
  readonly bytesPerLine: number;
  readonly linesPerSecond: number;
  /** Memory to that of the short run. */
  readonly ratio: number;
  readonly goal: "met" | "missed" | "none";
}

/** Runs a short and a long source, each in a process of its own. */
export async function runMemory(short: number, long: number): Promise<MemoryRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "convo-bench-memory-"));
  try {
    const rows: MemoryRow[] = [];
    for (const lines of [short, long]) {
      const journal = join(folder, `${lines}.jsonl`);
      const child = start(new URL("./memory-run.ts", import.meta.url).pathname, String(lines), journal);
      const { updated, megabytes, ms } = await ask<{ updated: number; megabytes: number; ms: number }>(child);
      const ratio = megabytes / (rows[0]?.megabytes ?? megabytes);
      rows.push({
        part: "memory",
        lines,
        megabytes,
        bytesPerLine: statSync(journal).size / lines,
        linesPerSecond: (lines * 1000) / ms,
        ratio,
        goal: rows.length === 0 ? "none" : updated === lines && ratio <= 1.5 ? "met" : "missed",
      });
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
