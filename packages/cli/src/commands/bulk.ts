import { existsSync, realpathSync } from "node:fs";
import { basename, resolve } from "node:path";
import type { BulkProgress, BulkResult, BulkRun, Plan, UpdateResult } from "@convo/core";
import type { Command } from "commander";
import { accountsWithKey, openAccounts, type Session, withIds } from "../accounts.ts";
import { readConfig } from "../config.ts";
import { CliError, EXIT, errorData, exitCodeOf } from "../failure.ts";
import { listenForInterrupt, sameCommand } from "../interrupt.ts";
import { assertNotUndone, readEarlierRun } from "../journal.ts";
import {
  type AccountOptions,
  addAccountOptions,
  addExamples,
  choice,
  pair,
  wholeNumber,
} from "../options.ts";
import { describe, note, print, printable, show } from "../output.ts";
import { duration, showProgress } from "../progress.ts";
import { openResults } from "../results.ts";
import type { SourceLine } from "../source/line.ts";
import { openSource } from "../source/source.ts";
import { changesIn, changeText, nativeTexts, SHOWN, WarningTally } from "../view.ts";

interface Options extends AccountOptions {
  readonly column?: Readonly<Record<string, string>>;
  readonly journal?: string;
  readonly results?: string;
  readonly concurrency?: number;
  readonly plan?: boolean;
  readonly stopOnError?: boolean;
  readonly merge?: "shallow" | "deep" | "replace";
  readonly unsupported?: "error" | "skip" | "metadata";
}

/** `convo bulk`. */
export function configure(command: Command): void {
  command
    .argument(
      "<account>",
      'vendor, or account of the config file; "all" for lines with { "ids": { account: id } }',
    )
    .argument("<file>", "updates.jsonl with lines { id, changes }, or updates.csv with a header");
  addAccountOptions(command)
    .option(
      "--column <header=what>",
      "what a CSV column is: id, name, metadata.key, metadata.key:number; may be repeated",
      pair,
    )
    .option(
      "--journal <file>",
      "where the run is written down, to go on and to undo (default: <file>.journal)",
    )
    .option(
      "--results <file>",
      "append one line of JSON for each update to this file (with --json: standard output)",
    )
    .option("--concurrency <n>", "updates at a time (default: 32)", wholeNumber(1, 1000))
    .option("--plan", "show what each line would change; send no write")
    .option("--stop-on-error", "begin nothing more after the first line that fails")
    .addOption(
      choice("--merge <how>", "how metadata meets what is there (default: shallow)", [
        "shallow",
        "deep",
        "replace",
      ]),
    )
    .addOption(
      choice("--unsupported <what>", "a field that the vendor lacks (default: error)", [
        "error",
        "skip",
        "metadata",
      ]),
    )
    .action(bulk);
  addExamples(
    command,
    "convo bulk openai updates.jsonl --plan",
    "convo bulk openai updates.jsonl --results results.jsonl",
    "convo bulk agentsight tickets.csv --column 'Ticket=id' --column 'Priority=metadata.priority:number'",
    "convo undo openai updates.jsonl.journal",
  );
}

async function bulk(name: string, file: string, options: Options): Promise<void> {
  const several = name === "all";
  const source = await openSource(file, { columns: options.column, several });
  const names = several ? await accountsWithKey(readConfig(options)) : [name];
  const session = await openAccounts({ ...options, catalogue: false }, names);
  const journalFile = options.journal ?? `${file}.journal`;
  for (const other of [file, journalFile])
    if (options.results !== undefined && isSameFile(options.results, other))
      throw new CliError(`--results is ${other} itself: give the results a file of their own.`);
  const { fileJournal } = await import("@convo/core/journal");
  if (!options.plan) assertNotUndone(journalFile);
  const journal = options.plan ? undefined : fileJournal(journalFile);
  const earlier =
    journal && (await readEarlierRun(journal).catch((error) => throwUnopened(journalFile, error)));
  const output = await openResults(options, earlier?.found ?? false);
  const tally: Tally = {
    failedBefore: 0,
    again: 0,
    skipped: { updated: 0, unchanged: 0 },
    notSent: 0,
    leftOut: 0,
    shown: 0,
    warned: new WarningTally(),
  };
  const interrupt = listenForInterrupt(goOn(options), options.plan);
  const stop = new AbortController();
  const { concurrency, merge, unsupported, plan } = options;
  const origins = new WeakMap<object, SourceLine>();
  const read = <Update extends object>(update: Update) => withIds(update, name, session.providers);
  const lines = updatesOf(source.lines, read, origins, async (number, line) => {
    const error = earlier?.failures.get(number);
    if (error !== undefined) {
      tally.failedBefore++;
      note(`line ${line.at}: failed in an earlier run: ${printable(error)}`);
    }
    const status = earlier?.statusOf(number);
    // A run that was killed had written it down, and not yet told.
    if (status && !output.has(line.at))
      await output.write({
        ...aboutLine(line, status),
        ...(error !== undefined && { again: false, error: { message: error } }),
        earlier: true,
      });
  });
  const run = start(session, name, lines, {
    ...(journal && { journal }),
    ...(concurrency !== undefined && { concurrency }),
    ...(merge && { merge }),
    ...(unsupported && { unsupported }),
    ...(plan && { dryRun: true }),
    ...(source.total !== undefined && { total: source.total }),
    source: `${basename(file)} (${name})`,
    signal: AbortSignal.any([interrupt.signal, stop.signal]),
  });
  const endProgress = showProgress(() => position(run.progress()));
  try {
    for await (const result of run) {
      const line = origins.get(result.input as object) as SourceLine;
      if (result.status === "failed") {
        const problem = "problem" in line ? line.problem : describe(result.error);
        note(`line ${line.at}: ${problem}`);
        if (result.again) tally.again++;
        if (options.stopOnError) stop.abort();
      } else if (result.status === "planned") {
        if (!options.json && tally.shown < SHOWN) print(plannedText(result.plan, line));
        tally.shown++;
        if (!options.json) for (const plan of plansOf(result.plan)) tally.warned.add(plan.warnings);
      } else {
        const skips = resultsOf(result.result).filter(wasSkipped);
        tally.notSent += skips.filter(sentNothing).length;
        tally.leftOut += skips.filter((each) => !sentNothing(each)).length;
        if (isSkippedLine(result.result)) tally.skipped[result.status]++;
      }
      await output.write(resultData(result, line));
    }
  } catch (error) {
    // A wrong file or journal is told before anything is done.
    const goesOn = exitCodeOf(error) === EXIT.failed || exitCodeOf(error) === EXIT.auth;
    // The end of an interrupt tells it, too.
    if (goesOn && !interrupt.signal.aborted) note(goOn(options));
    if (exitCodeOf(error) === EXIT.conflict && describe(error).includes("another source"))
      note(
        `A journal belongs to the file as it was. To correct lines that failed, leave ${file} as it was: ${correct(file)}`,
      );
    throw error;
  } finally {
    endProgress();
    interrupt.end();
    await output.end();
    await journal?.close();
  }
  finish(run.progress(), tally, { name, file, journalFile, options });
}

/** Says what to do where the system refuses to open a journal; passes on what the journal itself refuses. */
function throwUnopened(journalFile: string, error: unknown): never {
  if (!(error instanceof Error && "code" in error)) throw error;
  throw new CliError(
    `The journal ${journalFile} cannot be opened: ${error.message}. Nothing was sent. Choose another --journal.`,
  );
}

const isSameFile = (one: string, other: string): boolean =>
  resolve(one) === resolve(other) ||
  (existsSync(one) && existsSync(other) && realpathSync(one) === realpathSync(other));

type Run = BulkRun<unknown, unknown>;

function start(session: Session, name: string, lines: AsyncIterable<object>, options: object): Run {
  if (name === "all") return session.all.updateMany(lines as never, options) as Run;
  return session.account(name).updateMany(lines as never, options) as Run;
}

/** What the run's own counts do not tell. */
interface Tally {
  /** Lines that an earlier run tried in vain, and that are not sent again. */
  failedBefore: number;
  /** Failed lines that the same command tries again. */
  again: number;
  /** Lines that were skipped wholly, by what core calls them. */
  readonly skipped: Record<"updated" | "unchanged", number>;
  /** Updates of a vendor that were skipped wholly. */
  notSent: number;
  /** Updates of a vendor without fields that it lacks. */
  leftOut: number;
  /** Planned lines, of which the first are shown. */
  shown: number;
  /** Warnings of planned lines. */
  readonly warned: WarningTally;
}

/** Lines as core takes them, which knows no line numbers of a file: `origins` leads back. `onLine` is told each line and its number. */
async function* updatesOf(
  lines: AsyncIterable<SourceLine>,
  read: <Update extends object>(update: Update) => Update,
  origins: WeakMap<object, SourceLine>,
  onLine: (number: number, line: SourceLine) => Promise<void>,
): AsyncGenerator<object> {
  let number = 0;
  for await (const line of lines) {
    const { at: _, ...given } = line;
    const update = read(given);
    origins.set(update, line);
    await onLine(++number, line);
    yield update;
  }
}

const goOn = ({ plan }: Options): string =>
  plan
    ? "Nothing was sent."
    : `What is done is written down. To go on, give the same command again: ${sameCommand()}`;

const correct = (file: string): string =>
  `put these lines alone, corrected, ${/\.(csv|tsv)$/i.test(file) ? "below the same header " : ""}into a new file, and run that with the same options; it gets a journal of its own.`;

/** A pause that the vendor asks for is told when it is at least this long. */
const TOLD_MS = 5000;

function position({
  updated,
  unchanged,
  planned,
  failed,
  resumed,
  total,
  perSecond,
  secondsLeft,
  limits,
}: BulkProgress) {
  const blockedMs = Math.max(0, ...Object.values(limits).map((limit) => limit.blockedMs));
  const text = [
    `${perSecond.toFixed(0)}/s`,
    ...(secondsLeft === undefined ? [] : [`${duration(secondsLeft)} left`]),
    ...(blockedMs >= TOLD_MS ? [`the vendor asks to wait ${duration(blockedMs / 1000)}`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ].join("  ");
  return { done: updated + unchanged + planned + failed + resumed, total, unit: "lines", text };
}

/** The plans of a line, at one vendor or at several. */
const plansOf = (plan: Plan | Readonly<Record<string, Plan>>): Plan[] =>
  "curl" in plan ? [plan as Plan] : Object.values(plan);

/** What a line would change, at one vendor or at several. */
function plannedText(plan: Plan | Readonly<Record<string, Plan>>, { at }: SourceLine): string {
  return plansOf(plan)
    .map((each) => {
      const changes = [...changesIn(each).map(changeText), ...nativeTexts(each)];
      return `line ${at}: ${each.provider} ${show(each.id)}  ${changes.join(", ") || "nothing would change"}`;
    })
    .join("\n");
}

/** What every line of the results says. */
function aboutLine(line: SourceLine, status: string): object {
  const id = "id" in line ? { id: line.id } : "ids" in line ? { ids: line.ids } : {};
  return { line: line.at, ...id, status };
}

/** One line of the results. */
function resultData(result: BulkResult<unknown, unknown>, line: SourceLine): object {
  const about = aboutLine(line, result.status);
  if (result.status === "planned") return { ...about, plan: result.plan };
  if (result.status === "failed") {
    const error = "problem" in line ? { kind: "invalid", message: line.problem } : errorData(result.error);
    return { ...about, again: result.again, error };
  }
  const { requestId } = result.result as { requestId?: string };
  const warnings = resultsOf(result.result).flatMap((each) => each.warnings);
  const status = isSkippedLine(result.result) ? "skipped" : result.status;
  return { ...about, status, ...(requestId && { requestId }), ...(warnings.length > 0 && { warnings }) };
}

/** The results of an update: of one vendor, or of several. */
const resultsOf = (result: unknown): readonly UpdateResult[] =>
  Array.isArray(Object(result).warnings)
    ? [result as UpdateResult]
    : Object.values(result as Readonly<Record<string, UpdateResult>>);

const wasSkipped = ({ warnings }: UpdateResult): boolean => warnings.some(({ code }) => code === "skipped");
const sentNothing = ({ httpRequests }: UpdateResult): boolean => httpRequests === 0;

/** Whether nothing of a line was sent, since its vendors lack every field of it. */
const isSkippedLine = (result: unknown): boolean =>
  resultsOf(result).every((each) => wasSkipped(each) && sentNothing(each));

function finish(
  { updated, unchanged, planned, failed, resumed }: BulkProgress,
  { failedBefore, again, skipped, notSent, leftOut, shown, warned }: Tally,
  { name, file, journalFile, options }: { name: string; file: string; journalFile: string; options: Options },
): void {
  const parts = [
    planned && `${planned} planned`,
    updated > skipped.updated && `${updated - skipped.updated} updated`,
    unchanged > skipped.unchanged && `${unchanged - skipped.unchanged} unchanged`,
    skipped.updated + skipped.unchanged > 0 && `${skipped.updated + skipped.unchanged} skipped`,
    resumed > failedBefore && `${resumed - failedBefore} done by an earlier run`,
    failed && `${failed} failed`,
    failedBefore && `${failedBefore} failed in an earlier run`,
  ].filter(Boolean);
  if (shown > SHOWN && !options.json) note(`And ${shown - SHOWN} more: --json prints all.`);
  if (`${warned}`) note(`Warnings: ${warned}. With --json each says what it is about.`);
  note(parts.join(", ") || "The file has no lines.");
  const see = "; --results has the `warnings`, with code `skipped`";
  if (notSent > 0)
    note(`Nothing sent: skipped (updates: ${notSent}), since the vendor lacks every field${see}.`);
  if (leftOut > 0) note(`Sent without fields that the vendor lacks (updates: ${leftOut})${see}.`);
  if (options.stopOnError && failed > 0)
    note(`Stopped after the first line that failed; nothing more was begun. ${goOn(options)}`);
  else if (again > 0 && !options.plan) note(`To try ${again} of them again: ${sameCommand()}`);
  if (failed - again + failedBefore > 0 && !options.plan) note(`To correct what failed, ${correct(file)}`);
  if (!options.plan && updated + resumed > 0) note(`To undo: convo undo ${name} ${journalFile}`);
  if (failed + failedBefore > 0 && !process.exitCode) process.exitCode = EXIT.failed;
}
