import { called, failure } from "./errors.ts";
import type { Seen } from "./exchange.ts";
import { type Json, type Metadata, spellPath } from "./metadata/json.ts";
import type { Watched } from "./observe.ts";

/** Strings, which are passed over, and numbers. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/**
 * Makes sure that a metadata document can be sent back as it was read. A whole number beyond 2^53, such as an id that another
 * program keeps there, loses digits when JavaScript reads it (RFC 8259, section 6), and a merge would write what is left of it.
 *
 * @throws UpdateError of kind `bad_response`, with the path of every such number
 */
export function checkExact(
  { provider, id }: Pick<Watched, "provider" | "id">,
  { reply, reading }: Seen,
): void {
  const field = provider.metadata?.field ?? "";
  const value = reading.body[field];
  const paths = beyond(reading.document ?? {}, []);
  // A document that is kept as JSON text is a string in the answer's own.
  const text = typeof value === "string" ? value : reply.text;
  if (paths.length === 0 || !text.match(TOKENS)?.some(losesDigits)) return;
  throw failure(
    provider,
    "bad_response",
    `The metadata of ${called(id)} holds whole numbers beyond 2^53, which JavaScript cannot read exactly: ${paths.join(", ")}`,
    "Nothing was written, since a merge would change them: keep such numbers as text, or write the whole document (`replace`).",
  );
}

function losesDigits(token: string): boolean {
  if (!/^-?\d{16,}$/.test(token)) return false;
  return BigInt(token) !== BigInt(Number(token));
}

/** Paths of the whole numbers that may have been others. */
function beyond(value: Json, trail: readonly string[]): string[] {
  if (typeof value === "number")
    return Math.abs(value) > Number.MAX_SAFE_INTEGER ? [spellPath("metadata", trail)] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value as Metadata).flatMap(([key, one]) => beyond(one, [...trail, key]));
}
