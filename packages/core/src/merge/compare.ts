import {
  equalJson,
  inMetadata,
  isDocument,
  type Json,
  type Metadata,
  metadataKey,
  own,
  pick,
  put,
  setOrRemove,
} from "../metadata/json.ts";
import { mergeMetadata } from "../metadata/merge.ts";
import type { State, WireChange } from "../wire/change.ts";
import type { ParsedConversation } from "../wire/from-wire.ts";
import { applyList, type Base } from "./combine.ts";

/** What a later read says about a change. Paths are as the caller would write them. */
export interface Comparison {
  /** The lost part, made again on top of what is there now. */
  readonly remaining: State;
  /** What is not there, or no more. */
  readonly lost: readonly string[];
  /** Those of them that may as well have been overwritten with a newer value: what was there before is not known. */
  readonly ambiguous: readonly string[];
  /** What another writer has changed since; it is newer and stands. */
  readonly superseded: readonly string[];
}

/**
 * Compares what a change should have led to with what is there now. Pure.
 *
 * @param lists names of the fields that were changed item by item
 * @param deep whether objects in the metadata were merged key by key
 */
export function compareWithTarget(
  base: Base,
  target: State,
  now: State,
  lists: readonly string[],
  deep: boolean,
): Comparison {
  const fields = rebase(base.fields, target.fields, now.fields, false, lists, isSameText);
  const metadata = target.document && rebase(base.document, target.document, now.document ?? {}, deep);
  const keys = metadata?.lost.map(inMetadata) ?? [];
  return {
    remaining: {
      fields: pick(fields.document, fields.lost),
      document: keys.length > 0 ? metadata?.document : undefined,
      keys: target.keys && new Set(metadata?.lost),
    },
    lost: [...fields.lost, ...keys],
    ambiguous: [...(base.fields ? [] : fields.lost), ...(base.document ? [] : keys)],
    superseded: [...fields.superseded, ...(metadata?.superseded.map(inMetadata) ?? [])],
  };
}

/** What the vendor's own response to a write says of it. */
export interface Echo {
  /**
   * Paths where it contradicts the change: requested values it shows otherwise, and keys it kept though the full document sent did
   * not have them (a vendor that merges).
   */
  readonly mismatched: readonly string[];
  /** Whether it shows everything that was sent. */
  readonly complete: boolean;
}

/** Compares a change with the vendor's response to its write. What the response does not show is no contradiction. Pure. */
export function compareEcho(
  base: Base,
  target: State,
  shown: ParsedConversation,
  lists: readonly string[],
): Echo {
  const fields = Object.keys(target.fields);
  const isShown = fields.every((name) => Object.hasOwn(shown.body, name));
  return {
    mismatched: mismatchedPaths(base, target, shown, lists),
    complete: isShown && (!target.document || shown.document !== undefined),
  };
}

function mismatchedPaths(
  base: Base,
  target: State,
  { body, document: kept }: ParsedConversation,
  lists: readonly string[],
): string[] {
  const names = Object.keys(target.fields).filter((name) => {
    const [requested, found] = [target.fields[name] as Json, own(body, name)];
    const wanted = lists.includes(name)
      ? replayListChange(base.fields && own(base.fields, name), requested, found)
      : requested;
    return found !== undefined && !isSameText(wanted, found);
  });
  const { document, keys } = target;
  if (!document || !kept) return names;
  const compared = keys ?? new Set([...Object.keys(document), ...Object.keys(base.document ?? kept)]);
  const wrong = [...compared].filter((key) => !equalJson(own(document, key), own(kept, key)));
  return [...names, ...wrong.map(inMetadata)];
}

/** Equal, or spelt as a vendor may spell it back: text without the space around it, the same instant. */
function isSameText(a: Json | undefined, b: Json | undefined): boolean {
  if (typeof a !== "string" || typeof b !== "string") return equalJson(a, b);
  return a.trim() === b.trim() || (/^\d{4}-\d\d-\d\dT/.test(a) && Date.parse(a) === Date.parse(b));
}

/** What became of a change, judged by what is there now. */
export interface Rebased {
  /** What is there now, with the lost part of the change made again. */
  readonly document: Metadata;
  /** Keys where the change is not there, or no more: it has to be made again. */
  readonly lost: readonly string[];
  /** Keys where another writer has put a third value since; it is newer and stands. */
  readonly superseded: readonly string[];
}

/**
 * Compares what was there before a change (`base`), what it should have led to (`target`) and what is there now, key by key:
 * the target's value is the change; the base's value means it was lost, and anything else that another writer came after it.
 * Without a base whatever differs counts as lost. Pure; the arguments are not changed.
 *
 * @param deep whether objects are compared key by key in their turn, as a deep merge needs it; the keys named are top-level ones
 * @param lists keys whose lists were changed item by item: the change is made again on top of what is there now
 * @param same when two values count as equal
 */
export function rebase(
  base: Metadata | undefined,
  target: Metadata,
  now: Metadata,
  deep: boolean,
  lists: readonly string[] = [],
  same: typeof isSameText = equalJson,
): Rebased {
  const document = { ...now };
  const lost: string[] = [];
  const superseded: string[] = [];
  for (const key of new Set([...Object.keys(base ?? now), ...Object.keys(target)])) {
    const [before, wanted, found] = [base && own(base, key), own(target, key), own(now, key)];
    const list = lists.includes(key) && wanted !== undefined;
    const asked = list ? replayListChange(before, wanted, found) : wanted;
    if (same(asked, found) || (base && same(before, wanted))) continue;
    if (list || !base || same(before, found)) {
      lost.push(key);
      setOrRemove(document, key, asked);
    } else if (deep && isDocument(asked) && isDocument(found)) {
      const inner = rebase(isDocument(before) ? before : {}, asked, found, true);
      if (inner.lost.length > 0) lost.push(key);
      if (inner.superseded.length > 0) superseded.push(key);
      put(document, key, inner.document);
    } else superseded.push(key);
  }
  return { document, lost, superseded };
}

/** A list with the items that a change added and removed, starting from what is there now. Pure. */
export function replayListChange(before: Json | undefined, asked: Json, found: Json | undefined): Json {
  const [old = [], wanted = [], list = []] = [before, asked, found].map((one) =>
    Array.isArray(one) ? one : [],
  );
  return applyList(list, applyList(wanted, [], old), applyList(old, [], wanted));
}

/** Whether a path is one that a change is about. Pure. */
export function isTouchedBy({ set, lists, metadata }: WireChange, path: string): boolean {
  if (Object.hasOwn(set, path) || Object.hasOwn(lists, path)) return true;
  const key = metadataKey(path);
  if (!metadata || key === undefined) return false;
  return metadata.merge === "replace" || Object.hasOwn(metadata.patch, key) || metadata.unset.includes(key);
}

/**
 * Paths where a caller's change is no more in what was sent, because a later caller of the same write changed them again:
 * where making the change once more would make a difference. Pure.
 */
export function supersededInBatch(
  { fields, document }: State,
  { set, lists, metadata }: WireChange,
): string[] {
  const paths = Object.keys(set).filter((name) => !equalJson(set[name], own(fields, name)));
  for (const [name, { add, remove }] of Object.entries(lists)) {
    const list = own(fields, name) as Json[];
    if (!equalJson(applyList(list, add, remove), list)) paths.push(name);
  }
  if (!metadata || !document) return paths;
  const keys = [...Object.keys(metadata.patch), ...metadata.unset];
  const now = pick(document, keys);
  const merge = metadata.merge === "deep" ? "deep" : "shallow";
  const redone = mergeMetadata(now, metadata.patch, { merge, unset: metadata.unset });
  return [...paths, ...keys.filter((key) => !equalJson(own(redone, key), own(now, key))).map(inMetadata)];
}
