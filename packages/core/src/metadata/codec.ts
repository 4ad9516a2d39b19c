import {
  type AnyDocument,
  type Given,
  type Json,
  type Metadata,
  type MetadataPatch,
  namedKeys,
  parseText,
  spellPath,
} from "./json.ts";
import { findNonJson, NonJsonError } from "./non-json.ts";

const TAG = "json:";

/**
 * Stores a document in a map of strings: a string as itself, any other value as its JSON text behind `json:`
 * (`5` -> `json:5`, `["a"]` -> `json:["a"]`). A string that would be read back as something else is stored as JSON text
 * too (`json:5` -> `json:"json:5"`). `decodeMetadata` gives back exactly what went in; what JSON cannot hold throws
 * `NonJsonError` with every path. Keys stay as they are; limits are checked afterwards, on the result.
 */
export function encodeMetadata<D extends object = AnyDocument>(given: Given<D>): Record<string, string> {
  const document = given as MetadataPatch;
  const keys = namedKeys(document);
  const problems = keys.flatMap((key) => {
    const value = document[key];
    return typeof value === "string" ? [] : findNonJson(value, spellPath("metadata", [key]));
  });
  if (problems.length > 0) throw new NonJsonError(problems);
  return Object.fromEntries(keys.map((key) => [key, encode(document[key] as Json)]));
}

/**
 * Reads back what `encodeMetadata` stored. A string is decoded only when encoding would give that very string again, so
 * strings that others wrote (`json: 5`, `json:{`, `5`) stay as they are, and encoding the result always gives the same
 * map. Never throws.
 */
export function decodeMetadata(map: Readonly<Record<string, string>>): Metadata {
  return Object.fromEntries(Object.entries(map).map(([key, text]) => [key, decode(text)]));
}

function encode(value: Json): string {
  return typeof value === "string" && decode(value) === value ? value : TAG + JSON.stringify(value);
}

function decode(text: string): Json {
  if (typeof text !== "string" || !text.startsWith(TAG)) return text;
  const value = parseText(text.slice(TAG.length)) as Json;
  return findNonJson(value).length === 0 && encode(value) === text ? value : text;
}
