/** Untrusted YAML or JSON text to plain data, within bounds that hold before anything expensive happens. */
import { isMap, isScalar, parseDocument, visit } from "yaml";

/** Characters, nodes and levels a document may have; OpenAI's whole API is 3 MB, 90,000 lines and 30 levels; 1,000 operations in 15 MB fit. */
export const LIMITS = { characters: 24_000_000, nodes: 1_500_000, depth: 120 } as const;

/**
 * Parses one document. Anchors and aliases, duplicate keys, keys named `__proto__`, tags that make anything but plain
 * data, and documents beyond `LIMITS` are refused.
 *
 * @throws Error whose message begins with `name`.
 */
export function parseSpec(text: string, name: string): unknown {
  const fail = (what: string): never => {
    throw new Error(`${name}: ${what}`);
  };
  if (text.length > LIMITS.characters) fail(`longer than ${LIMITS.characters} characters`);
  // Every node but the first follows one of these, so that counting them bounds the document without building it.
  const nodes = text.match(/\n|[,[{]|: /g)?.length ?? 0;
  if (nodes > LIMITS.nodes) fail(`more than ${LIMITS.nodes} nodes`);
  if (nesting(text) > LIMITS.depth) fail(`nested deeper than ${LIMITS.depth} levels`);
  let data: unknown;
  try {
    data = /^\s*[{[]/.test(text) ? JSON.parse(text) : fromYaml(text);
  } catch (error) {
    const [what = "unreadable"] = (error as Error).message.split("\n");
    fail(what.startsWith("Maximum call stack") ? "nested too deep" : what);
  }
  checkPlain(data, fail);
  return data;
}

/** How deep brackets go, quoted ones included: an upper bound on what a recursive parser has to hold for them. */
function nesting(text: string): number {
  let [deepest, open] = [0, 0];
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    open += bracket === "[" || bracket === "{" ? 1 : -1;
    if (open < 0) open = 0;
    if (open > deepest) deepest = open;
  }
  return deepest;
}

function fromYaml(text: string): unknown {
  const document = parseDocument(text, { uniqueKeys: false, version: "1.2", logLevel: "error" });
  const flaw = document.errors[0] ?? document.warnings[0];
  if (flaw) throw flaw;
  // The library compares keys pairwise; a set does the same for a map of any size.
  visit(document, {
    Map(_, map) {
      const keys = new Set<unknown>();
      for (const { key } of map.items) {
        const value = isScalar(key) ? key.value : key;
        if (keys.has(value) || isMap(key))
          throw new Error(`the key ${String(value)} is not usable, or there twice`);
        keys.add(value);
      }
    },
    Alias() {
      throw new Error("anchors and aliases are not allowed");
    },
  });
  return document.toJS({ maxAliasCount: 0 });
}

function checkPlain(root: unknown, fail: (what: string) => never): void {
  const rest: [value: unknown, depth: number][] = [[root, 0]];
  for (let next = rest.pop(); next; next = rest.pop()) {
    const [value, depth] = next;
    if (typeof value !== "object" || value === null) continue;
    if (depth > LIMITS.depth) fail(`nested deeper than ${LIMITS.depth} levels`);
    const kind = Object.getPrototypeOf(value);
    if (kind !== Object.prototype && kind !== Array.prototype) fail("holds something that is not plain data");
    if (Object.hasOwn(value, "__proto__")) fail("a key named __proto__ is not allowed");
    for (const child of Object.values(value)) rest.push([child, depth + 1]);
  }
}
