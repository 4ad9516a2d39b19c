import { createReadStream } from "node:fs";

/** The lines of a file, split at `\n` only: Node's own reader also ends a line at U+2028 and U+2029, which JSON has within text. */
export async function* linesOf(file: string, encoding: BufferEncoding = "utf8"): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of createReadStream(file, { encoding }) as AsyncIterable<string>) {
    const [end = "", ...more] = chunk.split("\n");
    rest += end;
    for (const line of more) {
      yield rest;
      rest = line;
    }
  }
  if (rest !== "") yield rest;
}
