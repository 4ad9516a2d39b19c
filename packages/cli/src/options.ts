import { type Command, InvalidArgumentError, Option } from "commander";

/** Options that every command that calls a vendor has. */
export interface AccountOptions {
  readonly json?: boolean;
  readonly config?: string;
  readonly profile?: string;
  /** False for `--no-catalogue`. */
  readonly catalogue?: boolean;
}

/** Adds the options that every command that calls a vendor has. */
export function addAccountOptions(command: Command): Command {
  return addJson(command)
    .option(
      "--config <file>",
      "config file (default: $CONVO_CONFIG, else convo/config.json of your config folder)",
    )
    .option("--profile <name>", "profile of the config file (default: $CONVO_PROFILE, else default)")
    .option("--no-catalogue", "do not remember the conversations that are seen for `convo find`");
}

/** Adds `--json`. */
export const addJson = (command: Command): Command =>
  command.option("--json", "print JSON, one document per line; errors are JSON on standard error");

/** Adds examples to the help. They run as they are against `convo sandbox`; the tests run every one. */
export function addExamples(command: Command, ...examples: string[]): void {
  command.addHelpText("after", `\nExamples:\n${examples.map((line) => `  $ ${line}`).join("\n")}`);
}

/** Reads a whole number within bounds; anything else is refused. */
export function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER) {
  return (text: string): number => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(number) && number >= min && number <= max) return number;
    throw new InvalidArgumentError(
      max === Number.MAX_SAFE_INTEGER
        ? `It must be a whole number from ${min}.`
        : `It must be a whole number from ${min} to ${max}.`,
    );
  };
}

/** Reads a number above 0; anything else is refused. */
export function positiveNumber(text: string): number {
  const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(number) && number > 0) return number;
  throw new InvalidArgumentError("It must be a number above 0, such as 2 or 0.5.");
}

/** Reads `true` or `false`; anything else is refused. */
export function trueOrFalse(text: string): boolean {
  if (text === "true" || text === "false") return text === "true";
  throw new InvalidArgumentError("It must be true or false.");
}

/** Splits `key=value`, and adds it to those of the same option before it. */
export function pair(text: string, before: Record<string, string> = {}): Record<string, string> {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("It must be key=value.");
  const key = text.slice(0, at);
  if (Object.hasOwn(before, key)) throw new InvalidArgumentError(`${key} is given twice.`);
  return { ...before, [key]: text.slice(at + 1) };
}

/** Like `pair`, with a value in JSON. */
export function jsonPair(text: string, before: Record<string, unknown> = {}): Record<string, unknown> {
  const [entry] = Object.entries(pair(text));
  const [key, value] = entry as [string, string];
  if (Object.hasOwn(before, key)) throw new InvalidArgumentError(`${key} is given twice.`);
  return { ...before, [key]: json(value) };
}

/** Reads JSON. */
export function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidArgumentError(`The value is not JSON. Text needs quotes: '"text"'.`);
  }
}

/** Adds a word to those of the same option before it. */
export const word = (text: string, before: readonly string[] = []): string[] => [...before, text];

/** An option with a fixed set of values. */
export const choice = (flags: string, description: string, values: readonly string[]): Option =>
  new Option(flags, description).choices(values);
