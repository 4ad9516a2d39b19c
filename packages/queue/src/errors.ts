import { ConvoError, type ErrorKind, isConvoError } from "@convo/client";

/** An error of the queue itself. */
export function queueError(
  kind: ErrorKind,
  message: string,
  hint: string,
  cause?: unknown,
  outcome?: "unknown",
): ConvoError {
  return new ConvoError({ provider: "queue", kind, message, hint, cause, ...(outcome && { outcome }) });
}

/** What to do when Postgres, or the way to it, refuses: by SQLSTATE, or by what the system and the driver say. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/^25006 /, "It is read-only, as a standby is: DATABASE_URL must lead to the primary."],
  [/^53300 /, "All its connections are in use: use fewer workers, or raise its max_connections."],
  [/^53[12]00 /, "Make room on the server."],
  [
    /timeout exceeded when trying to connect/,
    "All connections of this queue are in use, or the server does not answer: raise `connections`, or check the server.",
  ],
  [
    /^(08...|57P0.|E[A-Z]+) |connection error|Connection terminated|Query read timeout/i,
    "Check that the server is up, and that DATABASE_URL leads to it. Workers go on by themselves.",
  ],
];

/** An error of the database as this package tells it; any other error as it is. */
export function explain(error: unknown): unknown {
  if (isConvoError(error)) return error;
  const { code = "", message = "" } = Object(error) as { code?: string; message?: string };
  const [, advice] = ADVICE.find(([pattern]) => pattern.test(`${code} ${message}`)) ?? [];
  return advice === undefined ? error : queueError("network", `Postgres: ${message || code}`, advice, error);
}
