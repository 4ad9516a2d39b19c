import { type ConvoError, DEFAULTS, isConvoError } from "@convo/client";
import type { Calls } from "./calls.ts";

const BACKOFF_MS = 250;

/**
 * Whether a write was certainly not applied, for a reason that passes (429, no connection). One that was made from a read is
 * not sent again as it was: while it waited, perhaps for a long `Retry-After`, others may have written.
 */
export function isTurnedAway({ provider, options }: Calls, error: unknown): error is ConvoError {
  const retry = options.retry ?? provider.options.retry;
  const passes = isConvoError(error) && error.retryable && error.outcome === undefined;
  return passes && retry !== "never";
}

/** Milliseconds until a write that was turned away may be made anew; undefined if it is to be given up. */
export function waitBefore(calls: Calls, { retryAfterMs }: ConvoError, times: number): number | undefined {
  const { maxRetryAfterMs = DEFAULTS.maxRetryAfterMs, ...provided } = calls.provider.options;
  const maxRetries = calls.options.maxRetries ?? provided.maxRetries ?? DEFAULTS.maxRetries;
  const own = BACKOFF_MS * 2 ** times;
  const ms = (retryAfterMs ?? own) + (Math.random() * Math.max(own, retryAfterMs ?? 0)) / 10;
  if (times > maxRetries || (retryAfterMs ?? 0) > maxRetryAfterMs || ms > calls.left()) return undefined;
  return ms;
}
