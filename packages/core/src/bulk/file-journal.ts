import { type FileHandle, open, realpath } from "node:fs/promises";
import { invalidArgument } from "../errors.ts";
import { lockFile } from "./file-lock.ts";
import type { JournalStore } from "./journal.ts";

export { lockFile };

const CHUNK = 64 * 1024;
const NEWLINE = 10;
/** How every journal of a bulk run begins. */
const START = '{"journal":"convo-bulk"';

/**
 * A journal in a file that only its owner can read (mode 0600), appended to and synced in groups. A line that a crash has cut
 * off is not read, and removed before anything is added. From its first use until it is closed, or the process has ended, nobody else can open it:
 * reading and appending then throw `ConvoError`, kind `conflict`, which says who has it.
 *
 * @param path created where it is missing
 */
export function fileJournal(path: string): JournalStore & {
  /** Closes the file; it is opened again where it is needed. */
  close(): Promise<void>;
} {
  let opened: Promise<Opened> | undefined;
  let isWhole = false;
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
      if (!isWhole) await handle.truncate(await wholeSize(handle));
      isWhole = true;
      await handle.appendFile(more.map((line) => `${line}\n`).join(""));
      await handle.datasync();
    },
    async close() {
      const file = await opened?.catch(() => undefined);
      opened = undefined;
      isWhole = false;
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
    if (!(await mayBeJournal(handle)))
      throw invalidArgument("convo", "path", `${path} holds something else than a journal`);
    return { handle, unlock: await lockFile(await realpath(path)) };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Bytes of a file up to its last newline: what comes after it was cut off by a crash. */
async function wholeSize(handle: FileHandle): Promise<number> {
  const { size } = await handle.stat();
  const buffer = Buffer.alloc(CHUNK);
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - CHUNK);
    const { bytesRead } = await handle.read(buffer, 0, end - start, start);
    const newline = buffer.subarray(0, bytesRead).lastIndexOf(NEWLINE);
    if (newline !== -1) return start + newline + 1;
    end = start;
  }
  return 0;
}

/** Whether a file without a whole line is empty or the beginning of a journal. Other files are told apart by their first line. */
async function mayBeJournal(handle: FileHandle): Promise<boolean> {
  if ((await wholeSize(handle)) > 0) return true;
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(START.length), 0, START.length, 0);
  return START.startsWith(buffer.toString("utf8", 0, bytesRead));
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
  let position = await wholeSize(handle);
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
