import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createSandbox } from "../src/index.ts";
import { sender } from "./helpers.ts";

const AT = "/conversations/cnv_sandbox_0001";
const named = (name: string) => expect.objectContaining({ name });

/** A sandbox to be reset, over a real socket or without a port, in memory or in a file. */
async function begin(mode: string) {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-reset-"));
  const sandbox = createSandbox(mode === "file" ? { data: join(folder, "state.db") } : {});
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });
  if (mode === "http") await sandbox.listen();
  const send = sender(sandbox, "datagrid", mode === "http" ? fetch : sandbox.fetch);
  return { sandbox, send };
}

describe.each(["http", "fetch only", "file"])("a reset, %s", (mode) => {
  test("brings back the seed and counts from the beginning", async () => {
    const { sandbox, send } = await begin(mode);
    const agentsight = sender(sandbox, "agentsight", mode === "http" ? fetch : sandbox.fetch);
    const first = async () => {
      const { body } = await agentsight("POST /api/conversations/", { conversation_id: "new" });
      await send(`PATCH ${AT}`, { name: "x" });
      const { headers } = await send(`GET ${AT}`);
      const { id } = body as { id: number };
      return [id, headers.get("x-ratelimit-remaining"), sandbox.requests().map((record) => record.id)];
    };
    const before = await first();
    sandbox.fault({ kind: "status", status: 503, times: null });
    sandbox.reset();
    expect(sandbox.requests()).toEqual([]);
    expect(sandbox.read("datagrid", "cnv_sandbox_0001")).toEqual(named("Project X"));
    expect(await first()).toEqual(before);
  });

  test("drops what is under way, which takes no effect on the new state", async () => {
    const { sandbox, send } = await begin(mode);
    const ends: Promise<unknown>[] = [];
    for (const fault of [{ kind: "latency", ms: 60_000 }, { kind: "hang" }] as const) {
      sandbox.fault(fault);
      ends.push(send(`PATCH ${AT}`, { name: "late" }).catch((error: unknown) => error));
      await vi.waitFor(() => expect(sandbox.requests()).toHaveLength(ends.length));
    }
    sandbox.reset();
    for (const end of ends) expect(await end).toBeInstanceOf(TypeError);
    expect(sandbox.read("datagrid", "cnv_sandbox_0001")).toEqual(named("Project X"));
    expect(sandbox.requests()).toEqual([]);
    expect((await send(`PATCH ${AT}`, { name: "new" })).status).toBe(200);
  });
});
