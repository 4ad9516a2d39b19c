import type { Fail } from "./errors.ts";

/**
 * Fills a path template so that no value can leave its segment. URL parsers resolve `.` and `..` even when they are
 * percent-encoded (https://url.spec.whatwg.org/#double-dot-path-segment), so these two cannot be sent at all.
 */
export function fillPath(template: string, values: Record<string, unknown>, fail: Fail): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = values[name];
    const text = Number.isSafeInteger(value) ? `${value}` : value;
    if (typeof text !== "string" || /^\.{0,2}$/.test(text) || !wellFormed(text)) {
      throw fail(
        "invalid",
        `path parameter ${name} cannot be sent`,
        'Give a non-empty string other than "." and "..", or a whole number.',
      );
    }
    return encodeURIComponent(text);
  });
}

/** Text with a lone surrogate has no UTF-8 form; sent anyway it would arrive as another text. */
const wellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

/** Query string of text, booleans, finite numbers and arrays of them (repeated); undefined and null are left out. */
export function fillQuery(query: unknown, fail: Fail): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const item of Array.isArray(value) ? value : value == null ? [] : [value]) {
      const plain =
        Number.isFinite(item) || typeof item === "boolean" || (typeof item === "string" && wellFormed(item));
      if (!plain) {
        throw fail(
          "invalid",
          `query parameter ${name} cannot be sent`,
          "Give text, a boolean, a finite number, or an array of them.",
        );
      }
      pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(item)}`);
    }
  }
  return pairs.join("&");
}

/** JSON of a body; refuses what JSON.stringify would alter in silence: NaN, Map, functions, holes, invalid dates, ... */
export function stringify(body: unknown, fail: Fail): string {
  return JSON.stringify(body, function (this: Record<string, unknown>, name: string, value: unknown) {
    if (altered(this[name], value, this)) {
      throw fail(
        "invalid",
        `body field ${JSON.stringify(name)} has no JSON form`,
        "Give plain objects, arrays, text, booleans, finite numbers and null.",
      );
    }
    return value;
  });
}

function altered(raw: unknown, value: unknown, holder: unknown): boolean {
  if (value === undefined) return raw !== undefined || Array.isArray(holder);
  if (value === null) return raw !== null;
  if (typeof value === "number") return !Number.isFinite(value);
  if (typeof value === "object")
    return !/^\[object (Object|Array)\]$/.test(Object.prototype.toString.call(value));
  return !/^(string|boolean)$/.test(typeof value);
}
