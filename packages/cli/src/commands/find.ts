import type { Provider } from "@convo/core";
import type { Command } from "commander";
import { findSeen, providerOf } from "../accounts.ts";
import { readConfig } from "../config.ts";
import { type AccountOptions, addAccountOptions, addExamples, wholeNumber } from "../options.ts";
import { note, print, printJson } from "../output.ts";
import { conversationTable } from "../view.ts";
import { addFilterOptions, type FilterOptions, filterOf } from "./list.ts";

interface Options extends AccountOptions, FilterOptions {
  readonly account?: string;
  readonly externalId?: string;
  readonly limit: number;
}

/** `convo find`. It asks the catalogue on this computer, and no vendor. */
export function configure(command: Command): void {
  addAccountOptions(addFilterOptions(command))
    .option("--account <account>", "only conversations of this account")
    .option("--external-id <id>", "the external id: your own id of the conversation")
    .option("--limit <n>", "conversations at most", wholeNumber(1), 50)
    .action(find);
  addExamples(command, "convo find --metadata topic=project-x", "convo find --account openai --json");
}

async function find(options: Options): Promise<void> {
  const config = readConfig(options);
  const names = options.account === undefined ? Object.keys(config.accounts) : [options.account];
  const providers: Record<string, Provider> = {};
  for (const name of names) providers[name] = await providerOf(config, name, null);
  const query = {
    filter: filterOf(options),
    ...(options.account !== undefined && { provider: options.account }),
    ...(options.externalId !== undefined && { externalId: options.externalId }),
  };
  const rows = [];
  for await (const row of findSeen(providers, query)) if (rows.push(row) === options.limit) break;
  if (options.json) for (const row of rows) printJson(row);
  else if (rows.length > 0)
    print(
      conversationTable(
        rows.map(({ provider, conversation, seenAt }) => ({ ...conversation, provider, seenAt })),
      ),
    );
  else
    note(
      "Nothing was found. Only conversations that this command has read, listed or written here are known.",
    );
}
