import { equalJson, isDocument, type Json, type Metadata, own, put } from "./metadata/json.ts";

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
  same: typeof equalJson = equalJson,
): Rebased {
  const document = { ...now };
  const lost: string[] = [];
  const superseded: string[] = [];
  for (const key of new Set([...Object.keys(base ?? now), ...Object.keys(target)])) {
    const [before, wanted, found] = [base && own(base, key), own(target, key), own(now, key)];
    const list = lists.includes(key) && wanted !== undefined;
    const asked = list ? redo(before, wanted, found) : wanted;
    if (same(asked, found) || (base && same(before, wanted))) continue;
    if (list || !base || same(before, found)) {
      lost.push(key);
      set(document, key, asked);
    } else if (deep && isDocument(asked) && isDocument(found)) {
      const inner = rebase(isDocument(before) ? before : {}, asked, found, true);
      if (inner.lost.length > 0) lost.push(key);
      if (inner.superseded.length > 0) superseded.push(key);
      put(document, key, inner.document);
    } else superseded.push(key);
  }
  return { document, lost, superseded };
}

function set(document: Metadata, key: string, value: Json | undefined): void {
  if (value === undefined) delete document[key];
  else put(document, key, value);
}

/** Applies additions and removals to a list; order stays, an item that is there already is not added twice. Pure. */
export function applyList(list: readonly Json[], add: readonly Json[], remove: readonly Json[]): Json[] {
  const has = (items: readonly Json[], item: Json): boolean => items.some((one) => equalJson(one, item));
  const kept = list.filter((item) => !has(remove, item));
  for (const item of add) if (!has(kept, item)) kept.push(item);
  return kept;
}

/** A list with the items that a change added and removed, starting from what is there now. Pure. */
export function redo(before: Json | undefined, asked: Json, found: Json | undefined): Json {
  const [old = [], wanted = [], list = []] = [before, asked, found].map((one) =>
    Array.isArray(one) ? one : [],
  );
  return applyList(list, applyList(wanted, [], old), applyList(old, [], wanted));
}
