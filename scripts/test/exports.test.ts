import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";

const core = resolve(import.meta.dirname, "../../packages/core");
const tests = resolve(import.meta.dirname, "../packages/consumer/types");

/** What a module offers, values and types alike. */
function exportsOf(files: readonly string[]): Map<string, string[]> {
  const options = { module: ts.ModuleKind.NodeNext, allowImportingTsExtensions: true, noEmit: true };
  const program = ts.createProgram(files, { ...options, types: [], strict: true });
  const checker = program.getTypeChecker();
  const namesIn = (file: string): string[] => {
    const source = program.getSourceFile(file);
    const symbol = source && checker.getSymbolAtLocation(source);
    return symbol ? checker.getExportsOfModule(symbol).map(({ name }) => name) : [];
  };
  return new Map(files.map((file) => [file, namesIn(file)]));
}

/** What the type tests import from a module; an unused import does not compile there. */
function importsOf(specifier: string): Set<string> {
  const names = new Set<string>();
  for (const file of readdirSync(tests)) {
    const source = ts.createSourceFile(file, readFileSync(join(tests, file), "utf8"), ts.ScriptTarget.ESNext);
    for (const one of source.statements) {
      if (!ts.isImportDeclaration(one) || (one.moduleSpecifier as ts.StringLiteral).text !== specifier)
        continue;
      const bindings = one.importClause?.namedBindings;
      if (bindings && ts.isNamedImports(bindings))
        for (const { propertyName, name } of bindings.elements) names.add((propertyName ?? name).text);
    }
  }
  return names;
}

const { exports } = JSON.parse(readFileSync(join(core, "package.json"), "utf8")) as {
  exports: Record<string, string>;
};
const entries = Object.entries(exports)
  .filter(([, file]) => file.endsWith(".ts"))
  .map(([path, file]) => [`@convo/core${path.slice(1)}`, join(core, file)] as const);
const offered = exportsOf(entries.map(([, file]) => file));

it.each(entries)(
  "every export of %s has a type test that is compiled from the tarball",
  (specifier, file) => {
    const names = offered.get(file) ?? [];
    const tested = importsOf(specifier);
    expect(names.length).toBeGreaterThan(0);
    expect(
      names.filter((name) => !tested.has(name)),
      "add them to scripts/packages/consumer/types",
    ).toEqual([]);
  },
);
