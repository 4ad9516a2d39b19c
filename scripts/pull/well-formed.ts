/** What is not valid OpenAPI is mended or taken out of a vendor's document, place by place, before anything else looks at it. */
import { isPattern } from "../generate/limits.ts";
import { isData, isNameMap, type Steps, visitNodes } from "../generate/walk.ts";
import { isNode, type Node } from "./node.ts";
import { type Note, note } from "./note.ts";

type Test = (value: unknown, part: Node) => boolean;

const words = (keys: string): Set<string> => new Set(keys.split(" "));
const isText: Test = (value) => ["string", "number", "boolean"].includes(typeof value);
const isSchema: Test = (value) => isNode(value) || typeof value === "boolean";
const isParameter: Test = (value) =>
  isNode(value) && (value.$ref !== undefined || (isText(value.name, value) && isText(value.in, value)));
const areAll =
  (test: Test): Test =>
  (value, part) =>
    Array.isArray(value) && value.every((one) => test(one, part));

/** Keys whose values map names to schemas, and to other objects. */
const SCHEMA_MAPS = words("properties patternProperties schemas definitions $defs dependentSchemas");
const OBJECT_MAPS = words(
  "paths responses headers content callbacks encoding variables requestBodies securitySchemes securityDefinitions pathItems",
);
const TYPES = words(
  "string number integer boolean object array null file apiKey http basic oauth2 openIdConnect mutualTLS",
);
const TEXTS = words(
  "$ref operationId name in url pattern format title summary description scheme propertyName style",
);
/** What must stand under a key, wherever that is. */
const RULES: [keys: Set<string>, expected: string, fits: Test][] = [
  [TEXTS, "a text", isText],
  [words("pattern"), "one that JavaScript can read", (value) => isPattern(String(value))],
  [words("minimum maximum multipleOf"), "a number", (value) => typeof value === "number"],
  [
    words("minLength maxLength minItems maxItems minProperties maxProperties"),
    "a whole number, 0 or more",
    (value) => Number.isInteger(value) && Number(value) >= 0,
  ],
  [words("items additionalProperties propertyNames not schema contains if then else"), "a schema", isSchema],
  [
    new Set([
      ...words("info components requestBody get put post patch delete"),
      ...SCHEMA_MAPS,
      ...OBJECT_MAPS,
    ]),
    "an object",
    isNode,
  ],
  [words("tags enum consumes produces schemes"), "a list", Array.isArray],
  [
    words("type"),
    "a type of JSON",
    (value) => String(value ?? "") !== "" && [value].flat().every((type) => TYPES.has(String(type))),
  ],
  [
    words("required"),
    "a list of names",
    // What is sent as a whole has a flag of that name.
    (value, part) =>
      areAll((one) => typeof one === "string")(value, part) ||
      ["in", "content", "schema"].some((word) => word in part),
  ],
];
/** Lists of parts. */
const LISTS: [keys: Set<string>, fits: Test][] = [
  [words("allOf anyOf oneOf prefixItems"), isSchema],
  [words("servers security"), isNode],
  [words("parameters"), isParameter],
];

type Change = Pick<Note, "kind" | "text"> | undefined;

const mended = (text: string): Change => ({ kind: "mended", text });

function leftOut(part: Node, key: string, expected: string): Change {
  delete part[key];
  return { kind: "left out", text: `it must be ${expected}` };
}

/** Changes `document` so that everything in it has the type OpenAPI says, and tells what was changed. */
export function mendForm(document: Node): Note[] {
  const notes: Note[] = [];
  visitNodes(document, (part, steps) => {
    if (isData(steps)) return;
    for (const key of Object.keys(part)) {
      const change = isNameMap(steps) ? mendNamed(part, key, steps) : mendKey(part, key, steps);
      if (change) notes.push(note(change.kind, [...steps, key], change.text));
    }
  });
  return notes;
}

/** Mends what stands under a name. */
function mendNamed(part: Node, name: string, steps: Steps): Change {
  const value = part[name];
  const map = String(steps.at(-1));
  if (name === "$ref") return leftOut(part, name, "a name; `$ref` cannot stand for several");
  if (SCHEMA_MAPS.has(map) && !isSchema(value, part)) {
    part[name] = {};
    return mended("not a schema; any value is assumed");
  }
  if (name.startsWith("x-") && /^(paths|responses)$/.test(map)) return undefined;
  const isWrong = map === "parameters" ? !isParameter(value, part) : OBJECT_MAPS.has(map) && !isNode(value);
  if (isWrong) return leftOut(part, name, "an object");
  if (map !== "paths" || name.startsWith("/") || `/${name}` in part) return undefined;
  part[`/${name}`] = value;
  delete part[name];
  return mended(`a path must begin with a slash; read as /${name}`);
}

/** Mends what a part of the document has under a key of OpenAPI's. */
function mendKey(part: Node, key: string, steps: Steps): Change {
  const value = part[key];
  const broken = RULES.find(([keys, , fits]) => keys.has(key) && !fits(value, part));
  if (broken) return leftOut(part, key, broken[1]);
  // YAML makes a number of a text that looks like one, and nothing of `null`.
  if (TEXTS.has(key)) part[key] = String(value);
  if (key === "type" && Array.isArray(value)) part[key] = value.map(String);
  const [, fits] = LISTS.find(([keys]) => keys.has(key)) ?? [];
  // Of the document and its components, parameters have names.
  if (!fits || (key === "parameters" && steps.length < 2)) return undefined;
  const list = isNode(value) ? [value] : Array.isArray(value) ? value : [];
  part[key] = list.filter((one) => fits(one, part));
  if (isNode(value)) return mended("must be a list; read as a list of one");
  return areAll(fits)(value, part) ? undefined : mended("entries that do not belong in it were removed");
}
