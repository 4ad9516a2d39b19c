import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { CliError } from "./failure.ts";

/**
 * Writes a file that its owner alone may read, whole or not at all.
 *
 * @throws CliError with the exit code, for a folder or disk that takes no more
 */
export function writePrivate(file: string, text: string, exitCode: number): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    const handle = openSync(draft, "w", 0o600);
    try {
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
    chmodSync(file, 0o600);
  } catch (error) {
    if (existsSync(draft)) rmSync(draft);
    throw new CliError(
      `${file} cannot be written: ${(error as Error).message}. Make room, or choose another folder.`,
      exitCode,
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
