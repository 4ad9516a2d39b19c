import type { Provider } from "@convo/core";
import type { Command } from "commander";
import { idOf, openAccounts } from "../accounts.ts";
import { CliError, EXIT } from "../failure.ts";
import { type AccountOptions, addAccountOptions, addExamples, json, pair } from "../options.ts";
import { note, paint, print, printJson, show } from "../output.ts";

interface Options extends AccountOptions {
  readonly id?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, never>>;
  readonly yes?: boolean;
}

/** `convo probe`. */
export function configure(command: Command): void {
  command.argument("<account>", "vendor, or account of the config file");
  addAccountOptions(command)
    .option("--id <id>", "measure on this conversation, and lose what is in it, where none can be created")
    .option(
      "--query <key=text>",
      "query parameter of the create, such as agent_id at Letta; may be repeated",
      pair,
    )
    .option("--body <json>", "body of the create", json)
    .option("--yes", "do not ask")
    .action(probe);
  addExamples(command, "convo probe openai --yes");
}

async function probe(name: string, options: Options): Promise<void> {
  const { account, providers } = await openAccounts({ ...options, catalogue: false }, [name]);
  const { id, query, body, yes } = options;
  await confirm(id, yes);
  const report = await account(name).probe({
    ...(id !== undefined && { id: idOf(providers[name] as Provider, id) }),
    ...((query || body) && { create: { ...(query && { query }), ...(body && { body }) } }),
  });
  if (options.json) return printJson(report);
  for (const fact of report.facts) {
    const line = Object.entries(fact)
      .filter(([key]) => key !== "differs")
      .map(([key, value]) => `${paint("dim", key)} ${show(value)}`)
      .join("  ");
    print(fact.differs ? `${paint("red", "differs")}  ${line}` : line);
  }
  note(`${report.calls} calls. ${report.differs.length} facts differ from what is documented.`);
}

async function confirm(id: string | undefined, yes: boolean | undefined): Promise<void> {
  const what =
    id === undefined
      ? "The probe creates some ten conversations at the vendor, and deletes them."
      : `The probe overwrites what is in conversation ${id}.`;
  if (yes) return;
  if (!process.stdin.isTTY) throw new CliError(`${what} Nobody can be asked here: add --yes.`);
  const { confirm: ask } = await import("@clack/prompts");
  const sure = await ask({ message: `${what} Go on?`, initialValue: false, output: process.stderr });
  if (sure !== true) throw new CliError("Nothing was sent.", EXIT.interrupted);
}
