#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { manifest } from "./manifest.ts";
import type { SandboxOptions } from "./options.ts";
import { createSandbox } from "./sandbox.ts";
import { SWITCHES, type Switch } from "./switches.ts";

const FLAGS = SWITCHES.filter((entry): entry is Switch & { flag: string } => entry.flag !== undefined);

const HELP = `convo-sandbox: five AI-conversation vendors on your machine

  --port <n>     port on 127.0.0.1 (default 4100, 0 = any free one)
  --data <file>  keep the state in this SQLite file (Node 22.13 or newer; default: in memory)
  --seed <file>  start from the rows in this JSON file
  --accounts <file>  the only keys to accept, as JSON: {"agentsight": {"<key>": {"account": "a", "role": "read"}}}
  --origin <url> let pages of this origin call it, besides those of localhost; may be repeated
  --max-body <n> bytes a request body may have (default 16777216)
${FLAGS.map(helpOf).join("\n")}
  --version      the version of this package
  --help         this text
`;

function helpOf({ flag, values, question, default: usual }: (typeof FLAGS)[number]): string {
  const choice = typeof values === "string" ? "<n>" : values.join("|");
  return `  --${flag} ${choice}  ${question.replaceAll("`", "")} (default ${usual})`;
}

type Arguments = Partial<Record<string, string | boolean | string[]>>;

function readArguments(): Arguments {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    options: {
      port: { ...text, default: "4100" },
      data: text,
      seed: text,
      accounts: text,
      origin: { ...text, multiple: true },
      "max-body": { ...text, default: "16777216" },
      ...Object.fromEntries(FLAGS.map((entry) => [entry.flag, { ...text, default: entry.default }])),
      version: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  return values;
}

function oneOf<const T extends string>(values: Arguments, name: string, choices: readonly T[]): T {
  const choice = choices.find((candidate) => candidate === values[name]);
  if (choice === undefined) throw new Error(`--${name} must be ${choices.join(" or ")}, not ${values[name]}`);
  return choice;
}

function integer(values: Arguments, name: string, most: number): number {
  const number = Number(values[name]);
  if (values[name] !== "" && Number.isInteger(number) && number >= 0 && number <= most) return number;
  throw new Error(`--${name} must be a whole number from 0 to ${most}, not ${values[name]}`);
}

function readAccounts(file: string): SandboxOptions["accounts"] & object {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new Error(`The accounts file ${file} could not be opened: ${(cause as Error).message}`, { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    // Not the parser's own words: they quote what may be a key.
    throw new Error(`The accounts file ${file} is not JSON.`, { cause });
  }
}

function toOptions(values: Arguments): SandboxOptions {
  const { data, seed, accounts } = values as Partial<Record<string, string>>;
  return {
    ...(data === undefined ? {} : { data }),
    ...(seed === undefined ? {} : { seed }),
    ...(accounts === undefined ? {} : { accounts: readAccounts(accounts) }),
    origins: (values.origin ?? []) as string[],
    maxBodyBytes: integer(values, "max-body", 1e9),
    openai: {
      metadata: oneOf(values, "openai-metadata", ["merge", "replace"]),
      itemDelete: oneOf(values, "openai-item-delete", ["notice", "conversation"]),
    },
    chatdash: { put: oneOf(values, "chatdash-put", ["partial", "full"]) },
    datagrid: { rateLimit: integer(values, "datagrid-limit", 1e9) || false },
  };
}

async function main(): Promise<void> {
  const values = readArguments();
  if (values.help || values.version) {
    process.stdout.write(values.help ? HELP : `${manifest().version}\n`);
    return;
  }
  const port = integer(values, "port", 65_535);
  const sandbox = createSandbox(toOptions(values));
  const { origin } = await sandbox.listen(port);
  const lines = Object.entries(sandbox.env()).map(([name, value]) => `export ${name}=${value}`);
  process.stdout.write(`Sandbox on ${origin} (open it in a browser)\n\n${lines.join("\n")}\n`);
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
}

main().catch((error: NodeJS.ErrnoException) => {
  const hint = error.code === "EADDRINUSE" ? "Choose another --port, or 0 for any free one." : "See --help.";
  process.stderr.write(`${error.message}\n${hint}\n`);
  process.exitCode = 1;
});
