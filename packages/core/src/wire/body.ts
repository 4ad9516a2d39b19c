import { decodeMetadata, encodeMetadata } from "../metadata/codec.ts";
import {
  isDocument,
  type Json,
  type Metadata,
  own,
  type ParsedDocument,
  parseDocument,
  put,
} from "../metadata/json.ts";
import type { Provider } from "../provider/provider.ts";
import type { State } from "./change.ts";
/**
 * Where a conversation sits in a vendor's bodies, what its fields are called there, and how its metadata is kept. Everything else in core
 * sees a flat object whose keys are the record's own words, `properties.subject` included, and a document of JSON values; this is the one
 * place that knows better. Pure.
 */

/** The conversation of an answer; `undefined` if there is none where the record says it is. */
export function openAnswer(
  provider: Provider,
  body: unknown,
  answer: "read" | "update",
): Metadata | undefined {
  const found = valueAt(body as Json, provider.data.envelope?.[answer]);
  return isDocument(found) ? toRecordNames(provider, found) : undefined;
}

/** A conversation as the vendor shows it, with the record's own names beside the vendor's. */
export function toRecordNames({ answerNames }: Provider, found: Metadata): Metadata {
  if (answerNames.length === 0) return found;
  const flat = { ...found };
  for (const [name, path] of answerNames) {
    const value = valueAt(found, path);
    if (value !== undefined) put(flat, name, value);
  }
  return flat;
}

/**
 * The body of an update that sets these fields.
 *
 * @param shown the conversation as it was read last, whose fields are repeated where the record says so
 */
export function toRequestBody(provider: Provider, fields: Metadata, shown: Metadata = {}): Metadata {
  const repeated: Metadata = {};
  for (const name of provider.resend) {
    const value = own(shown, name);
    // What is null there is as good as left out, and not every vendor takes a null back.
    if (value !== undefined && value !== null) putAt(repeated, name.split("."), value);
  }
  return boxed(provider.data.envelope?.request, toVendorNames(provider, fields, repeated));
}

/**
 * The body of the update that leads to a state.
 *
 * @param shown the conversation as it was read last
 */
export function toUpdateBody(
  provider: Provider,
  { fields, document, keys }: State,
  shown: Metadata | undefined,
): Metadata {
  const { metadata } = provider;
  if (!metadata || !document) return toRequestBody(provider, fields, shown);
  const stored = encodeDocument(provider, document);
  const sent = keys ? {} : stored;
  for (const key of keys ?? []) put(sent, key, own(stored, key) ?? null);
  return toRequestBody(provider, { ...fields, [metadata.field]: sent }, shown);
}

/** The body of a create that sets these fields. */
export function toCreateBody(provider: Provider, fields: Metadata): Metadata {
  return boxed(provider.data.verbs?.create?.request?.in, toVendorNames(provider, fields, {}));
}

/** Fields where the vendor has them, put over others. */
function toVendorNames({ nested }: Provider, fields: Metadata, others: Metadata): Metadata {
  for (const name in fields) {
    const value = fields[name] as Json;
    if (nested.includes(name)) putAt(others, name.split("."), value);
    else put(others, name, value);
  }
  return others;
}

const boxed = (box: string | undefined, body: Metadata): Metadata =>
  box === undefined ? body : { [box]: body };

/** A document as it goes over the wire. */
export function encodeDocument({ encode }: Provider, document: Metadata): Metadata {
  return encode ? encodeMetadata(document) : document;
}

/** The document in a value of the metadata field, or why there is none. */
export function decodeDocument({ encode, metadata }: Provider, value: Json | undefined): ParsedDocument {
  const parsed = parseDocument(value, { nullIsEmpty: metadata?.emptyAs !== undefined });
  if (!encode || !parsed.ok) return parsed;
  return { ok: true, document: decodeMetadata(parsed.document as Record<string, string>) };
}

/** The value at a path, `a.b` further in; without one, the value itself. */
export function valueAt(value: Json | undefined, path: string | undefined): Json | undefined {
  let found = value;
  for (const key of path?.split(".") ?? []) found = isDocument(found) ? own(found, key) : undefined;
  return found;
}

/** Sets a value deep in an object of ours, without changing objects on the path that are somebody else's. */
function putAt(target: Metadata, [key = "", ...rest]: readonly string[], value: Json): void {
  if (rest.length === 0) {
    put(target, key, value);
    return;
  }
  const existing = own(target, key);
  const inner = isDocument(existing) ? { ...existing } : {};
  putAt(inner, rest, value);
  put(target, key, inner);
}
