import { EXIT } from "./failure.ts";
import { describe, note } from "./output.ts";

/** Ctrl-C, SIGTERM, and a reader of standard output that has gone away, while a command works. */
export interface Interrupt {
  /** Aborted by the first of them: nothing new is begun, and what is under way is finished. */
  readonly signal: AbortSignal;
  /** Stops listening. */
  end(): void;
}

/** What to do when nobody reads standard output any more. */
let whenClosed: (() => void) | undefined;

/** Who reads our output may stop early, as `head` does: what only reads ends at once, and what writes finishes what is under way. */
export function handleOutputErrors(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") {
      note(describe(error));
      process.exit(EXIT.failed);
    }
    if (whenClosed) whenClosed();
    else process.exit();
  });
}

/**
 * Lets the first Ctrl-C finish what is under way, and the second one end the process at once.
 *
 * @param goOn how to go on afterwards, in a sentence
 * @param onlyReads whether nothing is written, so that it may end at once when nobody reads standard output any more
 */
export function listenForInterrupt(goOn: string, onlyReads = false): Interrupt {
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
  const onClosed = (): void => {
    if (stop.signal.aborted) return;
    note("\nStandard output was closed. Finishing what is under way.");
    process.exitCode = EXIT.failed;
    stop.abort();
  };
  process.on("SIGINT", handle);
  process.on("SIGTERM", handle);
  whenClosed = onlyReads ? undefined : onClosed;
  return {
    signal: stop.signal,
    end() {
      process.off("SIGINT", handle);
      process.off("SIGTERM", handle);
      whenClosed = undefined;
      if (stop.signal.aborted) note(goOn);
    },
  };
}

/** A word as a shell reads it back. */
export const quote = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** The command line that this process was started with, for a shell. It holds no key: keys are never arguments. */
export const sameCommand = (): string => ["convo", ...process.argv.slice(2)].map(quote).join(" ");
