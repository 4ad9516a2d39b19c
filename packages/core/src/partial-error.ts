import { ConvoError, type ErrorFacts } from "@convo/client";
import type { UpdateResult } from "./changes.ts";

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
      what: `${errors.length} of ${Object.keys(results).length} updates failed: ${errors
        .map(([, { message }]) => message)
        .join(" ")
        .replace(/\.$/, "")}`,
      next: "Look at `results`; `retryFailed()` repeats only those.",
      retryable: errors.every(([, { retryable }]) => retryable),
      cause: errors[0]?.[1],
      results,
      retryFailed,
    } as ErrorFacts);
  }
}
