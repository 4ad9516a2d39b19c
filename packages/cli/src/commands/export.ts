import { join } from "node:path";
import type { Provider } from "@convo/core";
import type { Command } from "commander";
import { idOf, openAccounts } from "../accounts.ts";
import { EXIT, exitCodeOf } from "../failure.ts";
import { writePrivate } from "../files.ts";
import { type AccountOptions, addAccountOptions, addExamples } from "../options.ts";
import { describe, note, printJson } from "../output.ts";

interface Options extends AccountOptions {
  readonly folder?: string;
}

/** `convo export`. */
export function configure(command: Command): void {
  command.argument("<account>", "vendor, or account of the config file").argument("<ids...>");
  addAccountOptions(command)
    .option(
      "--folder <folder>",
      "one file for each conversation, instead of one line each on standard output",
    )
    .action(exportAll);
  addExamples(
    command,
    "convo export openai conv_sandbox0001 > export.json",
    "convo export agentsight 42 43 --folder .",
  );
}

async function exportAll(name: string, ids: string[], options: Options): Promise<void> {
  const { account, providers } = await openAccounts(options, [name]);
  const provider = providers[name] as Provider;
  for (const id of ids) {
    try {
      const document = await account(name).export(idOf(provider, id));
      if (options.folder === undefined) printJson(document);
      else {
        const file = join(options.folder, `${name}-${encodeURIComponent(id)}.json`);
        writePrivate(file, `${JSON.stringify(document, null, 2)}\n`);
        note(`${file}: ${document.messages.length} messages`);
      }
    } catch (error) {
      if (ids.length === 1) throw error;
      note(`${id}: ${describe(error)}`);
      process.exitCode = Math.max(Number(process.exitCode ?? EXIT.done), exitCodeOf(error));
    }
  }
}
