/** A first provider record for a vendor: what its spec tells by names and types, and what a person has to decide. */

import { comment } from "../generate/client.ts";
import type { Spec } from "../generate/spec.ts";
import { auth } from "../generate/vendor.ts";
import { type Ask, guessFields, guessMetadata, guessTimes } from "./guesses.ts";
import type { Routes } from "./routes.ts";
import { named, propertiesOf } from "./schema.ts";

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
  const decisions: Decision[] = [];
  const ask: Ask = (key, question) => void decisions.push({ key, question });
  const self = ["id", "_id", id].find((name) => answer.has(name)) ?? "id";
  const echo = propertiesOf(spec, named(spec, update.result[0])).has(self);
  const fields = guessFields({ body, answer }, ask);
  const metadata = guessMetadata({ body, answer }, ask);
  const convo = spec["x-convo"];
  const record = [
    `client: create${convo.displayName}Client`,
    `read: ${quoted(`GET ${read.path}`)}`,
    `update: ${quoted(`${update.method} ${update.path}`)}`,
    `id: ${quoted(id)}`,
    `idField: ${quoted(self)}`,
    `returnsConversation: ${echo}`,
    `fields: { ${fields.map(({ name, text }) => `${name}: ${text}`).join(", ")} }`,
    `metadata: ${metadata.text}`,
    `timestamps: ${guessTimes({ body, answer })}`,
  ];
  const { header, prefix } = auth(spec);
  ask("client", `the key is sent as \`${header}: ${prefix}<key>\`, from ${convo.env.apiKey}: right?`);
  if (echo)
    ask(
      "returnsConversation",
      "is the answer to an update the conversation as it is then, or only what was sent?",
    );
  return {
    text: file(vendor, convo, record),
    field: fields.find(({ holdsText }) => holdsText)?.name,
    echo,
    maxKeys: body.get(metadata.field ?? "")?.schema.maxProperties,
    decisions,
  };
}

const file = (
  vendor: string,
  { displayName: display, env, docs }: Spec["x-convo"],
  record: string[],
): string => `import { create${display}Client, type paths } from "@convo/${vendor}";
import { defineProvider } from "../provider/define.ts";

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
