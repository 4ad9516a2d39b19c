import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { createError } from "../errors.ts";

/** Who has a file open. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When it opened the file, ISO 8601. */
  readonly since: string;
  /** When the process started, as the system says it: tells it from a later process of the same number. Empty where that is not known. */
  readonly started: string;
}

/** Two that come at the same moment see each other, and both step back; a holder stays. */
const TRIES = 3;

/**
 * Keeps other processes, and other openings in this one, from a file. Each puts a mark of its own beside it and then looks for marks
 * of others, so that of two the later one sees the earlier. Marks of processes that are gone are removed.
 *
 * @returns takes the mark away
 * @throws ConvoError of kind `conflict` while another one has it
 */
export async function lockFile(path: string): Promise<() => Promise<void>> {
  const mark = `${path}.lock-${process.pid}-${randomUUID().slice(0, 8)}`;
  const started = await startOf(process.pid);
  for (let tries = 1; ; tries++) {
    const self: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString(), started };
    await writeFile(mark, JSON.stringify(self), { mode: 0o600 });
    const other = await findOther(path, mark);
    if (!other) return () => rm(mark, { force: true });
    await rm(mark, { force: true });
    if (tries === TRIES) throw inUse(path, other);
    await pause(20 + Math.random() * 80);
  }
}

interface Other {
  readonly mark: string;
  readonly holder: Holder;
}

/** The mark of somebody else who is there. */
async function findOther(path: string, own: string): Promise<Other | undefined> {
  const folder = dirname(path);
  const start = `${basename(path)}.lock-`;
  for (const name of await readdir(folder)) {
    const mark = join(folder, name);
    if (!name.startsWith(start) || mark === own) continue;
    const text = await readFile(mark, "utf8").catch(() => undefined);
    // It has just been taken away.
    if (text === undefined) continue;
    const holder = readHolder(text, Number.parseInt(name.slice(start.length), 10));
    if (await isThere(holder)) return { mark, holder };
    await rm(mark, { force: true });
  }
  return undefined;
}

/** What a mark says; one that is just being written has the process in its name only. */
function readHolder(text: string, pid: number): Holder {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return { pid, host: hostname(), since: "", started: "" };
  }
}

/** Whether a process is there; that of another machine is taken to be. */
async function isThere({ pid, host, started }: Holder): Promise<boolean> {
  if (host !== hostname()) return true;
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const now = await startOf(pid);
  return started === "" || now === "" || started === now;
}

/** When a process started; empty where the system does not say. */
async function startOf(pid: number): Promise<string> {
  try {
    if (process.platform === "linux") {
      const [boot, stat] = await Promise.all([
        readFile("/proc/sys/kernel/random/boot_id", "utf8"),
        readFile(`/proc/${pid}/stat`, "utf8"),
      ]);
      // Field 22, in ticks since the machine started; the name before it may hold anything. proc_pid_stat(5)
      return `${boot.trim()} ${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]}`;
    }
    if (process.platform !== "win32") {
      const ps = promisify(execFile)("ps", ["-o", "lstart=", "-p", String(pid)], { env: { LC_ALL: "C" } });
      return (await ps).stdout.trim();
    }
  } catch {}
  return "";
}

function inUse(path: string, { mark, holder: { pid, host, since } }: Other): Error {
  const others = host === hostname() ? "" : ` on ${host}`;
  const who = pid === process.pid && others === "" ? "this process" : `process ${pid}${others}`;
  return createError(
    { name: "convo" },
    "conflict",
    `${path} is in use by ${who}${since && ` since ${since}`}`,
    who === "this process"
      ? "Close it there first."
      : `Wait until that run has ended, or end it; then run this again. If there is no such run, remove ${mark}.`,
  );
}
