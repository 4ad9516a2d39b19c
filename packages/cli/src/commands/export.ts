import { join } from "node:path";
import type { Provider } from "@convo/core";
import type { Command } from "commander";
import { accountsWithKey, idOf, openAccounts, type Session } from "../accounts.ts";
import { readConfig } from "../config.ts";
import { tellSearch } from "../customer.ts";
import { CliError, EXIT, exitCodeOf, noteError } from "../failure.ts";
import { writePrivate } from "../files.ts";
import { type AccountOptions, addAccountOptions, addExamples } from "../options.ts";
import { note, printJson } from "../output.ts";

interface Options extends AccountOptions {
  readonly folder?: string;
  readonly customer?: string;
}

/** `convo export`. */
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
      "--folder <folder>",
      "one file for each conversation, instead of one line each on standard output",
    )
    .action(exportAll);
  addExamples(
    command,
    "convo export openai conv_sandbox0001 > export.json",
    "convo export agentsight 42 43 --folder .",
    "convo export --customer customer-7 > customer-7.jsonl",
  );
}

async function exportAll(name: string | undefined, ids: string[], options: Options): Promise<void> {
  const { customer } = options;
  if ((customer !== undefined) === ids.length > 0 || (customer === undefined && name === undefined))
    throw new CliError(
      "Name an account and ids, or --customer: exactly one of them. See: convo export --help",
    );
  const names = name === undefined ? await accountsWithKey(readConfig(options)) : [name];
  if (names.length === 0) throw new CliError("There is no account with a key. See: convo doctor", EXIT.auth);
  const session = await openAccounts(options, names);
  const targets =
    customer === undefined
      ? namedTargets(session, names[0] as string, ids)
      : await ofCustomer(session, customer);
  for (const { account, id } of targets) {
    try {
      const document = await session.account(account).export(id);
      if (options.folder === undefined) printJson(document);
      else {
        const file = join(options.folder, `${account}-${encodeURIComponent(id)}.json`);
        writePrivate(file, `${JSON.stringify(document, null, 2)}\n`, EXIT.failed);
        note(`${file}: ${document.messages.length} messages`);
      }
    } catch (error) {
      if (targets.length === 1) throw error;
      noteError(error, options, { id });
      process.exitCode = Math.max(Number(process.exitCode ?? EXIT.done), exitCodeOf(error));
    }
  }
}

interface Target {
  readonly account: string;
  readonly id: string | number;
}

const namedTargets = ({ providers }: Session, account: string, ids: readonly string[]): Target[] =>
  ids.map((id) => ({ account, id: idOf(providers[account] as Provider, id) }));

/** The conversations of a customer, found as an erase finds them. */
async function ofCustomer({ all }: Session, customerId: string): Promise<Target[]> {
  const found = await all.planErase({ customerId });
  tellSearch(found, "export");
  return found.entries.flatMap(({ provider, id, outcome }) =>
    id === null || outcome === "not_found" ? [] : [{ account: provider, id }],
  );
}
