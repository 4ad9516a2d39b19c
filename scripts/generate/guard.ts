/**
 * The last look at generated sources, at the text as it will be committed: types, quoted data, and the two lines of
 * code that are ours. Whatever a spec says, nothing else leaves the generator.
 */
import ts from "typescript";

const MODULES = new Set(["@convo/client", "./client.ts", "./schema.ts", "./types.ts", "./vendor.ts"]);

/** Throws, naming the file, when a generated source holds anything that could run and is not known word for word. */
export function checkOutput(files: ReadonlyMap<string, string>): void {
  for (const [file, text] of files) {
    if (!file.endsWith(".ts")) continue;
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
    // Not in the public type, and the only way to learn of syntax errors without building a program.
    const { parseDiagnostics } = source as unknown as { parseDiagnostics: unknown[] };
    if (parseDiagnostics.length > 0) throw new Error(`${file}: the generated text is not TypeScript`);
    for (const statement of source.statements) {
      if (!isHarmless(statement))
        throw new Error(`${file}: neither a type nor quoted data: ${statement.getText().slice(0, 120)}`);
    }
  }
}

function isHarmless(node: ts.Statement): boolean {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return isTypeOnly(node);
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
    return (
      !!node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier) &&
      MODULES.has(node.moduleSpecifier.text)
    );
  if (ts.isVariableStatement(node))
    return node.declarationList.declarations.every(({ initializer }) => !!initializer && isData(initializer));
  if (ts.isFunctionDeclaration(node))
    return (
      /^\{\s*return createClient<\w+>\(vendor, options\);\s*\}$/.test(node.body?.getText() ?? "") &&
      node.parameters.map((one) => one.getText()).join() === "options?: ClientOptions"
    );
  return false;
}

/** Types may not look into modules, nor hold computed names. */
function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node) || ts.isTypeQueryNode(node) || ts.isComputedPropertyName(node)) return false;
  return ts.forEachChild(node, (child) => !isTypeOnly(child)) !== true;
}

function isData(node: ts.Expression): boolean {
  if (ts.isObjectLiteralExpression(node))
    return node.properties.every(
      (property) =>
        ts.isPropertyAssignment(property) &&
        (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name)) &&
        property.name.text !== "__proto__" &&
        isData(property.initializer),
    );
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isData);
  if (ts.isPrefixUnaryExpression(node)) return ts.isNumericLiteral(node.operand);
  return (
    ts.isStringLiteral(node) ||
    ts.isNumericLiteral(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    node.kind === ts.SyntaxKind.NullKeyword
  );
}
