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

type Conversation = { readonly metadata: object };

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

/** Lets four processes merge 20 keys each into one conversation; returns what each was told. */
async function merge(how: Pick<Task, "options" | "atOnce" | "lock">): Promise<Map<string, Told>> {
  const apiKey = sandbox.env().AGENTSIGHT_API_KEY ?? null;
  const told = NAMES.map(async (name) => {
    const task: Task = { baseUrl: sandbox.baseUrl("agentsight"), apiKey, name, merges: 20, ...how };
    const { stdout } = await run(process.execPath, [writer, JSON.stringify(task)]);
    return [name, JSON.parse(stdout) as Told] as const;
  });
  return new Map(await Promise.all(told));
}

/** The keys that are not there, each with the process that it is a key of. */
function missing(): (readonly [key: string, name: string])[] {
  const { metadata } = sandbox.read("agentsight", 42) as { metadata: object };
  return NAMES.flatMap((name) =>
    Array.from({ length: 20 }, (_, n) => [`${name}_${n}`, name] as const),
  ).filter(([key]) => !Object.hasOwn(metadata, key));
}

/**
 * By key, the process whose write took it away first since its own process saw it there: what comes after that may bring it back and
 * take it away again.
 */
function undoers(): Map<string, string> {
  const undoneBy = new Map<string, string>();
  for (const { headers, before, after, response } of sandbox.requests()) {
    const name = headers["x-writer"] ?? "";
    for (const key of Object.keys(((before ?? response) as Conversation).metadata)) {
      if (key.startsWith(`${name}_`)) undoneBy.delete(key);
      if (after && !Object.hasOwn((after as Conversation).metadata, key) && !undoneBy.has(key))
        undoneBy.set(key, name);
    }
  }
  return undoneBy;
}

describe("several processes that merge into one conversation", () => {
  it("lose nothing in silence if they verify", async () => {
    const told = await merge({ atOnce: 20, options: { verify: { settleMs: 400 } } });
    const undoneBy = undoers();
    // On a machine that stands still for that long, those who wrote late are the ones who are told.
    const late = NAMES.filter((name) => {
      const { late = 0, failed = {} } = told.get(name) ?? {};
      return late > 0 || Object.keys(failed).length > 0;
    });
    const silent = missing().filter(
      ([key, name]) => told.get(name)?.failed[key] !== "conflict" && !late.includes(undoneBy.get(key) ?? ""),
    );
    expect(silent).toEqual([]);
    expect(sandbox.requests().length).toBeLessThan(NAMES.length * 20);
  });

  it("lose nothing at all under a lock", async () => {
    const lock = join(folder, "held");
    const told = await merge({ atOnce: 5, options: {}, lock });
    expect([...told.values()]).toEqual(NAMES.map(() => ({ failed: {}, late: 0 })));
    expect(missing()).toEqual([]);
    expect(sandbox.requests()).toHaveLength(NAMES.length * (20 / 5) * 2);
  });
});
