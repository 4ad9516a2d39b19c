/** A first provider record for a vendor: what its spec tells by names and types, and what a person has to decide. */

import { comment } from "../generate/client.ts";
import type { Spec } from "../generate/spec.ts";
import { auth } from "../generate/vendor.ts";
import type { Routes } from "./routes.ts";
import { named, type Property, propertiesOf } from "./schema.ts";

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

/** Something the spec does not tell. `key` is the record's, as `fields.name`. */
export interface Decision {
  key: string;
  question: string;
}

/** A provider file's text, and what to look at in it. */
export interface Draft {
  text: string;
  /** A common field that holds text, if any is mapped. */
  field: string | undefined;
  /** Whether an update is answered with the conversation. */
  echo: boolean;
  /** How many keys the metadata holds, where the spec says so. */
  maxKeys: number | undefined;
  decisions: Decision[];
}

/** Drafts `packages/core/src/providers/<vendor>.ts`. Nothing is claimed that the spec does not say; the rest is a decision. */
export function draftProvider(vendor: string, spec: Spec, { read, update, id }: Routes): Draft {
  const body = propertiesOf(spec, named(spec, update.body?.schema));
  const answer = propertiesOf(spec, named(spec, read.result[0]));
  const echoed = propertiesOf(spec, named(spec, update.result[0]));
  const decisions: Decision[] = [];
  const ask = (key: string, question: string): void => void decisions.push({ key, question });
  const self = ["id", "_id", id].find((name) => answer.has(name)) ?? "id";
  const fields = Object.keys(SYNONYMS).map(
    (field) => [field, fieldAnswer(field, body, answer, ask)] as const,
  );
  const metadata = metadataAnswer(body, answer, ask);
  const convo = spec["x-convo"];
  const record = [
    `client: create${convo.displayName}Client`,
    `read: ${quoted(`GET ${read.path}`)}`,
    `update: ${quoted(`${update.method} ${update.path}`)}`,
    `id: ${quoted(id)}`,
    `self: ${quoted(self)}`,
    `echo: ${echoed.has(self)}`,
    `fields: { ${fields.map((pair) => pair.join(": ")).join(", ")} }`,
    `metadata: ${metadata}`,
    `times: { createdAt: ${timeOf(answer, CREATED)}, updatedAt: ${timeOf(answer, UPDATED)} }`,
  ];
  const { header, prefix } = auth(spec);
  ask("client", `the key is sent as \`${header}: ${prefix}<key>\`, from ${convo.env.apiKey}: right?`);
  if (echoed.has(self))
    ask("echo", "is the answer to an update the conversation as it is then, or only what was sent?");
  return {
    text: file(vendor, convo, record),
    field: fields.find(([field, wire]) => wire.startsWith('"') && SYNONYMS[field]?.type === "string")?.[0],
    echo: echoed.has(self),
    maxKeys: body.get(metadataField(metadata))?.schema.maxProperties,
    decisions,
  };
}

type Ask = (key: string, question: string) => void;

function fieldAnswer(
  field: string,
  body: ReadonlyMap<string, Property>,
  answer: ReadonlyMap<string, Property>,
  ask: Ask,
): string {
  const { type, names } = SYNONYMS[field] ?? { type: "", names: [] };
  const fits = (name: string): boolean => body.get(name)?.types.join() === type && answer.has(name);
  const found = names.find(fits);
  if (found) {
    ask(`fields.${field}`, `is the vendor's ${found} our ${field}? If not: ${other(field, found)}`);
    return quoted(found);
  }
  const sameName = [field, snake(field), `is_${field}`].find((name) => body.has(name));
  return sameName === undefined ? "null" : `{ otherMeaning: ${quoted(sameName)} }`;
}

/** What to write instead: a field of our name has to be answered, one of another name is simply not mapped. */
const other = (field: string, found: string): string =>
  [field, snake(field), `is_${field}`].includes(found) ? `{ otherMeaning: ${quoted(found)} }` : "null";

function metadataAnswer(
  body: ReadonlyMap<string, Property>,
  answer: ReadonlyMap<string, Property>,
  ask: Ask,
): string {
  const field = METADATA.find((name) => body.get(name)?.types.includes("object") && answer.has(name));
  if (field === undefined) return body.has("metadata") ? '{ otherMeaning: "metadata" }' : "null";
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
  return `{ ${rules.join(", ")} }`;
}

const metadataField = (rules: string): string => /^\{ field: "(\w+)"/.exec(rules)?.[1] ?? "";

function timeOf(answer: ReadonlyMap<string, Property>, names: readonly string[]): string {
  const found = names.find((name) => {
    const types = answer.get(name)?.types ?? [];
    return types.length > 0 && types.every((type) => ["string", "integer", "number"].includes(type));
  });
  return found === undefined ? "null" : quoted(found);
}

const file = (
  vendor: string,
  { displayName: display, env, docs }: Spec["x-convo"],
  record: string[],
): string => `import { create${display}Client, type paths } from "@convo/${vendor}";
import { defineProvider } from "../define-provider.ts";

/**
 * Configures ${display} for \`createConvo\`. The key is that of \`${comment(env.apiKey)}\` unless it is given.
 *
 * @throws ConvoError of kind \`invalid\` or \`auth\` for options that cannot be meant.${docs ? `\n * @see ${comment(docs)}` : ""}
 */
export const ${vendor} = /* @__PURE__ */ defineProvider<paths>()({
  ${record.join(",\n  ")},
});
`;

const quoted = (text: string): string => JSON.stringify(text);
const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
