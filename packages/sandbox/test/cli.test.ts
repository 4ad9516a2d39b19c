import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test } from "vitest";
import { COMMAND_OPTIONS, sandboxOptionsOf } from "../src/command-options.ts";
import { authorization } from "./helpers.ts";

const cli = new URL("../src/cli.ts", import.meta.url).pathname;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sandbox-cli-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly failed: boolean;
  readonly stdout: string;
  readonly stderr: string;
}
const run = (...args: string[]): Promise<Ended> =>
  new Promise((resolve) =>
    execFile(process.execPath, [cli, ...args], (error, stdout, stderr) =>
      resolve({ failed: error !== null, stdout, stderr }),
    ),
  );

test("prints what it can do", async () => {
  expect(await run("--help")).toMatchObject({ failed: false, stdout: expect.stringContaining("--data") });
});

test("has every option of createSandbox, under the name that its table gives", async () => {
  const { stdout } = await run("--help");
  for (const { flag, about } of COMMAND_OPTIONS) {
    expect(stdout).toMatch(new RegExp(`^  --${flag}\\b`, "m"));
    expect(stdout).toContain(about.replaceAll("`", ""));
  }
});

test("what a command line says becomes options of createSandbox", () => {
  const values = {
    data: "state.db",
    seed: "false",
    origins: ["https://a.test", "https://b.test"],
    "max-body-bytes": "10",
    "log-size": "5",
    "log-characters": "100",
    "event-interval-ms": "0",
    "openai-metadata": "replace",
    "openai-item-delete": "conversation",
    "letta-agents": ["agent-1"],
    "letta-open": true,
    "datagrid-rate-limit": "false",
    "chatdash-put": "full",
    port: "1",
  };
  expect(sandboxOptionsOf(values)).toEqual({
    data: "state.db",
    seed: false,
    origins: ["https://a.test", "https://b.test"],
    maxBodyBytes: 10,
    logSize: 5,
    logCharacters: 100,
    eventIntervalMs: 0,
    openai: { metadata: "replace", itemDelete: "conversation" },
    letta: { agents: ["agent-1"], open: true },
    datagrid: { rateLimit: false },
    chatdash: { put: "full" },
  });
  expect(sandboxOptionsOf({})).toEqual({});
});

test("says its version", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  expect(await run("--version")).toMatchObject({ failed: false, stdout: `${version}\n` });
});

test("an invalid file of accounts is refused without showing what is in it", async () => {
  const file = join(folder, "accounts.json");
  for (const [text, message] of [
    ['{"openai":"sk-secret"}', /accounts\.openai must be an object/],
    ['{"openai":{"sk-secret":"x"}}', /accounts\.openai: give each key an object/],
    ["sk-secret", /is not JSON/],
  ] as const) {
    writeFileSync(file, text);
    const { stderr } = await run("--port", "0", "--accounts", file);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain("sk-secret");
  }
});

test.each([
  [["--nonsense"], /--nonsense/],
  [["--port", "abc"], /--port must be a whole number from 0 to 65535, not abc/],
  [["--port", "70000"], /--port must be a whole number/],
  [["--openai-metadata", "mix"], /--openai-metadata must be merge or replace, not mix/],
  [["--chatdash-put", ""], /--chatdash-put must be partial or full/],
  [["--datagrid-rate-limit", "many"], /--datagrid-rate-limit must be a whole number/],
  [["--openai-item-delete", "x"], /--openai-item-delete must be notice or conversation/],
  [["--seed", "/nowhere.json"], /seed file \/nowhere\.json could not be opened: ENOENT/],
  [["--accounts", "/nowhere.json"], /accounts file \/nowhere\.json/],
])("%j is refused in two lines, without a stack", async (args, message) => {
  const { failed, stdout, stderr } = await run(...args, ...(args.includes("--port") ? [] : ["--port", "0"]));
  expect(failed).toBe(true);
  expect(stdout).toBe("");
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("serves the seed, the accounts and the switches it is given, until it is told to end", async () => {
  const file = (name: string, value: unknown): string => {
    writeFileSync(join(folder, name), JSON.stringify(value));
    return join(folder, name);
  };
  const at = "2026-01-01T00:00:00Z";
  const rows = [{ object: "conversation", id: "c1", name: "mine", created_at: at, updated_at: at }];
  const seed = file("seed.json", { datagrid: { conversation: rows } });
  const accounts = file("accounts.json", { datagrid: { mine: {} } });
  const args = [
    "--port",
    "0",
    "--seed",
    seed,
    "--accounts",
    accounts,
    "--datagrid-rate-limit",
    "7",
    "--origins",
    "https://a.test",
  ];
  const child = spawn(process.execPath, [cli, ...args], { stdio: ["ignore", "pipe", "ignore"] });
  const ended = once(child, "exit");
  const env = new Map<string, string>();
  for await (const line of createInterface(child.stdout)) {
    // A shell reads all of it: `npx @convo/sandbox > sandbox.env`, then `. ./sandbox.env`.
    expect(line).toMatch(/^export /);
    const [, name, value] = /^export (\w+)=(.+)$/.exec(line) ?? [];
    if (name && value) env.set(name, value);
    if (env.size === 11) break;
  }
  const url = `${env.get("DATAGRID_BASE_URL")}/conversations/c1`;
  const read = (key: string): Promise<Response> =>
    fetch(url, { headers: { authorization: authorization("datagrid", key) } });
  const mine = await read("mine");
  expect(await mine.json()).toMatchObject({ name: "mine" });
  expect(mine.headers.get("x-ratelimit-limit")).toBe("7");
  expect((await read("other")).status).toBe(401);
  const headers = { origin: "https://a.test" };
  expect((await fetch(new URL("/_/vendors", url), { headers })).status).toBe(200);
  const taken = await run("--port", new URL(url).port);
  expect(taken).toMatchObject({ failed: true, stderr: expect.stringContaining("Choose another --port") });
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
});
