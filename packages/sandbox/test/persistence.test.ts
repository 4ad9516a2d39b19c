import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
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

test("a file whose conversations were all deleted, or that began empty, is not seeded again", async () => {
  const data = join(folder, "state.db");
  const seed = { openai: {}, letta: {}, chatdash: {}, agentsight: {} };
  const first = createSandbox({ data, seed });
  const send = sender(first, "datagrid");
  for (const { id } of first.conversations("datagrid") as { id: string }[])
    expect((await send(`DELETE /conversations/${id}`)).status).toBe(204);
  await first.close();
  const empty = createSandbox({ data: join(folder, "empty.db"), seed: false });
  await empty.close();
  for (const file of [data, join(folder, "empty.db")]) {
    const again = createSandbox({ data: file });
    expect(again.conversations("datagrid")).toEqual([]);
    again.reset();
    expect(again.conversations("datagrid")).not.toEqual([]);
    await again.close();
  }
});

test("a file that cannot be used is named", () => {
  const file = join(folder, "notes.txt");
  writeFileSync(file, "no database, but long enough to be taken for one");
  for (const data of [file, folder, join(folder, "none", "state.db")])
    expect(() => createSandbox({ data })).toThrow(`[sandbox] The data file ${data} could not be opened: `);
});

test("a new file that somebody else is about to write to is waited for", async () => {
  const file = join(folder, "state.db");
  const writer = new Worker(
    `const { parentPort, workerData } = require("node:worker_threads");
    const { DatabaseSync } = require("node:sqlite");
    const db = new DatabaseSync(workerData);
    db.exec("CREATE TABLE other (x); BEGIN IMMEDIATE");
    parentPort.postMessage("writes");
    setTimeout(() => db.close(), 300);`,
    { eval: true, workerData: file },
  );
  await once(writer, "message");
  const sandbox = createSandbox({ data: file });
  expect(sandbox.conversations("datagrid")).not.toEqual([]);
  await sandbox.close();
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
