/** openapi-fetch's serializers, made to refuse what would arrive as something else. */
import { createQuerySerializer, defaultPathSerializer, type QuerySerializerOptions } from "openapi-fetch";
import type { CreateError } from "./errors.ts";

/**
 * Fills a template in each style of OpenAPI: `{id}`, `{id*}`, `{.id}`, `{;id}`, with text, whole numbers, arrays and
 * flat objects. Throws kind `invalid` for a value that could leave its segment, or leave it empty.
 */
export function createPathSerializer(
  createError: CreateError,
): (url: string, values: Record<string, unknown>) => string {
  return (url, values) => {
    for (const [, name = ""] of url.matchAll(/\{[.;]?([^{}*]+)\*?\}/g)) {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      const names = isRecord(value) ? Object.keys(value) : [];
      const items = isRecord(value) ? Object.values(value) : Array.isArray(value) ? value : [value];
      if (!items.length || !items.every(isSegment) || !names.every((key) => /^[\w.~-]+$/.test(key)))
        throw pathError(name, createError);
    }
    return defaultPathSerializer(url, values);
  };
}

export const pathError = (name: string, createError: CreateError): Error =>
  createError(
    "invalid",
    `path parameter ${name} cannot be sent`,
    'Give a non-empty string other than "." and "..", a whole number, or an array or flat object of them.',
  );

/** Writes a query in the styles that were asked for. Throws kind `invalid` for a value that has no such form. */
export function createStrictQuerySerializer(
  styles: QuerySerializerOptions,
  createError: CreateError,
): (query: Record<string, unknown>) => string {
  const serialize = createQuerySerializer(styles);
  return (query) => {
    const checked: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(query)) {
      if (value === undefined || value === null) continue;
      const named = isRecord(value) ? Object.entries(value).filter(([, item]) => item != null) : [];
      const items = isRecord(value) ? named.map(([, item]) => item) : Array.isArray(value) ? value : [value];
      const names = [name, ...named.map(([key]) => key)];
      if (![...items, ...names].every(isPlain))
        throw createError(
          "invalid",
          `query parameter ${name} cannot be sent`,
          "Give strings, booleans, finite numbers, arrays or flat objects of them, or a querySerializer.",
        );
      checked[encodeName(name)] = isRecord(value)
        ? Object.fromEntries(named.map(([key, item]) => [encodeName(key), item]))
        : value;
    }
    return serialize(checked);
  };
}

/** Writes a body: what `fetch` takes as it is, a form where the content type says so, and JSON. */
export function createBodySerializer(
  stringify: (body: unknown) => string | undefined,
  createError: CreateError,
): (body: unknown, headers: Headers) => unknown {
  return (body, headers) => {
    if (isNative(body)) return body;
    if (!/^application\/x-www-form-urlencoded\b/i.test(headers.get("content-type") ?? ""))
      return stringify(body);
    if (!isRecord(body) || !Object.values(body).every(isPlain))
      throw createError(
        "invalid",
        "the form cannot be sent",
        "Give a flat object of strings, booleans and numbers.",
      );
    return new URLSearchParams(body as Record<string, string>).toString();
  };
}

/** Bodies that `fetch` takes, and names the content type of, by itself. */
export const isNative = (body: unknown): boolean =>
  /^(FormData|URLSearchParams|Blob|File|ArrayBuffer|ReadableStream)$/.test(tagOf(body)) ||
  ArrayBuffer.isView(body);

const isRecord = (value: unknown): value is Record<string, unknown> => tagOf(value) === "Object";

/** The same for every realm, which `instanceof` is not. */
const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

/** Text without a lone surrogate: one has no UTF-8 form, and sent anyway would arrive as another text. */
function isText(value: unknown): value is string {
  try {
    return typeof value === "string" && encodeURIComponent(value) !== undefined;
  } catch {
    return false;
  }
}

const isPlain = (value: unknown): boolean =>
  isText(value) || typeof value === "boolean" || Number.isFinite(value);

const isSegment = (value: unknown): boolean =>
  Number.isSafeInteger(value) || (isText(value) && !["", ".", ".."].includes(value));

/** Brackets stay, as openapi-fetch and many servers spell them: `filter[name]`. */
const encodeName = (name: string): string =>
  encodeURIComponent(name).replaceAll("%5B", "[").replaceAll("%5D", "]");
