import { ConvoError, type ErrorDetails, type ErrorKind, isConvoError as isError } from "@convo/client";
import type { Json } from "./metadata/json.ts";
import type { Violation } from "./metadata/limits.ts";
import type { SchemaIssue } from "./types/schema.ts";
import type { GetResult, UpdateResult } from "./types/update.ts";

/** What core knows of a failure beyond the facts of every `ConvoError`. */
export interface ConversationFacts {
  /** Every reason at once, for the kinds `invalid`, `unsupported` and `limit`. */
  readonly violations?: readonly Violation[] | undefined;
  /** The fields that were not applied (`not_applied`, `conflict`), e.g. `metadata.draft`. */
  readonly fields?: readonly string[] | undefined;
  /** What was requested and what was found (`conflict`, `not_applied`). Not enumerable: logging an error shows no content. */
  readonly documents?: { readonly requested: Json; readonly found: Json } | undefined;
  /** The issues of a schema with the metadata, in its own words, which may quote values. Not enumerable. */
  readonly issues?: readonly SchemaIssue[] | undefined;
  /** What `get` read, though its metadata breaks the schema. Not enumerable. */
  readonly result?: GetResult | undefined;
}

/** Any error of this package: narrow by `kind`. */
export type ConversationError = ConvoError & ConversationFacts;

/** True for an error of any copy of any Convo package; `kind` says what happened, `violations` and `fields` where. */
export function isConvoError(value: unknown): value is ConversationError {
  return isError(value);
}

/** Creates an error: of which provider, what happened and where, what to do about it, further facts. */
export function createError(
  { name: provider }: { readonly name: string },
  kind: ErrorKind,
  message: string,
  hint?: string,
  facts?: Omit<ErrorDetails, "provider" | "kind" | "message" | "hint"> & ConversationFacts,
): ConversationError {
  return new ConvoError({ ...facts, provider, kind, message, hint });
}

/** What to do after a write whose outcome is unknown. */
export const READ_FIRST = "It may have been written: read before you send it again.";

/** What messages call a conversation. */
export const describeId = (id: string | number): string => `conversation ${JSON.stringify(id)}`;

/** A list as a message shows it: the first ten, and how many more. */
export function listFirst(items: readonly string[], separator = ", "): string {
  const shown = items.slice(0, 10).join(separator);
  return items.length > 10
    ? `${shown}${separator}and ${(items.length - 10).toLocaleString("en-US")} more`
    : shown;
}

/** One error for all violations; its kind is that of the first of invalid, unsupported, limit that occurs. */
export function validationError(
  name: string,
  violations: readonly Violation[],
  facts: Pick<ConversationFacts, "issues" | "result"> = {},
): ConversationError {
  const kinds = new Set(violations.map(({ kind }) => kind));
  const kind = (["invalid", "unsupported"] as const).find((candidate) => kinds.has(candidate)) ?? "limit";
  const message = `${facts.result ? "It was read" : "Nothing was sent"}: ${joinMessages(violations)}`;
  const hint = facts.issues && "See `issues` for what the schema says.";
  return createError({ name }, kind, message, hint, { violations, ...facts });
}

/** The messages of the first ten violations. */
export const joinMessages = (violations: readonly Violation[]): string =>
  listFirst(
    violations.map(({ message }) => message),
    "; ",
  );

/** An error for a single invalid argument. */
export function invalidArgument(provider: string, path: string, message: string): ConversationError {
  return validationError(provider, [{ path, kind: "invalid", message }]);
}

/**
 * A part of this package that not every program needs, loaded at its first use, so that bundlers keep it apart. Rejects with kind `network`,
 * as where a new deployment has removed the file.
 */
export function loadPart<T>(provider: string, part: Promise<T>): Promise<T> {
  return part.catch((cause: unknown) => {
    const message = "A part of @convo/core could not be loaded, nothing was sent";
    const hint = "Check that every file of the build can be reached.";
    throw createError({ name: provider }, "network", message, hint, { cause });
  });
}

/** How one vendor's part of `all.update` ended. */
export type Settled<T = UpdateResult> =
  | {
      /** It was done. */
      readonly ok: true;
      /** What `update` of this vendor returns. */
      readonly value: T;
    }
  | {
      /** It failed. */
      readonly ok: false;
      /** Why. */
      readonly error: ConversationError;
    };

/**
 * An update of several vendors of which at least one failed. Kind `partial`, also when all of them did. `results` says what became of each:
 * `{ openai: { ok: true, value }, agentsight: { ok: false, error } }`. A loop around `retryFailed`: docs/recipes/retry-failed.md.
 */
export class PartialError<R = Readonly<Record<string, UpdateResult>>> extends ConvoError {
  /** Per provider, by the caller's name for it: its result or its error. */
  declare readonly results: { readonly [K in keyof R]: Settled<R[K]> };
  /** Repeats the update where it failed; resolves as the first call would, or rejects with another `PartialError`. */
  declare readonly retryFailed: () => Promise<R>;

  static {
    // biome-ignore lint/complexity/noThisInStatic: esbuild renames a class that names itself; logs would show `_PartialError`
    Object.assign(this.prototype, { name: "PartialError" });
  }

  constructor(results: Readonly<Record<string, Settled>>, retryFailed: () => Promise<unknown>) {
    const errors = Object.entries(results).flatMap(([name, settled]) =>
      settled.ok ? [] : [[name, settled.error] as const],
    );
    const reasons = errors.map(([name, { message }]) => `${name}: ${message}`);
    super({
      provider: "convo",
      kind: "partial",
      message: `${errors.length} of ${Object.keys(results).length} updates failed: ${listFirst(reasons, " ").replace(/\.$/, "")}`,
      hint: "See `results`; `retryFailed()` repeats only those that failed.",
      retryable: errors.every(([, { retryable }]) => retryable),
      cause: errors[0]?.[1],
      results,
      retryFailed,
    } as ErrorDetails);
  }
}
