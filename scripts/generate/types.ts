/** `src/schema.ts`: the spec as TypeScript types, by openapi-typescript. */
import { astToString, transformSchema, transformSchemaObject } from "openapi-typescript";
import ts from "typescript";
import { checkAccidental } from "./accidental.ts";
import { checkPossible } from "./impossible.ts";
import { OPEN_ENUM, type OpenEnum } from "./open-enum.ts";
import type { Schema, Spec } from "./openapi.ts";
import { prepare } from "./prepare.ts";
import { allowReadonly } from "./readonly.ts";
import { resolve } from "./resolve.ts";

const { factory } = ts;
const string = (): ts.TypeNode => factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword);

/**
 * Renders the spec's types. Throws when the result holds a type that accepts nothing or everything by accident,
 * or any statement that is not a type: a spec is untrusted and must never become code.
 */
export function schemaFile(spec: Spec): string {
  const nodes = statements(spec);
  for (const node of nodes) {
    if (!ts.isInterfaceDeclaration(node) && !ts.isTypeAliasDeclaration(node))
      throw new Error(
        `the spec produced a statement that is not a type: ${astToString([node]).slice(0, 200)}`,
      );
  }
  return astToString(nodes);
}

type Document = Parameters<typeof transformSchema>[0];
type Context = Parameters<typeof transformSchema>[1];

/**
 * What openapi-typescript does after its bundler. That bundler, an old Redocly, would fetch what a document refers to, and crashes on
 * properties called like what every object has (`constructor`); `checkSpec` has refused foreign references already.
 */
function statements(spec: Spec): ts.Node[] {
  const copy = structuredClone(spec);
  checkPossible(copy);
  prepare(copy);
  const document = copy as unknown as Document;
  const settings: Omit<Context, "redoc"> = {
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    conditionalEnums: false,
    dedupeEnums: false,
    defaultNonNullable: false,
    discriminators: { objects: {}, refsHandled: [] },
    emptyObjectsUnknown: false,
    enum: false,
    enumValues: false,
    excludeDeprecated: false,
    exportType: false,
    generatePathParams: false,
    immutable: false,
    injectFooter: [],
    makePathsEnum: false,
    pathParamsAsTypes: false,
    postTransform: undefined,
    propertiesRequiredByDefault: false,
    readWriteMarkers: false,
    rootTypes: false,
    rootTypesNoSchemaPrefix: false,
    rootTypesKeepCasing: false,
    silent: true,
    transform: (schema, node) => openType(schema as Schema, node),
    transformProperty: undefined,
    resolve: <T>($ref: string) => resolve(document as never, { $ref }) as T,
  };
  const nodes = transformSchema(document, settings as Context);
  checkAccidental(nodes);
  return allowReadonly(
    copy,
    nodes.map((node) => ts.visitNode(node, allowUndefined)),
  );
}

/**
 * An optional field may also be undefined, which is never sent: whoever compiles with `exactOptionalPropertyTypes` can then pass
 * on what they may not have. Reading such a field gives the same type either way. (`?: never` stays: it says that there is none.)
 */
function allowUndefined(node: ts.Node): ts.Node {
  const visited = ts.visitEachChild(node, allowUndefined, undefined);
  if (!ts.isPropertySignature(visited) || !visited.questionToken || !visited.type) return visited;
  if (visited.type.kind === ts.SyntaxKind.NeverKeyword) return visited;
  const members = ts.isUnionTypeNode(visited.type) ? visited.type.types : [visited.type];
  return factory.updatePropertySignature(
    visited,
    visited.modifiers,
    visited.name,
    visited.questionToken,
    factory.createUnionTypeNode([...members, factory.createKeywordTypeNode(ts.SyntaxKind.UndefinedKeyword)]),
  );
}

/** Whether it says that an object has no fields, rather than saying nothing of them. */
const isClosedEmpty = (schema: Schema): boolean =>
  schema.type === "object" &&
  schema.additionalProperties === false &&
  Object.keys(schema.properties ?? {}).length === 0 &&
  !["patternProperties", "allOf", "anyOf", "oneOf", "enum"].some((word) => schema[word]);

/** `{ [key: string]: never }`: what a bare object is rendered as, in words that tell them apart. */
function closedEmpty(): ts.TypeNode {
  const key = factory.createParameterDeclaration(undefined, undefined, "key", undefined, string());
  const none = factory.createKeywordTypeNode(ts.SyntaxKind.NeverKeyword);
  return factory.createTypeLiteralNode([factory.createIndexSignature(undefined, [key], none)]);
}

/** Vendors add enum values and tagged variants at any time; these two shapes keep a client's types honest about it. */
function openType(
  schema: Schema,
  options: Parameters<typeof transformSchemaObject>[1],
): ts.TypeNode | undefined {
  const open = schema[OPEN_ENUM] as OpenEnum | undefined;
  if (open) {
    const anyString = factory.createIntersectionTypeNode([string(), factory.createTypeLiteralNode([])]);
    const others = open.others.filter(({ type }) => type !== "null");
    return factory.createUnionTypeNode([
      ...open.known.map((value) => factory.createLiteralTypeNode(factory.createStringLiteral(value))),
      factory.createParenthesizedType(anyString),
      ...others.map((other) => transformSchemaObject(other as never, options)),
      ...(others.length < open.others.length ? [factory.createLiteralTypeNode(factory.createNull())] : []),
    ]);
  }
  if (isClosedEmpty(schema)) return closedEmpty();
  // A pattern no known tag matches, so that `item.type === "message"` still narrows the union.
  if (schema.type === "string" && schema.not?.enum) {
    const head = factory.createTemplateHead("(unknown) ");
    const span = factory.createTemplateLiteralTypeSpan(string(), factory.createTemplateTail(""));
    return factory.createTemplateLiteralType(head, [span]);
  }
  return undefined;
}
