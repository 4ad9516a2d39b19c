import { equalJson, isDocument, type Json, type Metadata, own, pick, put } from "../metadata/json.ts";
import type { Base, State } from "./combine.ts";

/** What a later look at the conversation says about a change. Paths are as the caller would write them. */
export interface Judgement {
  /** The lost part, made again on top of what is there now. */
  readonly again: State;
  /** What is not there, or no more. */
  readonly lost: readonly string[];
  /** Those of them that may as well have been overwritten with a newer value: what was there before is not known. */
  readonly unsure: readonly string[];
  /** What another writer has changed since; it is newer and stands. */
  readonly superseded: readonly string[];
}

/**
 * Compares what a change wanted with what is there now. Pure.
 *
 * @param lists names of the fields that were changed item by item
 */
export function judge(
  base: Base,
  target: State,
  now: State,
  lists: readonly string[],
  deep: boolean,
): Judgement {
  const fields = rebase(base.fields, target.fields, now.fields, false, lists, isSame);
  const metadata = target.document && rebase(base.document, target.document, now.document ?? {}, deep);
  const keys = metadata?.lost.map(inMetadata) ?? [];
  return {
    again: {
      fields: pick(fields.document, fields.lost),
      document: keys.length > 0 ? metadata?.document : undefined,
    },
    lost: [...fields.lost, ...keys],
    unsure: [...(base.fields ? [] : fields.lost), ...(base.document ? [] : keys)],
    superseded: [...fields.superseded, ...(metadata?.superseded.map(inMetadata) ?? [])],
  };
}

/**
 * What of a change the vendor's own answer contradicts: asked values it shows otherwise, and keys it kept though the full
 * document sent did not have them (a vendor that merges). What the answer does not show is left out. Pure.
 */
export function contradicted(base: Base, target: State, echo: State, lists: readonly string[]): string[] {
  const names = Object.keys(target.fields).filter((name) => {
    const [asked, found] = [target.fields[name] as Json, own(echo.fields, name)];
    const wanted = lists.includes(name) ? redo(base.fields && own(base.fields, name), asked, found) : asked;
    return found !== undefined && !isSame(wanted, found);
  });
  const { document } = target;
  if (!document || !echo.document) return names;
  const keys = new Set([...Object.keys(document), ...Object.keys(base.document ?? echo.document)]);
  const wrong = [...keys].filter(
    (key) => !equalJson(own(document, key), own(echo.document as Metadata, key)),
  );
  return [...names, ...wrong.map(inMetadata)];
}

/** Whether the answer shows everything that was sent. */
export function showsAll(target: State, echo: State): boolean {
  const shown = Object.keys(target.fields).every((name) => own(echo.fields, name) !== undefined);
  return shown && (!target.document || echo.document !== undefined);
}

/** A metadata key as the caller would write it. */
export const inMetadata = (key: string): string => `metadata.${key}`;

/** Equal, or spelt as a vendor may spell it back: text without the space around it, the same instant. */
function isSame(a: Json | undefined, b: Json | undefined): boolean {
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
