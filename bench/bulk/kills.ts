import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ask, start } from "../child.ts";
import { openVendor, type Vendor } from "../limited/vendor.ts";

/** What became of a run that was killed again and again, and of its undo. */
export interface KillsRow {
  readonly part: "kills";
  readonly lines: number;
  readonly conversations: number;
  readonly kills: number;
  /** Lines whose values are not there at the end. */
  readonly lost: number;
  readonly outOfOrder: number;
  /** Writes beyond one per line. */
  readonly repeated: number;
  /** The most that could be under way when a process was killed, over all kills. */
  readonly allowed: number;
  readonly bytesPerLine: number;
  /** Conversations that the undo did not bring back to what they were, or to what another writer made of them. */
  readonly notRestored: number;
  readonly goal: "met" | "missed";
}

/** Lines under way at once in `run-file.ts`. */
const CONCURRENCY = 16;
const PROGRAM = new URL("./run-file.ts", import.meta.url).pathname;

/** Kills a bulk run at random moments until it is through, then undoes it. */
export async function runKills(
  lines: number,
  conversations: number,
  wanted: number,
  random: () => number,
): Promise<KillsRow> {
  const folder = mkdtempSync(join(tmpdir(), "convo-bench-kills-"));
  const journal = join(folder, "journal.jsonl");
  const vendor = await openVendor(4);
  try {
    await vendor.set({ kind: "none", requests: 0, perMs: 1 });
    const args = [vendor.baseUrl, journal, String(lines), String(conversations)];
    let kills = 0;
    for (;;) {
      const child = start(PROGRAM, ...args, "update");
      await ask(child);
      if (kills === wanted) {
        await ask(child);
        break;
      }
      const done = await killLater(child, vendor, Math.ceil((lines / wanted) * (0.2 + random() * 0.6)));
      if (done) break;
      kills++;
    }
    const { writes, outOfOrder } = await vendor.report();
    const documents = await vendor.documents();
    const bytesPerLine = statSync(journal).size / lines;
    const lost = countLost(documents, lines, conversations);
    const notRestored = await undo(vendor, args, documents);
    const allowed = kills * CONCURRENCY;
    const repeated = writes - lines;
    const good = lost === 0 && outOfOrder === 0 && repeated <= allowed && notRestored === 0;
    return {
      part: "kills",
      lines,
      conversations,
      kills,
      lost,
      outOfOrder,
      repeated,
      allowed,
      bytesPerLine,
      notRestored,
      goal: good ? "met" : "missed",
    };
  } finally {
    vendor.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Kills a run some writes from now; tells whether it was through before. */
async function killLater(child: ChildProcess, vendor: Vendor, writes: number): Promise<boolean> {
  const exited = once(child, "exit");
  const { writes: before } = await vendor.report();
  while (child.exitCode === null && (await vendor.report()).writes < before + writes) await pause(1);
  child.kill("SIGKILL");
  const [code] = await exited;
  return code === 0;
}

function countLost(
  documents: Readonly<Record<string, Record<string, string>>>,
  lines: number,
  conversations: number,
): number {
  const expected = new Map<string, Record<string, string>>();
  for (let n = 0; n < lines; n++) {
    const id = `conv_${n % conversations}`;
    expected.set(id, { ...expected.get(id), seq: String(n), [`k${n % 8}`]: String(n) });
  }
  let lost = 0;
  for (const [id, values] of expected)
    for (const [key, value] of Object.entries(values)) if (documents[id]?.[key] !== value) lost++;
  return lost;
}

/** Another writer touches every tenth conversation; then the run is undone. */
async function undo(
  vendor: Vendor,
  args: readonly string[],
  documents: Readonly<Record<string, Record<string, string>>>,
): Promise<number> {
  const touched = new Set(Object.keys(documents).filter((_, n) => n % 10 === 0));
  for (const id of touched)
    await fetch(`${vendor.baseUrl}/conversations/${id}`, {
      method: "POST",
      body: JSON.stringify({ metadata: { ...documents[id], seq: "other" } }),
    });
  await ask(start(PROGRAM, ...args, "undo"));
  const after = await vendor.documents();
  return Object.keys(documents).filter((id) => {
    const expected = touched.has(id) ? { kept: "yes", seq: "other" } : { kept: "yes" };
    const found = after[id] ?? {};
    const keys = Object.keys(expected) as (keyof typeof expected)[];
    return Object.keys(found).length !== keys.length || keys.some((key) => found[key] !== expected[key]);
  }).length;
}
