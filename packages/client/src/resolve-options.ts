import { type CreateError, quote } from "./errors.ts";
import type { CallOptions, ClientOptions } from "./options.ts";
import { safely } from "./safely.ts";

/** Header names in lower case; `null` stands for a default that is to be left out. */
export type CheckedHeaders = Record<string, string | null>;

/** Returns the option as it is used from here on, or throws kind `invalid`. */
type Check = (value: unknown, name: string, createError: CreateError) => unknown;

const passOn: Check = (value) => value;

const mustBe =
  (what: string, test: (value: unknown) => boolean): Check =>
  (value, name, createError) => {
    if (test(value)) return value;
    throw createError("invalid", `${name} must be ${what}`);
  };

/** Numbers start at `min`; 2**31 - 1 is the longest timer there is. */
const wholeNumber = (min: number): Check =>
  mustBe(
    `a whole number from ${min} to 2147483647`,
    (value) => Number.isInteger(value) && (value as number) >= min && (value as number) < 2 ** 31,
  );

/** A promise is a forgotten `await`: it would be taken for an object without options. */
const object = mustBe(
  "an object",
  (value) => typeof value === "object" && value !== null && !("then" in value),
);
const callback = mustBe("a function", (value) => typeof value === "function");
const retry = mustBe('"safe", "always" or "never"', (value) =>
  ["safe", "always", "never"].includes(value as string),
);

/** Everything but a signal ends the process later: nobody catches what a timer throws. */
const signal = mustBe("an AbortSignal", (value) => {
  const { aborted, addEventListener, removeEventListener } = Object(value);
  return value === null || (typeof aborted === "boolean" && addEventListener && removeEventListener);
});

const shared = {
  apiKey: passOn,
  baseUrl: checkBaseUrl as Check,
  headers: checkHeaders as Check,
  timeoutMs: wholeNumber(1),
  deadlineMs: wholeNumber(1),
  maxRetries: wholeNumber(0),
  retry,
  fetchOptions: checkFetchOptions as Check,
  observe: object,
};

/** Every option of a client; the type checker keeps it complete. */
const CLIENT_OPTIONS: Record<keyof ClientOptions, Check> = {
  ...shared,
  server: object,
  fetch: callback,
  http: object,
  maxRetryAfterMs: wholeNumber(1),
  maxResponseBytes: wholeNumber(1),
};

/** Every option of a call; the type checker keeps it complete. */
const CALL_OPTIONS: Record<keyof CallOptions | "query", Check> = {
  ...shared,
  query: passOn,
  signal,
  idempotencyKey: mustBe(
    "printable text",
    (value) => typeof value === "string" && /^[!-~][ -~]*$/.test(value),
  ),
  beforeAttempt: callback,
};

/** What a caller passed, checked. */
export type Checked<Options> = {
  [Name in keyof Options]?: Name extends "headers" ? CheckedHeaders : Exclude<Options[Name], undefined>;
};

export const checkClientOptions = (options: unknown, createError: CreateError): Checked<ClientOptions> =>
  checkOptions(options, CLIENT_OPTIONS, createError);

/** @param trusted options that this package made of checked ones: what is one of them is not checked again */
export const checkCallOptions = (
  options: unknown,
  createError: CreateError,
  trusted?: CallOptions,
): Checked<CallOptions> => checkOptions(options, CALL_OPTIONS, createError, { ...trusted });

/** Checks every option, wherever it comes from (a getter, a prototype), and leaves out those that are undefined. */
function checkOptions(
  options: unknown,
  checks: Record<string, Check>,
  createError: CreateError,
  trusted?: Readonly<Record<string, unknown>>,
): object {
  const given = object(options, "options", createError) as Record<string, unknown>;
  for (const name in given) {
    // Ignored, a `baseURL` would send the key to the real vendor.
    if (Object.hasOwn(checks, name) || given[name] === undefined) continue;
    const known = Object.keys(checks);
    const similar = closest(name, known);
    const hint = similar ? `Did you mean "${similar}"?` : `There are ${known.join(", ")}.`;
    throw createError("invalid", `Unknown option ${quote(name)}`, hint);
  }
  const checked: Record<string, unknown> = {};
  for (const name in checks) {
    const value = given[name];
    if (value === undefined) continue;
    checked[name] = value === trusted?.[name] ? value : (checks[name] as Check)(value, name, createError);
  }
  return checked;
}

const FRAMING = /^(connection|content-length|expect|host|keep-alive|te|trailer|transfer-encoding|upgrade)$/i;

/** Header names in lower case, each name and value checked; values are never quoted, they may be credentials. */
export function checkHeaders(headers: unknown, from: string, createError: CreateError): CheckedHeaders {
  const checked: CheckedHeaders = {};
  const given = object(headers, from, createError) as Record<string, unknown>;
  const add = (name: unknown, value: unknown): void => {
    if (value === undefined) return;
    const valid =
      typeof name === "string" &&
      /^[\w!#$%&'*+.^`|~-]+$/.test(name) &&
      !FRAMING.test(name) &&
      (value === null || (typeof value === "string" && /^[\t -~\x80-\xff]*$/.test(value)));
    if (!valid)
      throw createError(
        "invalid",
        `${from}: ${quote(String(name))} cannot be sent`,
        "Use printable Latin-1 on one line; Content-Length, Host and the like are set by the client.",
      );
    checked[name.toLowerCase()] = value as string | null;
  };
  if (typeof given[Symbol.iterator as never] === "function") {
    for (const pair of headers as Iterable<unknown>) {
      const [name, value, ...rest] = Array.isArray(pair) ? pair : [];
      add(rest.length || value === undefined ? null : name, value ?? null);
    }
  } else for (const name in given) add(name, given[name]);
  return checked;
}

function checkFetchOptions(value: unknown, name: string, createError: CreateError): object {
  const options = object(value, name, createError) as object;
  for (const taken of ["method", "headers", "body", "signal", "redirect"]) {
    if (taken in options) throw createError("invalid", `${name}.${taken} is set by the client`);
  }
  return { ...options };
}

/** Undefined for anything that is not a URL. (`URL.canParse` is missing in React Native, and in the jsdom of jest 29.) */
export const parseUrl = (text: string, base?: string): URL | undefined => safely(() => new URL(text, base));

/** The base URL in canonical form without trailing slash; refuses what would make every request fail or leak. */
export function checkBaseUrl(text: unknown, name: string, createError: CreateError): string {
  const url = typeof text === "string" && parseUrl(text.trim());
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !/[?#]/.test(text as string))
    return url.href.replace(/\/+$/, "");
  throw createError(
    "invalid",
    `${name} ${text ? "cannot be used" : "is missing"}`,
    "Give an http or https URL without user, password, query and fragment.",
  );
}

/** The option that was probably meant, if any. Where none is, the error lists them all, so this need not be clever. */
function closest(name: string, known: string[]): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, "");
  const wanted = plain(name);
  const synonym = /token/.test(wanted)
    ? "apiKey"
    : /hook|log/.test(wanted)
      ? "observe"
      : /agent$/.test(wanted)
        ? "fetch"
        : "";
  return known.find((option) => {
    const text = plain(option);
    return option === synonym || (wanted.length > 2 && (text.includes(wanted) || wanted.includes(text)));
  });
}
