import type { Provider } from "@convo/core";
import type { Queue, RateLimit, Workload } from "@convo/queue";
import { type Command, InvalidArgumentError } from "commander";
import { accountsWithKey, openAccounts, providerOf, withIds } from "../accounts.ts";
import { readConfig } from "../config.ts";
import { CliError, EXIT, noteError } from "../failure.ts";
import { readJsonFile } from "../files.ts";
import { listenForInterrupt } from "../interrupt.ts";
import {
  type AccountOptions,
  addAccountOptions,
  addExamples,
  addJson,
  pair,
  positiveNumber,
  wholeNumber,
} from "../options.ts";
import { describe, note, print, printJson, show, table } from "../output.ts";
import type { SourceLine } from "../source/line.ts";
import { openSource } from "../source/source.ts";

interface DatabaseOptions extends AccountOptions {
  readonly folder?: string;
}

/** `convo queue`. The database is that of `DATABASE_URL`, which may hold a password and so is never an argument; else an embedded one. */
export function configure(command: Command): void {
  command.description(
    "work with updates that wait in Postgres: DATABASE_URL, or without it an embedded one in a folder",
  );
  configureAdd(command.command("add"));
  configureWork(command.command("work"));
  configureDrain(command.command("drain"));
  configureStatus(command.command("status"));
  configureDead(command.command("dead"));
  configureMend(command.command("mend"));
  configureReplay(command.command("replay"));
  configureDiscard(command.command("discard"));
  configureEstimate(command.command("estimate"));
  addExamples(command, "convo queue estimate --patches 1000000000 --requests-per-second 1000");
}

const addDatabase = (command: Command): Command =>
  command.option("--folder <folder>", "folder of the embedded database (default: .convo/queue)");

function configureAdd(command: Command): void {
  command
    .description(
      "enqueue the updates of a file; a line that is wrong is told, and nothing of the file is enqueued",
    )
    .argument("<account>")
    .argument("<file>", "updates.jsonl or updates.csv, as for `convo bulk`")
    .option("--author <name>", "who asks for it, for the history")
    .option("--column <header=what>", "what a CSV column is; may be repeated", pair);
  addDatabase(addAccountOptions(command)).action(add);
  addExamples(command, "convo queue add openai updates.jsonl --author nightly");
}

interface AddOptions extends DatabaseOptions {
  readonly author?: string;
  readonly column?: Readonly<Record<string, string>>;
}

async function add(name: string, file: string, options: AddOptions): Promise<void> {
  const provider = await providerOf(readConfig(options), name, null);
  const open = () => openSource(file, { columns: options.column, several: false });
  const { snapshot } = await import("@convo/core");
  let bad = 0;
  for await (const line of (await open()).lines) {
    const problem = problemOf(line, snapshot);
    if (problem === undefined) continue;
    bad++;
    note(options.json ? JSON.stringify({ line: line.at, problem }) : `line ${line.at}: ${problem}`);
  }
  if (bad > 0) throw new CliError(`${bad} lines are wrong. Nothing was enqueued: correct them first.`);
  const { lines } = await open();
  await withQueue(options, async (queue) => {
    const author = options.author === undefined ? {} : { author: options.author };
    const enqueued = await queue.enqueueMany(
      name,
      updatesOf(lines, name, provider) as AsyncIterable<never>,
      author,
    );
    if (options.json) printJson({ enqueued });
    else print(`${enqueued} updates are enqueued. To make them: convo queue work ${name}`);
  });
}

/** Why the queue would refuse a line. */
function problemOf(line: SourceLine, check: (value: unknown, path: string) => unknown): string | undefined {
  if ("problem" in line) return line.problem;
  try {
    check(line.changes, "changes");
  } catch (error) {
    return describe(error);
  }
  return undefined;
}

/** Lines as the queue takes them. */
async function* updatesOf(
  lines: AsyncIterable<SourceLine>,
  name: string,
  provider: Provider,
): AsyncGenerator<{ id: string | number; changes: object }> {
  for await (const line of lines) if ("id" in line) yield withIds(line, name, { [name]: provider });
}

interface WorkOptions extends DatabaseOptions {
  readonly concurrency?: number;
  readonly limit?: Readonly<Record<string, RateLimit>>;
}

function addWorkOptions(command: Command): Command {
  return addDatabase(addAccountOptions(command.argument("[accounts...]", "all that have a key by default")))
    .option("--concurrency <n>", "conversations at a time (default: 20)", wholeNumber(1, 1000))
    .option(
      "--limit <account=requests/seconds>",
      "what a vendor allows all workers together, until another limit is given; may be repeated",
      limit,
    );
}

/** Reads `openai=1000/10`: 1,000 requests in 10 seconds. */
function limit(text: string, before: Readonly<Record<string, RateLimit>> = {}): Record<string, RateLimit> {
  const [, account, requests, seconds] = /^([^=]+)=(\d+)\/(\d+)$/.exec(text) ?? [];
  if (!account || !Number(requests) || !Number(seconds))
    throw new InvalidArgumentError("It must be account=requests/seconds, such as openai=1000/10.");
  return { ...before, [account]: { requests: Number(requests), perMs: Number(seconds) * 1000 } };
}

function configureWork(command: Command): void {
  addWorkOptions(command.description("make updates until Ctrl-C, which finishes what is under way")).action(
    work(false),
  );
  addExamples(command, "convo queue work openai --limit openai=1000/10");
}

function configureDrain(command: Command): void {
  addWorkOptions(
    command.description(
      "make updates until none is left that could be made now, then end; exit code 1 where any stays open or is given up",
    ),
  ).action(work(true));
  addExamples(command, "convo queue drain openai");
}

function work(drain: boolean) {
  return async (names: string[], options: WorkOptions): Promise<void> => {
    const accounts = names.length > 0 ? names : await accountsWithKey(readConfig(options));
    if (accounts.length === 0)
      throw new CliError("There is no account with a key. See: convo doctor", EXIT.auth);
    const others = Object.keys(options.limit ?? {}).filter((name) => !accounts.includes(name));
    if (others.length > 0)
      throw new CliError(
        `--limit is for accounts of this worker (${accounts.join(", ")}), and it has none of these: ${others.join(", ")}.`,
      );
    const session = await openAccounts({ ...options, catalogue: false }, accounts);
    const handles = Object.fromEntries(accounts.map((name) => [name, session.account(name)]));
    await withQueue(options, async (queue) => {
      const before = await countsOf(queue, accounts);
      const interrupt = listenForInterrupt(
        "Nothing is lost. To go on, start a worker again: convo queue work",
      );
      const { concurrency, limit: limits } = options;
      const worker = await queue.work(handles as never, {
        ...(concurrency !== undefined && { concurrency }),
        ...(limits && { limits }),
      });
      if (!options.json)
        note(`Working for ${accounts.join(", ")}. Ctrl-C ends it when what is under way is done.`);
      const interrupted = new Promise<void>((resolve) =>
        interrupt.signal.addEventListener("abort", () => resolve()),
      );
      const drained = drain ? worker.drain() : new Promise<never>(() => {});
      await Promise.race([interrupted, drained]);
      await worker.stop();
      interrupt.end();
      await showStatus(queue, options);
      const { dead, open } = await countsOf(queue, accounts);
      const given = dead - before.dead;
      if (given > 0) note(`Given up: ${given}. To see why: convo queue dead`);
      if (drain && open > 0) note(`Not made yet: ${open}. They are tried again later: convo queue work`);
      if (drain && given + open > 0 && !process.exitCode) process.exitCode = EXIT.failed;
    });
  };
}

/** How many updates of these accounts are open, and were given up so far. */
async function countsOf(queue: Queue, accounts: readonly string[]): Promise<{ open: number; dead: number }> {
  const counts = (await queue.status()).filter(({ account }) => accounts.includes(account));
  const sum = (key: "open" | "dead"): number => counts.reduce((total, count) => total + count[key], 0);
  return { open: sum("open"), dead: sum("dead") };
}

function configureStatus(command: Command): void {
  addDatabase(
    addJson(command.description("show how much waits, is dead and was done, for each account")),
  ).action((options: DatabaseOptions) => withQueue(options, (queue) => showStatus(queue, options)));
  addExamples(command, "convo queue status --json");
}

async function showStatus(queue: Queue, { json }: DatabaseOptions): Promise<void> {
  const counts = await queue.status();
  if (json) return counts.forEach(printJson);
  if (counts.length === 0) return print("The queue is empty.");
  const rows = counts.map(({ account, open, due, dead, doneLastMinute, oldestSeconds }) =>
    [account, open, due, dead, doneLastMinute, Math.round(oldestSeconds)].map(String),
  );
  print(table(["account", "open", "due", "dead", "done last minute", "oldest, seconds"], rows));
}

function configureDead(command: Command): void {
  addDatabase(addJson(command.description("list the updates that were given up")))
    .option("--account <account>", "only those of this account")
    .option("--values", "show what they change, too")
    .action(dead);
  addExamples(command, "convo queue dead --json");
}

interface DeadOptions extends DatabaseOptions {
  readonly account?: string;
  readonly values?: boolean;
}

async function dead({ account, values, ...options }: DeadOptions): Promise<void> {
  await withQueue(options, async (queue) => {
    let count = 0;
    const filter = {
      state: "dead" as const,
      ...(account !== undefined && { account }),
      ...(values && { values }),
    };
    for await (const patch of queue.history(filter)) {
      count++;
      if (options.json) printJson(patch);
      else
        print(
          [
            `${patch.id}  ${patch.account} ${show(patch.conversation)}  ${show(patch.keys.join(", "))}`,
            ...(patch.changes === undefined ? [] : [show(patch.changes)]),
            describe(patch.error ?? patch.outcome),
          ].join("\n  "),
        );
    }
    if (count === 0) note("None was given up.");
    else
      note(
        `To try them again: convo queue replay. To correct one first: convo queue mend <id> <changes.json>. To close one for good: convo queue discard <id>`,
      );
  });
}

function configureMend(command: Command): void {
  command
    .description("replace the changes of an update that was given up")
    .argument("<id>")
    .argument("<changes.json>");
  addDatabase(addJson(command)).action((id: string, file: string, options: DatabaseOptions) => {
    const changes = readJsonFile(file, "changes");
    if (typeof changes !== "object" || changes === null || Array.isArray(changes))
      throw new CliError(`${file} must hold a JSON object.`);
    return withQueue(options, async (queue) => {
      await queue.mend(id, changes);
      if (options.json) printJson({ mended: id });
      else print(`Corrected. To try it again: convo queue replay ${id}`);
    });
  });
}

function configureDiscard(command: Command): void {
  command
    .description("close updates that were given up and shall not be tried again; the history keeps them")
    .argument("<ids...>");
  addDatabase(addJson(command)).action((ids: string[], options: DatabaseOptions) =>
    withQueue(options, async (queue) => {
      const discarded = await queue.discard(ids);
      if (options.json) printJson({ discarded });
      else print(`${discarded.length} discarded.`);
      assertDead(ids, discarded);
    }),
  );
}

/** Throws `CliError` for ids that are of no update that was given up. */
function assertDead(ids: readonly string[], dead: readonly string[]): void {
  const others = ids.filter((id) => !dead.includes(id));
  if (others.length > 0)
    throw new CliError(`None that was given up: ${others.join(", ")}. See: convo queue dead`, EXIT.notFound);
}

interface ReplayOptions extends DatabaseOptions {
  readonly account?: string;
  readonly overwrite?: boolean;
}

function configureReplay(command: Command): void {
  command.description("try updates again that were given up").argument("[ids...]", "all by default");
  addDatabase(addJson(command))
    .option("--account <account>", "only those of this account")
    .option("--overwrite", "also those whose keys a later update has written")
    .action((ids: string[], { account, overwrite, ...options }: ReplayOptions) =>
      withQueue(options, async (queue) => {
        const result = await queue.replay({
          ...(ids.length > 0 && { ids }),
          ...(account !== undefined && { account }),
          ...(overwrite && { overwrite }),
        });
        if (options.json) printJson(result);
        else print(`${result.replayed.length} are open again.`);
        if (result.superseded.length > 0 && !options.json)
          note(
            `${result.superseded.length} stay, since later updates wrote the same keys: ${result.superseded.join(", ")}. --overwrite replays them, too.`,
          );
        assertDead(ids, [...result.replayed, ...result.superseded]);
      }),
    );
  addExamples(command, "convo queue replay --account openai");
}

function configureEstimate(command: Command): void {
  addJson(command.description("compute how long a workload takes, and what it needs"))
    .requiredOption("--patches <n>", "updates to be enqueued", wholeNumber(1))
    .requiredOption("--requests-per-second <n>", "requests a second that the vendor allows", positiveNumber)
    .option("--conversations <n>", "conversations they are for (default: one update each)", wholeNumber(1))
    .option(
      "--requests-per-write <n>",
      "2 for a metadata merge, 1 for fields only (default: 2)",
      positiveNumber,
    )
    .option("--latency-ms <n>", "milliseconds of one request (default: 200)", positiveNumber)
    .option("--writes-per-worker <n>", "writes a second of one worker (default: 250)", positiveNumber)
    .option("--bytes-per-patch <n>", "bytes of one update in Postgres (default: 900)", positiveNumber)
    .option(
      "--price-per-hour <n>",
      "of one worker or database, in any currency (default: 0.5)",
      positiveNumber,
    )
    .action(showEstimate);
  addExamples(command, "convo queue estimate --patches 1000000 --requests-per-second 1000");
}

async function showEstimate({ json, ...workload }: Workload & { readonly json?: boolean }): Promise<void> {
  const { estimate } = await import("@convo/queue");
  const result = estimate(workload);
  if (json) return printJson(result);
  const rows = Object.entries(result).map(([name, value]) => [
    name,
    typeof value === "number" ? value.toLocaleString("en", { maximumFractionDigits: 2 }) : value,
  ]);
  print(table(["figure", "value"], rows));
}

/** Tells errors in the background, the same one once in half a minute: an outage would fill the screen. */
function createTeller(options: DatabaseOptions): (error: unknown) => void {
  const told = new Map<string, number>();
  return (error) => {
    const text = describe(error);
    const now = Date.now();
    if (now - (told.get(text) ?? 0) < 30_000) return;
    told.set(text, now);
    noteError(error, options);
  };
}

/** Opens the queue for one piece of work, and closes it whatever happens. */
async function withQueue(options: DatabaseOptions, work: (queue: Queue) => Promise<void>): Promise<void> {
  const { createQueue } = await import("@convo/queue");
  const queue = createQueue({
    ...(options.folder !== undefined && { database: options.folder }),
    onError: createTeller(options),
  }) as Queue;
  try {
    await work(queue);
  } finally {
    await queue.close();
  }
}
