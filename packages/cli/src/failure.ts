import { describe, note, show } from "./output.ts";

/** What the exit code of the command says. docs/guide/cli.md, "Exit codes". */
export const EXIT = {
  done: 0,
  /** It failed, or at least one line of a bulk run did. */
  failed: 1,
  /** The command line, a file or the changes are wrong; nothing was sent. */
  usage: 2,
  /** No API key, or one that the vendor refuses. */
  auth: 3,
  notFound: 4,
  /** Somebody else has changed the conversation, or the vendor did not do what it was asked. */
  conflict: 5,
  /** A write may or may not have been done. */
  unknown: 6,
  /** Ended by Ctrl-C, or by a no. */
  interrupted: 130,
} as const;

/** An error of the command itself: what happened, and what to do next. */
export class CliError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number = EXIT.usage, options?: ErrorOptions) {
    super(message, options);
    this.name = "CliError";
    this.exitCode = exitCode;
  }
}

/** What the command needs of a `ConvoError`; its class is not loaded for that. */
interface Facts {
  readonly kind?: string;
  readonly outcome?: string;
  readonly violations?: readonly { readonly message: string }[];
}

const BY_KIND: Readonly<Record<string, number>> = {
  invalid: EXIT.usage,
  unsupported: EXIT.usage,
  limit: EXIT.usage,
  auth: EXIT.auth,
  permission: EXIT.auth,
  not_found: EXIT.notFound,
  conflict: EXIT.conflict,
  not_applied: EXIT.conflict,
};

/** The exit code for an error. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CliError) return error.exitCode;
  const { kind, outcome } = Object(error) as Facts;
  if (outcome === "unknown") return EXIT.unknown;
  return BY_KIND[`${kind}`] ?? EXIT.failed;
}

/** Tells an error on standard error, as one line of JSON under `--json`. */
export function noteError(error: unknown, { json }: { readonly json?: boolean }, about: object = {}): void {
  const { docs } = Object(error) as { docs?: string };
  const text = [...Object.values(about).map(show), describe(error)].join(": ");
  note(
    json ? JSON.stringify({ ...about, error: errorData(error) }) : `${text}${docs ? `\nSee ${docs}` : ""}`,
  );
}

/** An error as plain data, for `--json`. */
export function errorData(error: unknown): Record<string, unknown> {
  const { toJSON } = Object(error) as { toJSON?: () => Record<string, unknown> };
  if (typeof toJSON === "function") return toJSON.call(error);
  return { name: error instanceof Error ? error.name : "Error", message: describe(error) };
}
