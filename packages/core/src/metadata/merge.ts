import {
  type AnyDocument,
  type Given,
  isDocument,
  type Json,
  type Metadata,
  type MetadataPatch,
  own,
  put,
} from "./json.ts";

/** How a patch meets the document that is there. */
export interface MergeOptions {
  /**
   * `shallow` (default): top-level keys of the patch win whole, `null` is a value like any other.
   * `deep`: JSON Merge Patch, RFC 7396: objects are merged at every level, `null` removes the key, arrays are replaced whole.
   * `replace`: the patch alone.
   */
  merge?: "shallow" | "deep" | "replace" | undefined;
  /** Top-level keys to remove once the rest is merged; a key that is not there is no error. */
  unset?: readonly string[] | undefined;
}

/**
 * Merges a patch into a metadata document and returns a new document; neither argument is changed.
 *
 * Copy-on-write: the document and every object the merge had to enter are new, all else is shared with the arguments,
 * which costs microseconds where a deep copy of a megabyte costs milliseconds, and lets `equalJson` skip what did not change.
 * Who may change nested values of an argument later passes it through `snapshot` first.
 *
 * Patches may be merged with each other first only under `shallow`: under `deep` that would lose their `null`s.
 * `__proto__`, `constructor` and `prototype` are keys like any other. Throws `RangeError` for a cycle under `deep`.
 */
export function mergeMetadata<C extends object = AnyDocument, P extends object = AnyDocument>(
  current: Given<C>,
  patch: Given<P>,
  { merge = "shallow", unset = [] }: MergeOptions = {},
): Metadata {
  const merged = mergeInto(
    merge === "replace" ? {} : (current as Metadata),
    patch as Metadata,
    merge === "deep",
  );
  for (const key of unset) delete merged[key];
  return merged;
}

/** JSON Merge Patch of any two values, https://www.rfc-editor.org/rfc/rfc7396#section-2, copy-on-write like `mergeMetadata`. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  return isDocument(patch) ? mergeInto(isDocument(target) ? target : {}, patch, true) : patch;
}

function mergeInto(target: Metadata, patch: MetadataPatch, deep: boolean): Metadata {
  const merged = { ...target };
  for (const key of Object.keys(patch)) {
    const value = patch[key];
    if (deep && value === null) delete merged[key];
    else if (value !== undefined) put(merged, key, deep ? mergePatch(own(merged, key), value) : value);
  }
  return merged;
}
