/**
 * The check of the methods: does a call written for the old client still pass each value where it belongs?
 * Works on generated text, so that it measures an upgrade of the generator just as well as a change of the spec.
 */
import ts from "typescript";
import type { Change, Rating } from "./change.ts";

interface Argument {
  name: string;
  optional: boolean;
  /** As written, without `undefined`. */
  type: string;
}

interface Method {
  arguments: readonly Argument[];
  /** `Promise`, `PageRequest` and the like, without what is in it. */
  returns: string;
}

/** Compares the methods of two generated `client.ts` texts; those that only one has are left to the other checks. */
export function compareSignatures(before: string, after: string): Change[] {
  const [olds, news] = [methodsOf(before), methodsOf(after)];
  return [...olds].flatMap(([operation, old]) => {
    const now = news.get(operation);
    return (now ? compareMethod(old, now) : []).map(
      ([rating, what]): Change => ({
        rating,
        check: "types",
        direction: "service",
        operation,
        field: "",
        what,
      }),
    );
  });
}

function compareMethod(old: Method, now: Method): [Rating, string][] {
  const findings: [Rating, string][] = [];
  const place = (index: number): string => `argument ${index + 1}`;
  for (const [index, argument] of old.arguments.entries()) {
    const { name, optional, type } = argument;
    const same = now.arguments[index];
    const moved = now.arguments.findIndex((one) => one.name === name);
    if (same?.name !== name && moved >= 0)
      findings.push(["major", `${place(index)}, \`${name}\`, is ${place(moved)} now`]);
    else if (!same) findings.push(["major", `${place(index)}, \`${name}\`, is gone`]);
    else if (same.type !== type && !(isNamed(same.type) && isNamed(type)))
      findings.push(["major", `${place(index)}, \`${same.name}\`: ${type} -> ${same.type}`]);
    else if (optional && !same.optional)
      findings.push(["major", `${place(index)}, \`${same.name}\`, is required now`]);
  }
  for (const [index, { name, optional }] of now.arguments.entries()) {
    if (index < old.arguments.length || old.arguments.some((one) => one.name === name)) continue;
    findings.push([optional ? "minor" : "major", `${place(index)}, \`${name}\`, added`]);
  }
  if (old.returns !== now.returns) findings.push(["major", `returns ${old.returns} -> ${now.returns}`]);
  return findings;
}

/** Types that have a name are compared by what they hold, wherever that is; `WithMap` takes more than its type does. */
const isNamed = (type: string): boolean => /^(WithMap< ?)*(Schemas|Query|operations|components)\b/.test(type);

function methodsOf(text: string): Map<string, Method> {
  const source = ts.createSourceFile("client.ts", text, ts.ScriptTarget.ES2022, true);
  const members = source.statements.flatMap((statement) =>
    ts.isInterfaceDeclaration(statement) && statement.name.text.endsWith("Client")
      ? [...statement.members]
      : [],
  );
  return new Map(
    members.filter(ts.isMethodSignature).map((method) => [
      method.name.getText(),
      {
        arguments: method.parameters.map((parameter) => ({
          name: parameter.name.getText(),
          optional:
            parameter.questionToken !== undefined || /\|\s*undefined$/.test(parameter.type?.getText() ?? ""),
          type: (parameter.type?.getText() ?? "").replace(/\s*\|\s*undefined$/, "").replaceAll(/\s+/g, " "),
        })),
        returns: /^\w+/.exec(method.type?.getText() ?? "")?.[0] ?? "",
      },
    ]),
  );
}
