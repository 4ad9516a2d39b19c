/** What an editor shows of our packages: every public export, and every option, field and method of one, has a docstring. */
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const PACKAGES = ["client", "core", "queue", "sandbox", "cli"];

/** The modules that a package's `exports` name. */
function entriesOf(name: string): string[] {
  const folder = join(root, "packages", name);
  const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    exports: Readonly<Record<string, string>>;
  };
  return Object.values(exports)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file));
}

const hasText = (node: ts.Node): boolean =>
  ts.getJSDocCommentsAndTags(node).some((doc) => ts.isJSDoc(doc) && doc.comment !== undefined);

/** The members that a type declares itself, also inside of an intersection or a union. */
function membersOf(node: ts.Node): readonly ts.Node[] {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeLiteralNode(node)) return node.members;
  if (ts.isClassDeclaration(node))
    return node.members.filter(
      (member) =>
        !ts.isConstructorDeclaration(member) && !ts.isClassStaticBlockDeclaration(member) && isPublic(member),
    );
  if (ts.isTypeAliasDeclaration(node)) return membersOf(node.type);
  if (ts.isParenthesizedTypeNode(node)) return membersOf(node.type);
  if (ts.isIntersectionTypeNode(node) || ts.isUnionTypeNode(node)) return node.types.flatMap(membersOf);
  return [];
}

function isPublic(member: ts.ClassElement): boolean {
  const hidden = ts.SyntaxKind.PrivateKeyword;
  return !(member.name && ts.isPrivateIdentifier(member.name)) && !modifiersOf(member).includes(hidden);
}

const modifiersOf = (node: ts.Node): ts.SyntaxKind[] =>
  ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []).map(({ kind }) => kind) : [];

/** Where a docstring carries itself: what is exported under a name that its statement does not hold. */
const carrierOf = (node: ts.Node): ts.Node => (ts.isVariableDeclaration(node) ? node.parent.parent : node);

/** What lacks a docstring, as `file:line name`. */
function findBare(entries: readonly string[]): string[] {
  const program = ts.createProgram(entries, {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
    noEmit: true,
    strict: true,
    skipLibCheck: true,
  });
  const checker = program.getTypeChecker();
  const bare = new Set<string>();
  const note = (node: ts.Node, name: string): void => {
    const file = node.getSourceFile();
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    bare.add(`${relative(root, file.fileName)}:${line + 1} ${name}`);
  };
  for (const entry of entries) {
    const file = program.getSourceFile(entry);
    const module = file && checker.getSymbolAtLocation(file);
    if (!module) throw new Error(`${entry} exports nothing`);
    for (const exported of checker.getExportsOfModule(module)) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      const declarations = (symbol.declarations ?? []).filter(isOurs);
      if (declarations.length > 0 && !declarations.some((node) => hasText(carrierOf(node))))
        note(declarations[0] as ts.Node, exported.name);
      for (const member of declarations.flatMap(membersOf))
        if (isDocumentable(member) && !isTold(checker, member))
          note(member, `${exported.name}.${nameOf(member)}`);
    }
  }
  return [...bare].sort();
}

/** Written by hand, in a package of ours. */
const isOurs = (node: ts.Node): boolean =>
  PACKAGES.some((name) => node.getSourceFile().fileName.startsWith(join(root, "packages", name, "src")));

/** Whether a member has a docstring: its own, or that of the type it extends. */
function isTold(checker: ts.TypeChecker, member: ts.Node): boolean {
  const { name } = member as ts.NamedDeclaration;
  const symbol = name && checker.getSymbolAtLocation(name);
  return hasText(member) || (symbol?.getDocumentationComment(checker) ?? []).length > 0;
}

/** Index signatures and call signatures are told by the docstring of their type. */
const isDocumentable = (member: ts.Node): boolean =>
  ts.isPropertySignature(member) ||
  ts.isMethodSignature(member) ||
  ts.isPropertyDeclaration(member) ||
  ts.isMethodDeclaration(member) ||
  ts.isGetAccessorDeclaration(member);

const nameOf = (member: ts.Node): string => (member as ts.NamedDeclaration).name?.getText() ?? "";

describe("docstrings", () => {
  test.each(PACKAGES)("every public export, option, field and method of @convo/%s has one", (name) => {
    expect(findBare(entriesOf(name))).toEqual([]);
  });
});
