import { randomBytes } from "node:crypto";
import type { Doc } from "./types.ts";

/** `bytes` random bytes as lower-case hex. */
export const hex = (bytes: number): string => randomBytes(bytes).toString("hex");

/** A JSON object, or an empty one for anything else: for values a validator has already looked at. */
export const asDoc = (value: unknown): Doc =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Doc) : {};

/** The fields of `source` named in `names` that are present. */
export function pick(source: Doc, names: readonly string[]): Doc {
  const out: Doc = {};
  for (const name of names) if (source[name] !== undefined) out[name] = source[name];
  return out;
}

/** ISO 8601 with milliseconds and `Z`. */
export const iso = (now: number): string => new Date(now).toISOString();

/** Milliseconds of an ISO 8601 date or time, NaN for anything else; without a zone it is UTC, whatever the machine's is. */
export function utc(value: unknown): number {
  const text = String(value).toUpperCase().replace(" ", "T");
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return Number.NaN;
  return Date.parse(/T.*(Z|[+-]\d\d:?\d\d)$/.test(text) || !text.includes("T") ? text : `${text}Z`);
}

/** `metadata.KEY`, `items[0].phase` */
export function dotted(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? part : `${text}.${part}`;
  }, "");
}

/** Rows after (or before) the row with this id; undefined when there is no such row. */
export function afterId(rows: readonly Doc[], id: unknown): readonly Doc[] | undefined {
  if (id === undefined || id === null) return rows;
  const index = rows.findIndex((row) => row.id === id);
  return index < 0 ? undefined : rows.slice(index + 1);
}
