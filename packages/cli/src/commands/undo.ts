import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import type { JournalStore, UndoResult, UpdateResult } from "@convo/core";
import type { Command } from "commander";
import { accountsWithKey, openAccounts } from "../accounts.ts";
import { readConfig } from "../config.ts";
import { CliError, EXIT, errorData } from "../failure.ts";
import { listenForInterrupt, sameCommand } from "../interrupt.ts";
import { markUndone } from "../journal.ts";
import { type AccountOptions, addAccountOptions, addExamples, wholeNumber } from "../options.ts";
import { describe, note, print, printJson, show } from "../output.ts";
import { showProgress } from "../progress.ts";
import { changeText, SHOWN, WarningTally } from "../view.ts";

interface Options extends AccountOptions {
  readonly concurrency?: number;
  readonly plan?: boolean;
}

/** `convo undo`. */
export function configure(command: Command): void {
  command
    .argument("<account>", 'vendor, or account of the config file; "all" for a run of `convo bulk all`')
    .argument("<file>", "the journal of a bulk run, or the output of `convo update --json`");
  addAccountOptions(command)
    .option("--concurrency <n>", "conversations at a time (default: 32)", wholeNumber(1, 1000))
    .option("--plan", "show what would be restored; send no write")
    .action(undo);
  addExamples(
    command,
    "convo undo openai updates.jsonl.journal --plan",
    "convo undo openai updates.jsonl.journal",
    "convo update agentsight 42 --set status=closed --json > result.json",
    "convo undo agentsight result.json",
  );
}

async function undo(name: string, file: string, options: Options): Promise<void> {
  const what = await readUndoable(file);
  const names = name === "all" ? await accountsWithKey(readConfig(options)) : [name];
  let hasWritten = false;
  const session = await openAccounts({ ...options, catalogue: false }, names, {
    // Before the first write leaves, so that a run that is killed is known as undone, too.
    onRequest({ kind }) {
      if (hasWritten || kind === "read" || !("close" in what)) return;
      hasWritten = true;
      markUndone(file);
    },
  });
  const interrupt = listenForInterrupt(
    options.plan ? "Nothing was sent." : `What is undone stays undone. To go on: ${sameCommand()}`,
    options.plan,
  );
  const how = {
    signal: interrupt.signal,
    ...(options.concurrency !== undefined && { concurrency: options.concurrency }),
    ...(options.plan && { dryRun: true }),
  };
  const counts: Record<UndoResult["status"], number> = {
    restored: 0,
    partly: 0,
    unchanged: 0,
    planned: 0,
    failed: 0,
  };
  let leftAlone = 0;
  let hidden = 0;
  const warned = new WarningTally();
  const endProgress = showProgress(() => ({
    done: total(counts),
    total: undefined,
    unit: "updates",
    text: `${counts.failed} failed`,
  }));
  const handle = name === "all" ? session.all : session.account(name);
  try {
    for await (const result of handle.undo(what as JournalStore, how)) {
      counts[result.status]++;
      if (result.status === "unchanged" && result.kept.length > 0) leftAlone++;
      tell(result, options);
      if (result.status !== "planned" || options.json) continue;
      warned.add(result.warnings ?? []);
      if (counts.planned <= SHOWN) print(plannedText(result));
      else hidden++;
    }
  } finally {
    endProgress();
    interrupt.end();
    if ("close" in what) await what.close();
  }
  const { restored, partly, unchanged, planned, failed } = counts;
  if (hidden > 0) note(`And ${hidden} more: --json prints all.`);
  if (`${warned}`) note(`Warnings: ${warned}. With --json each says what it is about.`);
  if (options.plan)
    note(
      `${planned} would be restored, ${leftAlone} left alone, ${unchanged - leftAlone} unchanged, ${failed} failed. Nothing was sent.`,
    );
  else
    note(
      `${restored} restored, ${partly} partly, ${leftAlone} left alone, ${unchanged - leftAlone} unchanged, ${failed} failed`,
    );
  if (failed > 0 && !process.exitCode) process.exitCode = EXIT.failed;
}

const plannedText = ({ provider, id, restores = [] }: UndoResult): string =>
  `${provider} ${show(id)}  ${restores.map(changeText).join(", ")}`;

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

function tell({ error, ...result }: UndoResult, { json }: Options): void {
  const { provider, id, status, kept } = result;
  if (json) printJson({ ...result, ...(error !== undefined && { error: errorData(error) }) });
  else if (status === "failed") note(`${provider} ${id}: ${describe(error)}`);
  else if (kept.length > 0)
    note(
      `${provider} ${id}: left alone, since it was changed afterwards or cannot be taken back: ${show(kept.join(", "))}`,
    );
}

/** The journal in a file, or the result of an update. */
async function readUndoable(
  file: string,
): Promise<(JournalStore & { close(): Promise<void> }) | UpdateResult> {
  const { isResult } = inspect(file);
  if (isResult) return JSON.parse(readFileSync(file, "utf8"));
  const { fileJournal } = await import("@convo/core/journal");
  return fileJournal(file);
}

/** Looks at the beginning of a file, so that one that is neither is refused before it is opened for writing. */
function inspect(file: string): { readonly isResult: boolean } {
  let start: string;
  try {
    const handle = openSync(file, "r");
    const buffer = Buffer.alloc(200);
    start = buffer.toString("utf8", 0, readSync(handle, buffer));
    closeSync(handle);
  } catch (error) {
    throw new CliError(`${file} cannot be read: ${(error as Error).message}.`);
  }
  if (start.startsWith('{"journal":')) return { isResult: false };
  if (/^\{"provider":/.test(start)) return { isResult: true };
  throw new CliError(
    `${file} is neither the journal of a bulk run nor the output of \`convo update --json\`.`,
  );
}
