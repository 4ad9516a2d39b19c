import { readFileSync } from "node:fs";
import { VENDORS, type VendorName } from "./engine/types.ts";
import type { SandboxOptions } from "./options.ts";

/** Where an option is among those of `createSandbox`, such as `data` or `openai.metadata`. */
export type OptionPath = {
  [Name in keyof SandboxOptions & string]-?: Name extends VendorName
    ? `${Name}.${keyof NonNullable<SandboxOptions[Name]> & string}`
    : Name;
}[keyof SandboxOptions & string];

/** What the value of an option can be. */
interface Rule {
  /** In words, after "must be". */
  readonly expected: string;
  accepts(value: unknown): boolean;
  /** The value that a text on the command line stands for; the text itself if this is missing. */
  fromText?(text: string, flag: string): unknown;
}

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
  readonly rule: Rule;
}

const words = (...choices: readonly string[]): Pick<Entry, "value" | "rule"> => ({
  value: choices.join("|"),
  rule: { expected: choices.join(" or "), accepts: (value) => choices.includes(value as string) },
});

const wholeNumber = (least: number, most: number): Rule => ({
  expected: `a whole number from ${least} to ${most}`,
  accepts: (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
  fromText: (text) => (/^\d+$/.test(text) ? Number(text) : Number.NaN),
});

const text = (expected: string, pattern = /./): Rule => ({
  expected,
  accepts: (value) => typeof value === "string" && pattern.test(value),
});

const orFalse = ({ expected, accepts, fromText = (words) => words }: Rule): Rule => ({
  expected: `${expected}, or false`,
  accepts: (value) => value === false || accepts(value),
  fromText: (words, flag) => (words === "false" ? false : fromText(words, flag)),
});

/** Rows and keys are checked by who takes them, one by one. */
const inDetail: Rule = { expected: "an object", accepts: () => true };

const readJson = (file: string, flag: string): unknown => {
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
    rule: text("the path of a file"),
  },
  seed: {
    about: "JSON file of rows to start from; `false` starts empty.",
    value: "<file|false>",
    default: "a conversation or two at each vendor",
    rule: orFalse(inDetail),
  },
  accounts: {
    about:
      'The only keys to accept, in the command a JSON file: `{"agentsight": {"<key>": {"account": "a", "role": "read"}}}`.',
    value: "<file>",
    default: "any key that looks like the vendor's",
    rule: { ...inDetail, fromText: readJson },
  },
  host: {
    about:
      "Address to listen on. `0.0.0.0` is for containers and other machines, whose names for it belong in `origins`.",
    value: "<address>",
    default: "127.0.0.1",
    rule: text("an address of this machine"),
  },
  origins: {
    about:
      "Origin besides localhost: its pages may call the sandbox, and its host may be the sandbox's own name.",
    value: "<url>",
    default: "none",
    several: true,
    rule: text('an origin such as "https://app.test"', /^[a-z][a-z\d+.-]*:\/\/[^/?#\s]+$/i),
  },
  maxBodyBytes: {
    about: "Bytes that a request body may have.",
    value: "<n>",
    default: "16777216",
    rule: wholeNumber(0, 1e9),
  },
  logSize: {
    about: "Requests that the log keeps.",
    value: "<n>",
    default: "10000",
    rule: wholeNumber(1, 1e9),
  },
  logCharacters: {
    about: "Characters of bodies that the log keeps in all.",
    value: "<n>",
    default: "33554432",
    rule: wholeNumber(1, 1e10),
  },
  eventIntervalMs: {
    about: "Milliseconds between the events of a stream.",
    value: "<n>",
    default: "5",
    // The longest that a timer waits.
    rule: wholeNumber(0, 2 ** 31 - 1),
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
    rule: text("the id of an agent"),
  },
  "letta.open": {
    about: "Is it open, as a self-hosted server without a password?",
    value: "",
    default: "false",
    rule: { expected: "true or false", accepts: (value) => typeof value === "boolean", fromText: () => true },
  },
  "datagrid.rateLimit": {
    about: "How many requests per minute and endpoint? `false` for no limit.",
    value: "<n|false>",
    default: "200",
    rule: orFalse(wholeNumber(1, 1e9)),
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
    const value = Array.isArray(given)
      ? given.map((one) => readFlag(path, flag, one))
      : readFlag(path, flag, String(given));
    const [first = "", inner] = path.split(".");
    if (inner === undefined) options[first] = value;
    else options[first] = { ...Object(options[first]), [inner]: value };
  }
  return options as SandboxOptions;
}

function readFlag(path: OptionPath, flag: string, text: string): unknown {
  const { expected, accepts, fromText } = TABLE[path].rule;
  const value = fromText ? fromText(text, flag) : text;
  if (accepts(value)) return value;
  throw new Error(`--${flag} must be ${expected}, not ${text}`);
}

/**
 * Checks what was given to `createSandbox`: a misspelt switch would be a sandbox that behaves otherwise than its user thinks.
 *
 * @throws TypeError that names the option
 */
export function checkOptions(options: SandboxOptions): void {
  for (const [name, value] of Object.entries(options)) {
    if (!VENDORS.includes(name as VendorName)) {
      checkOption(name, value);
      continue;
    }
    if (typeof value !== "object" || value === null)
      throw new TypeError(`[sandbox] ${name} must be an object.`);
    for (const [inner, innerValue] of Object.entries(value)) checkOption(`${name}.${inner}`, innerValue);
  }
}

function checkOption(path: string, value: unknown): void {
  if (!Object.hasOwn(TABLE, path)) throw new TypeError(`[sandbox] Unknown option "${path}".`);
  const { several, rule } = TABLE[path as OptionPath];
  if (value === undefined) return;
  if (several ? Array.isArray(value) && value.every(rule.accepts) : rule.accepts(value)) return;
  throw new TypeError(
    `[sandbox] ${path} must be ${several ? "an array, and each of it " : ""}${rule.expected}.`,
  );
}

/** Whose an option is; `undefined` for one of the sandbox itself. */
export const vendorOf = ({ path }: CommandOption): VendorName | undefined =>
  VENDORS.find((vendor) => path.startsWith(`${vendor}.`));
