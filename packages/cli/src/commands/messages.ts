import type { Provider } from "@convo/core";
import type { Command } from "commander";
import { idOf, openAccounts } from "../accounts.ts";
import { type AccountOptions, addAccountOptions, addExamples, wholeNumber } from "../options.ts";
import { noteCursor, paint, print, printable, printJson } from "../output.ts";

interface Options extends AccountOptions {
  readonly limit?: number;
  readonly cursor?: string;
}

/** `convo messages`. */
export function configure(command: Command): void {
  command.argument("<account>", "vendor, or account of the config file").argument("<id>");
  addAccountOptions(command)
    .option("--limit <n>", "messages at most (default: all)", wholeNumber(1))
    .option("--cursor <cursor>", "go on where an earlier call has ended, which tells it on standard error")
    .action(messages);
  addExamples(
    command,
    "convo messages agentsight 42",
    "convo messages openai conv_sandbox0001 --limit 5 --json",
  );
}

async function messages(
  name: string,
  id: string,
  { json, limit, cursor, ...options }: Options,
): Promise<void> {
  const { account, providers } = await openAccounts(options, [name]);
  const pages = account(name)
    .messages(idOf(providers[name] as Provider, id), {
      ...(limit !== undefined && { limit }),
      ...(cursor !== undefined && { cursor }),
    })
    .pages();
  let next: string | undefined;
  for await (const page of pages) {
    next = page.cursor;
    for (const message of page.items) {
      if (json) printJson(message);
      else
        print(
          `${paint("cyan", message.role.padEnd(9))} ${paint("dim", message.createdAt ?? "")}\n${printable(message.text)}\n`,
        );
    }
  }
  if (next !== undefined) noteCursor(next, { json });
}
