/** Lists that are only ever sent may be read-only: a caller's `as const`, a frozen default, a `readonly string[]`. */
import ts from "typescript";
import type { OperationObject, Spec } from "./openapi.ts";
import { resolve } from "./resolve.ts";
import { isData, visitNodes } from "./walk.ts";

const { factory } = ts;

/** The rendered spec, with `readonly` before every list that no response has: what is received can be changed as before. */
export function allowReadonly(spec: Spec, nodes: readonly ts.Node[]): ts.Node[] {
  const sent = sentOnly(spec);
  return nodes.map((node) => {
    if (!ts.isInterfaceDeclaration(node)) return node;
    const inComponents = node.name.text === "components";
    return mapMembers(node, (entry, group) =>
      mapMembers(entry, (part, name) =>
        (inComponents ? sent.has(`#/components/${group}/${name}`) : /^(parameters|requestBody)$/.test(name))
          ? toReadonly(part)
          : part,
      ),
    );
  });
}

/** References to what requests have and no response has. */
export function sentOnly(spec: Spec): Set<string> {
  const sent: unknown[] = [];
  const received: unknown[] = [];
  for (const item of Object.values(spec.paths))
    for (const part of Object.values(item)) {
      const { responses, ...request } = part as OperationObject;
      sent.push(Array.isArray(part) ? part : request);
      received.push(responses);
    }
  const back = references(spec, received);
  return new Set([...references(spec, sent)].filter((ref) => !back.has(ref)));
}

/** Every reference in these parts of a spec, and in what they lead to. */
function references(spec: Spec, parts: readonly unknown[]): Set<string> {
  const found = new Set<string>();
  const rest = [...parts];
  while (rest.length)
    visitNodes(rest.pop(), ({ $ref }, steps) => {
      if (typeof $ref !== "string" || found.has($ref) || isData(steps)) return;
      found.add($ref);
      rest.push(resolve(spec, { $ref }));
    });
  return found;
}

/** A copy in which `map` has taken its turn with each named member. */
function mapMembers(node: ts.Node, map: (member: ts.Node, name: string) => ts.Node): ts.Node {
  const visit = (member: ts.Node): ts.Node =>
    ts.isPropertySignature(member)
      ? map(member, (member.name as ts.Identifier | ts.StringLiteral).text)
      : member;
  const body = ts.isPropertySignature(node) ? node.type : node;
  if (!body || !(ts.isTypeLiteralNode(body) || ts.isInterfaceDeclaration(body))) return node;
  const mapped = ts.visitEachChild(body, visit, undefined);
  return ts.isPropertySignature(node)
    ? factory.updatePropertySignature(
        node,
        node.modifiers,
        node.name,
        node.questionToken,
        mapped as ts.TypeNode,
      )
    : mapped;
}

function toReadonly(node: ts.Node): ts.Node {
  const visited = ts.visitEachChild(node, toReadonly, undefined);
  return ts.isArrayTypeNode(visited) || ts.isTupleTypeNode(visited)
    ? factory.createTypeOperatorNode(ts.SyntaxKind.ReadonlyKeyword, visited)
    : visited;
}
