import {
  COMMAND_OPTIONS,
  type CommandOption,
  type CommandValues,
  sandboxOptionsOf,
} from "@convo/sandbox/command-options";
import { type Command, Option } from "commander";
import { CliError } from "../failure.ts";
import { addExamples, addJson, wholeNumber, word } from "../options.ts";
import { note, print, printJson } from "../output.ts";

interface Options {
  readonly json?: boolean;
  readonly port: number;
}

/** `convo sandbox`: the options are those of `createSandbox`, under the names that `npx @convo/sandbox` has. */
export function configure(command: Command): void {
  addJson(command).option("--port <n>", "port; 0 takes a free one", wholeNumber(0, 65_535), 4100);
  for (const option of COMMAND_OPTIONS) command.addOption(toOption(option));
  command.action(sandbox);
  addExamples(command, "convo sandbox --port 0", "convo sandbox --port 0 --openai-metadata replace");
}

function toOption({ flag, value, about, several, default: usual }: CommandOption): Option {
  const placeholder = value === "" || value.startsWith("<") ? value : `<${value}>`;
  const text = `${about.replaceAll("`", "")}${several ? " May be repeated." : ""} (default: ${usual})`;
  const option = new Option(`--${flag} ${placeholder}`.trim(), text);
  return several ? option.argParser(word) : option;
}

async function sandbox(options: Options, command: Command): Promise<void> {
  const { createSandbox } = await import("@convo/sandbox");
  const { json, port } = options;
  const given = command.opts<Readonly<Record<string, string>>>();
  const values: CommandValues = Object.fromEntries(
    command.options.map((option) => [option.long?.slice(2), given[option.attributeName()]]),
  );
  const server = open(() => createSandbox(sandboxOptionsOf(values)));
  let origin: string;
  try {
    ({ origin } = await server.listen(port));
  } catch (error) {
    await server.close();
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CliError(
      code === "EADDRINUSE" ? `Port ${port} is in use. Choose another --port, or 0 for a free one.` : message,
    );
  }
  // Before anything is printed: who reads that may end it at once.
  const ended = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  const env = server.env();
  if (json) printJson({ origin, env });
  else {
    note(`Sandbox on ${origin} (open it in a browser; Ctrl-C ends it). In another terminal:\n`);
    for (const [name, value] of Object.entries(env)) print(`export ${name}=${value}`);
  }
  await ended;
  await server.close();
}

function open<T>(create: () => T): T {
  try {
    return create();
  } catch (error) {
    throw new CliError((error as Error).message);
  }
}
