import type { MetadataChange } from "./changes.ts";
import {
  diffMetadata,
  type Json,
  type Metadata,
  type MetadataDiff,
  mergeMetadata,
} from "./metadata/index.ts";
import { pick, put } from "./metadata/json.ts";

/** A document with one more change in it. */
interface Laid {
  readonly document: Metadata;
  /** What the change did; `null` where nobody knows what was there. */
  readonly diff: MetadataDiff | null;
  /** Takes the change back. */
  undo(): void;
}

/**
 * Lays one caller's change over what others have made of the document. Only what it names is touched and compared, so that
 * a thousand callers of one write do not copy and compare a thousand whole documents.
 *
 * @param made the document with the earlier changes, which is ours to change; `undefined` for the first
 * @param found what was there before all of them, never changed
 */
export function layOver(
  made: Metadata | undefined,
  found: Metadata | undefined,
  change: MetadataChange,
): Laid {
  const { patch, unset, merge } = change;
  const start = made ?? found;
  if (merge === "replace") {
    const document = mergeMetadata({}, patch, change);
    return { document, diff: start ? diffMetadata(start, document) : null, undo: () => {} };
  }
  const document = made ?? { ...found };
  const keys = [...Object.keys(patch), ...unset];
  const before = pick(document, keys);
  const after = mergeMetadata(before, patch, change);
  assign(document, keys, after);
  return {
    document,
    diff: start ? diffMetadata(before, after) : null,
    undo: () => assign(document, keys, before),
  };
}

function assign(document: Metadata, keys: readonly string[], values: Metadata): void {
  for (const key of keys) {
    if (Object.hasOwn(values, key)) put(document, key, values[key] as Json);
    else delete document[key];
  }
}
