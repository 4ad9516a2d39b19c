import { invalidArgument } from "../errors.ts";
import { isDocument, type Metadata, metadataKey, own } from "../metadata/json.ts";
import type { Provider } from "../provider/provider.ts";

/** The wire field of the first common text field the vendor has. */
export function textField({ fields }: Provider): string | undefined {
  const texts = Object.entries(fields).filter(([name]) => name !== "marked");
  return texts.map(([, at]) => at).find((at) => at !== null && metadataKey(at) === undefined) ?? undefined;
}

/** What a new conversation is created with so that it can be told from any other: the mark, wherever the vendor has room for it. */
export function bearing(provider: Provider, mark: string): Metadata {
  const { data, metadata } = provider;
  const text = textField(provider);
  return {
    ...(data.lookup && { [data.lookup.match]: mark }),
    ...(text && { [text]: mark }),
    ...(metadata && { [metadata.field]: { convo_probe: mark } }),
  };
}

/** Throws `invalid` unless a conversation that was read bears the mark: it could be anybody's. */
export function checkMark(provider: Provider, mark: string, body: Metadata, document: Metadata): void {
  const text = textField(provider);
  if ((text && own(body, text) === mark) || own(document, "convo_probe") === mark) return;
  const { idField } = provider.data;
  const id = JSON.stringify(own(body, idField));
  throw invalidArgument(
    provider.name,
    "id",
    `conversation ${id} does not bear the probe's mark, so it was left alone`,
  );
}

/** The id in the answer to a creation: its own, or that of the conversation in it. */
export function idIn(answer: unknown, idField: string): string | number | undefined {
  if (!isDocument(answer)) return undefined;
  const places = [answer, ...Object.values(answer).filter(isDocument)];
  const ids = places.map((place) => own(place, idField));
  return ids.find((one) => typeof one === "string" || typeof one === "number") as string | number | undefined;
}
