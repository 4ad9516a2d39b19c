import { validationError } from "../errors.ts";
import { inMetadata, isDocument, type Json, type Metadata, metadataKey, put } from "../metadata/json.ts";
import type { Violation } from "../metadata/limits.ts";
import { NonJsonError, snapshot, UNREADABLE } from "../metadata/non-json.ts";
import { checkOptions } from "../options.ts";
import type { Provider } from "../provider/provider.ts";
import type { CommonField, Warning } from "../types/conversation.ts";
import type { UpdateOptions } from "../types/update.ts";
import { createWarning, type ListChange, type MetadataChange, type WireChange } from "./change.ts";
import { checkFields, checkPatch } from "./validate.ts";

/** Changes while they are being read, once: what the caller gave, which is never changed, and all that is wrong with it so far. */
class ChangeReader {
  readonly provider: string;
  readonly violations: Violation[];
  readonly warnings: Warning[] = [];
  private readonly given: Readonly<Record<string, unknown>>;

  constructor(provider: string, given: Readonly<Record<string, unknown>>, violations: Violation[]) {
    this.provider = provider;
    this.given = given;
    this.violations = violations;
  }

  refuse(path: string, message: string, kind: Violation["kind"] = "invalid"): void {
    this.violations.push({ path, kind, message: `${path} ${message}` });
  }

  warn(code: Warning["code"], field: string, detail: string): void {
    this.warnings.push(createWarning(this.provider, code, field, detail));
  }

  /** A deep plain copy of one part; `undefined` if it was not given or is not JSON, which is a violation then. */
  readPart(name: string, from: object = this.given): Json | undefined {
    try {
      const value = (from as Record<string, unknown>)[name];
      return value === undefined ? undefined : snapshot(value, name);
    } catch (error) {
      // Another error is that of a getter.
      const problems = error instanceof NonJsonError ? error.problems : [{ path: name, reason: UNREADABLE }];
      for (const { path, reason } of problems)
        this.refuse(path, reason === UNREADABLE ? reason : `is ${reason}, which JSON cannot hold`);
      return undefined;
    }
  }

  /** The same for a part that must be an object; `{}` if it is not there or is none. */
  readObject(name: string, from?: object): Metadata {
    return this.asObject(name, this.readPart(name, from));
  }

  /** A part that was read as the object it must be. */
  asObject(name: string, part: Json | undefined): Metadata {
    if (part === undefined) return {};
    if (isDocument(part)) return part;
    this.refuse(name, "must be an object");
    return {};
  }
}

/**
 * Turns changes into a vendor's words. Pure: the result shares nothing with the arguments.
 *
 * @throws ConvoError with every reason at once: unknown or unsupported fields, wrong types, values JSON cannot hold,
 * collisions, limits, nothing to update. Nothing has been sent then.
 */
export function toWire(provider: Provider, changes: unknown, options: UpdateOptions = {}): WireChange {
  const violations = checkOptions("update", options);
  if (!isDocument(options)) throw validationError(provider.name, violations);
  const given = isDocument(changes) ? changes : {};
  const reader = new ChangeReader(provider.name, given, violations);
  if (given !== changes) reader.refuse("changes", "must be an object");
  const names = new Map<string, string>();
  const part = readMetadata(provider, reader, options);
  const common = readFields(provider, reader, given, options, part, names);
  const native = readNative(provider, reader, names);
  const isMapped = (name: string): boolean =>
    name === provider.metadata?.field || Object.values(provider.fields).includes(name);
  const lists = readLists(reader, (name) => isMapped(name) || Object.hasOwn(native, name), names);
  const set = { ...common, ...native };
  const metadata = part.given || Object.keys(part.patch).length > 0 ? part : null;
  const nothing = !metadata && Object.keys(set).length + Object.keys(lists).length === 0;
  const wire: WireChange = {
    set,
    native: Object.keys(native).filter((name) => !isMapped(name)),
    names,
    lists,
    metadata,
    current: options.current === undefined ? undefined : reader.readObject("current", options),
    warnings: reader.warnings,
    nothing,
  };
  if (nothing && reader.warnings.length === 0 && violations.length === 0)
    reader.refuse("changes", "are empty");
  if (violations.length === 0)
    violations.push(...checkFields(provider, wire), ...(metadata ? checkPatch(provider, metadata) : []));
  if (violations.length > 0) throw validationError(provider.name, violations);
  return wire;
}

/** A policy for what the vendor lacks; `error` is the default. */
function handleUnsupported(reader: ChangeReader, field: string, { unsupported }: UpdateOptions): void {
  const { provider } = reader;
  if (unsupported === "skip") reader.warn("skipped", field, `${provider} has no ${field}`);
  else
    reader.refuse(
      field,
      `is not supported by ${provider}: leave it out or set the option \`unsupported\` to "skip"`,
      "unsupported",
    );
}

function readMetadata(
  provider: Provider,
  reader: ChangeReader,
  options: UpdateOptions,
): MetadataChange & { given: boolean } {
  const document = reader.readPart("metadata");
  const patch = reader.asObject("metadata", document);
  const keys = reader.readPart("unset") ?? [];
  const isKeys = Array.isArray(keys) && keys.every((key) => typeof key === "string");
  if (!isKeys) reader.refuse("unset", "must be a list of keys");
  const unset = isKeys ? keys : [];
  const whole = document !== undefined;
  const given = whole || unset.length > 0;
  for (const key of unset)
    if (Object.hasOwn(patch, key)) reader.refuse(inMetadata(key), "is both set and unset");
  // A replacement is one of the whole document, so only where one was given.
  const merge = (whole && options.merge) || "shallow";
  if (provider.metadata) return { patch, unset, merge, given };
  if (given) handleUnsupported(reader, "metadata", options);
  return { patch: {}, unset: [], merge, given: false };
}

function readFields(
  provider: Provider,
  reader: ChangeReader,
  changes: Metadata,
  options: UpdateOptions,
  metadata: MetadataChange,
  names: Map<string, string>,
): Record<string, Json> {
  const set: Record<string, Json> = {};
  const storeInMetadata = (field: string, key: string, value: Json): void => {
    if (Object.hasOwn(metadata.patch, key) || metadata.unset.includes(key))
      reader.refuse(field, `and ${inMetadata(key)} are the same place`);
    else put(metadata.patch, key, value);
    names.set(inMetadata(key), field);
  };
  for (const name of Object.keys(changes)) {
    if (name === "metadata" || name === "unset" || name === "native" || name === "lists") continue;
    const value = reader.readPart(name);
    if (value === undefined) continue;
    const type = name === "marked" ? "boolean" : "string";
    const target = Object.hasOwn(provider.fields, name) ? provider.fields[name as CommonField] : undefined;
    const key = metadataKey(target ?? "");
    if (target === undefined) reader.refuse(name, "is not a field of an update");
    else if (value !== null && typeof value !== type) reader.refuse(name, `must be a ${type}`);
    else if (key !== undefined) storeInMetadata(name, key, value);
    else if (target) {
      set[target] = value;
      names.set(target, name);
    } else if (options.unsupported === "metadata" && provider.metadata) {
      const text = value !== null && provider.metadata.values === "string" && !provider.encode;
      storeInMetadata(name, name, text ? String(value) : value);
      reader.warn(
        "kept_in_metadata",
        name,
        `${provider.name} has no ${name}, it is kept as metadata.${name}`,
      );
    } else handleUnsupported(reader, name, options);
  }
  return set;
}

/** The vendor's own fields. Metadata is refused, and so is what a common field (in `names`, by its wire name) has set already. */
function readNative({ metadata }: Provider, reader: ChangeReader, names: Map<string, string>): Metadata {
  const native = reader.readObject("native");
  const keys = Object.keys(native);
  const commons = keys.length > 0 ? [...names] : [];
  for (const name of keys) {
    const path = `native.${name}`;
    // Also one that is inside of it: `native.properties` and `properties.subject`.
    const common = names.get(name) ?? commons.find(([wire]) => wire.startsWith(`${name}.`))?.[1];
    if (name === metadata?.field) reader.refuse(path, "would not be merged: use `metadata`");
    else if (common) reader.refuse(path, `and ${common} are the same field`);
    names.set(name, path);
  }
  return native;
}

/** Items to add to lists and to remove; `isTaken` tells wire fields that are set otherwise. */
function readLists(
  reader: ChangeReader,
  isTaken: (name: string) => boolean,
  names: Map<string, string>,
): Record<string, ListChange> {
  const lists: Record<string, ListChange> = {};
  for (const [name, change] of Object.entries(reader.readObject("lists"))) {
    const { add = [], remove = [], ...rest } = isDocument(change) ? change : { change };
    if (isTaken(name)) reader.refuse(`lists.${name}`, "is already set otherwise");
    else if (!Array.isArray(add) || !Array.isArray(remove) || Object.keys(rest).length > 0)
      reader.refuse(`lists.${name}`, "must be { add?: [...], remove?: [...] }");
    else if (add.length + remove.length > 0) lists[name] = { add, remove };
    names.set(name, `lists.${name}`);
  }
  return lists;
}
