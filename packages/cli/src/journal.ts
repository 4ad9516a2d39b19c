import { existsSync, rmSync, writeFileSync } from "node:fs";
import type { JournalStore } from "@convo/core";
import { CliError, EXIT } from "./failure.ts";
import { LineTable } from "./line-table.ts";

const markOf = (journalFile: string): string => `${journalFile}.undone`;

/** Writes down beside a journal that its run was taken back. */
export function markUndone(journalFile: string): void {
  writeFileSync(markOf(journalFile), "", { mode: 0o600 });
}

/** Throws `CliError` for a journal whose run was taken back: its lines would count as done, and are not. */
export function assertNotUndone(journalFile: string): void {
  const mark = markOf(journalFile);
  if (!existsSync(mark)) return;
  if (existsSync(journalFile))
    throw new CliError(
      `The run of ${journalFile} was undone, wholly or in part. Nothing was sent. To send the file again, delete ${journalFile} first.`,
      EXIT.conflict,
    );
  rmSync(mark);
}

/** What an earlier run has done, by the number of the update. */
export interface EarlierRun {
  /** Whether there was one. */
  readonly found: boolean;
  /** Lines that it tried in vain and that are not tried again, with the reason. */
  readonly failures: ReadonlyMap<number, string>;
  /** What became of a line that needs nothing more. */
  statusOf(line: number): (typeof STATUSES)[number];
}

const STATUSES = [undefined, "updated", "unchanged", "failed"] as const;

/** Reads what a journal says of an earlier run. */
export async function readEarlierRun(journal: JournalStore): Promise<EarlierRun> {
  const failures = new Map<number, string>();
  const statuses = new LineTable();
  let found = false;
  for await (const text of journal.read()) {
    if (!text.includes('"done":')) continue;
    let entry: { line?: number; done?: (typeof STATUSES)[number]; again?: boolean; error?: string } = {};
    try {
      entry = JSON.parse(text);
    } catch {
      // A damaged journal is refused by the run that opens it.
    }
    const { line, done, again, error = "" } = Object(entry) as typeof entry;
    if (line === undefined) continue;
    found = true;
    if (done === "failed" && !again) failures.set(line, error);
    else failures.delete(line);
    statuses.set(line, again ? 0 : Math.max(0, STATUSES.indexOf(done)));
  }
  return { found, failures, statusOf: (line) => STATUSES[statuses.get(line)] };
}
