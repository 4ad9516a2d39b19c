import type { Doc } from "./types.ts";

/** Finds the schemas of one document by JSON pointer, and the pointer of a schema. */
export interface SchemaIndex {
  /** The schema at a pointer and the pointer it was found at, after every `$ref`. */
  resolve(pointer: string): { readonly pointer: string; readonly schema: Doc };
  /** Where a schema of the document stands. Throws for an object that is not one of its nodes. */
  pointerOf(schema: Doc): string;
}

/** Indexes every object of a document. */
export function indexSchemas(document: Doc): SchemaIndex {
  const pointers = new Map<unknown, string>();
  const visit = (node: unknown, pointer: string): void => {
    if (typeof node !== "object" || node === null) return;
    pointers.set(node, pointer);
    for (const [key, value] of Object.entries(node)) visit(value, `${pointer}/${escapePointer(key)}`);
  };
  visit(document, "#");
  return {
    resolve: (pointer) => resolve(document, pointer),
    pointerOf(schema) {
      const pointer = pointers.get(schema);
      if (pointer === undefined) throw new Error("no schema of this document");
      return pointer;
    },
  };
}

function resolve(document: Doc, pointer: string): { pointer: string; schema: Doc } {
  const schema = pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((node, segment) => (node as Doc | undefined)?.[unescapePointer(segment)], document);
  const { $ref } = (schema ?? {}) as Doc;
  return typeof $ref === "string" ? resolve(document, $ref) : { pointer, schema: (schema ?? {}) as Doc };
}

/** The variants of a union, those of nested unions included; the schema itself when it is no union. */
export function branchesOf(
  index: Pick<SchemaIndex, "resolve">,
  at: string,
): { readonly pointer: string; readonly schema: Doc }[] {
  const { pointer, schema } = index.resolve(at);
  for (const keyword of ["anyOf", "oneOf"]) {
    const list = schema[keyword];
    if (Array.isArray(list)) return list.flatMap((_, n) => branchesOf(index, `${pointer}/${keyword}/${n}`));
  }
  return [{ pointer, schema }];
}

/** A key as a segment of a JSON pointer in a URI fragment. */
export const escapePointer = (segment: string): string =>
  encodeURI(segment.replaceAll("~", "~0").replaceAll("/", "~1"));
const unescapePointer = (segment: string): string =>
  decodeURIComponent(segment).replaceAll("~1", "/").replaceAll("~0", "~");
