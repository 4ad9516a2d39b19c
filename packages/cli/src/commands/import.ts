import type { ExportDocument } from "@convo/core";
import type { Command } from "commander";
import { openAccount } from "../accounts.ts";
import { readJsonFile } from "../files.ts";
import { type AccountOptions, addAccountOptions, addExamples, pair } from "../options.ts";
import { note, print, printJson } from "../output.ts";

interface Options extends AccountOptions {
  readonly ownId?: string;
  readonly query?: Readonly<Record<string, string>>;
}

/** `convo import`. */
export function configure(command: Command): void {
  command.argument("<account>", "vendor, or account of the config file").argument("<export.json>");
  addAccountOptions(command)
    .option("--own-id <id>", "your own id of the new conversation")
    .option("--query <key=text>", "query parameter of the vendor's request; may be repeated", pair)
    .action(importOne);
  addExamples(command, "convo import openai export.json");
}

async function importOne(name: string, file: string, options: Options): Promise<void> {
  const document = readJsonFile(file, "export");
  const account = await openAccount(options, name);
  const { ownId, query } = options;
  const result = await account.import(
    document as ExportDocument,
    { ...(ownId !== undefined && { externalId: ownId }), ...(query && { query }) } as never,
  );
  if (options.json) return printJson(result);
  print(`Created ${result.id} with ${result.messages} messages.`);
  for (const { path, reason } of result.notCarried) note(`Not carried over: ${path}, since ${reason}.`);
}
