import { Command, CommanderError } from "commander";
import { COMMANDS } from "./commands.ts";
import { EXIT, exitCodeOf, noteError } from "./failure.ts";
import { handleOutputErrors } from "./interrupt.ts";
import { version } from "./version.ts";

const ABOUT = `Reads, changes, exports and erases conversations of AI vendors: openai, letta, datagrid, chatdash, agentsight.

Keys come from the environment (OPENAI_API_KEY, ...) or from a config file, never from the command line.`;

const AFTER = `
Exit codes:
  0 done    1 failed    2 wrong command line, file or changes    3 no valid key    4 not found
  5 conflict    6 a write may have been done: read first    130 ended by Ctrl-C

Examples:
  $ convo doctor
  $ convo get agentsight 42
  $ convo update agentsight 42 --set status=resolved --plan`;

/** Runs one command line, and sets the exit code. */
export async function main(args: readonly string[]): Promise<void> {
  handleOutputErrors();
  const json = args.includes("--json");
  try {
    const program = await buildProgram(args, json);
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    process.exitCode = report(error, json);
  }
}

/** The program with the one command that is called; the others are there by name only, unless it is their completion. */
async function buildProgram(args: readonly string[], json: boolean): Promise<Command> {
  const program = new Command("convo").description(ABOUT).version(version(), "-V, --version");
  program.addHelpText("after", AFTER).exitOverride().helpCommand(false);
  program.configureHelp({ showGlobalOptions: false });
  if (json) program.configureOutput({ outputError() {} });
  const called = args.find((word) => !word.startsWith("-"));
  for (const { name, summary, load } of COMMANDS) {
    const command = program.command(name).description(summary);
    if (name === called || called === "completion") (await load()).configure(command);
  }
  return program;
}

/** Tells what went wrong, and returns the exit code for it. */
function report(error: unknown, json: boolean): number {
  const isCommander = error instanceof CommanderError;
  // Help is no error, and of the others Commander has said what is for people.
  if (isCommander && error.exitCode === 0) return EXIT.done;
  if (json || !isCommander) noteError(error, { json });
  return isCommander ? EXIT.usage : exitCodeOf(error);
}
