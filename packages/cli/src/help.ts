import { Command } from "commander";
import { COMMANDS } from "./commands.ts";

/** The help of every command and of those beneath it, as `--help` prints it on a terminal of 80 columns. */
export async function helpTexts(): Promise<(readonly [name: string, text: string])[]> {
  const program = new Command("convo").helpCommand(false);
  for (const { name, summary, load } of COMMANDS)
    (await load()).configure(program.command(name).description(summary));
  return program.commands.flatMap((command) => helpOf(command, []));
}

function helpOf(command: Command, path: readonly string[]): (readonly [name: string, text: string])[] {
  const words = [...path, command.name()];
  let text = "";
  command.configureOutput({
    getOutHelpWidth: () => 80,
    getOutHasColors: () => false,
    writeOut: (more) => {
      text += more;
    },
  });
  command.outputHelp();
  return [[words.join(" "), text], ...command.commands.flatMap((nested) => helpOf(nested, words))];
}
