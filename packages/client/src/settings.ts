import type { Fail } from "./errors.ts";
import { type CallOptions, type ClientOptions, DEFAULTS } from "./options.ts";

/** The options that are in force for one call. */
export type Settings = typeof DEFAULTS & { headers: Record<string, string> };

const FRAMING = /^(connection|content-length|expect|host|keep-alive|te|trailer|transfer-encoding|upgrade)$/i;

/** Header names in lower case, each name and value checked; values are never quoted, they may be credentials. */
export function checkHeaders(
  headers: Record<string, unknown> | undefined,
  fail: Fail,
): Record<string, string> {
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (value === undefined) continue;
    const fits = typeof value === "string" && /^[\t -~\x80-\xff]*$/.test(value);
    if (!fits || !/^[\w!#$%&'*+.^`|~-]+$/.test(name) || FRAMING.test(name))
      throw fail(
        "invalid",
        `header ${JSON.stringify(name)} cannot be sent`,
        "Give one line of Latin-1; headers that frame the message are not yours.",
      );
    checked[name.toLowerCase()] = value;
  }
  return checked;
}

/** Lays checked options over `base`. Throws kind `invalid` for options that cannot be meant. */
export function settle(
  base: typeof DEFAULTS & { headers?: Record<string, string> },
  options: ClientOptions | CallOptions,
  others: RegExp,
  fail: Fail,
): Settings {
  const signal = (options as CallOptions)?.signal;
  // A controller passed for its signal would end the process: nobody hears what a timer throws.
  if (
    Object(options) !== options ||
    (signal && !signal.addEventListener) ||
    options.headers?.[Symbol.iterator as never]
  )
    throw fail("invalid", "options and headers must be objects, signal an AbortSignal");
  const settings = { ...base, headers: { ...base.headers, ...checkHeaders(options.headers, fail) } };
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || others.test(name)) continue;
    // Ignored, a `baseURL` would send the key to the real vendor.
    if (!Object.hasOwn(DEFAULTS, name))
      throw fail("invalid", `${JSON.stringify(name)} is no option`, "See ClientOptions and CallOptions.");
    const fits =
      name === "retry"
        ? ["safe", "always", "never"].includes(value as string)
        : Number.isInteger(value) && (value as number) > 0 && (value as number) < 2 ** 31;
    if (!fits)
      throw fail(
        "invalid",
        `${name} cannot be ${String(value)}`,
        'Numbers are whole, 1 to 2147483647; retry is "safe", "always" or "never".',
      );
    settings[name as "retry"] = value as never;
  }
  return settings;
}

/** The base URL in normal form without trailing slash; refuses what would make every request go wrong or leak. */
export function checkBaseUrl(text: string, fail: Fail): string {
  const url = URL.canParse(text) && new URL(text);
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !/[?#]/.test(text))
    return url.href.replace(/\/+$/, "");
  throw fail(
    "invalid",
    "baseUrl cannot be used",
    "Give an http or https URL without user, password, query and fragment.",
  );
}
