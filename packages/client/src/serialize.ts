// A regular expression here costs more than the rest of a call's own work; so there is none.
import type { CreateError } from "./errors.ts";

/** Undefined for text with a lone surrogate: it has no UTF-8 form, and sent anyway would arrive as another text. */
function encode(text: string): string | undefined {
  try {
    return encodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/**
 * Fills the parts of a path template so that no value can leave its segment. URL parsers resolve `.` and `..` even when
 * they are percent-encoded (https://url.spec.whatwg.org/#double-dot-path-segment), so these two cannot be sent at all.
 */
export function fillPath(
  parts: readonly string[],
  values: Record<string, unknown>,
  createError: CreateError,
): string {
  let [path = ""] = parts;
  for (let at = 1; at < parts.length; at += 2) {
    const name = parts[at] as string;
    const value = values[name];
    const text = Number.isSafeInteger(value) ? `${value}` : value;
    const segment = typeof text === "string" && text !== "." && text !== ".." && encode(text);
    if (!segment)
      throw createError(
        "invalid",
        `path parameter ${name} cannot be sent`,
        'Give a non-empty string other than "." and "..", or a whole number.',
      );
    path += segment + parts[at + 1];
  }
  return path;
}

/** Query string of text, booleans, finite numbers and arrays of them (repeated); undefined and null are left out. */
export function fillQuery(query: unknown, createError: CreateError): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const item of Array.isArray(value) ? value : value == null ? [] : [value]) {
      const text = plain(item) ? encode(item) : undefined;
      if (text === undefined)
        throw createError(
          "invalid",
          `parameter ${name} cannot be sent`,
          "Give strings, booleans, finite numbers or arrays of them.",
        );
      pairs.push(`${encodeURIComponent(name)}=${text}`);
    }
  }
  return pairs.join("&");
}

/** JSON of a body, undefined if there is none; refuses what JSON.stringify would alter in silence: NaN, Map, functions, holes, invalid dates, ... */
export function stringify(body: unknown, createError: CreateError): string | undefined {
  return JSON.stringify(body, function (this: Record<string, unknown>, name: string, value: unknown) {
    const raw = this[name];
    // What came out as null or undefined must have been just that, and in an array undefined would become null.
    const kept =
      value == null
        ? value === raw && (value === null || !Array.isArray(this))
        : plain(value) || Array.isArray(value) || {}.toString.call(value) === "[object Object]";
    if (kept) return value;
    throw createError(
      "invalid",
      `body field ${JSON.stringify(name)} cannot be sent`,
      "Give plain objects, arrays, strings, booleans, finite numbers and null.",
    );
  });
}

const plain = (value: unknown): value is string =>
  typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
