import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { CliError } from "../failure.ts";
import { readJsonLines } from "./jsonl.ts";
import type { SourceLine } from "./line.ts";

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
  const total = await countLines(file);
  if (!isCsv) return { lines: readJsonLines(file, several), total };
  // Its parser is loaded by those who have such a file.
  const { readCsv } = await import("./csv.ts");
  return { lines: readCsv(file, columns ?? {}), total: Math.max(0, total - 1) };
}

async function countLines(file: string): Promise<number> {
  let count = 0;
  let last = 10;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) count++;
    last = chunk.at(-1) ?? last;
  }
  return last === 10 ? count : count + 1;
}
