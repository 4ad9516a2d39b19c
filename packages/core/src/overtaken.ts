import type { WireChange } from "./changes.ts";
import type { State } from "./fold.ts";
import { inMetadata } from "./judge.ts";
import { equalJson, type Json, mergeMetadata } from "./metadata/index.ts";
import { own, pick } from "./metadata/json.ts";
import { applyList } from "./rebase.ts";

/**
 * Paths where a caller's change is no more in what was sent, because a later caller of the same write changed them again:
 * where making the change once more would make a difference. Pure.
 */
export function overtaken({ fields, document }: State, { set, lists, metadata }: WireChange): string[] {
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
