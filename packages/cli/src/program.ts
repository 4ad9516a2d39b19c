import { Command, CommanderError } from "commander";
import { COMMANDS } from "./commands.ts";
import { EXIT, errorData, exitCodeOf } from "./failure.ts";
import { handleOutputErrors } from "./interrupt.ts";
import { describe, note } from "./output.ts";
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
  try {
    const program = await buildProgram(args);
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    process.exitCode = report(error, args.includes("--json"));
  }
}

/** The program with the one command that is called; the others are there by name only, unless it is their completion. */
async function buildProgram(args: readonly string[]): Promise<Command> {
  const program = new Command("convo").description(ABOUT).version(version(), "-V, --version");
  program.addHelpText("after", AFTER).exitOverride().helpCommand(false);
  program.configureHelp({ showGlobalOptions: false });
  const called = args.find((word) => !word.startsWith("-"));
  for (const { name, summary, load } of COMMANDS) {
    const command = program.command(name).description(summary);
    if (name === called || called === "completion") (await load()).configure(command);
  }
  return program;
}

/** Tells what went wrong, and returns the exit code for it. */
function report(error: unknown, json: boolean): number {
  // Commander has said it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  const { docs } = Object(error) as { docs?: string };
  note(
    json ? JSON.stringify({ error: errorData(error) }) : `${describe(error)}${docs ? `\nSee ${docs}` : ""}`,
  );
  return exitCodeOf(error);
}
