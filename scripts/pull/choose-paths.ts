/** Where the conversations of a document are: the paths that make the surface, and the item they are about. */
import {
  hasVerb,
  ITEM_END,
  type Item,
  isNamed,
  itemsOf,
  namedList,
  parametersOf,
  routesOf,
} from "./items.ts";
import type { Node } from "./node.ts";
import { listed, type Note, note } from "./note.ts";

/** Chooses the paths that make the conversation surface, and the item they are about. */
export function choosePaths(
  document: Node,
  wanted: string[] | undefined,
): { paths: string[]; item?: Item; notes: Note[] } {
  const items = itemsOf(document);
  if (wanted) {
    const item = items.find(({ path }) => wanted.some((prefix) => path.startsWith(prefix)));
    return { paths: wanted, ...(item && { item }), notes: item ? updateNotes(item) : noItem(document) };
  }
  const [item, ...others] = items;
  const list = item && isNamed(item) ? undefined : namedList(document);
  if (item && list !== undefined) {
    const byId = items.filter(({ read, update }) => read && update).map(({ collection }) => collection);
    const also = byId.length > 0 ? `; by an id there are ${listed(byId)} (--paths)` : "";
    const text = `${list} is taken for the conversations, none of which is read and updated by its id: a client is made, and nothing for core${also}`;
    return { paths: [list], notes: [note("missing", ["paths", list], text)] };
  }
  if (!item) return { paths: ["/"], notes: noItem(document) };
  const also = others.filter(({ read, update }) => read && update).map(({ collection }) => collection);
  const isSure = also.length === 0;
  const guess = `${item.collection} is taken for the conversations${isSure ? "" : `; also there: ${listed(also)} (--paths)`}`;
  const { read, update, list: all, create, remove } = item;
  const used = [read, update, all, create, remove].flatMap((route) => (route ? [route.path] : []));
  const paths = hasVerb(item.path) ? [...new Set(used)] : [item.collection];
  return { paths, item, notes: [note("guessed", ["paths", item.path], guess), ...updateNotes(item)] };
}

/** Says that nothing is updated by its id, or what of a query keeps core from it. */
function noItem(document: Node): Note[] {
  const demanded = routesOf(document)
    .filter(({ path, method }) => method !== "delete" && ITEM_END.test(path))
    .flatMap((route) => parametersOf(document, route, "query").filter(({ required }) => required));
  const names = [...new Set(demanded.map(({ name }) => name))];
  if (names.length > 0)
    return names.map((name) =>
      note(
        "missing",
        ["paths"],
        `${name} is demanded in the query, where core puts nothing: once it is not, callers add it in the option \`fetch\``,
        { target: `$..parameters[?@.name == ${JSON.stringify(name)}]`, update: { required: false } },
      ),
    );
  const text = "no path ends in an id that can be read or updated: name the right ones with --paths";
  return [note("missing", ["paths"], text)];
}

function updateNotes({ path, read, update, otherUpdates }: Item): Note[] {
  if (!update)
    return [
      note(
        "missing",
        ["paths", path],
        "this API has no update of it: a client is made, and nothing for core",
      ),
    ];
  const name = (route: { method: string; path: string }): string =>
    `${route.method.toUpperCase()} ${route.path}`;
  const others = otherUpdates.length > 0 ? `; also there: ${listed(otherUpdates.map(name))}` : "";
  const notes = [
    note(
      "guessed",
      ["paths", update.path, update.method],
      `${name(update)} is taken for the update${others}`,
    ),
  ];
  if (!read) notes.push(note("missing", ["paths", path], "it cannot be read at the path of its id"));
  return notes;
}
