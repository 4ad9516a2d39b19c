import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { basename } from "node:path";
import type { BulkProgress, BulkResult, BulkRun, Provider } from "@convo/core";
import type { Command } from "commander";
import { accountsWithKey, idOf, openAccounts, type Session } from "../accounts.ts";
import { readConfig } from "../config.ts";
import { CliError, EXIT, errorData, exitCodeOf } from "../failure.ts";
import { listenForInterrupt } from "../interrupt.ts";
import {
  type AccountOptions,
  addAccountOptions,
  addExamples,
  choice,
  pair,
  wholeNumber,
} from "../options.ts";
import { describe, note } from "../output.ts";
import { duration, showProgress } from "../progress.ts";
import type { SourceLine } from "../source/line.ts";
import { openSource } from "../source/source.ts";

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
    .option("--plan", "plan every line and send no write")
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
  const { fileJournal } = await import("@convo/core/journal");
  const journal = options.plan ? undefined : fileJournal(journalFile);
  const interrupt = listenForInterrupt(goOn(name, file, options));
  const stop = new AbortController();
  const { concurrency, merge, unsupported, plan } = options;
  const origins = new WeakMap<object, SourceLine>();
  const provider = several ? undefined : session.providers[name];
  const run = start(session, name, updatesOf(source.lines, provider, origins), {
    ...(journal && { journal }),
    ...(concurrency !== undefined && { concurrency }),
    ...(merge && { merge }),
    ...(unsupported && { unsupported }),
    ...(plan && { dryRun: true }),
    ...(source.total !== undefined && { total: source.total }),
    source: `${basename(file)} (${name})`,
    signal: AbortSignal.any([interrupt.signal, stop.signal]),
  });
  const output = openResults(options);
  const endProgress = showProgress(() => position(run.progress()));
  try {
    for await (const result of run) {
      const line = origins.get(result.input as object) as SourceLine;
      if (result.status === "failed") {
        const problem = "problem" in line ? line.problem : describe(result.error);
        note(`line ${line.at}: ${problem}`);
        if (options.stopOnError) stop.abort();
      }
      await output.write(resultData(result, line));
    }
  } catch (error) {
    // A wrong file or journal is told before anything is done.
    if (exitCodeOf(error) === EXIT.failed || exitCodeOf(error) === EXIT.auth) note(goOn(name, file, options));
    throw error;
  } finally {
    endProgress();
    interrupt.end();
    await output.end();
    await journal?.close();
  }
  finish(run.progress(), { name, file, journalFile, options });
}

type Run = BulkRun<unknown, unknown>;

function start(session: Session, name: string, lines: AsyncIterable<object>, options: object): Run {
  if (name === "all") return session.all.updateMany(lines as never, options) as Run;
  return session.account(name).updateMany(lines as never, options) as Run;
}

/** Lines as core takes them, which knows no line numbers of a file: `origins` leads back. */
async function* updatesOf(
  lines: AsyncIterable<SourceLine>,
  provider: Provider | undefined,
  origins: WeakMap<object, SourceLine>,
): AsyncGenerator<object> {
  for await (const line of lines) {
    const { at: _, ...update } = line;
    if (provider && "id" in update && typeof update.id === "string")
      Object.assign(update, { id: idOf(provider, update.id) });
    origins.set(update, line);
    yield update;
  }
}

const goOn = (name: string, file: string, { plan, journal }: Options): string =>
  plan
    ? "Nothing was sent."
    : `What is done is written down. To go on, give the same command again: convo bulk ${name} ${file}${journal ? ` --journal ${journal}` : ""}`;

function position({
  updated,
  unchanged,
  planned,
  failed,
  resumed,
  total,
  perSecond,
  secondsLeft,
}: BulkProgress) {
  const text = [
    `${perSecond.toFixed(0)}/s`,
    ...(secondsLeft === undefined ? [] : [`${duration(secondsLeft)} left`]),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ].join("  ");
  return { done: updated + unchanged + planned + failed + resumed, total, unit: "lines", text };
}

/** One line of the results. */
function resultData(result: BulkResult<unknown, unknown>, line: SourceLine): object {
  const id = "id" in line ? { id: line.id } : "ids" in line ? { ids: line.ids } : {};
  const about = { line: line.at, ...id, status: result.status };
  if (result.status === "planned") return { ...about, plan: result.plan };
  if (result.status === "failed") {
    const error = "problem" in line ? { kind: "invalid", message: line.problem } : errorData(result.error);
    return { ...about, again: result.again, error };
  }
  const { requestId, warnings } = result.result as { requestId?: string; warnings?: readonly unknown[] };
  return { ...about, ...(requestId && { requestId }), ...(warnings?.length && { warnings }) };
}

interface Results {
  write(result: object): Promise<void>;
  end(): Promise<void>;
}

function openResults({ json, results }: Options): Results {
  if (results === undefined && !json) return { write: async () => {}, end: async () => {} };
  const file = results === undefined ? undefined : createWriteStream(results, { flags: "a", mode: 0o600 });
  const stream: NodeJS.WriteStream | WriteStream = file ?? process.stdout;
  let broken: Error | undefined;
  file?.on("error", (error) => {
    broken = error;
  });
  const check = (): void => {
    if (broken)
      throw new CliError(
        `The results cannot be written: ${broken.message}. Make room, or choose another --results.`,
        EXIT.failed,
      );
  };
  return {
    async write(result) {
      check();
      if (!stream.write(`${JSON.stringify(result)}\n`))
        await Promise.race([once(stream, "drain"), once(stream, "close")]);
      check();
    },
    async end() {
      if (!file) return;
      if (!broken) await new Promise<void>((resolve) => file.end(() => resolve()));
    },
  };
}

function finish(
  { updated, unchanged, planned, failed, resumed }: BulkProgress,
  { name, journalFile, options }: { name: string; file: string; journalFile: string; options: Options },
): void {
  const parts = [
    planned && `${planned} planned`,
    updated && `${updated} updated`,
    unchanged && `${unchanged} unchanged`,
    resumed && `${resumed} done by an earlier run`,
    failed && `${failed} failed`,
  ].filter(Boolean);
  note(parts.join(", ") || "The file has no lines.");
  if (resumed > 0)
    note(
      `Those done earlier were not sent again, also if they were undone since: to do so, delete ${journalFile}.`,
    );
  if (!options.plan && updated + resumed > 0) note(`To undo: convo undo ${name} ${journalFile}`);
  if (failed > 0 && !process.exitCode) process.exitCode = EXIT.failed;
}
