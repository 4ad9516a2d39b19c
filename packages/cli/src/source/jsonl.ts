import { linesOf } from "../lines.ts";
import { show } from "../output.ts";
import type { SourceLine } from "./line.ts";

/** What a file of updates may be written in: UTF-16 is what Windows PowerShell writes. */
export type Encoding = "utf-8" | "utf-16le";

/**
 * Reads updates, one JSON document per line: `{ "id", "changes" }`, or for several accounts `{ "ids", "changes", "overrides" }`.
 * Every line of the file is one item, so that their numbers agree.
 */
export async function* readJsonLines(
  file: string,
  encoding: Encoding,
  several: boolean,
): AsyncGenerator<SourceLine> {
  let at = 0;
  for await (const text of linesOf(file, encoding))
    yield { at: ++at, ...readLine(text.replace(/^\ufeff/, ""), several) };
}

type Read = SourceLine extends infer Line ? (Line extends SourceLine ? Omit<Line, "at"> : never) : never;

function readLine(text: string, several: boolean): Read {
  if (text.trim() === "") return { problem: "The line is empty." };
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    return { problem: "The line is not JSON." };
  }
  if (!isObject(line)) return { problem: "The line must be a JSON object." };
  const known = several ? ["ids", "changes", "overrides"] : ["id", "changes"];
  const unknown = Object.keys(line).find((key) => !known.includes(key));
  if (unknown !== undefined)
    return { problem: `Unknown property "${show(unknown)}": a line has ${known.join(", ")}.` };
  if (!isObject(line.changes)) return { problem: '"changes" must be an object.' };
  if (several && !isObject(line.ids)) return { problem: '"ids" must be an object: { account: id }.' };
  const ids = several ? Object.values(line.ids as object) : [line.id];
  if (!ids.every(isId)) return { problem: "An id must be text that is not blank, or a whole number." };
  return line as Read;
}

const isId = (value: unknown): boolean =>
  typeof value === "string" ? value.trim() !== "" : Number.isSafeInteger(value);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
