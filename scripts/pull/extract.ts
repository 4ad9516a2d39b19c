/** The conversation surface of a whole API: the paths wanted, and the components they reach. */
import { pointerSteps } from "../generate/resolve.ts";
import { isData, isNameMap, visitNodes } from "../generate/walk.ts";
import { type Node, node } from "./node.ts";

/**
 * Returns a copy of `document` with only the paths that begin with one of `prefixes` (whole segments; names of path
 * parameters do not matter), what they refer to, and the security schemes and tags they use.
 *
 * @throws Error when no path is left
 */
export function extract(document: Node, prefixes: readonly string[]): Node {
  const wanted = prefixes.map(segments);
  const paths = Object.entries(node(document.paths)).filter(([path]) =>
    wanted.some((prefix) => prefix.every((segment, index) => segments(path)[index] === segment)),
  );
  if (paths.length === 0) throw new Error(`no path begins with ${prefixes.join(" or ")}`);
  const kept: Node = { ...document, paths: Object.fromEntries(paths) };
  delete kept.webhooks;
  const operations = paths.flatMap(([, item]) => Object.values(node(item)).map(node));
  const tags = new Set(operations.flatMap((operation) => (operation.tags as string[] | undefined) ?? []));
  if (Array.isArray(document.tags))
    kept.tags = document.tags.filter((tag) => tags.has(String(node(tag).name)));
  kept.components = reachable(document, { paths: kept.paths }, schemesOf(document, operations));
  return structuredClone(kept);
}

function reachable(document: Node, start: unknown, schemes: Set<string>): Node {
  const components = node(document.components);
  const used = new Set([...schemes].map((name) => `securitySchemes/${name}`));
  const rest = [start];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    for (const ref of references(next)) {
      if (used.has(ref)) continue;
      used.add(ref);
      const [section = "", name = ""] = ref.split(/\/(.*)/s);
      rest.push(node(components[section])[name] ?? {});
    }
  }
  return Object.fromEntries(
    Object.entries(components)
      .map(([section, entries]): [string, Node] => [
        section,
        Object.fromEntries(Object.entries(node(entries)).filter(([name]) => used.has(`${section}/${name}`))),
      ])
      .filter(([, entries]) => Object.keys(entries).length > 0),
  );
}

/** Every `<section>/<name>` of the components that something below refers to, the mappings of discriminators included. */
export function references(root: unknown): string[] {
  const found: string[] = [];
  visitNodes(root, (value, steps) => {
    if (isData(steps) || isNameMap(steps)) return;
    const mapped = steps.at(-1) === "discriminator" ? Object.values(node(value.mapping)) : [];
    for (const target of [value.$ref, ...mapped]) {
      const [start, section, name] = pointerSteps(String(target));
      if (start === "components" && section && name) found.push(`${section}/${name}`);
    }
  });
  return found;
}

function schemesOf(document: Node, operations: Node[]): Set<string> {
  const sets = [document, ...operations].flatMap(({ security }) => security);
  return new Set(sets.flatMap((set) => Object.keys(node(set))));
}

/** Path segments, every parameter the same; a trailing slash does not count. */
export const segments = (path: string): string[] =>
  path
    .split("/")
    .filter(Boolean)
    .map((segment) => (segment.startsWith("{") ? "{}" : segment));
