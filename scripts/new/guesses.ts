/** What the names and types of a vendor's fields tell of ours, as the parts of a provider record; doubts are asked. */

import type { Schema, Spec } from "../generate/openapi.ts";
import { type Property, propertiesOf, schemasIn, typesOf } from "../generate/properties.ts";
import { resolve } from "../generate/resolve.ts";
import { plain } from "../pull/items.ts";
import { textIn } from "./sample.ts";
import type { VendorShape } from "./vendor-shape.ts";

/** Names, by blanks. */
export const words = (names: string): string[] => names.split(" ");

/** Names vendors give to what is a common field of ours, likeliest first, without case and punctuation. */
const SYNONYMS: Record<string, string[]> = {
  // Beside one of the first two, a `name` is an identifier.
  name: words("displayname friendlyname name title subject topic label"),
  summary: words("summary abstract synopsis description purpose"),
  marked: words("marked ismarked starred isstarred flagged favorite isfavorite pinned ispinned"),
  customerId: words("customerid externaluserid userid contactid"),
  device: words("device devicetype"),
  language: words("language locale lang"),
};
const METADATA = words(
  "metadata custommetadata customdata customattributes attributes customfields custom extra properties",
);
/** Objects of an answer in which a conversation's own fields may be. */
const GROUPS = words("attributes properties fields data");
/** Names of the time when something came to be, without case and punctuation. */
export const CREATED: string[] = words(
  "createdat created createtime datecreated startedat creationtime createddate createat",
);
const UPDATED = words(
  "updatedat updated updatetime dateupdated modifiedat lastupdatedat updateddate updateat",
);

/** JSON type of what our names stand for. */
export const typeOf = (name: string): string =>
  name === "marked" ? "boolean" : name === "metadata" ? "object" : "string";

/** Notes a question about what a guess cannot know. `key` is the record's, as `fields.name`. */
export type Ask = (key: string, question: string) => void;

/** A common field in the record. */
export interface FieldGuess {
  readonly name: string;
  /** The vendor's name for it in the update's body, `a.b` of one inside of an object. */
  readonly path?: string;
  /** What answers call it, where that is another name. */
  readonly answerName?: string | undefined;
  /** A field of that name which means something else. */
  readonly homonym?: string;
  /** What the vendor says of it. */
  readonly schema?: Schema;
}

/** A field of the update's body that a read shows too. */
interface Candidate {
  path: string;
  answerName: string | undefined;
  property: Property;
  /** The same in an answer. */
  shown: Property;
  /** Whether it is in an object that takes whatever the caller likes. */
  isOpen: boolean;
}

/** One answer for each common field. */
export function guessFields(spec: Spec, shape: VendorShape, ask: Ask): FieldGuess[] {
  const candidates = candidatesOf(spec, shape);
  const used = new Set<string>();
  const guesses = Object.entries(SYNONYMS).map(([name, names]): FieldGuess => {
    const fits = candidates.filter(
      ({ property: { types, schema }, shown }) =>
        types.join() === typeOf(name) && isFree(spec, schema) && shown.types.includes(typeOf(name)),
    );
    const found = names
      .flatMap((word) => fits.find(({ path }) => plain(path.split(".").at(-1) ?? "") === word) ?? [])
      .find(({ path }) => !used.has(path));
    const same = ownNames(name).find((one) => shape.body.has(one));
    if (!found) return same === undefined ? { name } : { name, homonym: same };
    used.add(found.path);
    const otherwise = same === found.path ? `{ homonym: ${quoted(same)} }` : "null";
    ask(`fields.${name}`, `is the vendor's ${found.path} our ${name}? If not: ${otherwise}`);
    return { name, path: found.path, schema: found.property.schema, answerName: found.answerName };
  });
  if (used.size === 0) {
    const texts = candidates
      .filter(({ property }) => property.types.join() === "string")
      .map(({ path }) => path);
    const others = [...shape.body.keys()].filter((name) => !texts.includes(name));
    const seen =
      texts.length > 0 ? `; texts that it takes and a read shows: ${texts.slice(0, 12).join(", ")}` : "";
    ask(
      "fields",
      `nothing of the update's body has one of our names${seen}; it takes also: ${others.slice(0, 12).join(", ") || "nothing"}`,
    );
  }
  return guesses;
}

/** Any text may stand there, but for its length and its letters. */
function isFree(spec: Spec, schema: Schema): boolean {
  const { enum: values, const: only, format } = textIn(spec, schema);
  return values === undefined && only === undefined && format === undefined;
}

const ownNames = (name: string): string[] => [name, snake(name), `is_${name}`];

/** Fields of the body, and those one object further in, that an answer shows under the same name or one like it. */
function candidatesOf(spec: Spec, { body, answer }: VendorShape): Candidate[] {
  const inner = [...answer].flatMap(([group, { schema }]) =>
    [...propertiesOf(spec, schema)].map(([name, one]): [string, Property] => [`${group}.${name}`, one]),
  );
  const all = new Map([...answer, ...inner]);
  const shownAs = (path: string): string | undefined => {
    const [first = "", second] = path.split(".");
    const like = second ?? [...answer.keys()].find((name) => plain(name) === plain(first)) ?? "";
    return [path, like, ...GROUPS.map((group) => `${group}.${path}`)].find((name) => all.has(name));
  };
  const taken = [...body].flatMap(([name, property]): [string, Property, isOpen?: boolean][] => {
    const isObject = property.types.join() === "object";
    // A `set` of whatever the caller likes takes what a read shows.
    const isOpen = isObject && /^(set|update|changes)$/i.test(name) && takesOwnKeys(spec, property.schema);
    const inside = isOpen ? [...answer] : isObject ? [...propertiesOf(spec, property.schema)] : [];
    // An object that demands something, or is one of several, is somebody's, not a group of the conversation's own fields.
    const { anyOf = [], oneOf = [] } = property.schema;
    const isChoice = [...anyOf, ...oneOf].filter(({ type }) => type !== "null").length > 1;
    const isOther = isChoice || inside.some(([, { required }]) => required);
    const inner = !isOpen && isOther ? [] : inside;
    return [
      [name, property],
      ...inner.map(([key, one]): [string, Property, boolean] => [`${name}.${key}`, one, isOpen]),
    ];
  });
  return taken.flatMap(([path, property, isOpen = false]) => {
    const name = shownAs(path);
    const shown = all.get(name ?? "");
    return name === undefined || shown === undefined
      ? []
      : [{ path, property, shown, isOpen, answerName: name === path ? undefined : name }];
  });
}

/** How metadata is kept, and the vendor's name for it. */
export interface MetadataGuess {
  readonly path?: string;
  readonly answerName?: string | undefined;
  readonly values?: "string" | "json";
  readonly emptyAs?: "null" | "absent" | undefined;
  readonly maxKeys?: number | undefined;
  readonly homonym?: string;
}

/** The rules of metadata, where the vendor has any. */
export function guessMetadata(spec: Spec, shape: VendorShape, ask: Ask): MetadataGuess {
  const maps = candidatesOf(spec, shape).filter(
    ({ property: { types, schema }, shown, isOpen }) =>
      !isOpen && types.join() === "object" && shown.types.includes("object") && takesOwnKeys(spec, schema),
  );
  const found = METADATA.flatMap(
    (word) => maps.find(({ path }) => plain(path.split(".").at(-1) ?? "") === word) ?? [],
  )[0];
  if (!found) {
    if (shape.body.has("metadata")) return { homonym: "metadata" };
    const others = maps.map(({ path }) => path);
    if (others.length > 0)
      ask("metadata", `null: is an object of the caller's own keys the metadata (${others.join(", ")})?`);
    return {};
  }
  const { path, answerName, property, shown } = found;
  const map = objectIn(spec, property.schema);
  const strings =
    typeof map.additionalProperties === "object" && resolve(spec, map.additionalProperties).type === "string";
  const emptyAs = shown.nullable ? "null" : shown.required ? undefined : "absent";
  ask(
    "metadata.write",
    `does a write of ${path} replace the whole map ("replace") or only the keys it names ("merge")?`,
  );
  if (emptyAs)
    ask("metadata.emptyAs", `is ${quoted(emptyAs)} what a read says of a conversation without ${path}?`);
  return { path, values: strings ? "string" : "json", answerName, emptyAs, maxKeys: map.maxProperties };
}

/** The object of a value that may be null as well. */
const objectIn = (spec: Spec, given: Schema): Schema =>
  schemasIn(spec, given).find(({ type, properties }) => properties || [type].flat().includes("object")) ?? {};

/** An object whose keys are the caller's, and whose values may be texts: no properties of its own, or more than those. */
function takesOwnKeys(spec: Spec, given: Schema): boolean {
  const { properties, additionalProperties } = objectIn(spec, given);
  const values = typeof additionalProperties === "object" ? typesOf(spec, additionalProperties) : [];
  const takesText = values.length === 0 || values.includes("string");
  return Object.keys(properties ?? {}).length === 0 && additionalProperties !== false && takesText;
}

/** Where a vendor says when a conversation came to be and when it last changed. */
export const guessTimes = (shape: VendorShape): { createdAt: string | null; updatedAt: string | null } => ({
  createdAt: timeOf(shape, CREATED),
  updatedAt: timeOf(shape, UPDATED),
});

function timeOf({ answer }: VendorShape, words: readonly string[]): string | null {
  const isTime = (name: string): boolean => {
    const { types = [], schema } = answer.get(name) ?? {};
    // Numbers are read as seconds; who says milliseconds is left for a person.
    if (/millisecond/i.test(String(schema?.description))) return false;
    return types.length === 1 && ["string", "integer", "number"].includes(types[0] ?? "");
  };
  const names = [...answer.keys()];
  return words.flatMap((word) => names.find((name) => plain(name) === word && isTime(name)) ?? [])[0] ?? null;
}

/** A value as code; what is undefined is left out. */
export const quoted = (value: unknown): string => JSON.stringify(value);
/** `customerId` -> `customer_id`. */
export const snake = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
