import type { Base, State } from "./fold.ts";
import { equalJson, type Json, type Metadata, own, pick } from "./metadata/json.ts";
import { rebase, redo } from "./rebase.ts";

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
