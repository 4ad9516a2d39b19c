import type { ListChange } from "./changes.ts";
import type { Draft } from "./draft.ts";
import { isDocument, type Metadata } from "./metadata/json.ts";
import type { Provider } from "./provider.ts";

/** The vendor's own fields. Metadata is refused, and so is what a common field (in `names`, by its wire name) has set already. */
export function readNative({ metadata }: Provider, draft: Draft, names: Map<string, string>): Metadata {
  const native = draft.object("native");
  for (const name of Object.keys(native)) {
    const path = `native.${name}`;
    const common = names.get(name);
    if (name === metadata?.field) draft.refuse(path, "would not be merged: use `metadata`");
    else if (common) draft.refuse(path, `and ${common} are the same field`);
    names.set(name, path);
  }
  return native;
}

/** Items to add to lists and to remove; `taken` are wire fields that are set otherwise. */
export function readLists(
  draft: Draft,
  taken: readonly unknown[],
  names: Map<string, string>,
): Record<string, ListChange> {
  const lists: Record<string, ListChange> = {};
  for (const [name, change] of Object.entries(draft.object("lists"))) {
    const { add = [], remove = [], ...rest } = isDocument(change) ? change : { change };
    if (taken.includes(name)) draft.refuse(`lists.${name}`, "is already set otherwise");
    else if (!Array.isArray(add) || !Array.isArray(remove) || Object.keys(rest).length > 0)
      draft.refuse(`lists.${name}`, "must be { add?: [...], remove?: [...] }");
    else if (add.length + remove.length > 0) lists[name] = { add, remove };
    names.set(name, `lists.${name}`);
  }
  return lists;
}
