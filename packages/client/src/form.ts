import type { CreateError } from "./errors.ts";

// What it needs is passed to it: an import of it would make a bundle of two chunks of one.
type FillQuery = (query: Record<string, unknown>, createError: CreateError) => string;

/** A flat object as an HTML form (https://url.spec.whatwg.org/#application/x-www-form-urlencoded); nested objects as `a[b]`. */
export function toForm(body: unknown, fill: FillQuery, createError: CreateError): string | undefined {
  if (body === undefined) return undefined;
  const flat: Record<string, unknown> = {};
  const flatten = (value: object, name: (key: string) => string): void => {
    for (const [key, item] of Object.entries(value)) {
      if (typeof item === "object" && item !== null && !Array.isArray(item))
        flatten(item, (inner) => `${name(key)}[${inner}]`);
      // A form has no null: an empty text is as near as it gets.
      else flat[name(key)] = item === null ? "" : item;
    }
  };
  flatten(Object(body), (key) => key);
  return fill(flat, createError);
}
