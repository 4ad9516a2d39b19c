import { chmodSync, closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { CliError } from "./failure.ts";

/** Writes a file that its owner alone may read, whole or not at all. Throws `CliError` for a folder or disk that takes no more. */
export function writePrivate(file: string, text: string): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    const handle = openSync(draft, "w", 0o600);
    try {
      writeSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
    chmodSync(file, 0o600);
  } catch (error) {
    throw new CliError(
      `${file} cannot be written: ${(error as Error).message}. Make room, or choose another folder.`,
    );
  }
}

/** Reads a JSON file. Throws `CliError` that names the file and what it should be. */
export function readJsonFile(file: string, what: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const reason = error instanceof SyntaxError ? "it is not JSON" : (error as Error).message;
    throw new CliError(`The ${what} ${file} cannot be read: ${reason}.`);
  }
}
