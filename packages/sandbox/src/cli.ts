#!/usr/bin/env node
import { parseArgs } from "node:util";
import {
  COMMAND_OPTIONS,
  type CommandOption,
  type CommandValues,
  sandboxOptionsOf,
} from "./command-options.ts";
import { manifest } from "./manifest.ts";
import { createSandbox } from "./sandbox.ts";

const HELP = `convo-sandbox: five AI-conversation vendors on your machine

${line("port <n>", "port; 0 takes a free one (default: 4100)")}
${COMMAND_OPTIONS.map(helpOf).join("\n")}
${line("json", "print one line of JSON: the origin, and the variables that lead to it")}
${line("version", "print the version of this package")}
${line("help", "print this text")}
`;

function line(flag: string, text: string): string {
  return `  --${flag}\n      ${text}`;
}

function helpOf({ flag, value, about, several, default: usual }: CommandOption): string {
  const repeated = several ? " May be repeated." : "";
  return line(`${flag} ${value}`.trim(), `${about.replaceAll("`", "")}${repeated} (default: ${usual})`);
}

function readArguments(): CommandValues & { readonly port: string } {
  const text = { type: "string" } as const;
  const ours = COMMAND_OPTIONS.map(({ flag, value, several }) => [
    flag,
    value === "" ? ({ type: "boolean" } as const) : { ...text, multiple: several },
  ]);
  const { values } = parseArgs({
    options: {
      ...Object.fromEntries(ours),
      port: { ...text, default: "4100" },
      json: { type: "boolean" },
      version: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  return values as CommandValues & { readonly port: string };
}

function portOf(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new Error(`--port must be a whole number from 0 to 65535, not ${text}`);
}

async function main(): Promise<void> {
  const values = readArguments();
  if (values.help || values.version) {
    process.stdout.write(values.help ? HELP : `${manifest().version}\n`);
    return;
  }
  const port = portOf(values.port);
  const sandbox = createSandbox(sandboxOptionsOf(values));
  const { origin } = await sandbox.listen(port);
  const env = sandbox.env();
  const lines = Object.entries(env).map(([name, value]) => `export ${name}=${value}`);
  // What a shell or a program reads is on standard output alone: `. ./sandbox.env` works.
  if (!values.json)
    process.stderr.write(
      `Sandbox on ${origin} (open it in a browser; Ctrl-C ends it). In another terminal:\n\n`,
    );
  process.stdout.write(values.json ? `${JSON.stringify({ origin, env })}\n` : `${lines.join("\n")}\n`);
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
}

main().catch((error: NodeJS.ErrnoException) => {
  const hint = error.code === "EADDRINUSE" ? "Choose another --port, or 0 for any free one." : "See --help.";
  process.stderr.write(`${error.message}\n${hint}\n`);
  process.exitCode = 1;
});
