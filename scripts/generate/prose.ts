/** A spec without what is for people: the sandbox validates by it, and the differ compares its types. */

/** A spec's data without prose and examples, for whoever does not read. */
export function withoutProse(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutProse(item));
  if (typeof value !== "object" || value === null) return value;
  const named = key === "properties" || key === "schemas";
  const kept = Object.entries(value).filter(
    ([name, item]) => named || !(PROSE.has(name) && isProse(name, item)),
  );
  return Object.fromEntries(kept.map(([name, item]) => [name, withoutProse(item, name)]));
}

const PROSE = new Set(["description", "summary", "example", "examples", "externalDocs"]);
const isProse = (name: string, item: unknown): boolean => typeof item === "string" || name.startsWith("e");
