/** What the headers of a response say: its id, and when to send again. */
import type { ResponseHeaders } from "./errors.ts";
import type { RateLimitHeaders } from "./vendor.ts";

/** The vendor's id of the request, from the first of these headers that has one. */
export function readRequestId(headers: ResponseHeaders, names: readonly string[]): string | undefined {
  for (const name of names) {
    const id = headers.get(name);
    if (id) return id;
  }
  return undefined;
}

const textOf = (headers: ResponseHeaders, name: string): string => headers.get(name)?.trim() ?? "";

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
    const text = textOf(headers, name);
    return /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
  };
  const reset = (): number | undefined => {
    const { reset: name, resetIn } = names;
    if (!name) return undefined;
    if (resetIn === "duration") return durationMs(textOf(headers, name));
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

const UNITS: Record<string, number> = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5 };

/** Milliseconds of a duration such as `6m0s`, `1.5s`, `20ms`; undefined if it is none. */
export function durationMs(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|[smhd]))+$/.test(text)) return undefined;
  let sum = 0;
  for (const [, amount, unit] of text.matchAll(/([\d.]+)(\D+)/g))
    sum += Number(amount) * (UNITS[unit as string] as number);
  return sum;
}

/**
 * How long the vendor asks to wait, in milliseconds: `retry-after-ms`, then `Retry-After` in seconds or as HTTP date
 * (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after; counted from the answer's own `Date`, so that clocks may
 * differ), then, for a spent limit, OpenAI's `x-ratelimit-reset-*`. Undefined where nothing usable was said.
 */
export function retryAfterMs(headers: ResponseHeaders, now: number = Date.now()): number | undefined {
  const text = (name: string): string => textOf(headers, name);
  const date = (part: string): number =>
    /^[a-z]+,? .*\d\d:\d\d:\d\d/i.test(part) ? Date.parse(part.replace(/( GMT)?$/, " GMT")) : 0;
  const begin = date(text("date")) || now;
  // Several headers arrive joined: the longest counts. A date has a comma of its own.
  const longest = (name: string, unit: string): number => {
    const parts = text(name).split(/\s*,\s*(?=[\d.]+\s*(?:,|$)|[a-z]+,)/i);
    return Math.max(
      0,
      ...parts.map((part) => (/^[\d.]+$/.test(part) ? (durationMs(part + unit) ?? 0) : date(part) - begin)),
    );
  };
  const resets = ["requests", "tokens", "project-tokens"].map((kind) =>
    Number(text(`x-ratelimit-remaining-${kind}`)) > 0
      ? 0
      : (durationMs(text(`x-ratelimit-reset-${kind}`)) ?? 0),
  );
  const given = longest("retry-after-ms", "ms") || longest("retry-after", "s") || Math.max(...resets);
  return Math.min(Math.ceil(given), 1e15) || undefined;
}

/** Milliseconds to wait before attempt `attempt + 1`: what the vendor asked plus some jitter, else 0.25-0.5 s doubling up to 8 s. */
export function retryWaitMs(
  attempt: number,
  asked: number | undefined,
  random: number = Math.random(),
): number {
  const own = Math.min(8000, 250 * 2 ** attempt);
  return Math.round(
    asked === undefined ? own * (1 - random / 2) : asked + random * Math.max(250, asked / 10),
  );
}
