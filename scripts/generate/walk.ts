/** Walks a description and tells its parts from the data and the names in it. */

/** Where a value stands in a document. */
export type Steps = readonly (string | number)[];

/** Keys whose values are data, not parts of the description. */
const DATA_KEYS = new Set(["example", "examples", "default", "const", "enum"]);
/** Keys whose values map names of any kind to parts of the description. */
const NAME_MAPS = new Set([
  ...["paths", "responses", "headers", "content", "links", "callbacks", "encoding", "variables"],
  ...["schemas", "parameters", "requestBodies", "securitySchemes", "pathItems", "mapping", "scopes"],
  ...["properties", "patternProperties", "dependentSchemas", "dependentRequired", "$defs"],
  // Of Swagger 2.0.
  ...["definitions", "securityDefinitions"],
]);

/** Whether what stands at these steps maps names to parts: its keys are names, whatever they look like. */
export const isNameMap = (steps: Steps): boolean => whatIsAt(steps) === "names";

/** Whether what stands at these steps is data: an example, a default, an extension. */
export const isData = (steps: Steps): boolean => whatIsAt(steps) === "data";

function whatIsAt(steps: Steps): "part" | "names" | "data" {
  let what: "part" | "names" = "part";
  for (const [index, step] of steps.entries()) {
    if (what === "names") what = "part";
    // Each requirement maps names of schemes to scopes.
    else if (typeof step !== "string") what = steps[index - 1] === "security" ? "names" : what;
    else if (DATA_KEYS.has(step) || (step.startsWith("x-") && step !== "x-webhooks")) return "data";
    else if (NAME_MAPS.has(step)) what = "names";
  }
  return what;
}

/** Calls `see` for every object of a document, from the top, with the place it stands at. Not for what `see` has taken out. */
export function visitNodes(root: unknown, see: (value: Record<string, unknown>, steps: Steps) => void): void {
  const rest: [unknown, Steps][] = [[root, []]];
  for (let next = rest.pop(); next; next = rest.pop()) {
    const [value, steps] = next;
    if (typeof value !== "object" || value === null) continue;
    const isList = Array.isArray(value);
    if (!isList) see(value as Record<string, unknown>, steps);
    const children = Object.entries(value).map(([key, child]): [unknown, Steps] => [
      child,
      [...steps, isList ? Number(key) : key],
    ]);
    rest.push(...children.reverse());
  }
}
