import { type FileHandle, open, realpath } from "node:fs/promises";
import { invalidArgument } from "../errors.ts";
import { lockFile } from "./file-lock.ts";
import type { JournalStore } from "./journal.ts";

const CHUNK = 64 * 1024;
const NEWLINE = 10;

/**
 * A journal in a file that only its owner can read (mode 0600), appended to and synced in groups. A line that a crash has cut
 * off is removed when the file is read. From its first use until it is closed, or the process has ended, nobody else can open it:
 * reading and appending then throw `ConvoError`, kind `conflict`, which says who has it.
 *
 * @param path created where it is missing
 */
export function fileJournal(path: string): JournalStore & {
  /** Closes the file; it is opened again where it is needed. */
  close(): Promise<void>;
} {
  let opened: Promise<Opened> | undefined;
  const file = async (): Promise<FileHandle> => {
    opened ??= openAlone(path).catch((error) => {
      opened = undefined;
      throw error;
    });
    return (await opened).handle;
  };
  return {
    async *read(newestFirst = false) {
      const handle = await file();
      yield* newestFirst ? linesBackwards(handle) : lines(handle);
    },
    async append(more) {
      const handle = await file();
      await handle.appendFile(more.map((line) => `${line}\n`).join(""));
      await handle.datasync();
    },
    async close() {
      const file = await opened?.catch(() => undefined);
      opened = undefined;
      await file?.handle.close();
      await file?.unlock();
    },
  };
}

interface Opened {
  readonly handle: FileHandle;
  unlock(): Promise<void>;
}

/** Opens a file for reading and appending, by whatever name it is called; nobody else may have it open. */
async function openAlone(path: string): Promise<Opened> {
  const handle = await open(path, "a+", 0o600);
  try {
    // A device may have no end.
    if (!(await handle.stat()).isFile())
      throw invalidArgument("convo", "path", `the journal ${path} is not a file`);
    const unlock = await lockFile(await realpath(path));
    await cutTail(handle);
    return { handle, unlock };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Cuts off what comes after a file's last newline. */
async function cutTail(handle: FileHandle): Promise<void> {
  const { size } = await handle.stat();
  let end = size;
  const buffer = Buffer.alloc(CHUNK);
  while (end > 0) {
    const start = Math.max(0, end - CHUNK);
    const { bytesRead } = await handle.read(buffer, 0, end - start, start);
    const newline = buffer.subarray(0, bytesRead).lastIndexOf(NEWLINE);
    if (newline !== -1) {
      end = start + newline + 1;
      break;
    }
    end = start;
  }
  if (end < size) await handle.truncate(end);
}

async function* lines(handle: FileHandle): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for (let position = 0; ; ) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(CHUNK), 0, CHUNK, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    rest = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
    let from = 0;
    for (let to = rest.indexOf(NEWLINE); to !== -1; to = rest.indexOf(NEWLINE, from)) {
      yield rest.toString("utf8", from, to);
      from = to + 1;
    }
    rest = rest.subarray(from);
  }
}

async function* linesBackwards(handle: FileHandle): AsyncGenerator<string> {
  let { size: position } = await handle.stat();
  let rest: Buffer = Buffer.alloc(0);
  while (position > 0) {
    const length = Math.min(CHUNK, position);
    position -= length;
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, position);
    rest = Buffer.concat([buffer, rest]);
    // The newline at the end of a line belongs to it; what begins before this chunk waits for the next.
    for (;;) {
      const newline = rest.length < 2 ? -1 : rest.lastIndexOf(NEWLINE, rest.length - 2);
      if (newline === -1) break;
      yield rest.toString("utf8", newline + 1, rest.length - 1);
      rest = rest.subarray(0, newline + 1);
    }
  }
  if (rest.length > 1) yield rest.toString("utf8", 0, rest.length - 1);
}
