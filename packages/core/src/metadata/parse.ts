import { isDocument, kindOf, type Metadata } from "./json.ts";

/** A document, or why there is none, e.g. `null, neither ...`; it never holds the value. */
export type ParsedDocument = { ok: true; document: Metadata } | { ok: false; reason: string };

/**
 * Takes metadata as a vendor's answer holds it: an object is the document, a string that is the JSON text of an object
 * is read as that object (AgentSight's old rows), `null` is `{}` only with `nullIsEmpty`. All else is a reason, never an
 * empty document: a merge onto that would wipe what is really there. Never throws.
 */
export function parseDocument(
  value: unknown,
  { nullIsEmpty = false }: { nullIsEmpty?: boolean } = {},
): ParsedDocument {
  const document = typeof value === "string" ? parseText(value) : value;
  if (isDocument(document)) return { ok: true, document };
  if (value === null && nullIsEmpty) return { ok: true, document: {} };
  return { ok: false, reason: `${kindOf(value)}, neither an object nor the JSON text of one` };
}

/** The value of a JSON text, `undefined` when it is none. */
export function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
