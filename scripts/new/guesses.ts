/** What the names and types of a vendor's fields tell of ours, as the text of a provider record; doubts are asked. */
import type { Property } from "./schema.ts";

/** Names vendors give to what is a common field of ours, in the order they are looked for. */
const SYNONYMS: Record<string, { type: string; names: string[] }> = {
  name: { type: "string", names: ["name", "title", "subject"] },
  summary: { type: "string", names: ["summary", "abstract", "synopsis"] },
  marked: {
    type: "boolean",
    names: ["marked", "is_marked", "starred", "is_starred", "flagged", "favorite", "pinned"],
  },
  customerId: {
    type: "string",
    names: ["customer_id", "customerId", "external_user_id", "user_id", "contact_id"],
  },
  device: { type: "string", names: ["device", "device_type"] },
  language: { type: "string", names: ["language", "locale", "lang"] },
};
const METADATA = [
  "metadata",
  "custom_metadata",
  "custom_data",
  "custom_attributes",
  "attributes",
  "custom_fields",
];
const CREATED = ["created_at", "createdAt", "created", "started_at", "create_time"];
const UPDATED = ["updated_at", "updatedAt", "updated", "modified_at", "update_time"];

/** The fields of a conversation, by name: what an update takes and what a read tells. */
export interface Fields {
  readonly body: ReadonlyMap<string, Property>;
  readonly answer: ReadonlyMap<string, Property>;
}

/** Notes a question about what a guess cannot know. `key` is the record's, as `fields.name`. */
export type Ask = (key: string, question: string) => void;

/** A common field in the record. */
export interface FieldGuess {
  readonly name: string;
  /** Its value as code: the vendor's name for it, or why there is none. */
  readonly text: string;
  /** Whether it is mapped, and holds text. */
  readonly holdsText: boolean;
}

/** One answer for each common field. */
export const guessFields = (fields: Fields, ask: Ask): FieldGuess[] =>
  Object.entries(SYNONYMS).map(([name, { type, names }]) => {
    const found = names.find((one) => fields.body.get(one)?.types.join() === type && fields.answer.has(one));
    if (found === undefined) return { name, text: unmapped(name, fields), holdsText: false };
    ask(`fields.${name}`, `is the vendor's ${found} our ${name}? If not: ${otherwise(name, found)}`);
    return { name, text: quoted(found), holdsText: type === "string" };
  });

/** What is said of a common field the vendor has none of; one of our name must mean something else. */
function unmapped(name: string, { body }: Fields): string {
  const sameName = ownNames(name).find((one) => body.has(one));
  return sameName === undefined ? "null" : homonym(sameName);
}

/** What to write instead: a field of our name has to be answered, one of another name is simply not mapped. */
const otherwise = (name: string, found: string): string =>
  ownNames(name).includes(found) ? homonym(found) : "null";

const ownNames = (name: string): string[] => [name, snake(name), `is_${name}`];
const homonym = (name: string): string => `{ homonym: ${quoted(name)} }`;

/** The rules of metadata as code, and the vendor's name for it where it has any. */
export function guessMetadata({ body, answer }: Fields, ask: Ask): { text: string; field?: string } {
  const field = METADATA.find((name) => body.get(name)?.types.includes("object") && answer.has(name));
  if (field === undefined) return { text: body.has("metadata") ? homonym("metadata") : "null" };
  const values = body.get(field)?.schema.additionalProperties;
  const strings = typeof values === "object" && values.type === "string";
  const told = answer.get(field);
  const none = told?.nullable ? '"null"' : told?.required ? undefined : '"absent"';
  ask(
    "metadata.write",
    `does a write of ${field} replace the whole map ("replace") or only the keys it names ("merge")?`,
  );
  if (none) ask("metadata.none", `is ${none} what a read says of a conversation without ${field}?`);
  const rules = [
    `field: ${quoted(field)}`,
    'write: "unknown"',
    `values: ${strings ? '"string"' : '"json"'}`,
    ...(none ? [`none: ${none}`] : []),
  ];
  return { text: `{ ${rules.join(", ")} }`, field };
}

/** Where a vendor says when a conversation came to be and when it last changed, as code. */
export const guessTimes = ({ answer }: Fields): string =>
  `{ createdAt: ${timeOf(answer, CREATED)}, updatedAt: ${timeOf(answer, UPDATED)} }`;

function timeOf(answer: ReadonlyMap<string, Property>, names: readonly string[]): string {
  const found = names.find((name) => {
    const types = answer.get(name)?.types ?? [];
    return types.length > 0 && types.every((type) => ["string", "integer", "number"].includes(type));
  });
  return found === undefined ? "null" : quoted(found);
}

const quoted = (text: string): string => JSON.stringify(text);
const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
