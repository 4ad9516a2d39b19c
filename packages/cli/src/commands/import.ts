import type { ExportDocument } from "@convo/core";
import type { Command } from "commander";
import { openAccount } from "../accounts.ts";
import { readJsonFile } from "../files.ts";
import { type AccountOptions, addAccountOptions, addExamples, pair } from "../options.ts";
import { note, print, printJson } from "../output.ts";

interface Options extends AccountOptions {
  readonly externalId?: string;
  readonly query?: Readonly<Record<string, string>>;
}

/** `convo import`. */
export function configure(command: Command): void {
  command.argument("<account>", "vendor, or account of the config file").argument("<export.json>");
  addAccountOptions(command)
    .option(
      "--external-id <id>",
      "your own id of the new conversation: an import that is repeated with it goes on",
    )
    .option("--query <key=text>", "query parameter of the vendor's request; may be repeated", pair)
    .action(importOne);
  addExamples(command, "convo import openai export.json");
}

async function importOne(name: string, file: string, options: Options): Promise<void> {
  const document = readJsonFile(file, "export");
  const account = await openAccount(options, name);
  const { externalId, query } = options;
  const result = await account.import(
    document as ExportDocument,
    { ...(externalId !== undefined && { externalId }), ...(query && { query }) } as never,
  );
  if (options.json) return printJson(result);
  print(`Created ${result.id} with ${result.messages} messages.`);
  for (const { path, reason } of result.notCarried) note(`Not carried over: ${path}, since ${reason}.`);
}
