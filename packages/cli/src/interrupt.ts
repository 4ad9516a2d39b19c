import { EXIT } from "./failure.ts";
import { note } from "./output.ts";

/** Ctrl-C and SIGTERM while a command works. */
export interface Interrupt {
  /** Aborted by the first Ctrl-C: nothing new is begun, and what is under way is finished. */
  readonly signal: AbortSignal;
  /** Stops listening. */
  end(): void;
}

/**
 * Lets the first Ctrl-C finish what is under way, and the second one end the process at once.
 *
 * @param goOn how to go on afterwards, in a sentence
 */
export function listenForInterrupt(goOn: string): Interrupt {
  const stop = new AbortController();
  const handle = (): void => {
    if (stop.signal.aborted) {
      note(`\nStopped at once. ${goOn}`);
      process.exit(EXIT.interrupted);
    }
    note("\nFinishing what is under way. Press Ctrl-C again to stop at once.");
    process.exitCode = EXIT.interrupted;
    stop.abort();
  };
  process.on("SIGINT", handle);
  process.on("SIGTERM", handle);
  return {
    signal: stop.signal,
    end() {
      process.off("SIGINT", handle);
      process.off("SIGTERM", handle);
      if (stop.signal.aborted) note(goOn);
    },
  };
}

/** A word as a shell reads it back. */
export const quote = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** The command line that this process was started with, for a shell. It holds no key: keys are never arguments. */
export const sameCommand = (): string => ["convo", ...process.argv.slice(2)].map(quote).join(" ");
