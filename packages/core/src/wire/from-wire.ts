import type { ApiResponse } from "@convo/client";
import { type ConversationError, createError, describeId, listFirst, READ_FIRST } from "../errors.ts";
import {
  isDocument,
  type Json,
  kindOf,
  type Metadata,
  metadataKey,
  own,
  spellPath,
} from "../metadata/json.ts";
import type { Provider } from "../provider/provider.ts";
import type { CommonField, Conversation } from "../types/conversation.ts";
import type { ListedConversation } from "../types/verbs.ts";
import { decodeDocument, openAnswer, toRecordNames } from "./body.ts";

/** A vendor's body that was found to be the conversation asked for. */
export interface ParsedConversation {
  readonly body: Metadata;
  /** The metadata document; `undefined` where the vendor has none or this response does not tell. */
  readonly document: Metadata | undefined;
}

/** A vendor's response; `conversation` is there if it shows the conversation. */
export interface VendorResponse {
  readonly response: ApiResponse<unknown>;
  readonly conversation: ParsedConversation | undefined;
}

/** A response that shows the conversation, as every read does. */
export type ReadResponse = VendorResponse & { readonly conversation: ParsedConversation };

/**
 * What a response is for: metadata may be left out of it when it is only inspected or answers a write (`echo`), never when it
 * is what a `merge` builds on, which would wipe what is really there.
 */
export type ReadPurpose = "inspect" | "merge" | "echo";

/**
 * Reads a response that must be the conversation with this id; `undefined` for the response to a write that is not. Pure.
 *
 * @throws ConvoError of kind `bad_response`
 */
export function parseConversation(
  provider: Provider,
  id: string | number,
  response: ApiResponse<unknown>,
  purpose: ReadPurpose,
): ParsedConversation | undefined {
  const { data, metadata: rules } = provider;
  const { data: answer } = response;
  const echo = purpose === "echo";
  if (echo && !data.returnsConversation) return undefined;
  const untrusted = (why: string): ConversationError => {
    const { data: _, ...facts } = response;
    return createError(
      provider,
      "bad_response",
      `The response about ${describeId(id)} cannot be trusted: ${why}`,
      echo ? READ_FIRST : "Nothing was written.",
      { ...facts, outcome: echo ? "unknown" : undefined },
    );
  };
  const part = echo ? "update" : "read";
  const body = openAnswer(provider, answer, part);
  if (!body)
    throw untrusted(
      isDocument(answer) ? `it has no ${data.envelope?.[part]}` : `it is ${kindOf(answer)}, not an object`,
    );
  const found = own(body, data.idField);
  if (found !== id && String(found) !== String(id) && !data.idAliases?.includes(String(id)))
    throw untrusted(
      found === undefined
        ? `it has no ${data.idField}`
        : `it is about ${JSON.stringify(found).slice(0, 200)}`,
    );
  if (!rules) return { body, document: undefined };
  const value = own(body, rules.field);
  if (value === undefined && !echo && rules.emptyAs === "absent") return { body, document: {} };
  if (value === undefined && purpose !== "merge") return { body, document: undefined };
  const parsed = decodeDocument(provider, value);
  if (!parsed.ok) throw untrusted(`its ${rules.field} is ${parsed.reason}`);
  return { body, document: parsed.document };
}

/** A conversation in our words. Pure. `id` stands in where the body does not name one. */
export function toConversation(
  provider: Provider,
  id: string | number,
  { body, document }: ParsedConversation,
): Conversation {
  const { data, fields } = provider;
  const conversation: Record<string, unknown> = {
    provider: provider.name,
    id: own(body, data.idField) ?? id,
  };
  for (const name in fields) {
    const target = fields[name as CommonField];
    if (target === null) continue;
    const key = metadataKey(target);
    const value = key === undefined ? own(body, target) : own(document ?? {}, key);
    if (value !== undefined) conversation[name] = value;
  }
  if (document) conversation.metadata = document;
  for (const name in data.timestamps) {
    const key = data.timestamps[name as "createdAt" | "updatedAt"];
    const time = key === null ? undefined : timeOf(own(body, key));
    if (time !== undefined) conversation[name] = time;
  }
  return conversation as unknown as Conversation;
}

/** The id of a body's conversation, as every call takes it: a number where the path takes one, though the vendor may answer it as text. */
export function idOf({ data }: Provider, body: Metadata): string | number | undefined {
  const id = own(body, data.idField);
  if (typeof id === "string") return data.idType === "integer" && /^[1-9]\d*$/.test(id) ? Number(id) : id;
  return typeof id === "number" ? id : undefined;
}

/**
 * A row of a list, in our words. Metadata that cannot be read is left out: a row is there to be found, not merged onto. Pure.
 *
 * @throws ConvoError of kind `bad_response` for a row without an id
 */
export function toListed(provider: Provider, row: unknown): ListedConversation {
  const { data, metadata: rules } = provider;
  const body = isDocument(row) ? toRecordNames(provider, row) : {};
  const id = idOf(provider, body);
  if (id === undefined)
    throw createError(provider, "bad_response", `A row of the list has no ${data.idField}`);
  const parsed = rules && decodeDocument(provider, own(body, rules.field));
  const document = parsed?.ok ? parsed.document : undefined;
  return Object.assign(toConversation(provider, id, { body, document }), { id, raw: row });
}

/** When a conversation was changed last, in milliseconds; NaN, which nothing is before or after, where that is not told. */
export function changedAt({ data }: Provider, conversation: ParsedConversation | undefined): number {
  const { updatedAt } = data.timestamps;
  return Date.parse((updatedAt !== null && timeOf(own(conversation?.body ?? {}, updatedAt))) || "");
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
 * @throws ConvoError of kind `bad_response`, with the path of every such number
 */
export function assertSafeIntegers(
  provider: Provider,
  id: string | number,
  { response, conversation }: ReadResponse,
): void {
  if (!/\d{16}/.test(response.text)) return;
  const value = conversation.body[provider.metadata?.field ?? ""];
  const paths = unsafeIntegerPaths(conversation.document ?? {}, []);
  // A document that is kept as JSON text is a string in the response's own.
  const text = typeof value === "string" ? value : response.text;
  if (paths.length === 0 || !text.match(TOKENS)?.some(losesDigits)) return;
  throw createError(
    provider,
    "bad_response",
    `The metadata of ${describeId(id)} holds whole numbers beyond 2^53, which JavaScript cannot read exactly: ${listFirst(paths)}`,
    "Nothing was written, since a merge would change them: keep such numbers as text, or write the whole document (`replace`).",
  );
}

function losesDigits(token: string): boolean {
  if (!/^-?\d{16,}$/.test(token)) return false;
  return BigInt(token) !== BigInt(Number(token));
}

/** Paths of the whole numbers that may have been others. */
function unsafeIntegerPaths(value: Json, trail: readonly string[]): string[] {
  if (typeof value === "number")
    return Math.abs(value) > Number.MAX_SAFE_INTEGER ? [spellPath("metadata", trail)] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value as Metadata).flatMap(([key, one]) => unsafeIntegerPaths(one, [...trail, key]));
}
