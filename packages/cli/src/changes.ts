import type { Command } from "commander";
import { choice, jsonPair, pair, trueOrFalse, word } from "./options.ts";

/** What the options of a change hold. */
export interface ChangeOptions {
  readonly name?: string;
  readonly summary?: string;
  readonly marked?: boolean;
  readonly customerId?: string;
  readonly device?: string;
  readonly language?: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly setJson?: Readonly<Record<string, unknown>>;
  readonly native?: Readonly<Record<string, unknown>>;
  readonly unset?: readonly string[];
  readonly unsupported?: "error" | "skip" | "metadata";
}

/** Adds the options that say what to change. */
export function addChangeOptions(command: Command): Command {
  return addFieldOptions(command)
    .option("--set <key=text>", "set a metadata key to text; may be repeated", pair)
    .option("--set-json <key=json>", "set a metadata key to any JSON; may be repeated", jsonPair)
    .option("--native <field=json>", "set a field of the vendor's own; may be repeated", jsonPair)
    .addOption(
      choice(
        "--unsupported <what>",
        "a field that the vendor lacks: refuse it, leave it out, or keep it in metadata",
        ["error", "skip", "metadata"],
      ),
    );
}

/** Adds an option for each common field. */
export function addFieldOptions(command: Command): Command {
  return command
    .option("--name <text>", "title of the conversation")
    .option("--summary <text>", "what was said, in short")
    .option("--marked <true|false>", "whether it is starred", trueOrFalse)
    .option("--customer-id <text>", "who it is with, in your own numbering")
    .option("--device <text>", "kind of device, such as mobile")
    .option("--language <tag>", "language tag, such as es-ES");
}

/** Adds `--unset`, which a new conversation has no use for. */
export const addUnset = (command: Command): Command =>
  command.option("--unset <key>", "remove a metadata key; may be repeated", word);

/** The common fields that are given. */
export function fieldsOf({ name, summary, marked, customerId, device, language }: ChangeOptions): object {
  const fields = { name, summary, marked, customerId, device, language };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The changes that the options ask for. */
export function changesOf(options: ChangeOptions): object {
  const { set, setJson, native, unset } = options;
  return {
    ...fieldsOf(options),
    ...((set || setJson) && { metadata: { ...set, ...setJson } }),
    ...(native && { native }),
    ...(unset && { unset }),
  };
}
