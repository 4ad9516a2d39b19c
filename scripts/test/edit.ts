/** Edits to a spec as data: what the change matrix and the history of a vendor are written in. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { checkSpec } from "../generate/check.ts";
import type { Spec } from "../generate/openapi.ts";

/** Values to put, places to empty, names to change; paths are `<place>/<rest of a JSON pointer>`. */
export interface Edit {
  set?: Record<string, unknown>;
  remove?: string[];
  move?: Record<string, string>;
}

type Node = Record<string, unknown>;

/** A fixture of this folder. */
export const fixture = (name: string): unknown =>
  parse(readFileSync(join(import.meta.dirname, "fixtures", name), "utf8"));

/** Returns a copy of `spec` with the edit done. Throws when there is nothing at a path. */
export function edited(spec: Spec, edit: Edit, places: Record<string, string>): Spec {
  const copy = structuredClone(spec);
  const at = (path: string): [Node, string] => {
    const [place = "", ...rest] = path.split("/");
    const steps = [...(places[place] ?? place).split("/").slice(1), ...rest].map((step) =>
      step.replaceAll("~1", "/").replaceAll("~0", "~"),
    );
    const last = steps.pop() ?? "";
    const parent = steps.reduce<unknown>((node, step) => (node as Node | undefined)?.[step], copy);
    if (typeof parent !== "object" || parent === null) throw new Error(`there is nothing at ${path}`);
    return [parent as Node, last];
  };
  for (const [from, to] of Object.entries(edit.move ?? {})) {
    const [source, name] = at(from);
    const [target, newName] = at(to);
    if (!(name in source)) throw new Error(`${from} is not there`);
    target[newName] = source[name];
    delete source[name];
  }
  for (const [path, value] of Object.entries(edit.set ?? {})) {
    const [node, name] = at(path);
    node[name] = structuredClone(value);
  }
  for (const path of edit.remove ?? []) {
    const [node, name] = at(path);
    if (!(name in node)) throw new Error(`${path} is not there`);
    if (Array.isArray(node)) node.splice(Number(name), 1);
    else delete node[name];
  }
  return checkSpec(copy, "edited spec");
}
