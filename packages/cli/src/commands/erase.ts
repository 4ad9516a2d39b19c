import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { EraseEntry, EraseReceipt, Provider } from "@convo/core";
import type { Command } from "commander";
import { accountsWithKey, idOf, openAccounts } from "../accounts.ts";
import { readConfig } from "../config.ts";
import { tellSearch } from "../customer.ts";
import { CliError, EXIT } from "../failure.ts";
import { readJsonFile, writePrivate } from "../files.ts";
import { listenForInterrupt, quote } from "../interrupt.ts";
import { type AccountOptions, addAccountOptions, addExamples, wholeNumber } from "../options.ts";
import { note, paint, print, printable, printJson, show, table } from "../output.ts";

interface Options extends AccountOptions {
  readonly customer?: string;
  readonly receipt?: string;
  readonly resume?: string;
  readonly plan?: boolean;
  readonly yes?: boolean;
  readonly limit?: number;
}

/** `convo erase`. */
export function configure(command: Command): void {
  command
    .argument("[account]", "vendor, or account of the config file")
    .argument("[ids...]", "ids of the conversations");
  addAccountOptions(command)
    .option(
      "--customer <id>",
      "all conversations of a customer, in every account that has a key, or in the one named",
    )
    .option(
      "--receipt <file>",
      "a new file for the receipt (default: erase-<time>.json in this folder, or that of --resume)",
    )
    .option("--resume <receipt>", "go on with an erase that was ended in the middle")
    .option("--plan", "show what would be deleted and what would stay; delete nothing")
    .option("--limit <n>", "conversations that may be erased at most (default: 1000)", wholeNumber(1))
    .option("--yes", "do not ask")
    .action(erase);
  addExamples(
    command,
    "convo erase agentsight 43 --plan",
    "convo erase --customer customer-7 --yes --receipt erased-customer-7.json",
    "convo erase --resume erased-customer-7.json --yes",
  );
}

async function erase(name: string | undefined, ids: string[], options: Options): Promise<void> {
  checkReceiptFile(options);
  const earlier =
    options.resume === undefined ? undefined : (readJsonFile(options.resume, "receipt") as EraseReceipt);
  checkTarget(name, ids, options);
  const names = earlier
    ? accountsIn(earlier, options)
    : name
      ? [name]
      : await accountsWithKey(readConfig(options));
  if (names.length === 0) throw new CliError("There is no account with a key. See: convo doctor", EXIT.auth);
  const { all, providers } = await openAccounts(options, names);
  const http = options.limit === undefined ? {} : { limit: options.limit };
  const plan = earlier ?? (await all.planErase(targetOf(name, ids, options, providers) as never, http));
  if (options.plan) {
    if (options.json) printJson(plan);
    else print(receiptView(plan));
    tellSearch(plan, "erase");
    return;
  }
  if (!options.json) note(receiptView(plan));
  const open = plan.entries.filter(isOpen).length;
  const { limit = 1000 } = options;
  if (open > limit)
    throw new CliError(
      `${open} conversations would be deleted and at most ${limit} are allowed. Nothing was deleted. If you mean all of them: --limit ${open}`,
    );
  if (open > 0) await confirm(open, options);
  const file = options.receipt ?? options.resume ?? `erase-${plan.plannedAt.replace(/[:.]/g, "-")}.json`;
  const save = (receipt: EraseReceipt, exitCode: number): void =>
    writePrivate(file, `${JSON.stringify(receipt, null, 2)}\n`, exitCode);
  save(plan, EXIT.usage);
  const goOn = `To go on: ${resumeCommand(file, options)}`;
  const interrupt = listenForInterrupt(goOn);
  try {
    const receipt = await all.erase(plan, {
      ...http,
      onReceipt(current) {
        save(current, EXIT.failed);
        if (interrupt.signal.aborted && current.entries.some(isOpen)) throw new Ended();
      },
    });
    finish(receipt, file, options);
  } catch (error) {
    if (error instanceof Ended) return;
    note(goOn);
    throw error;
  } finally {
    interrupt.end();
  }
}

/** The command that goes on from a receipt, with the options that still matter. */
function resumeCommand(file: string, { config, profile, limit, catalogue, yes }: Options): string {
  const values = Object.entries({ config, profile, limit }).filter(([, value]) => value !== undefined);
  const words = [
    "convo",
    "erase",
    "--resume",
    file,
    ...values.flatMap(([key, value]) => [`--${key}`, `${value}`]),
  ];
  if (catalogue === false) words.push("--no-catalogue");
  if (yes) words.push("--yes");
  return words.map(quote).join(" ");
}

/** Ctrl-C between two conversations. */
class Ended extends Error {}

const isOpen = ({ outcome }: EraseEntry): boolean => outcome === "pending" || outcome === "failed";

function checkTarget(name: string | undefined, ids: readonly string[], { customer, resume }: Options): void {
  const ways = [ids.length > 0, customer !== undefined, resume !== undefined].filter(Boolean).length;
  if (ways !== 1 || (resume !== undefined && name !== undefined))
    throw new CliError(
      "Name an account and ids, or --customer, or --resume: exactly one of them. See: convo erase --help",
    );
}

/** The receipt of another run is a proof, and is never overwritten. */
function checkReceiptFile({ receipt, resume, plan }: Options): void {
  if (receipt === undefined || plan || !existsSync(receipt)) return;
  if (resume !== undefined && resolve(receipt) === resolve(resume)) return;
  throw new CliError(
    `${receipt} exists already, and a receipt is not overwritten. Nothing was deleted. Give --receipt the name of a new file; to go on from ${receipt}: convo erase --resume ${receipt}`,
  );
}

function targetOf(
  name: string | undefined,
  ids: readonly string[],
  { customer }: Options,
  providers: Readonly<Record<string, Provider>>,
): object {
  if (customer !== undefined) return { customerId: customer };
  return { [name as string]: ids.map((id) => idOf(providers[name as string] as Provider, id)) };
}

function accountsIn(receipt: EraseReceipt, { resume }: Options): string[] {
  if (!Array.isArray(Object(receipt).entries))
    throw new CliError(`${resume} is not a receipt of \`convo erase\`.`);
  return [...new Set(receipt.entries.map(({ provider }) => provider))];
}

async function confirm(open: number, { yes }: Options): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY) throw new CliError("Nobody can be asked here. Look at --plan, then add --yes.");
  const { confirm: ask } = await import("@clack/prompts");
  const sure = await ask({
    message: `Delete ${open === 1 ? "this conversation" : `these ${open} conversations`} for good?`,
    initialValue: false,
    output: process.stderr,
  });
  if (sure !== true) throw new CliError("Nothing was deleted.", EXIT.interrupted);
}

function receiptView({ entries }: EraseReceipt): string {
  const rows = entries.map(({ provider, id, outcome, parts, error }) => [
    provider,
    id === null ? "-" : show(id),
    outcome === "pending" ? "will be deleted" : outcome,
    parts.map(({ name, found, deleted }) => `${name} ${deleted}/${found}`).join(", "),
    error ? printable(error) : "",
  ]);
  const stays = new Set(
    entries
      .filter(({ outcome }) => outcome !== "not_found" && outcome !== "unsupported")
      .flatMap(({ leaves }) => leaves ?? []),
  );
  const lines = [table(["account", "id", "outcome", "parts", "reason"], rows)];
  for (const text of stays) lines.push(paint("yellow", `What stays: ${text}`));
  return lines.join("\n");
}

function finish(receipt: EraseReceipt, file: string, options: Options): void {
  if (options.json) printJson(receipt);
  else print(receiptView(receipt));
  note(`The receipt is ${file}.`);
  tellSearch(receipt, "erase");
  const failed = receipt.entries.filter(isOpen).length;
  if (failed === 0) return;
  note(`${failed} could not be erased. To try them again: ${resumeCommand(file, options)}`);
  process.exitCode = EXIT.failed;
}
