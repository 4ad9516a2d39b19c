import { existsSync, rmSync, writeFileSync } from "node:fs";
import type { JournalStore } from "@convo/core";
import { CliError, EXIT } from "./failure.ts";

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

/** Lines that an earlier run has tried in vain and does not try again, by their number among the updates, with the reason. */
export async function earlierFailures(journal: JournalStore): Promise<Map<number, string>> {
  const failures = new Map<number, string>();
  for await (const text of journal.read()) {
    if (!text.includes('"done":')) continue;
    let entry: { line?: number; done?: string; again?: boolean; error?: string } = {};
    try {
      entry = JSON.parse(text);
    } catch {
      // A damaged journal is refused by the run that opens it.
    }
    const { line, done, again, error = "" } = Object(entry) as typeof entry;
    if (line === undefined) continue;
    if (done === "failed" && !again) failures.set(line, error);
    else failures.delete(line);
  }
  return failures;
}
