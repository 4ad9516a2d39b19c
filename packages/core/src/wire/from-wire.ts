import type { ApiResponse } from "@convo/client";
import { called, failure, READ_FIRST, type UpdateError } from "../errors.ts";
import { decodeMetadata } from "../metadata/codec.ts";
import {
  isDocument,
  type Json,
  kindOf,
  type Metadata,
  own,
  parseDocument,
  spellPath,
} from "../metadata/json.ts";
import type { Watched } from "../observe/operation.ts";
import type { Provider } from "../provider/provider.ts";
import type { Conversation } from "../types/conversation.ts";
import type { Seen } from "../update/requests.ts";
import { openAnswer } from "./body.ts";

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
  { data: answer, ...facts }: ApiResponse<unknown>,
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
  if (!isDocument(answer)) throw untrusted(`it is ${kindOf(answer)}, not an object`);
  if (echo && !data.returnsConversation) return undefined;
  const body = openAnswer(provider, answer, echo ? "update" : "read");
  if (!body) throw untrusted(`it has no ${data.envelope?.[echo ? "update" : "read"]}`);
  const found = own(body, data.idField);
  if (found !== id && String(found) !== String(id) && !data.idAliases?.includes(String(id)))
    throw untrusted(
      found === undefined ? `it has no ${data.idField}` : `it is about ${JSON.stringify(found)}`,
    );
  if (!rules) return { body, document: undefined };
  const value = own(body, rules.field);
  if (value === undefined && !echo && rules.emptyAs === "absent") return { body, document: {} };
  if (value === undefined && use !== "merge") return { body, document: undefined };
  const parsed = parseDocument(value, { nullIsEmpty: rules.emptyAs !== undefined });
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
  const conversation: Record<string, unknown> = {
    provider: provider.name,
    id: own(body, data.idField) ?? id,
  };
  for (const [name, target] of Object.entries(fields)) {
    if (target === null) continue;
    const inMetadata = target.startsWith("metadata.");
    const value = inMetadata ? own(document ?? {}, target.slice(9)) : own(body, target);
    if (value !== undefined) conversation[name] = value;
  }
  if (document) conversation.metadata = document;
  for (const [name, key] of Object.entries(data.timestamps)) {
    const time = key === null ? undefined : timeOf(own(body, key));
    if (time !== undefined) conversation[name] = time;
  }
  return conversation as unknown as Conversation;
}

/** When a conversation was changed last, in milliseconds; NaN, which nothing is before or after, where that is not told. */
export function changedAt({ data }: Provider, reading: Reading | undefined): number {
  const { updatedAt } = data.timestamps;
  return Date.parse((updatedAt !== null && timeOf(own(reading?.body ?? {}, updatedAt))) || "");
}

/** ISO 8601 of a vendor's time: text as it is, numbers as seconds since 1970. */
function timeOf(value: Json | undefined): string | undefined {
  if (typeof value === "string") return value;
  // A date that no calendar has is null there.
  return typeof value === "number" ? (new Date(value * 1000).toJSON() ?? undefined) : undefined;
}

/** Strings, which are passed over, and numbers. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/**
 * Makes sure that a metadata document can be sent back as it was read. A whole number beyond 2^53, such as an id that another
 * program keeps there, loses digits when JavaScript reads it (RFC 8259, section 6), and a merge would write what is left of it.
 *
 * @throws UpdateError of kind `bad_response`, with the path of every such number
 */
export function checkExact(
  { provider, id }: Pick<Watched, "provider" | "id">,
  { reply, reading }: Seen,
): void {
  const field = provider.metadata?.field ?? "";
  const value = reading.body[field];
  const paths = beyond(reading.document ?? {}, []);
  // A document that is kept as JSON text is a string in the answer's own.
  const text = typeof value === "string" ? value : reply.text;
  if (paths.length === 0 || !text.match(TOKENS)?.some(losesDigits)) return;
  throw failure(
    provider,
    "bad_response",
    `The metadata of ${called(id)} holds whole numbers beyond 2^53, which JavaScript cannot read exactly: ${paths.join(", ")}`,
    "Nothing was written, since a merge would change them: keep such numbers as text, or write the whole document (`replace`).",
  );
}

function losesDigits(token: string): boolean {
  if (!/^-?\d{16,}$/.test(token)) return false;
  return BigInt(token) !== BigInt(Number(token));
}

/** Paths of the whole numbers that may have been others. */
function beyond(value: Json, trail: readonly string[]): string[] {
  if (typeof value === "number")
    return Math.abs(value) > Number.MAX_SAFE_INTEGER ? [spellPath("metadata", trail)] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value as Metadata).flatMap(([key, one]) => beyond(one, [...trail, key]));
}
