import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSandbox } from "../src/index.ts";
import { authorization, sender } from "./helpers.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sandbox-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a file keeps the state; the seed is planted once", async () => {
  const data = join(folder, "state.db");
  const first = createSandbox({ data });
  await sender(first, "datagrid")("PATCH /conversations/cnv_sandbox_0001", { name: "kept" });
  await first.close();
  const second = createSandbox({ data });
  expect(second.read("datagrid", "cnv_sandbox_0001")).toMatchObject({ name: "kept" });
  second.reset();
  expect(second.read("datagrid", "cnv_sandbox_0001")).toMatchObject({ name: "Project X" });
  await second.close();
});

test("kill -9 under a load of writes: every acknowledged write is there", async () => {
  const data = join(folder, "state.db");
  const cli = new URL("../src/cli.ts", import.meta.url).pathname;
  const child = spawn(
    process.execPath,
    [cli, "--port", "0", "--data", data, "--datagrid-rate-limit", "false"],
    {
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const origin = await firstOrigin(child.stdout);
  const acknowledged: string[] = [];
  const writer = async (worker: number): Promise<void> => {
    for (let n = 0; ; n += 1) {
      const name = `w${worker}-${n}`;
      const response = await fetch(`${origin}/datagrid/v1/conversations`, {
        method: "POST",
        headers: { authorization: authorization("datagrid"), "content-type": "application/json" },
        body: JSON.stringify({ name }),
      });
      await response.text();
      acknowledged.push(name);
      if (acknowledged.length === 100) child.kill("SIGKILL");
    }
  };
  await Promise.allSettled([0, 1, 2, 3].map(writer));
  await gone;
  expect(acknowledged.length).toBeGreaterThanOrEqual(100);
  const after = createSandbox({ data });
  const names = new Set(after.conversations("datagrid").map((row) => (row as { name?: string }).name));
  expect(acknowledged.filter((name) => !names.has(name))).toEqual([]);
  await after.close();
});

test("two processes on one file: every acknowledged write of both is there, under ids of its own", async () => {
  const data = join(folder, "state.db");
  const cli = new URL("../src/cli.ts", import.meta.url).pathname;
  const children = [0, 1].map(() =>
    spawn(process.execPath, [cli, "--port", "0", "--data", data], { stdio: ["ignore", "pipe", "ignore"] }),
  );
  const origins = await Promise.all(children.map((child) => firstOrigin(child.stdout)));
  const headers = { authorization: authorization("agentsight"), "content-type": "application/json" };
  const write = async (origin: string, conversation_id: string): Promise<number> => {
    const body = JSON.stringify({ conversation_id });
    const response = await fetch(`${origin}/agentsight/api/conversations/`, {
      method: "POST",
      headers,
      body,
    });
    expect(response.status).toBe(201);
    return ((await response.json()) as { id: number }).id;
  };
  const ids = await Promise.all(
    Array.from({ length: 60 }, (_, n) => write(String(origins[n % 2]), `session-${n}`)),
  );
  const gone = children.map((child) => new Promise((resolve) => child.once("exit", resolve)));
  for (const child of children) child.kill("SIGTERM");
  await Promise.all(gone);
  expect(new Set(ids).size).toBe(60);
  const after = createSandbox({ data });
  for (const [n, id] of ids.entries())
    expect(after.read("agentsight", id)).toMatchObject({ conversation_id: `session-${n}` });
  await after.close();
});

async function firstOrigin(output: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  for await (const chunk of output) {
    text += String(chunk);
    const origin = /OPENAI_BASE_URL=(http:\/\/[^/]+)/.exec(text)?.[1];
    if (origin) return origin;
  }
  throw new Error(`no origin in: ${text}`);
}
