import type { Fail } from "./errors.ts";
import { type CallOptions, type ClientOptions, DEFAULTS } from "./options.ts";

/** The options that are in force for one call. */
export type Settings = typeof DEFAULTS & { headers: Record<string, string> };

/** Header names in lower case, each name and value checked; values are never quoted, they may be credentials. */
export function checkHeaders(
  headers: Record<string, unknown> | undefined,
  fail: Fail,
): Record<string, string> {
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (value === undefined) continue;
    const fits = typeof value === "string" && /^[\t -~\x80-\xff]*$/.test(value);
    if (!fits || !/^[\w!#$%&'*+.^`|~-]+$/.test(name) || FRAMING.test(name)) {
      throw fail(
        "invalid",
        `header ${JSON.stringify(name)} cannot be sent`,
        "Names are tokens and do not frame the message; values are Latin-1 text in one line.",
      );
    }
    checked[name.toLowerCase()] = value;
  }
  return checked;
}

const FRAMING = /^(connection|content-length|expect|host|keep-alive|te|trailer|transfer-encoding|upgrade)$/i;

/** Lays checked options over `base`. Throws kind `invalid` for a number or mode that cannot be meant. */
export function settle(base: Settings, options: ClientOptions | CallOptions, fail: Fail): Settings {
  const settings = { ...base, headers: { ...base.headers, ...checkHeaders(options.headers, fail) } };
  for (const name of Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[]) {
    const value = (options as ClientOptions)[name];
    if (value === undefined) continue;
    const number = name !== "retry";
    if (
      number
        ? !(Number.isInteger(value) && +value > 0 && +value < 2 ** 31)
        : !/^(safe|always|never)$/.test(`${value}`)
    ) {
      throw fail(
        "invalid",
        `${name} cannot be ${String(value)}`,
        number
          ? 'Give a whole number from 1 to 2147483647; to switch retries off use retry: "never".'
          : 'Give "safe", "always" or "never".',
      );
    }
    settings[name] = value as never;
  }
  return settings;
}

/** The base URL in normal form without trailing slash; refuses what would make every request go wrong or leak. */
export function checkBaseUrl(text: string, fail: Fail): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || /[?#]/.test(text)) {
    throw fail(
      "invalid",
      "baseUrl cannot be used",
      "Give an http or https URL without user, password, query and fragment.",
    );
  }
  return url.href.replace(/\/+$/, "");
}
