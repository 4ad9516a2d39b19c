import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createSandbox, type Sandbox } from "@convo/sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Task, Told } from "./writer.ts";

const run = promisify(execFile);
const writer = fileURLToPath(new URL("writer.ts", import.meta.url));
const NAMES = ["p0", "p1", "p2", "p3"];

let sandbox: Sandbox;
let folder: string;
beforeEach(async () => {
  sandbox = createSandbox();
  await sandbox.listen();
  folder = await mkdtemp(join(tmpdir(), "convo-lock-"));
});
afterEach(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

/** Lets four processes merge 20 keys each into one conversation; returns the keys that are not there, with what their writers were told. */
async function missing(
  how: Pick<Task, "options" | "atOnce" | "lock">,
): Promise<{ lost: Record<string, string | undefined>; late: number }> {
  const apiKey = sandbox.env().AGENTSIGHT_API_KEY ?? null;
  const outputs = await Promise.all(
    NAMES.map((name) => {
      const task: Task = { baseUrl: sandbox.baseUrl("agentsight"), apiKey, name, merges: 20, ...how };
      return run(process.execPath, [writer, JSON.stringify(task)]);
    }),
  );
  const told = outputs.map(({ stdout }) => JSON.parse(stdout) as Told);
  const failed: Record<string, string> = Object.assign({}, ...told.map((one) => one.failed));
  const { metadata } = sandbox.read("agentsight", 42) as { metadata: object };
  const keys = NAMES.flatMap((name) => Array.from({ length: 20 }, (_, n) => `${name}_${n}`));
  const lost = keys.filter((key) => !Object.hasOwn(metadata, key)).map((key) => [key, failed[key]]);
  return { lost: Object.fromEntries(lost), late: told.reduce((sum, one) => sum + one.late, 0) };
}

describe("several processes that merge into one conversation", () => {
  it("lose nothing in silence if they verify", async () => {
    const { lost, late } = await missing({ atOnce: 20, options: { verify: { settleMs: 400 } } });
    const silent = Object.values(lost).filter((told) => told !== "conflict");
    // On a machine that stands still for that long, those who wrote late are the ones who are told.
    expect(late > 0 ? [] : silent).toEqual([]);
    expect(sandbox.requests().length).toBeLessThan(NAMES.length * 20);
  });

  it("lose nothing at all under a lock", async () => {
    const lock = join(folder, "held");
    expect(await missing({ atOnce: 5, options: {}, lock })).toEqual({ lost: {}, late: 0 });
    expect(sandbox.requests()).toHaveLength(NAMES.length * (20 / 5) * 2);
  });
});
