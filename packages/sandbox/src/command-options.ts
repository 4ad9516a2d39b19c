import { readFileSync } from "node:fs";
import { VENDORS, type VendorName } from "./engine/types.ts";
import type { SandboxOptions } from "./options.ts";

/** Where an option is among those of `createSandbox`, such as `data` or `openai.metadata`. */
export type OptionPath = {
  [Name in keyof SandboxOptions & string]-?: Name extends VendorName
    ? `${Name}.${keyof NonNullable<SandboxOptions[Name]> & string}`
    : Name;
}[keyof SandboxOptions & string];

/** Makes the value of an option from what stands on the command line. Throws an `Error` that says what it can be. */
type Read = (text: string, flag: string) => unknown;

/** An option of `createSandbox`, as every command has it that starts a sandbox. */
export interface CommandOption {
  /** Where it is among the options of `createSandbox`. */
  readonly path: OptionPath;
  /** Its name on the command line, without `--`: `openai-metadata` for `openai.metadata`. */
  readonly flag: string;
  /** What it is about: one sentence, or a question that the vendor leaves open. */
  readonly about: string;
  /** What can be given, such as `<file>` or `merge|replace`; empty where the flag alone says it. */
  readonly value: string;
  /** What holds without it. */
  readonly default: string;
  /** Whether it may be repeated. */
  readonly several: boolean;
}

interface Entry {
  readonly about: string;
  readonly value: string;
  readonly default: string;
  readonly several?: true;
  readonly read: Read;
}

const words = (...choices: readonly string[]): Pick<Entry, "value" | "read"> => ({
  value: choices.join("|"),
  read(text, flag) {
    if (choices.includes(text)) return text;
    throw new Error(`--${flag} must be ${choices.join(" or ")}, not ${text}`);
  },
});

const wholeNumber =
  (least: number, most: number): Read =>
  (text, flag) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new Error(`--${flag} must be a whole number from ${least} to ${most}, not ${text}`);
  };

const asText: Read = (text) => text;

const orFalse =
  (read: Read): Read =>
  (text, flag) =>
    text === "false" ? false : read(text, flag);

const jsonFile: Read = (file, flag) => {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new Error(`The ${flag} file ${file} could not be opened: ${(cause as Error).message}`, { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    // Not the parser's own words: they quote what may be a key.
    throw new Error(`The ${flag} file ${file} is not JSON.`, { cause });
  }
};

/** The one table of options. Whoever adds one to `SandboxOptions` answers here what the commands call it. */
const TABLE: Readonly<Record<OptionPath, Entry>> = {
  data: {
    about: "SQLite file that keeps the state (Node 22.13 or newer).",
    value: "<file>",
    default: "in memory",
    read: asText,
  },
  seed: {
    about: "JSON file of rows to start from; `false` starts empty.",
    value: "<file|false>",
    default: "a conversation or two at each vendor",
    read: orFalse(asText),
  },
  accounts: {
    about:
      'The only keys to accept, in the command a JSON file: `{"agentsight": {"<key>": {"account": "a", "role": "read"}}}`.',
    value: "<file>",
    default: "any key that looks like the vendor's",
    read: jsonFile,
  },
  origins: {
    about: "Origin whose pages may call it, besides those of localhost.",
    value: "<url>",
    default: "none",
    several: true,
    read: asText,
  },
  maxBodyBytes: {
    about: "Bytes that a request body may have.",
    value: "<n>",
    default: "16777216",
    read: wholeNumber(0, 1e9),
  },
  logSize: {
    about: "Requests that the log keeps.",
    value: "<n>",
    default: "10000",
    read: wholeNumber(1, 1e9),
  },
  logCharacters: {
    about: "Characters of bodies that the log keeps in all.",
    value: "<n>",
    default: "33554432",
    read: wholeNumber(1, 1e10),
  },
  eventIntervalMs: {
    about: "Milliseconds between the events of a stream.",
    value: "<n>",
    default: "5",
    read: wholeNumber(0, 1e6),
  },
  "openai.metadata": {
    about: "Does an update merge or replace `metadata`?",
    default: "merge",
    ...words("merge", "replace"),
  },
  "openai.itemDelete": {
    about: "Does deleting an item answer a deletion notice, as recorded, or the conversation, as documented?",
    default: "notice",
    ...words("notice", "conversation"),
  },
  "letta.agents": {
    about: "Which agents exist?",
    value: "<id>",
    default: "every well-formed id",
    several: true,
    read: asText,
  },
  "letta.open": {
    about: "Is it open, as a self-hosted server without a password?",
    value: "",
    default: "false",
    read: () => true,
  },
  "datagrid.rateLimit": {
    about: "How many requests per minute and endpoint? `false` for no limit.",
    value: "<n|false>",
    default: "200",
    read: orFalse(wholeNumber(1, 1e9)),
  },
  "chatdash.put": {
    about: "Does PUT reset the fields left out?",
    default: "partial",
    ...words("partial", "full"),
  },
};

const kebab = (path: string): string =>
  path.replace(".", "-").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const PATHS = Object.keys(TABLE) as OptionPath[];

/** Every option of `createSandbox`, as the two commands have it: that of this package, and `convo sandbox`. */
export const COMMAND_OPTIONS: readonly CommandOption[] = PATHS.map((path) => {
  const { about, value, default: usual, several = false } = TABLE[path];
  return { path, flag: kebab(path), about, value, default: usual, several };
});

/** What stands on a command line, by flag. */
export type CommandValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** The options of `createSandbox` that a command line asks for. Throws an `Error` that names the flag. */
export function sandboxOptionsOf(values: CommandValues): SandboxOptions {
  const options: Record<string, unknown> = {};
  for (const { path, flag } of COMMAND_OPTIONS) {
    const given = values[flag];
    if (given === undefined || given === false) continue;
    const { read } = TABLE[path];
    const value = Array.isArray(given) ? given.map((text) => read(text, flag)) : read(String(given), flag);
    const [first = "", inner] = path.split(".");
    if (inner === undefined) options[first] = value;
    else options[first] = { ...Object(options[first]), [inner]: value };
  }
  return options as SandboxOptions;
}

/** Whose an option is; `undefined` for one of the sandbox itself. */
export const vendorOf = ({ path }: CommandOption): VendorName | undefined =>
  VENDORS.find((vendor) => path.startsWith(`${vendor}.`));
