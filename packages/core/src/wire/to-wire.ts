import { invalid, refused, type Violation } from "../errors.ts";
import { inMetadata } from "../merge/compare.ts";
import { isDocument, type Json, type Metadata, put } from "../metadata/json.ts";
import { NonJsonError, snapshot } from "../metadata/non-json.ts";
import type { Provider } from "../provider/provider.ts";
import type { CommonField, Warning } from "../types/conversation.ts";
import type { UpdateOptions } from "../types/update.ts";
import type { ListChange, MetadataChange, WireChange } from "./change.ts";
import { checkFields, checkPatch } from "./limits.ts";

/** Changes while they are being read: what the caller gave, and all that is wrong with it so far. */
export interface Draft {
  readonly provider: string;
  readonly violations: Violation[];
  readonly warnings: Warning[];
  refuse(path: string, message: string, kind?: Violation["kind"]): void;
  warn(code: Warning["code"], field: string, detail: string): void;
  /** A deep plain copy of one part; `undefined` if it was not given or is not JSON, which is then refused. */
  part(name: string): Json | undefined;
  /** The same for a part that must be an object; `{}` if it is not there or is refused. */
  object(name: string): Metadata;
}

/** Starts a draft of `given`, the caller's changes, which are read once and never changed. */
export function createDraft(provider: string, given: Readonly<Record<string, unknown>>): Draft {
  const violations: Violation[] = [];
  const warnings: Warning[] = [];
  const draft: Draft = {
    provider,
    violations,
    warnings,
    refuse: (path, message, kind = "invalid") =>
      void violations.push({ path, kind, message: `${path} ${message}` }),
    warn: (code, field, detail) => void warnings.push({ code, field, provider, detail }),
    part(name) {
      try {
        return given[name] === undefined ? undefined : snapshot(given[name], name);
      } catch (error) {
        if (!(error instanceof NonJsonError)) throw error;
        for (const { path, reason } of error.problems)
          draft.refuse(path, `is ${reason}, which JSON cannot hold`);
        return undefined;
      }
    },
    object(name) {
      const value = draft.part(name);
      if (isDocument(value)) return value;
      if (value !== undefined) draft.refuse(name, "must be an object");
      return {};
    },
  };
  return draft;
}

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
  /^(merge|current|unsupported|verify|beforeWrite|headers|signal|timeoutMs|deadlineMs|maxRetries|retry|beforeAttempt)$/;
const CHOICES: Record<string, readonly unknown[]> = {
  merge: ["shallow", "deep", "replace"],
  unsupported: ["error", "skip", "metadata"],
};

/** Options that would be misread in silence; those of the HTTP calls are the client's to check. */
function checkOptions({ refuse }: Draft, options: UpdateOptions): void {
  for (const [name, value] of Object.entries(options)) {
    const words = CHOICES[name];
    if (!OPTIONS.test(name)) refuse(name, "is not an option of update");
    else if (value === undefined) continue;
    else if (words && !words.includes(value)) refuse(name, `must be one of ${words.join(", ")}`);
    else if (name === "signal" && value && typeof value.addEventListener !== "function")
      refuse(name, "must be an AbortSignal");
    else if ((name === "beforeWrite" || name === "beforeAttempt") && typeof value !== "function")
      refuse(name, "must be a function");
    else if (name === "deadlineMs") checkNumber(refuse, name, value);
    else if (name === "verify") checkVerify(refuse, value);
  }
}

function checkVerify(refuse: Draft["refuse"], verify: unknown): void {
  if (typeof verify === "boolean") return;
  if (!isDocument(verify)) {
    refuse("verify", "must be true, false or { settleMs?, maxRounds? }");
    return;
  }
  for (const [name, value] of Object.entries(verify)) {
    if (name !== "settleMs" && name !== "maxRounds") refuse(`verify.${name}`, "is not an option of verify");
    else if (value !== undefined) checkNumber(refuse, `verify.${name}`, value);
  }
}

function checkNumber(refuse: Draft["refuse"], name: string, value: unknown): void {
  const least = name === "verify.settleMs" ? 0 : 1;
  if (!(Number.isInteger(value) && (value as number) >= least && (value as number) < 2 ** 31))
    refuse(name, `must be a whole number from ${least} to 2147483647`);
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

/** The vendor's own fields. Metadata is refused, and so is what a common field (in `names`, by its wire name) has set already. */
export function readNative({ metadata }: Provider, draft: Draft, names: Map<string, string>): Metadata {
  const native = draft.object("native");
  for (const name of Object.keys(native)) {
    const path = `native.${name}`;
    // Also one that is inside of it: `native.properties` and `properties.subject`.
    const common = names.get(name) ?? [...names].find(([wire]) => wire.startsWith(`${name}.`))?.[1];
    if (name === metadata?.field) draft.refuse(path, "would not be merged: use `metadata`");
    else if (common) draft.refuse(path, `and ${common} are the same field`);
    names.set(name, path);
  }
  return native;
}

/** Items to add to lists and to remove; `taken` are wire fields that are set otherwise. */
export function readLists(
  draft: Draft,
  taken: readonly unknown[],
  names: Map<string, string>,
): Record<string, ListChange> {
  const lists: Record<string, ListChange> = {};
  for (const [name, change] of Object.entries(draft.object("lists"))) {
    const { add = [], remove = [], ...rest } = isDocument(change) ? change : { change };
    if (taken.includes(name)) draft.refuse(`lists.${name}`, "is already set otherwise");
    else if (!Array.isArray(add) || !Array.isArray(remove) || Object.keys(rest).length > 0)
      draft.refuse(`lists.${name}`, "must be { add?: [...], remove?: [...] }");
    else if (add.length + remove.length > 0) lists[name] = { add, remove };
    names.set(name, `lists.${name}`);
  }
  return lists;
}
