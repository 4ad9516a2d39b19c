import type { Command } from "commander";
import { openAccount } from "../accounts.ts";
import { addChangeOptions, type ChangeOptions, changesOf } from "../changes.ts";
import { type AccountOptions, addAccountOptions, addExamples, pair } from "../options.ts";
import { note, paint, print, printJson } from "../output.ts";
import { conversationView, warningLines } from "../view.ts";

interface Options extends AccountOptions, ChangeOptions {
  readonly externalId?: string;
  readonly query?: Readonly<Record<string, string>>;
}

/** `convo create`. */
export function configure(command: Command): void {
  addAccountOptions(addChangeOptions(command.argument("<account>", "vendor, or account of the config file")))
    .option("--external-id <id>", "your own id of it: a create that is repeated with it finds the first one")
    .option("--query <key=text>", "query parameter of the vendor's request, such as agent_id at Letta", pair)
    .action(create);
  addExamples(
    command,
    "convo create openai --set topic=billing",
    "convo create chatdash --external-id ticket-17 --summary 'Asked for a refund'",
    "convo create letta --query agent_id=agent-00000000-0000-4000-8000-000000000001 --summary 'Weekly report'",
  );
}

async function create(name: string, options: Options): Promise<void> {
  const account = await openAccount(options, name);
  const { externalId, query, unsupported } = options;
  const result = await account.create(
    changesOf(options) as never,
    {
      ...(externalId !== undefined && { externalId }),
      ...(query && { query }),
      ...(unsupported && { unsupported }),
    } as never,
  );
  if (options.json) return printJson(result);
  for (const line of warningLines(result.warnings)) note(line);
  print(paint("green", result.existed ? "It was there before; nothing was changed." : "Created."));
  print(conversationView(result.conversation));
}
