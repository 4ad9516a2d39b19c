import { isDocument, type Json, type Metadata } from "../metadata/json.ts";

/** The format of cursors; one of another version is refused. */
const VERSION = 1;

/**
 * Text that stands for a place in a list: base64url of JSON.
 *
 * @param list what the cursor belongs to; only the same list may go on from it
 */
export function writeCursor(list: string, place: Metadata): string {
  const bytes = new TextEncoder().encode(JSON.stringify([VERSION, list, place]));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

/** The place a cursor stands for, or why it does not fit this list. */
export function readCursor(list: string, cursor: unknown): Metadata | string {
  const [version, of, place] = decode(cursor);
  if (version !== VERSION || !isDocument(place)) return "must be the `cursor` of a page of this list";
  return of === list ? place : "belongs to another list: use it with the same provider, id and filter";
}

function decode(cursor: unknown): Json[] {
  try {
    const bytes = atob(String(cursor).replaceAll("-", "+").replaceAll("_", "/"));
    const text = new TextDecoder().decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
    const value = JSON.parse(text) as Json;
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
