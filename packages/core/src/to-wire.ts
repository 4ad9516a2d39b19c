import type { MetadataChange, UpdateOptions, WireChange } from "./changes.ts";
import type { CommonField } from "./conversation.ts";
import { createDraft, type Draft } from "./draft.ts";
import { invalid, refused } from "./errors.ts";
import { inMetadata } from "./judge.ts";
import { checkFields, checkPatch } from "./limits.ts";
import { isDocument, type Json, type Metadata, put } from "./metadata/json.ts";
import { readLists, readNative } from "./native.ts";
import type { Provider } from "./provider.ts";

/**
 * Turns changes into a vendor's words. Pure: the result shares nothing with the arguments.
 *
 * @throws UpdateError with every reason at once: unknown or unsupported fields, wrong types, values JSON cannot hold,
 * collisions, limits, nothing to update. Nothing has been sent then.
 */
export function toWire(provider: Provider, changes: unknown, options: UpdateOptions = {}): WireChange {
  if (Object(options) !== options) throw invalid(provider.name, "options", "options must be an object");
  const given = isDocument(changes) ? changes : {};
  const draft = createDraft(provider.name, { ...given, current: options.current });
  const { violations } = draft;
  if (given !== changes) draft.refuse("changes", "must be an object");
  checkOptions(draft, options);
  const names = new Map<string, string>();
  const part = readMetadata(provider, draft, options, given);
  const common = readFields(provider, draft, given, options, part, names);
  const mapped = [...Object.values(provider.fields), provider.metadata?.field];
  const native = readNative(provider, draft, names);
  const lists = readLists(draft, [...mapped, ...Object.keys(native)], names);
  const set = { ...common, ...native };
  const metadata = part.given || Object.keys(part.patch).length > 0 ? part : null;
  const nothing = !metadata && Object.keys(set).length + Object.keys(lists).length === 0;
  const wire: WireChange = {
    set,
    native: Object.keys(native).filter((name) => !mapped.includes(name)),
    names,
    lists,
    metadata,
    current: options.current && draft.object("current"),
    warnings: draft.warnings,
    nothing,
  };
  if (nothing && draft.warnings.length === 0 && violations.length === 0)
    draft.refuse("changes", "hold nothing to update");
  if (violations.length === 0)
    violations.push(...checkFields(provider, wire), ...checkPatch(provider, metadata));
  if (violations.length > 0) throw refused(provider.name, violations);
  return wire;
}

const OPTIONS =
  /^(merge|current|unsupported|verify|maxRounds|settleMs|headers|signal|timeoutMs|deadlineMs|maxRetries|retry)$/;
const CHOICES: Record<string, readonly unknown[]> = {
  merge: ["shallow", "deep", "replace"],
  unsupported: ["error", "skip", "metadata"],
};
const LEAST: Record<string, number> = { deadlineMs: 1, maxRounds: 1, settleMs: 0 };

/** Options that would be misread in silence; those of the HTTP calls are the client's to check. */
function checkOptions({ refuse }: Draft, options: UpdateOptions): void {
  for (const [name, value] of Object.entries(options)) {
    const words = CHOICES[name];
    const least = LEAST[name];
    if (!OPTIONS.test(name)) refuse(name, "is no option of an update");
    else if (value === undefined) continue;
    else if (words && !words.includes(value)) refuse(name, `must be one of ${words.join(", ")}`);
    else if (name === "signal" && value && typeof value.addEventListener !== "function")
      refuse(name, "must be an AbortSignal");
    else if (least !== undefined && !(Number.isInteger(value) && value >= least && value < 2 ** 31))
      refuse(name, `must be a whole number from ${least} to 2147483647`);
  }
}

/** A policy for what the vendor lacks; `error` is the default. */
function lacking({ provider, refuse, warn }: Draft, field: string, { unsupported }: UpdateOptions): void {
  if (unsupported === "skip") warn("skipped", field, `${provider} has no ${field}`);
  else
    refuse(
      field,
      `is not supported by ${provider}: leave it out or set the option \`unsupported\``,
      "unsupported",
    );
}

function readMetadata(
  provider: Provider,
  draft: Draft,
  options: UpdateOptions,
  changes: Metadata,
): MetadataChange & { given: boolean } {
  const patch = draft.object("metadata");
  const keys = draft.part("unset") ?? [];
  const isKeys = Array.isArray(keys) && keys.every((key) => typeof key === "string");
  if (!isKeys) draft.refuse("unset", "must be a list of keys");
  const unset = isKeys ? keys : [];
  const whole = changes.metadata !== undefined;
  const given = whole || unset.length > 0;
  for (const key of unset)
    if (Object.hasOwn(patch, key)) draft.refuse(inMetadata(key), "is both set and unset");
  // A replacement is one of the whole document, so only where one was given.
  const merge = (whole && options.merge) || "shallow";
  if (provider.metadata) return { patch, unset, merge, given };
  if (given) lacking(draft, "metadata", options);
  return { patch: {}, unset: [], merge, given: false };
}

function readFields(
  provider: Provider,
  draft: Draft,
  changes: Metadata,
  options: UpdateOptions,
  metadata: MetadataChange,
  names: Map<string, string>,
): Record<string, Json> {
  const set: Record<string, Json> = {};
  const keep = (field: string, key: string, value: Json): void => {
    if (Object.hasOwn(metadata.patch, key) || metadata.unset.includes(key))
      draft.refuse(field, `and metadata.${key} are the same place`);
    else put(metadata.patch, key, value);
    names.set(inMetadata(key), field);
  };
  for (const name of Object.keys(changes)) {
    if (name === "metadata" || name === "unset" || name === "native" || name === "lists") continue;
    const value = draft.part(name);
    if (value === undefined) continue;
    const type = name === "marked" ? "boolean" : "string";
    const target = provider.fields[name as CommonField];
    if (!Object.hasOwn(provider.fields, name)) draft.refuse(name, "is no field of an update");
    else if (value !== null && typeof value !== type) draft.refuse(name, `must be a ${type}`);
    else if (target?.startsWith("metadata.")) keep(name, target.slice(9), value);
    else if (target) {
      set[target] = value;
      names.set(target, name);
    } else if (options.unsupported === "metadata" && provider.metadata) {
      const text = value !== null && provider.metadata.values === "string" && !provider.encode;
      keep(name, name, text ? String(value) : value);
      draft.warn("kept_in_metadata", name, `${provider.name} has no ${name}, it is kept as metadata.${name}`);
    } else lacking(draft, name, options);
  }
  return set;
}
