/** Reads and changes `packages/core/src/providers/<vendor>.ts` as text: what it says, and at which line. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** One answer of the record, e.g. the `"summary"` of `fields: { summary: "summary" }`. */
export interface Answer {
  /** Dotted, as `fields.summary`. */
  key: string;
  /** The expression as written. */
  text: string;
  /** Its string, when it is one. */
  value: string | undefined;
  /** Offsets of the expression in the file. */
  start: number;
  end: number;
  /** Counted from 1. */
  line: number;
}

/** A provider file: its path from the root, its text, and every answer in it. */
export interface ProviderFile {
  file: string;
  text: string;
  answers: Answer[];
}

/** Reads a vendor's provider file; undefined when core has none. */
export function readProvider(root: string, vendor: string): ProviderFile | undefined {
  const file = `packages/core/src/providers/${vendor}.ts`;
  if (!existsSync(join(root, file))) return undefined;
  const text = readFileSync(join(root, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const answers: Answer[] = [];
  const read = (object: ts.ObjectLiteralExpression, prefix: string): void => {
    for (const property of object.properties) {
      if (!ts.isPropertyAssignment(property)) continue;
      const { initializer } = property;
      const key = `${prefix}${property.name.getText()}`;
      answers.push({
        key,
        text: initializer.getText(),
        value: ts.isStringLiteral(initializer) ? initializer.text : undefined,
        start: initializer.getStart(),
        end: initializer.getEnd(),
        line: source.getLineAndCharacterOfPosition(initializer.getStart()).line + 1,
      });
      if (ts.isObjectLiteralExpression(initializer)) read(initializer, `${key}.`);
    }
  };
  const find = (node: ts.Node): void => {
    const record = ts.isCallExpression(node) ? node.arguments[0] : undefined;
    if (record && ts.isObjectLiteralExpression(record)) read(record, "");
    else ts.forEachChild(node, find);
  };
  find(source);
  return { file, text, answers };
}

/** The routes core uses of a vendor: to read, to update, to look up. */
export const routesOf = ({ answers }: ProviderFile): string[] =>
  answers.flatMap(({ key, value }) =>
    ["read", "update", "lookup.route"].includes(key) && value ? [value] : [],
  );
