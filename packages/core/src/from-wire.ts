import type { Reply } from "@convo/client";
import type { Conversation } from "./conversation.ts";
import { called, failure, READ_FIRST, type UpdateError } from "./errors.ts";
import { decodeMetadata, isDocument, type Json, type Metadata, parseDocument } from "./metadata/index.ts";
import { kindOf, own } from "./metadata/json.ts";
import type { Provider } from "./provider.ts";

/** A vendor's answer that was found to be the conversation asked for. */
export interface Reading {
  readonly body: Metadata;
  /** The metadata document; `undefined` where the vendor has none or this answer does not tell. */
  readonly document: Metadata | undefined;
}

/**
 * What an answer is for: metadata may be left out of it when it is only looked at or answers a write (`echo`), never when it
 * is what a `merge` builds on, which would wipe what is really there.
 */
export type Use = "look" | "merge" | "echo";

/**
 * Reads an answer that must be the conversation with this id; `undefined` for the answer to a write that is not. Pure.
 *
 * @throws UpdateError of kind `bad_response`
 */
export function fromWire(
  provider: Provider,
  id: string | number,
  { data: body, ...facts }: Reply<unknown>,
  use: Use,
): Reading | undefined {
  const { data, metadata: rules } = provider;
  const echo = use === "echo";
  const untrusted = (why: string): UpdateError =>
    failure(
      provider,
      "bad_response",
      `The answer about ${called(id)} cannot be trusted: ${why}`,
      echo ? READ_FIRST : "Nothing was written.",
      { ...facts, outcome: echo ? "unknown" : undefined },
    );
  if (!isDocument(body)) throw untrusted(`it is ${kindOf(body)}, not an object`);
  if (echo && !data.echo) return undefined;
  const found = own(body, data.self);
  if (found !== id && String(found) !== String(id) && !data.alias?.includes(String(id)))
    throw untrusted(found === undefined ? `it has no ${data.self}` : `it is about ${JSON.stringify(found)}`);
  if (!rules) return { body, document: undefined };
  const value = own(body, rules.field);
  if (value === undefined && !echo && rules.none === "absent") return { body, document: {} };
  if (value === undefined && use !== "merge") return { body, document: undefined };
  const parsed = parseDocument(value, { nullIsEmpty: rules.none !== undefined });
  if (!parsed.ok) throw untrusted(`its ${rules.field} is ${parsed.reason}`);
  return { body, document: decoded(provider, parsed.document) };
}

function decoded(provider: Provider, document: Metadata): Metadata {
  return provider.encode ? decodeMetadata(document as Record<string, string>) : document;
}

/** A conversation in our words. Pure. `id` stands in where the body does not name one. */
export function toConversation(
  provider: Provider,
  id: string | number,
  { body, document }: Reading,
): Conversation {
  const { data, fields } = provider;
  const conversation: Record<string, unknown> = { provider: provider.name, id: own(body, data.self) ?? id };
  for (const [name, target] of Object.entries(fields)) {
    if (target === null) continue;
    const inMetadata = target.startsWith("metadata.");
    const value = inMetadata ? own(document ?? {}, target.slice(9)) : own(body, target);
    if (value !== undefined) conversation[name] = value;
  }
  if (document) conversation.metadata = document;
  for (const [name, key] of Object.entries(data.times)) {
    const time = key === null ? undefined : timeOf(own(body, key));
    if (time !== undefined) conversation[name] = time;
  }
  return conversation as unknown as Conversation;
}

/** When a conversation was changed last, in milliseconds; NaN, which nothing is before or after, where that is not told. */
export function changedAt({ data }: Provider, reading: Reading | undefined): number {
  const { updatedAt } = data.times;
  return Date.parse((updatedAt !== null && timeOf(own(reading?.body ?? {}, updatedAt))) || "");
}

/** ISO 8601 of a vendor's time: text as it is, numbers as seconds since 1970. */
function timeOf(value: Json | undefined): string | undefined {
  if (typeof value === "string") return value;
  // A date that no calendar has is null there.
  return typeof value === "number" ? (new Date(value * 1000).toJSON() ?? undefined) : undefined;
}
