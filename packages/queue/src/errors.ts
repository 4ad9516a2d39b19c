import { ConvoError, type ErrorKind } from "@convo/client";

/** An error of the queue itself. */
export function queueError(kind: ErrorKind, message: string, hint: string, cause?: unknown): ConvoError {
  return new ConvoError({ provider: "queue", kind, message, hint, cause });
}
