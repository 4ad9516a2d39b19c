import type { MetadataChange } from "./changes.ts";
import type { Refusal } from "./errors.ts";
import { checkMetadata, encodeMetadata, type Json, type Metadata, mergeMetadata } from "./metadata/index.ts";
import type { Provider } from "./provider.ts";

/** Checks the strings among the wire fields against the spec's lengths, in Unicode code points. */
export function checkFields({ limits }: Provider, set: Readonly<Record<string, Json>>): Refusal[] {
  const found: Refusal[] = [];
  for (const [path, value] of Object.entries(set)) {
    const { minLength = 0, maxLength = Infinity } = limits[path] ?? {};
    if (typeof value !== "string") continue;
    const actual = [...value].length;
    const [limit, max] = actual < minLength ? ["minLength", minLength] : ["maxLength", maxLength];
    if (actual < minLength || actual > maxLength)
      found.push({
        path,
        kind: "limit",
        limit,
        max,
        actual,
        message: `${path}: ${actual} characters (${limit} ${max})`,
      } as Refusal);
  }
  return found;
}

/** Checks a whole metadata document, as it would be stored, against the vendor's rules. */
export function checkDocument(provider: Provider, document: Metadata): Refusal[] {
  const { metadata: rules, limits } = provider;
  const bounds = rules && limits[rules.field];
  if (!rules || (!bounds && rules.values === "json")) return [];
  return checkMetadata(stored(provider, document), bounds ?? {}, rules).map((violation) => ({
    ...violation,
    kind: "limit",
  }));
}

/** What can be known before a read: what the changes alone would break on an empty document. */
export function checkPatch(provider: Provider, change: MetadataChange | null): Refusal[] {
  return change ? checkDocument(provider, mergeMetadata({}, change.patch, change)) : [];
}

/** A document as it goes over the wire. */
export function stored(provider: Provider, document: Metadata): Metadata {
  return provider.encode && provider.metadata?.values === "string" ? encodeMetadata(document) : document;
}
