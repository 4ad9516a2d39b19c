import type { CreateError } from "./errors.ts";

// What it needs is passed to it: an import of it would make a bundle of two chunks of one.
type FillQuery = (query: Record<string, unknown>, createError: CreateError) => string;

/**
 * An object as an HTML form (https://url.spec.whatwg.org/#application/x-www-form-urlencoded); nested objects as `a[b]`. Throws
 * kind `invalid` for what has no such form.
 */
export function toForm(body: unknown, fill: FillQuery, createError: CreateError): string | undefined {
  if (body === undefined) return undefined;
  if (!isObject(body)) throw createError("invalid", "the body of a form must be an object");
  const fields: [name: string, value: unknown][] = [];
  const flatten = (raw: unknown, name: string): void => {
    const value = toJson(raw);
    if (isObject(value)) for (const [key, item] of Object.entries(value)) flatten(item, `${name}[${key}]`);
    else if (Array.isArray(value)) fields.push([name, value.map(toJson)]);
    // A form has no null: an empty text is as near as it gets. An invalid date, whose JSON is null, is left to be refused.
    else fields.push([name, raw === null ? "" : (value ?? raw)]);
  };
  for (const [key, item] of Object.entries(body)) flatten(item, key);
  return fill(Object.fromEntries(fields), createError);
}

const isObject = (value: unknown): value is object =>
  Object.prototype.toString.call(value) === "[object Object]";

/** As `JSON.stringify` sees it: a date is its text. */
const toJson = (value: unknown): unknown => {
  const { toJSON } = Object(value);
  return typeof toJSON === "function" ? toJSON.call(value) : value;
};
