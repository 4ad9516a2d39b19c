import type { CommonField, Provider } from "@convo/core";

/** What an account can do, from its vendor's record. */
export interface Capabilities {
  readonly verbs: readonly string[];
  readonly lacks: readonly string[];
  /** Common fields, and the vendor's name of each; `null` where it lacks one. */
  readonly fields: Readonly<Record<CommonField, string | null>>;
  /** `null` where the vendor has no metadata. */
  readonly metadata: null | {
    readonly values: "string" | "json";
    /** What a write does to keys it does not name, as far as the vendor says. */
    readonly write: "replace" | "merge" | "patch" | "unknown";
    readonly limits: Readonly<Record<string, unknown>>;
  };
  /** What a delete leaves behind, as documented. */
  readonly deleteLeaves: string | null;
}

/** What an account can do. */
export function capabilitiesOf({ data, fields, metadata, limits }: Provider): Capabilities {
  const { create, list, delete: remove, archive, messages } = data.verbs ?? {};
  const has: Readonly<Record<string, unknown>> = {
    get: true,
    update: true,
    create,
    list,
    messages,
    addMessage: messages?.add,
    export: true,
    import: create && messages?.add,
    archive,
    delete: remove,
  };
  return {
    verbs: Object.keys(has).filter((verb) => has[verb]),
    lacks: Object.keys(has).filter((verb) => !has[verb]),
    fields,
    metadata: metadata && {
      values: metadata.values,
      write: metadata.write,
      limits: { ...limits[metadata.field] },
    },
    deleteLeaves: remove?.leaves ?? null,
  };
}

/** The common fields in one line. */
export const fieldsLine = ({ fields }: Capabilities): string =>
  Object.entries(fields)
    .filter(([, target]) => target !== null)
    .map(([name, target]) => (target === name ? name : `${name} (${target})`))
    .join(", ") || "none";

/** What is known of the metadata, in one line. */
export function metadataLine({ metadata }: Capabilities): string {
  if (!metadata) return "none";
  const write = {
    replace: "a write replaces all of it",
    merge: "a write merges, and cannot remove a key",
    patch: "a write merges, and null removes a key",
    unknown: "merge or replace is not documented: convo probe measures it",
  };
  const { maxProperties, maxKeyLength, maxValueLength } = metadata.limits;
  const limits = [
    maxProperties && `${maxProperties} keys`,
    maxKeyLength && `keys of ${maxKeyLength} characters`,
    maxValueLength && `values of ${maxValueLength} characters`,
  ].filter(Boolean);
  const values = metadata.values === "string" ? "strings" : "any JSON";
  return [
    `${values}${limits.length > 0 ? ` (at most ${limits.join(", ")})` : ""}`,
    write[metadata.write],
  ].join("; ");
}
