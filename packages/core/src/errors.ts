import { ConvoError, type ErrorDetails, type ErrorKind } from "@convo/client";
import type { Json } from "./metadata/json.ts";
import type { SchemaIssue } from "./types/schema.ts";
import type { GetResult, UpdateResult } from "./types/update.ts";

/** One reason why changes were refused. `message` never shows a value. */
export interface Violation {
  /** The field as the caller named it, e.g. `metadata.notes`. */
  readonly path: string;
  readonly kind: "invalid" | "unsupported" | "limit";
  readonly message: string;
  readonly limit?: string;
  readonly max?: number | string;
  readonly actual?: number | string;
}

/** What core knows about a failed update beyond what every error says. */
export interface UpdateFacts extends ErrorDetails {
  readonly violations?: readonly Violation[] | undefined;
  readonly fields?: readonly string[] | undefined;
  readonly documents?: { readonly asked: Json; readonly found: Json } | undefined;
  readonly issues?: readonly SchemaIssue[] | undefined;
  readonly result?: GetResult | undefined;
}

/** A `ConvoError` that core itself raised: refused changes, an update that did not take, a conflict. */
export class UpdateError extends ConvoError {
  /** Every reason at once, for kinds `invalid`, `unsupported` and `limit`. */
  declare readonly violations?: readonly Violation[];
  /** The fields that did not take (`not_applied`, `conflict`), e.g. `metadata.draft`. */
  declare readonly fields?: readonly string[];
  /** What should be there and what is (`conflict`). Not enumerable: logging an error shows no content. */
  declare readonly documents?: { readonly asked: Json; readonly found: Json };

  /** What a schema has against the metadata, in its own words, which may quote values. Not enumerable either. */
  declare readonly issues?: readonly SchemaIssue[];
  /** What `get` read, though its metadata breaks the schema. Not enumerable either. */
  declare readonly result?: GetResult;

  constructor(facts: UpdateFacts) {
    super(facts);
  }
}

/** An error that core itself raises: of which provider, what happened and where, what to do next, and further facts. */
export function failure(
  { name: provider }: { readonly name: string },
  kind: ErrorKind,
  what: string,
  next?: string,
  facts?: Omit<UpdateFacts, "provider" | "kind" | "message" | "hint">,
): UpdateError {
  return new UpdateError({ ...facts, provider, kind, message: what, hint: next });
}

/** What to do after a write whose outcome is unknown. */
export const READ_FIRST = "It may have been written: read before you send it again.";

/** What messages call a conversation. */
export const called = (id: string | number): string => `conversation ${JSON.stringify(id)}`;

/**
 * One error for all refusals; its kind is that of the first of invalid, unsupported, limit that occurs.
 *
 * @param facts what a schema says, and what was read all the same
 */
export function refused(
  name: string,
  violations: readonly Violation[],
  facts: Pick<UpdateFacts, "issues" | "result"> = {},
): UpdateError {
  const kinds = violations.map(({ kind }) => kind);
  const kind = (["invalid", "unsupported"] as const).find((known) => kinds.includes(known)) ?? "limit";
  const what = `${facts.result ? "It was read" : "Nothing was sent"}: ${reasons(violations)}`;
  const next = facts.issues && "See `issues` for what the schema says.";
  return failure({ name }, kind, what, next, { violations, ...facts });
}

/** All reasons in one sentence. */
export const reasons = (violations: readonly Violation[]): string =>
  violations.map(({ message }) => message).join("; ");

/** A refusal for a single reason. */
export function invalid(provider: string, path: string, message: string): UpdateError {
  return refused(provider, [{ path, kind: "invalid", message }]);
}

/** How one vendor's part went. */
export type Settled<T = UpdateResult> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ConvoError };

/** An update of several vendors of which at least one failed. Kind `partial`, also when all of them did. */
export class PartialError<R = Readonly<Record<string, UpdateResult>>> extends ConvoError {
  /** Per vendor, its result or its error. */
  declare readonly results: { readonly [K in keyof R]: Settled<R[K]> };
  /** Repeats the update where it failed; resolves like the first call, with the results of then and now, or rejects with another `PartialError`. */
  declare readonly retryFailed: () => Promise<R>;

  constructor(results: Readonly<Record<string, Settled>>, retryFailed: () => Promise<unknown>) {
    const errors = Object.entries(results).flatMap(([name, one]) =>
      one.ok ? [] : [[name, one.error] as const],
    );
    super({
      provider: "convo",
      kind: "partial",
      message: `${errors.length} of ${Object.keys(results).length} updates failed: ${errors
        .map(([, { message }]) => message)
        .join(" ")
        .replace(/\.$/, "")}`,
      hint: "Look at `results`; `retryFailed()` repeats only those.",
      retryable: errors.every(([, { retryable }]) => retryable),
      cause: errors[0]?.[1],
      results,
      retryFailed,
    } as ErrorDetails);
  }
}
