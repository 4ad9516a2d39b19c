import type { Command } from "commander";
import { accountsWithKey, openAccounts } from "../accounts.ts";
import { readConfig } from "../config.ts";
import { CliError, EXIT } from "../failure.ts";
import { type AccountOptions, addAccountOptions, addExamples, wholeNumber } from "../options.ts";
import { note } from "../output.ts";

interface Options extends AccountOptions {
  readonly readOnly?: boolean;
  readonly http?: number;
}

/** `convo mcp`. */
export function configure(command: Command): void {
  addAccountOptions(
    command.argument("[accounts...]", "accounts that the agent may use (default: all that have a key)"),
  )
    .option("--read-only", "offer no tool that changes anything")
    .option(
      "--http <port>",
      "serve over HTTP on 127.0.0.1 instead of standard input; 0 takes a free port",
      wholeNumber(0, 65_535),
    )
    .action(mcp);
  addExamples(command, "convo mcp openai --read-only", "convo mcp --http 0");
}

async function mcp(names: string[], options: Options): Promise<void> {
  const accounts = names.length > 0 ? names : await accountsWithKey(readConfig(options));
  if (accounts.length === 0)
    throw new CliError(
      "There is no account with an API key. Run `convo doctor` to see what is missing.",
      EXIT.auth,
    );
  const session = await openAccounts(options, accounts);
  const { createServerFactory } = await import("../mcp/server.ts");
  const factory = createServerFactory(session, { readOnly: options.readOnly === true });
  if (options.http === undefined) {
    const { serveStdio } = await import("@modelcontextprotocol/server/stdio");
    serveStdio(factory);
  } else {
    const { serveHttp } = await import("../mcp/http.ts");
    const { url, close } = await serveHttp(factory, options.http);
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void close());
    note(`MCP server on ${url} (Ctrl-C ends it).`);
  }
}
