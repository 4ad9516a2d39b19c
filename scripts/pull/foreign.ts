/**
 * References that lead out of a document, or nowhere in it. None of the first is ever followed, neither by us nor by a tool that is handed the document: a document is
 * untrusted, and what it points to, a file of ours or a server inside our network, would end in a report.
 */
import type { Spec } from "../generate/openapi.ts";
import { resolve } from "../generate/resolve.ts";
import { isData, isNameMap, type Steps, visitNodes } from "../generate/walk.ts";
import { type Node, node } from "./node.ts";
import { type Note, note } from "./note.ts";

/** Stands where such a reference stood, and says what is wrong with it; an operation that reaches it is left out. */
const FOREIGN = "x-convo-foreign-ref";

/** Takes every reference to another document, or to nothing, out of `document`, which is changed, and says so. */
export function removeForeign(document: Node): Note[] {
  const notes: Note[] = [];
  delete node(document.components).links;
  visitNodes(document, (value, steps) => {
    if (isNameMap(steps)) return;
    const isExample = isData(steps);
    if (isExample) delete value.externalValue;
    else if (steps.at(-2) === "responses") delete value.links;
    else if (steps.at(-1) === "discriminator") removeMappings(node(value.mapping));
    if (typeof value.$schema === "string") delete value.$schema;
    if (typeof value.$id === "string") delete value.$id;
    else if (steps[0] === "paths" && steps.length === 3) delete value.callbacks;
    const { $ref } = value;
    if (typeof $ref !== "string") return;
    const flaw = isExample ? "an example or extension that refers to something else" : flawOf(document, $ref);
    if (flaw === undefined) return;
    for (const key of Object.keys(value)) delete value[key];
    const isNeeded = !isExample && !isAside(steps);
    if (isNeeded) value[FOREIGN] = flaw;
    notes.push(note("left out", steps, flaw, ...(isNeeded ? replacement(steps) : [])));
  });
  return notes;
}

/** What is wrong with a reference, if anything. */
function flawOf(document: Node, $ref: string): string | undefined {
  if (!$ref.startsWith("#")) return `it refers to another document (${shortened($ref)}), which is never read`;
  try {
    resolve(document as unknown as Spec, { $ref });
    return undefined;
  } catch {
    return `it refers to ${shortened($ref)}, which is not there`;
  }
}

/** Whether a client does without what stands here: headers of answers, what failures look like, descriptions. */
const isAside = (steps: Steps): boolean =>
  steps.includes("headers") ||
  (steps.at(-2) === "responses" && /^([45]|default)/.test(String(steps.at(-1)))) ||
  ["info", "tags"].includes(String(steps[0]));

/** Any schema, until somebody knows which. */
const replacement = (steps: Steps) => {
  const target = steps.reduce<string>(
    (path, step) => `${path}[${typeof step === "number" ? step : JSON.stringify(step)}]`,
    "$",
  );
  return [
    { target: `${target}["$ref"]`, remove: true },
    { target, update: { type: "object", additionalProperties: true } },
  ];
};

function removeMappings(mapping: Node): void {
  for (const [tag, target] of Object.entries(mapping))
    if (typeof target === "string" && /[/.:]/.test(target) && !target.startsWith("#/")) delete mapping[tag];
}

/** What is wrong with a reference that something contained, if anything. */
export function foreignIn(value: unknown): string | undefined {
  let found: string | undefined;
  visitNodes(value, (one) => {
    if (typeof one[FOREIGN] === "string") found = one[FOREIGN];
  });
  return found;
}

/** Enough of a reference to find it; it is the document's text and may be anything. */
export const shortened = (text: string): string => JSON.stringify(text.slice(0, 80));
