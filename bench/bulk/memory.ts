import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, start } from "../child.ts";

/** The memory of a long run beside that of a short one. */
export interface MemoryRow {
  readonly part: "memory";
  readonly lines: number;
  /** The most the process held at any time, garbage included. */
  readonly megabytes: number;
  /** The heap at the end, without garbage. */
  readonly liveMegabytes: number;
  readonly bytesPerLine: number;
  readonly linesPerSecond: number;
  /** Memory to that of the short run. */
  readonly ratio: number;
  readonly goal: "met" | "missed" | "none";
}

interface Told {
  readonly updated: number;
  readonly megabytes: number;
  readonly liveMegabytes: number;
  readonly ms: number;
}

/** Runs a short and a long source, each in a process of its own. */
export async function runMemory(short: number, long: number): Promise<MemoryRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "convo-bench-memory-"));
  try {
    const rows: MemoryRow[] = [];
    for (const lines of [short, long]) {
      const journal = join(folder, `${lines}.jsonl`);
      const child = start(new URL("./memory-run.ts", import.meta.url).pathname, String(lines), journal);
      const { updated, megabytes, liveMegabytes, ms } = await ask<Told>(child);
      const ratio = megabytes / (rows[0]?.megabytes ?? megabytes);
      rows.push({
        part: "memory",
        lines,
        megabytes,
        liveMegabytes,
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
