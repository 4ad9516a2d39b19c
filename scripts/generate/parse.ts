/** Untrusted YAML or JSON text to plain data, within bounds that hold before anything expensive happens. */
import { isMap, isScalar, parseDocument, visit } from "yaml";

/** Characters, nodes and levels a document may have; OpenAI's whole API is 3 MB, 90,000 lines and 30 levels; 1,000 operations in 15 MB fit. */
export const LIMITS = { characters: 24_000_000, nodes: 1_500_000, depth: 120, aliases: 2000 } as const;

/**
 * Parses one document. Each alias becomes a copy of what its anchor names, and merge keys are merged. Duplicate keys, keys named
 * `__proto__`, tags that make anything but plain data, and documents beyond `LIMITS` are refused, aliases counted as what they stand for.
 *
 * @throws Error whose message begins with `name`.
 */
export function parseSpec(given: string, name: string): unknown {
  // A byte order mark is no part of the text.
  const text = given.replace(/^\uFEFF/, "");
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
  const document = parseDocument(text, {
    uniqueKeys: false,
    version: "1.2",
    logLevel: "error",
    merge: true,
  });
  const flaw = document.errors[0] ?? document.warnings[0];
  if (flaw) throw flaw;
  let aliases = 0;
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
      aliases += 1;
      if (aliases > LIMITS.aliases) throw new Error(`more than ${LIMITS.aliases} aliases`);
    },
  });
  const data: unknown = document.toJS({ maxAliasCount: -1 });
  return aliases === 0 ? data : unshared(data);
}

/** A copy in which no value stands in two places. What contains itself is too deep. */
function unshared(root: unknown): unknown {
  let nodes = 0;
  const copy = (value: unknown, depth: number): unknown => {
    nodes += 1;
    if (nodes > LIMITS.nodes) throw new Error(`more than ${LIMITS.nodes} nodes`);
    if (depth > LIMITS.depth) throw new Error(`nested deeper than ${LIMITS.depth} levels`);
    if (Array.isArray(value)) return value.map((one) => copy(one, depth + 1));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, copy(one, depth + 1)]));
  };
  return copy(root, 0);
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
