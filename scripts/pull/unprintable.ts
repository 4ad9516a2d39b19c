/** The last look at an adapted document: what the generator still refuses is left out, operation by operation. */
import { checkSpec } from "../generate/check.ts";
import type { Spec } from "../generate/openapi.ts";
import { rows } from "../generate/operations.ts";
import { schemaFile } from "../generate/types.ts";
import { extract } from "./extract.ts";
import { routesOf } from "./items.ts";
import { type Node, node } from "./node.ts";
import { type Note, note } from "./note.ts";

/** Takes out of `document`, which is changed, the operations that would make the generator fail. */
export function omitUnprintable(document: Node): Note[] {
  if (flawOf(document) === undefined) return [];
  const notes: Note[] = [];
  for (const { path, method, operation } of routesOf(document)) {
    const { parameters } = node(node(document.paths)[path]);
    const alone = {
      ...document,
      paths: { [path]: { ...(parameters ? { parameters } : {}), [method]: operation } },
    };
    const flaw = flawOf(alone);
    if (flaw === undefined) continue;
    delete node(node(document.paths)[path])[method];
    notes.push(note("left out", ["paths", path, method], `${String(operation.operationId)}: ${flaw}`));
  }
  return notes;
}

/** What the generator says against a document, if anything. */
function flawOf(document: Node): string | undefined {
  try {
    const spec = checkSpec(extract(document, Object.keys(node(document.paths))) as unknown as Spec, "it");
    rows(spec);
    schemaFile(spec);
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^it: /, "");
  }
}
