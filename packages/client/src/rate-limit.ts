import type { ResponseHeaders } from "./errors.ts";
import { durationMs } from "./retry.ts";
import type { RateLimitHeaders } from "./vendor.ts";

/** What a vendor said about its limit for requests. */
export interface RateLimit {
  /** Requests allowed in the window. */
  readonly limit?: number;
  /** Requests left in it. */
  readonly remaining?: number;
  /** Milliseconds until the window starts again, counted from the response. */
  readonly resetMs?: number;
}

/** The rate limit in a response's headers; undefined if there is none. */
export function readRateLimit(
  headers: ResponseHeaders,
  names: RateLimitHeaders,
  now: number = Date.now(),
): RateLimit | undefined {
  const number = (name: string): number | undefined => {
    const text = headers.get(name)?.trim();
    return text && /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
  };
  const reset = (): number | undefined => {
    const { reset: name, resetIn } = names;
    if (!name) return undefined;
    if (resetIn === "duration") return durationMs(headers.get(name)?.trim() ?? "");
    const seconds = number(name);
    if (seconds === undefined) return undefined;
    return resetIn === "seconds" ? seconds * 1000 : Math.max(0, seconds * 1000 - now);
  };
  const [limit, remaining, resetMs] = [number(names.limit), number(names.remaining), reset()];
  if (limit === undefined && remaining === undefined) return undefined;
  return {
    ...(limit !== undefined && { limit }),
    ...(remaining !== undefined && { remaining }),
    ...(resetMs !== undefined && { resetMs }),
  };
}
