import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { EraseReceipt } from "@convo/core";
import { createSandbox, type Sandbox } from "@convo/sandbox";
import { ask, start } from "../child.ts";
import { connectAll, create, type Id, type Vendor } from "./at.ts";
import { agrees } from "./walk.ts";

/** What became of an erase that was killed again and again. */
export interface KillRow {
  readonly part: "kill";
  readonly conversations: number;
  readonly kills: number;
  /** Deletes that the vendors got. */
  readonly deletes: number;
  /** Entries of the last receipt that say something else than the store. */
  readonly wrong: number;
  readonly goal: "met" | "missed";
}

const ERASED = ["datagrid", "agentsight"] as const satisfies readonly Vendor[];
const PROGRAM = new URL("./erase-file.ts", import.meta.url).pathname;

/** Kills a process in the middle of its erase, starts it again with the receipt that it stored, and so on until it is through. */
export async function runKill(perVendor: number, wanted: number): Promise<KillRow> {
  const folder = mkdtempSync(join(tmpdir(), "convo-bench-erase-"));
  const sandbox = createSandbox({ datagrid: { rateLimit: 1_000_000 } });
  try {
    await sandbox.listen();
    const { convo } = connectAll(sandbox.env());
    const ids: Record<string, Id[]> = {};
    for (const vendor of ERASED) {
      const own: Id[] = [];
      for (let n = 0; n < perVendor; n++) own.push((await create[vendor](convo, "a", `x-${n}`)).id);
      ids[vendor] = own;
    }
    const file = join(folder, "receipt.json");
    writeFileSync(join(folder, "ids.json"), JSON.stringify(ids));
    writeFileSync(join(folder, "env.json"), JSON.stringify(sandbox.env()));
    const conversations = perVendor * ERASED.length;
    let kills = 0;
    for (; ; kills++) {
      const child = start(PROGRAM, folder);
      if (kills === wanted) {
        await ask(child);
        break;
      }
      const exited = once(child, "exit");
      const until = deletesOf(sandbox) + Math.ceil(conversations / (wanted + 1) / 2);
      while (child.exitCode === null && deletesOf(sandbox) < until) await pause(1);
      child.kill("SIGKILL");
      const [code] = await exited;
      if (code === 0) break;
    }
    const receipt = JSON.parse(readFileSync(file, "utf8")) as EraseReceipt;
    const wrong = receipt.entries.filter(
      ({ provider, id, outcome }) =>
        outcome === "not_found" || !agrees(sandbox, provider as Vendor, id, outcome),
    ).length;
    const deletes = deletesOf(sandbox);
    const whole = receipt.entries.length === conversations && receipt.finishedAt !== undefined;
    // One that was under way when the process was killed may be deleted again.
    const good = whole && wrong === 0 && deletes <= conversations + kills;
    return { part: "kill", conversations, kills, deletes, wrong, goal: good ? "met" : "missed" };
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const deletesOf = (sandbox: Sandbox): number =>
  sandbox.requests().filter(({ method }) => method === "DELETE").length;
