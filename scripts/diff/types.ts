/**
 * The lens of types: would a program written against the old types compile against the new ones?
 * A request may widen (what callers send still fits), a response may narrow (what they read is still there).
 * Works on generated text, so it measures an upgrade of the generator just as well as a change of the spec.
 */
import type ts from "typescript";
import { below, type Change, type Direction, type Found } from "./change.ts";
import { compile } from "./program.ts";
import { TypeWalk } from "./walk-types.ts";

/** Compares two generated `schema.ts` texts, operation by operation and field by field. */
export function compareTypes(before: string, after: string): Change[] {
  const { checker, type } = compile([before, after]);
  const walk = new TypeWalk(checker);
  const properties = (at: ts.Type | undefined): Map<string, ts.Type> =>
    new Map(
      (at ? checker.getPropertiesOfType(at) : []).map((one) => [one.name, checker.getTypeOfSymbol(one)]),
    );
  const [old, now] = [properties(type(0, "operations")), properties(type(1, "operations"))];
  const changes: Change[] = [];
  const add = (operation: string | null, direction: Direction, found: readonly Found[]): void => {
    for (const one of found) changes.push({ lens: "types", direction, operation, ...one });
  };
  for (const [name, was] of old) {
    const is = now.get(name);
    if (!is) add(name, "service", [{ rating: "major", field: "", what: "operation removed" }]);
    else for (const [direction, found] of operation(checker, walk, was, is)) add(name, direction, found);
  }
  for (const name of now.keys())
    if (!old.has(name)) add(name, "service", [{ rating: "minor", field: "", what: "operation added" }]);
  const [schemas, newSchemas] = [0, 1].map((index) =>
    properties(properties(type(index, "components")).get("schemas")),
  );
  for (const name of schemas?.keys() ?? [])
    if (!newSchemas?.has(name))
      add(null, "service", [{ rating: "major", field: name, what: "named schema removed" }]);
  return changes;
}

function operation(
  checker: ts.TypeChecker,
  walk: TypeWalk,
  was: ts.Type,
  is: ts.Type,
): [Direction, Found[]][] {
  const part = (name: string): [ts.Symbol | undefined, ts.Symbol | undefined] => [
    was.getProperty(name),
    is.getProperty(name),
  ];
  const found: [Direction, Found[]][] = [
    ["request", walk.property(...part("parameters"), "request", "")],
    ["request", walk.property(...part("requestBody"), "request", "").map(shortened)],
  ];
  const statuses = (at: ts.Symbol | undefined) => (at ? checker.getTypeOfSymbol(at).getProperties() : []);
  const [old, now] = part("responses");
  // A status that comes or goes is the wire's affair; what is compared here is what both have.
  for (const status of statuses(old)) {
    const same = statuses(now).find(({ name }) => name === status.name);
    if (!same) continue;
    const [content, newContent] = [status, same].map((one) =>
      checker.getTypeOfSymbol(one).getProperty("content"),
    );
    found.push([
      "response",
      below(status.name, walk.property(content, newContent, "response", "").map(shortened)),
    ]);
  }
  return found;
}

/** The usual media type goes without saying; the body of a request is called so. */
function shortened(found: Found): Found {
  return {
    ...found,
    field: found.field
      .replace(/^content\./, "body.")
      .replace(/^(body\.)?application\/json\.?/, "$1")
      .replace(/\.$/, ""),
  };
}
