import { ConvoError, type ErrorKind } from "@convo/client";

/** An error of the queue itself. */
export function queueError(kind: ErrorKind, what: string, next: string, cause?: unknown): ConvoError {
  return new ConvoError({ provider: "queue", kind, what, next, cause });
}
