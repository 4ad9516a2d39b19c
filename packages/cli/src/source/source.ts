import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { CliError } from "../failure.ts";
import { type Encoding, readJsonLines } from "./jsonl.ts";
import type { SourceLine } from "./line.ts";

/** Characters that a line may have: far more than a vendor takes. */
const MAX_LINE = 64 * 1024 * 1024;

/** A file of updates. */
export interface Source {
  /** As they are read; an invalid line has its `problem`. */
  readonly lines: AsyncIterable<SourceLine>;
  /** How many there are, as far as that can be told without reading them as updates. */
  readonly total: number | undefined;
}

/**
 * Opens a file of updates: JSONL, or CSV by its name.
 *
 * @param columns what CSV columns are, by their header: `{ "Ticket": "id" }`
 * @throws CliError for a file that cannot be read, and while it is read for a header that is not understood
 */
export async function openSource(
  file: string,
  {
    columns,
    several,
  }: { readonly columns?: Readonly<Record<string, string>> | undefined; readonly several: boolean },
): Promise<Source> {
  const isCsv = /\.(csv|tsv)$/i.test(file);
  if (columns && !isCsv) throw new CliError("--column is for CSV files: their name ends in .csv or .tsv.");
  if (isCsv && several) throw new CliError("A CSV file is for one account. Use JSONL for several.");
  try {
    if (!(await stat(file)).isFile()) throw new Error("it is not a file");
  } catch (error) {
    throw new CliError(`${file} cannot be read: ${(error as Error).message}.`);
  }
  const encoding = await encodingOf(file);
  const total = await inspect(file, encoding);
  if (!isCsv) return { lines: readJsonLines(file, encoding, several), total };
  // Its parser is loaded by those who have such a file.
  const { readCsv } = await import("./csv.ts");
  return { lines: readCsv(file, columns ?? {}), total: Math.max(0, total - 1) };
}

/**
 * Reads a file once, so that one that would be misread is refused before anything is sent. Gives the number of its lines.
 *
 * @throws CliError for text of another encoding, which would be sent with wrong letters, and for a line that no memory holds
 */
async function inspect(file: string, encoding: Encoding): Promise<number> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let count = 0;
  let length = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let text: string;
    try {
      text = decoder.decode(chunk, { stream: true });
    } catch {
      const good = chunk.toString("utf8").split("\ufffd", 1)[0] ?? "";
      throw notText(file, count + good.split("\n").length);
    }
    if (text.includes("\0")) throw notText(file, count + 1);
    for (let from = 0; ; ) {
      const to = text.indexOf("\n", from);
      length += (to === -1 ? text.length : to) - from;
      if (length > MAX_LINE)
        throw new CliError(
          `${file}: line ${count + 1} is longer than ${MAX_LINE.toLocaleString("en")} characters. Write one update per line.`,
        );
      if (to === -1) break;
      count++;
      length = 0;
      from = to + 1;
    }
  }
  return length > 0 ? count + 1 : count;
}

const notText = (file: string, line: number): CliError =>
  new CliError(`${file}: line ${line} is not UTF-8 text. Save the file as UTF-8. Nothing was sent.`);

/** The encoding that a file's first bytes name. */
async function encodingOf(file: string): Promise<Encoding> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return buffer[0] === 0xff && buffer[1] === 0xfe ? "utf-16le" : "utf-8";
  } finally {
    await handle.close();
  }
}
