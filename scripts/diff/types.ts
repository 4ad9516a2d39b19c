/**
 * The check of the types: would a program written against the old types compile against the new ones?
 * A request may widen (what callers send still fits), a response may narrow (what they read is still there).
 * Works on generated text, so it measures an upgrade of the generator just as well as a change of the spec.
 */
import type ts from "typescript";
import { below, type Change, type Direction, type Finding } from "./change.ts";
import { compile } from "./program.ts";
import { TypeWalk } from "./walk-types.ts";

/**
 * Compares two generated `schema.ts` texts, operation by operation and field by field.
 *
 * @param unchanged names of schemas that are not looked into
 */
export function compareTypes(
  before: string,
  after: string,
  unchanged: ReadonlySet<string> = new Set(),
): Change[] {
  const { checker, type } = compile([before, after]);
  const properties = (at: ts.Type | undefined): Map<string, ts.Type> =>
    new Map(
      (at ? checker.getPropertiesOfType(at) : []).map((each) => [each.name, checker.getTypeOfSymbol(each)]),
    );
  const named = properties(properties(type(0, "components")).get("schemas"));
  const same = [...named].flatMap(([name, each]) => (unchanged.has(name) ? [each] : []));
  const walk = new TypeWalk(checker, new Set(same));
  const [olds, news] = [properties(type(0, "operations")), properties(type(1, "operations"))];
  const changes: Change[] = [];
  const add = (operation: string | null, direction: Direction, findings: readonly Finding[]): void => {
    for (const finding of findings) changes.push({ check: "types", direction, operation, ...finding });
  };
  for (const [name, old] of olds) {
    const now = news.get(name);
    if (!now) add(name, "service", [{ rating: "major", field: "", what: "operation removed" }]);
    else
      for (const [direction, findings] of compareOperation(checker, walk, old, now))
        add(name, direction, findings);
  }
  for (const name of news.keys())
    if (!olds.has(name)) add(name, "service", [{ rating: "minor", field: "", what: "operation added" }]);
  const [schemas, newSchemas] = [0, 1].map((index) =>
    properties(properties(type(index, "components")).get("schemas")),
  );
  for (const name of schemas?.keys() ?? [])
    if (!newSchemas?.has(name))
      add(null, "service", [{ rating: "major", field: name, what: "named schema removed" }]);
  return changes;
}

function compareOperation(
  checker: ts.TypeChecker,
  walk: TypeWalk,
  before: ts.Type,
  after: ts.Type,
): [Direction, Finding[]][] {
  const part = (name: string): [ts.Symbol | undefined, ts.Symbol | undefined] => [
    before.getProperty(name),
    after.getProperty(name),
  ];
  const found: [Direction, Finding[]][] = [
    ["request", walk.property(...part("parameters"), "request", "")],
    ["request", walk.property(...part("requestBody"), "request", "body").map(shortened)],
  ];
  const statuses = (at: ts.Symbol | undefined) => (at ? checker.getTypeOfSymbol(at).getProperties() : []);
  const [old, now] = part("responses");
  // A status that comes or goes is the wire's affair; what is compared here is what both have.
  for (const status of statuses(old)) {
    const same = statuses(now).find(({ name }) => name === status.name);
    if (!same) continue;
    const [content, newContent] = [status, same].map((symbol) =>
      checker.getTypeOfSymbol(symbol).getProperty("content"),
    );
    found.push([
      "response",
      below(status.name, walk.property(content, newContent, "response", "content").map(shortened)),
    ]);
  }
  return found;
}

/** The usual media type goes without saying. */
const shortened = (finding: Finding): Finding => ({
  ...finding,
  field: finding.field
    .replace(/^content(\.|$)/, "")
    .replace(/^body\.content(\.|$)/, "body.")
    .replace(/^(body\.)?application\/json\.?/, "$1")
    .replace(/\.$/, ""),
});
