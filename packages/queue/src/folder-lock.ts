import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { queueError } from "./errors.ts";

/**
 * Marks a folder as open in this process: an embedded database that two processes write is lost.
 *
 * @returns takes the mark away
 * @throws ConvoError of kind `conflict` while another process has it
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, "owner.pid");
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, String(process.pid), { mode: 0o600 });
  try {
    // A link appears with its content or not at all.
    if (!(await tryLink(draft, path))) {
      const owner = Number(await readFile(path, "utf8").catch(() => ""));
      if (!isAlive(owner)) await rm(path, { force: true });
      if (isAlive(owner) || !(await tryLink(draft, path)))
        throw queueError(
          "conflict",
          `Another process (${owner}) has the database in ${folder} open`,
          "Set DATABASE_URL to a Postgres server to use several processes.",
        );
    }
  } finally {
    await rm(draft, { force: true });
  }
  return () => rm(path, { force: true });
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
