/** What a vendor package passes on from `@convo/client`: who installed only that package can name every type it asks for. */
import { resolve } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";

const packages = resolve(import.meta.dirname, "../../packages");
const [client, vendor] = ["client", "openai"].map((name) => resolve(packages, name, "src/index.ts")) as [
  string,
  string,
];
const program = ts.createProgram([client, vendor], {
  module: ts.ModuleKind.NodeNext,
  allowImportingTsExtensions: true,
  noEmit: true,
  strict: true,
  types: [],
});
const checker = program.getTypeChecker();

const target = (symbol: ts.Symbol): ts.Symbol =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

/** The exports of a module by their names. */
function exportsOf(file: string): Map<string, ts.Symbol> {
  const source = program.getSourceFile(file) as ts.SourceFile;
  const symbol = checker.getSymbolAtLocation(source) as ts.Symbol;
  return new Map(checker.getExportsOfModule(symbol).map((one) => [one.name, target(one)]));
}

/** What the signature of a symbol refers to. */
function namedBy(symbol: ts.Symbol): ts.Symbol[] {
  const found: ts.Symbol[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isBlock(node)) return;
    const name = ts.isTypeReferenceNode(node) ? node.typeName : undefined;
    const named = name && checker.getSymbolAtLocation(name);
    if (named) found.push(target(named));
    ts.forEachChild(node, visit);
  };
  for (const declaration of symbol.declarations ?? []) visit(declaration);
  return found;
}

it("is every type of the client that what it passes on refers to", () => {
  const ours = exportsOf(client);
  const names = new Map([...ours].map(([name, symbol]) => [symbol, name]));
  const passed = new Set([...exportsOf(vendor).keys()].filter((name) => ours.has(name)));
  expect([...passed]).toEqual(
    expect.arrayContaining(["ConvoError", "isConvoError", "logger", "ClientOptions"]),
  );
  const missing = [...passed].flatMap((name) =>
    namedBy(ours.get(name) as ts.Symbol).flatMap((symbol) => {
      const other = names.get(symbol);
      return other === undefined || passed.has(other) ? [] : [`${name} names ${other}`];
    }),
  );
  expect(missing).toEqual([]);
});
