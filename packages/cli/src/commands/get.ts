import type { Command } from "commander";
import { idOf, openAccounts } from "../accounts.ts";
import { type AccountOptions, addAccountOptions, addExamples } from "../options.ts";
import { print, printJson } from "../output.ts";
import { conversationView } from "../view.ts";

/** `convo get`. */
export function configure(command: Command): void {
  addAccountOptions(
    command.argument("<account>", "vendor, or account of the config file").argument("<id>"),
  ).action(get);
  addExamples(command, "convo get agentsight 42", "convo get openai conv_sandbox0001 --json");
}

async function get(name: string, id: string, options: AccountOptions): Promise<void> {
  const { account, providers } = await openAccounts(options, [name]);
  const result = await account(name).get(idOf(providers[name] as never, id));
  if (options.json) printJson(result);
  else print(conversationView(result.conversation));
}
