import type { SandboxOptions } from "@convo/sandbox";
import type { Command } from "commander";
import { CliError } from "../failure.ts";
import { addExamples, addJson, choice, wholeNumber } from "../options.ts";
import { note, print, printJson } from "../output.ts";

interface Options {
  readonly json?: boolean;
  readonly port: number;
  readonly data?: string;
  readonly seed?: string;
  readonly openaiMetadata?: "merge" | "replace";
  readonly datagridLimit?: number;
}

/** `convo sandbox`. */
export function configure(command: Command): void {
  addJson(command)
    .option("--port <n>", "port on 127.0.0.1; 0 takes a free one", wholeNumber(0, 65_535), 4100)
    .option("--data <file>", "keep the state in this SQLite file (default: in memory)")
    .option("--seed <file>", "start from the rows in this JSON file")
    .addOption(choice("--openai-metadata <what>", "what OpenAI does with metadata", ["merge", "replace"]))
    .option("--datagrid-limit <n>", "requests a minute; 0 for no limit", wholeNumber(0))
    .action(sandbox);
  addExamples(command, "convo sandbox --port 0");
}

async function sandbox({ json, port, data, seed, openaiMetadata, datagridLimit }: Options): Promise<void> {
  const { createSandbox } = await import("@convo/sandbox");
  const options: SandboxOptions = {
    ...(data !== undefined && { data }),
    ...(seed !== undefined && { seed }),
    ...(openaiMetadata && { openai: { metadata: openaiMetadata } }),
    ...(datagridLimit !== undefined && { datagrid: { rateLimit: datagridLimit || false } }),
  };
  const server = open(() => createSandbox(options));
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
  const env = { ...server.env(), CHATDASH_AGENT_ID: "agent_1" };
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
