import { once } from "node:events";
import { createWriteStream, existsSync, type WriteStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { CliError, EXIT } from "./failure.ts";
import { LineTable } from "./line-table.ts";
import { linesOf } from "./lines.ts";

/** Where the results of a bulk run go. */
export interface Results {
  /** Whether the outcome of a line of the source is there already, from an earlier run. */
  has(line: number): boolean;
  write(result: object): Promise<void>;
  end(): Promise<void>;
}

/**
 * Opens the results of a run: a file that they are appended to, standard output, or nothing.
 *
 * @param resumed whether an earlier run may have left results in the file
 */
export async function openResults(
  { json, results }: { readonly json?: boolean; readonly results?: string },
  resumed: boolean,
): Promise<Results> {
  if (results === undefined) return json ? toOutput() : nowhere;
  const present = new LineTable();
  if (existsSync(results) && (await stat(results)).isFile()) {
    await mendEnd(results);
    if (resumed) await readPresent(results, present);
  }
  return toFile(createWriteStream(results, { flags: "a", mode: 0o600 }), present);
}

const nowhere: Results = { has: () => true, write: async () => {}, end: async () => {} };

function toOutput(): Results {
  let closed = false;
  process.stdout.once("error", () => {
    closed = true;
  });
  return {
    ...nowhere,
    async write(result) {
      if (closed || process.stdout.write(`${JSON.stringify(result)}\n`)) return;
      await Promise.race([once(process.stdout, "drain"), once(process.stdout, "close")]).catch(() => {});
    },
  };
}

function toFile(stream: WriteStream, present: LineTable): Results {
  let broken: Error | undefined;
  stream.on("error", (error) => {
    broken = error;
  });
  const check = (): void => {
    if (broken)
      throw new CliError(
        `The results cannot be written: ${broken.message}. Make room, or choose another --results.`,
        EXIT.failed,
      );
  };
  return {
    has: (line) => present.get(line) === 1,
    async write(result) {
      check();
      if (!stream.write(`${JSON.stringify(result)}\n`))
        await Promise.race([once(stream, "drain"), once(stream, "close")]);
      check();
    },
    async end() {
      if (!broken) await new Promise<void>((resolve) => stream.end(() => resolve()));
    },
  };
}

/** Cuts off a result that a crash has left incomplete, and ends any other line, so that the next one does not go on in it. */
async function mendEnd(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LAST), 0, LAST, Math.max(0, size - LAST));
    const text = buffer.subarray(0, bytesRead);
    const end = text.lastIndexOf(10) + 1;
    if (end === bytesRead || (end === 0 && size > LAST)) return;
    const last = text.toString("utf8", end);
    const isCutOff = !isJson(last) && START.startsWith(last.slice(0, START.length));
    if (isCutOff) await handle.truncate(size - (bytesRead - end));
    else await handle.write("\n", size);
  } finally {
    await handle.close();
  }
}

/** How every result begins. */
const START = '{"line":';

/** Bytes that hold the last line of results. */
const LAST = 1024 * 1024;

async function readPresent(file: string, present: LineTable): Promise<void> {
  for await (const text of linesOf(file)) {
    if (!isJson(text)) continue;
    const { line, again } = Object(JSON.parse(text)) as { line?: unknown; again?: unknown };
    if (Number.isSafeInteger(line)) present.set(line as number, again === true ? 0 : 1);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
