/** Types that accept nothing or everything by accident: what a schema that says too little is rendered as. */
import ts from "typescript";

/** Throws, naming the place, when the rendered spec holds a bare object, a list of nothing, or a choice that lost its type. */
export function checkAccidental(nodes: readonly ts.Node[]): void {
  for (const node of nodes) if (ts.isInterfaceDeclaration(node)) check(node, node.name.text);
}

function check(node: ts.Node, at: string, parent?: ts.Node): void {
  const name = ts.isPropertySignature(node) ? (node.name as ts.Identifier | ts.StringLiteral).text : "";
  const place = name ? `${at}/${name}` : at;
  const flaw = flawOf(node, parent);
  if (flaw) throw new Error(`#/${place}: an accidental type, ${flaw}`);
  ts.forEachChild(node, (child) => check(child, place, node));
}

const { SyntaxKind } = ts;

function flawOf(node: ts.Node, parent?: ts.Node): string | undefined {
  if (ts.isTypeReferenceNode(node) && node.typeArguments?.[1]?.kind === SyntaxKind.NeverKeyword)
    return "a bare object: say additionalProperties, or false where it has no fields";
  if (ts.isArrayTypeNode(node) && node.elementType.kind === SyntaxKind.NeverKeyword)
    return "a list of nothing: say its items";
  // Of a map, a union is what its names of some pattern hold, and what all others do.
  if (!ts.isUnionTypeNode(node) || (parent && ts.isIndexSignatureDeclaration(parent))) return undefined;
  // Anything or null is anything, as it says; a text or anything was meant to be more.
  const others = node.types.filter(
    (type) => !(ts.isLiteralTypeNode(type) && type.literal.kind === SyntaxKind.NullKeyword),
  );
  const isLost = others.length > 1 && others.some(({ kind }) => kind === SyntaxKind.UnknownKeyword);
  return isLost ? "a choice one of whose members lost its type" : undefined;
}
