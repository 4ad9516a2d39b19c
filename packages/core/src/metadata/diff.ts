import { type AnyDocument, equalJson, type Given, type Json, type Metadata, own, put } from "./json.ts";

/** What became of the top-level keys of a document. */
export interface MetadataDiff {
  /** Keys only the later document has, with their values. */
  added: Metadata;
  /** Keys of both whose values differ, with both values. */
  changed: { [key: string]: { before: Json; after: Json } };
  /** Keys only the earlier document has, with the values they had. */
  removed: Metadata;
}

/**
 * Compares two documents key by key, by structure (see `equalJson`); a key that is `undefined` is absent.
 * The values in the result are those of the arguments, not copies.
 */
export function diffMetadata<B extends object = AnyDocument, A extends object = AnyDocument>(
  before: Given<B>,
  after: Given<A>,
): MetadataDiff {
  const added: Metadata = {};
  const changed: MetadataDiff["changed"] = {};
  const removed: Metadata = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [own(before as Metadata, key), own(after as Metadata, key)];
    if (equalJson(old, now)) continue;
    if (now === undefined) put(removed, key, old as Json);
    else if (old === undefined) put(added, key, now);
    else put(changed, key, { before: old, after: now });
  }
  return { added, changed, removed };
}
