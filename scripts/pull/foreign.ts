/**
 * References that lead out of a document. None is ever followed, neither by us nor by a tool that is handed the document: a document is
 * untrusted, and what it points to, a file of ours or a server inside our network, would end in a report.
 */
import { isData, isNameMap, type Steps, visitNodes } from "../generate/walk.ts";
import { type Node, node } from "./node.ts";
import { type Note, note } from "./note.ts";

/** Stands where a reference to another document stood; an operation that reaches it is left out. */
const FOREIGN = "x-convo-foreign-ref";

/** Takes every reference to another document out of `document`, which is changed, and says so. */
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
    if (typeof $ref !== "string" || ($ref.startsWith("#") && !isExample)) return;
    for (const key of Object.keys(value)) delete value[key];
    if (isExample)
      notes.push(note("left out", steps, "an example or extension that refers to something else"));
    else if (isAside(steps))
      notes.push(note("left out", steps, `it is in another document (${shortened($ref)})`));
    else {
      value[FOREIGN] = $ref;
      const text = `it refers to another document (${shortened($ref)}), which is never read`;
      notes.push(note("left out", steps, text, ...replacement(steps)));
    }
  });
  return notes;
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

/** The reference to another document that something contains, if any. */
export function foreignIn(value: unknown): string | undefined {
  let found: string | undefined;
  visitNodes(value, (one) => {
    if (typeof one[FOREIGN] === "string") found = one[FOREIGN];
  });
  return found;
}

/** Enough of a reference to find it; it is the document's text and may be anything. */
export const shortened = (text: string): string => JSON.stringify(text.slice(0, 80));
