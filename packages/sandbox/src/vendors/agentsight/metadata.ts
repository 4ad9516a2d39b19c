import type { Call, Handler } from "../../engine/rules.ts";
import { asDoc } from "../../engine/tools.ts";
import type { Doc } from "../../engine/types.ts";
import { refuse } from "./shared.ts";

/** The metadata document; rows of old SDKs hold it as a string. */
function metadataOf(row: Doc): Doc {
  if (typeof row.metadata !== "string") return asDoc(row.metadata);
  try {
    return asDoc(JSON.parse(row.metadata));
  } catch {
    return {};
  }
}

/** The metadata value under a key, nested ones as dot path. */
export const at = (row: Doc, key: string): unknown =>
  key
    .split(".")
    .reduce<unknown>(
      (node, part) => (Object.hasOwn(asDoc(node), part) ? asDoc(node)[part] : undefined),
      metadataOf(row),
    );

/** Values in the query are typed by how they look: `5`, `true`, `null` and everything else as text. */
export function matches(row: Doc, key: string, value: string): boolean {
  const stored = at(row, key);
  return stored !== undefined && (stored === value || JSON.stringify(stored) === value);
}

const LIMIT = 200;

/** Every key in use, nested ones as dot paths. */
export function metadataKeys(kind: string): Handler {
  return ({ store }) => {
    const keys = new Set(store.list(kind).flatMap((row) => paths(metadataOf(row), "")));
    return { status: 200, body: { keys: [...keys].sort().slice(0, LIMIT) } };
  };
}

function paths(node: Doc, prefix: string): string[] {
  return Object.entries(node).flatMap(([key, value]) => {
    const own = `${prefix}${key}`;
    return [own, ...paths(asDoc(value), `${own}.`)];
  });
}

export const metadataValues: Handler = (call: Call) => {
  const key = String(call.query.key ?? "");
  if (key === "") throw refuse(400, '"key" is required.');
  // What is nested is asked for by its own path.
  const values = call.store
    .list("conversation")
    .map((row) => at(row, key))
    .filter((value) => value !== undefined && (typeof value !== "object" || value === null));
  const distinct = new Map(values.map((value) => [JSON.stringify(value), value]));
  return { status: 200, body: { key, values: [...distinct.values()].slice(0, LIMIT) } };
};
