import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { COMMAND_OPTIONS } from "@convo/sandbox/command-options";
import { expect, test } from "vitest";
import { helpTexts } from "../src/help.ts";
import { cli, place, printed } from "./run.ts";

const { convo, folder, env, file } = place();

/** Commands that run until they are ended, and what they print when they work. */
const ENDLESS: [start: string, RegExp][] = [
  ["convo sandbox", /AGENTSIGHT_API_KEY/],
  ["convo queue work", /Working for openai/],
  ["convo mcp --http", /MCP server on http/],
];

/** The examples in the help of each command, those of its own commands among them. */
async function examples(): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const [path, text] of await helpTexts()) {
    const [name = ""] = path.split(" ");
    const lines = [...text.matchAll(/^ {2}\$ (.+)$/gm)].map(([, line]) => `${line}`);
    found.set(name, [...(found.get(name) ?? []), ...lines]);
  }
  return found;
}

test("convo sandbox has every option that npx @convo/sandbox has", async () => {
  const help = (await helpTexts()).find(([name]) => name === "sandbox")?.[1] ?? "";
  for (const { flag } of COMMAND_OPTIONS) expect(help).toContain(`--${flag}`);
  const wrong = await convo("sandbox", "--port", "0", "--openai-metadata", "mix", "--json");
  expect(wrong).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("must be merge or replace, not mix"),
  });
});

test("every command's help has examples, and each of them runs", async () => {
  mkdirSync(file("bin"));
  writeFileSync(file("bin/convo"), `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`);
  chmodSync(file("bin/convo"), 0o755);
  const line = (id: string, status: string): string =>
    `${JSON.stringify({ id, changes: { metadata: { status } } })}\n`;
  writeFileSync(file("updates.jsonl"), line("conv_sandbox0001", "open"));
  writeFileSync(file("tickets.csv"), "Ticket,Priority\n42,1\n43,2\n");
  const shell = { cwd: folder, env: { ...env, PATH: `${join(folder, "bin")}:${env.PATH}` } };
  const all = await examples();
  for (const [name, lines] of all) expect(lines, `convo ${name} --help`).not.toEqual([]);
  // Later ones use the files of earlier ones. The queue is a lane of its own, and erasing comes last.
  const lanes = [...all.keys()].filter((name) => name !== "erase" && name !== "queue");
  const run = async (names: readonly string[]): Promise<void> => {
    for (const text of names.flatMap((name) => all.get(name) ?? [])) await runExample(text, shell);
  };
  await Promise.all([run(lanes), run(["queue"])]);
  await run(["erase"]);
});

async function runExample(text: string, shell: { cwd: string; env: NodeJS.ProcessEnv }): Promise<void> {
  const child = spawn("sh", ["-c", `exec ${text}`], { ...shell, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      output += chunk;
    });
  const ended = once(child, "close");
  const endless = ENDLESS.find(([start]) => text.startsWith(start));
  if (endless) {
    await printed(child, endless[1]);
    child.kill("SIGINT");
  }
  const [code] = await ended;
  expect(endless ? [0, 130] : [0], `${text}\n${output}`).toContain(code);
}
