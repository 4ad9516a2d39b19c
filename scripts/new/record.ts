/** A first provider record for a vendor: what its spec tells by names and types, and what a person has to decide. */
import { comment } from "../generate/client.ts";
import type { Spec } from "../generate/openapi.ts";
import { auth } from "../generate/vendor.ts";
import {
  type Ask,
  type FieldGuess,
  guessFields,
  guessMetadata,
  guessTimes,
  type MetadataGuess,
  quoted,
} from "./guesses.ts";
import type { VendorShape } from "./vendor-shape.ts";
import { guessVerbs, routeText, type VerbsDraft } from "./verbs.ts";

/** Something the spec does not tell. `key` is the record's, as `fields.name`. */
export interface Decision {
  key: string;
  question: string;
}

/** The text of a provider's file and of its verbs', what was guessed for them, and what to look at. */
export interface Draft {
  text: string;
  verbsText: string;
  fields: FieldGuess[];
  metadata: MetadataGuess;
  times: { createdAt: string | null; updatedAt: string | null };
  answerNames: Record<string, string>;
  /** Whether a write is preceded by a read. */
  reads: boolean;
  verbs: VerbsDraft;
  decisions: Decision[];
}

/** Drafts `packages/core/src/providers/<vendor>.ts`. Nothing is claimed that the spec does not say; the rest is a decision. */
export function draftProvider(vendor: string, spec: Spec, shape: VendorShape): Draft {
  const decisions: Decision[] = [];
  const ask: Ask = (key, question) => void decisions.push({ key, question });
  const fields = guessFields(spec, shape, ask);
  const metadata = guessMetadata(spec, shape, ask);
  const times = guessTimes(shape);
  const answerNames = Object.fromEntries(
    [...fields, metadata].flatMap(({ path, answerName }) => (path && answerName ? [[path, answerName]] : [])),
  );
  const { read, update, id, idField, returnsConversation, demanded, replaces } = shape;
  const envelope = quoted({
    read: shape.answerBoxes.get(read),
    update: returnsConversation ? shape.answerBoxes.get(update) : undefined,
    request: shape.bodyBoxes.get(update),
  });
  const resends = demanded.length > 0 && !replaces;
  const { displayName: display, env } = spec["x-convo"];
  const record = [
    `client: create${display}Client`,
    `read: ${quoted(routeText(read))}`,
    `update: ${quoted(routeText(update))}`,
    `id: ${quoted(id.param)}`,
    id.isInteger && 'idType: "integer"',
    `idField: ${quoted(idField)}`,
    `returnsConversation: ${returnsConversation}`,
    envelope !== "{}" && `envelope: ${envelope}`,
    Object.keys(answerNames).length > 0 && `answerNames: ${quoted(answerNames)}`,
    resends && `resend: ${quoted(demanded)}`,
    `fields: { ${fields.map((field) => `${field.name}: ${fieldText(field)}`).join(", ")} }`,
    `metadata: ${metadataText(metadata)}`,
    `timestamps: ${quoted(times)}`,
    `verbs: ${vendor}Verbs`,
  ].filter((line) => line !== false);
  const { header, prefix } = auth(spec);
  ask("client", `the key is sent as \`${header}: ${prefix}<key>\`, from ${env.apiKey}: right?`);
  if (returnsConversation)
    ask(
      "returnsConversation",
      "is the answer to an update the conversation as it is then, or only what was sent?",
    );
  if (resends) ask("resend", `the update demands ${demanded.join(", ")}: repeated from a read`);
  const verbs = guessVerbs(spec, shape, fields, metadata, ask);
  return {
    text: fileText(vendor, spec, record),
    verbsText: verbsText(vendor, display, verbs),
    fields,
    metadata,
    times,
    answerNames,
    reads: replaces || demanded.length > 0,
    verbs,
    decisions,
  };
}

const fieldText = ({ path, homonym }: FieldGuess): string =>
  path !== undefined ? quoted(path) : homonym !== undefined ? quoted({ homonym }) : "null";

function metadataText({ path, values, emptyAs, homonym }: MetadataGuess): string {
  if (path === undefined) return homonym === undefined ? "null" : quoted({ homonym });
  return quoted({ field: path, write: "unknown", values, emptyAs });
}

function fileText(vendor: string, spec: Spec, record: string[]): string {
  const { displayName: display, env, docs } = spec["x-convo"];
  return `import { create${display}Client, type paths } from "@convo/${vendor}";
import { defineProvider, type ProviderFactory, type ShapeMadeBy } from "../provider/define.ts";
import { ${vendor}Verbs } from "./verbs/${vendor}.ts";

const record = /* @__PURE__ */ defineProvider<paths>()({
  ${record.join(",\n  ")},
});

/** What ${display} can do, as types: \`Provider<${display}Shape>\` is what \`${vendor}()\` returns. */
export interface ${display}Shape extends ShapeMadeBy<typeof record> {}

/**
 * Configures ${display} for \`createConvo\`. The key is that of \`${comment(env.apiKey)}\` unless it is given.
 *
 * @throws ConvoError of kind \`invalid\` or \`auth\` for invalid options.${docs ? `\n * @see ${comment(docs)}` : ""}
 */
export const ${vendor}: ProviderFactory<${display}Shape> = record;
`;
}

function verbsText(vendor: string, display: string, verbs: VerbsDraft): string {
  const rules = Object.entries(verbs).map(([verb, one]) => `${verb}: ${quoted(one)}`);
  return `import type { paths } from "@convo/${vendor}";
import type { VerbsFor } from "../../provider/check-verbs.ts";

/** What ${display} can do with a conversation. */
export const ${vendor}Verbs = {
  ${rules.join(",\n  ")},
} as const satisfies VerbsFor<paths>;
`;
}
