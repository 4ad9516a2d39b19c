import { type AnyDocument, type Given, kindOf, type MetadataPatch, namedKeys, spellPath } from "./json.ts";

/** What a vendor lets metadata hold; a limit left out is none. Lengths are Unicode code points. */
export interface MetadataLimits {
  /** The most top-level keys. */
  maxProperties?: number | undefined;
  /** The greatest length of a top-level key. */
  maxKeyLength?: number | undefined;
  /** Of a string its own length, of any other value that of its JSON text. */
  maxValueLength?: number | undefined;
}

/** One reason why changes were refused. Neither it nor its message ever shows a value. */
export interface Violation {
  /** The field as the caller named it, e.g. `metadata.notes`. */
  readonly path: string;
  /** `invalid`: it is not what the field takes. `unsupported`: the vendor has no place for it. `limit`: it is too long, or too much. */
  readonly kind: "invalid" | "unsupported" | "limit";
  /** The reason as a sentence, without a value. */
  readonly message: string;
  /** The rule that was broken, in the words of JSON Schema where it has one: `maxLength`, `pattern`; `values` for a value of a wrong type. */
  readonly limit?: string;
  /** The greatest length or number allowed, or what a value may be. */
  readonly max?: number | string;
  /** What was found: a length, or for `values` `number`, `boolean`, `null`, `array` or `object`. */
  readonly actual?: number | string;
}

/** How much of one limit is used, by which key, out of how much (`null`: the vendor sets no limit). */
export interface Room {
  /** How much is used. */
  used: number;
  /** How much there is; `null` for no limit. */
  max: number | null;
}

/** Room under each limit; `key` is the key that uses most, `null` in an empty document. */
export interface Headroom {
  /** Keys. */
  properties: Room;
  /** Code points of the longest key. */
  longestKey: Room & { key: string | null };
  /** Code points of the longest value. */
  longestValue: Room & { key: string | null };
}

/**
 * Checks a whole (merged) document against a vendor's rules and lists every violation, none when it fits.
 * @param values `string` where the vendor holds strings only: any other value is then a violation
 */
export function checkMetadata<D extends object = AnyDocument>(
  given: Given<D>,
  limits: MetadataLimits,
  { values }: { values: "string" | "json" },
): Violation[] {
  const metadata = given as MetadataPatch;
  const found: Violation[] = [];
  const pathOf = (key: string | undefined): string => spellPath("metadata", key === undefined ? [] : [key]);
  const check = (
    limit: keyof MetadataLimits,
    key: string | undefined,
    actual: number,
    what: string,
  ): void => {
    const max = limits[limit];
    if (max === undefined || actual <= max) return;
    const path = pathOf(key);
    const message = `${path}: ${actual} ${what}, ${max} allowed`;
    found.push({ path, kind: "limit", limit, max, actual, message });
  };
  const keys = namedKeys(metadata);
  check("maxProperties", undefined, keys.length, "properties");
  for (const key of keys) {
    const value = metadata[key];
    if (limits.maxKeyLength !== undefined) check("maxKeyLength", key, lengthOf(key), "characters of key");
    if (values === "string" && typeof value !== "string") {
      const [path, actual] = [pathOf(key), kindOf(value)];
      const remedy =
        value === null
          ? "remove a key with `unset`"
          : "give the provider `encode: true`, or use encodeMetadata";
      const message = `${path}: ${actual}, only strings allowed: ${remedy}`;
      found.push({ path, kind: "limit", limit: "values", max: "string", actual, message });
    } else if (limits.maxValueLength !== undefined)
      check("maxValueLength", key, lengthOf(value), "characters of value");
  }
  return found;
}

/** Says how near a document is to a vendor's limits, for plans. Lengths are Unicode code points. */
export function headroom<D extends object = AnyDocument>(given: Given<D>, limits: MetadataLimits): Headroom {
  const metadata = given as MetadataPatch;
  const keys = namedKeys(metadata);
  const longest = (max: number | null = null, measure: (key: string) => number): Headroom["longestKey"] => {
    const rooms = keys.map((key) => ({ key, used: measure(key), max }));
    return rooms.sort((a, b) => b.used - a.used)[0] ?? { key: null, used: 0, max };
  };
  return {
    properties: { used: keys.length, max: limits.maxProperties ?? null },
    longestKey: longest(limits.maxKeyLength, lengthOf),
    longestValue: longest(limits.maxValueLength, (key) => lengthOf(metadata[key])),
  };
}

/** Unicode code points of a string, or of the JSON text of any other value. */
export function lengthOf(value: unknown): number {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.replace(/[\u{10000}-\u{10ffff}]/gu, "_").length;
}
