/** Any value that JSON text can hold (RFC 8259). */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A conversation's free-form metadata: one JSON object. */
export type Metadata = { [key: string]: Json };

/** Metadata as a caller names it: a key whose value is `undefined` counts as not named. */
export type MetadataPatch = { readonly [key: string]: Json | undefined };

/** Any JSON value as a caller may give it: read-only, and with `undefined` for what is not there. */
export type JsonInput =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly JsonInput[]
  | { readonly [key: string]: JsonInput };

/** Metadata as a caller may give it. */
export type MetadataInput = { readonly [key: string]: JsonInput };

/** Metadata of no type of its own; `undefined` counts as not named. */
export type AnyDocument<Value = JsonInput> = { readonly [key: string]: Value | undefined };

/** A document of the caller's own type, an interface or read-only: itself where each value can be held, else what it would have to be. */
type Holdable<D, Value> = D extends readonly unknown[] | ((...args: never[]) => unknown)
  ? AnyDocument<Value>
  : {
      [K in keyof D]: D[K] extends Value | undefined
        ? D[K]
        : [Value] extends [string]
          ? Value
          : HoldableValue<D[K], Value>;
    };

/** The same for any value. */
export type HoldableValue<T, Value = JsonInput> = T extends Value | undefined
  ? T
  : T extends Date | ((...args: never[]) => unknown) | bigint | symbol
    ? Value
    : T extends readonly (infer Item)[]
      ? readonly HoldableValue<Item, Value>[]
      : T extends object
        ? { [K in keyof T]: HoldableValue<T[K], Value> }
        : Value;

/** What fits as it is stays as it is, which errors and hovers then show. */
export type Given<D, Value = JsonInput> = [D] extends [AnyDocument<Value>] ? D : D & Holdable<D, Value>;

/** Whether a value is an object that is no array, which is the only shape a metadata document has. Never throws. */
export function isDocument(value: unknown): value is Metadata {
  return kindOf(value) === "object";
}

/**
 * Whether two JSON values are the same: the order of keys does not matter, that of arrays does, `0` equals `-0`,
 * and a property that is `undefined` equals an absent one. Throws `RangeError` for what is too deep to be JSON text
 * (about as deep as `JSON.stringify` itself can go, so also for a cycle).
 */
export function equalJson<A, B>(a: HoldableValue<A>, b: HoldableValue<B>): boolean {
  if ((a as unknown) === b) return true;
  if (typeof a !== "object" || kindOf(a) !== kindOf(b)) return false;
  const [left, right] = [a as Metadata, b as Metadata];
  const keys = namedKeys(left);
  if (keys.length !== namedKeys(right).length) return false;
  for (const key of keys) if (!equalJson(left[key], own(right, key))) return false;
  return true;
}

/** What a value is in the words of JSON; what JSON has no word for as `typeof` says it. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

/** The value of an own key, so that `constructor` or `__proto__` never reads what an object inherits. */
export function own(document: MetadataPatch, key: string): Json | undefined {
  return Object.hasOwn(document, key) ? document[key] : undefined;
}

/** A document with only these keys, as far as it has them. */
export function pick(document: Metadata, keys: readonly string[]): Metadata {
  return Object.fromEntries(
    keys.filter((key) => Object.hasOwn(document, key)).map((key) => [key, document[key] as Json]),
  );
}

/** Sets an own key, whatever its name: an assignment to `__proto__` would swap the prototype instead. */
export function put<Value>(target: { [key: string]: Value }, key: string, value: Value): void {
  if (key !== "__proto__") target[key] = value;
  else Object.defineProperty(target, key, { value, configurable: true, enumerable: true, writable: true });
}

/** The keys of a document that are named, that is, whose value is not `undefined`. */
export function namedKeys(document: MetadataPatch): string[] {
  return Object.keys(document).filter((key) => document[key] !== undefined);
}

/** Sets an own key, or removes it where there is no value. */
export function setOrRemove(document: Metadata, key: string, value: Json | undefined): void {
  if (value === undefined) delete document[key];
  else put(document, key, value);
}

/** A top-level key of the metadata, as records and callers write it. */
export const inMetadata = (key: string): string => `metadata.${key}`;

/** The key that is written so; `undefined` for a path outside of the metadata. */
export const metadataKey = (path: string): string | undefined =>
  path.startsWith("metadata.") ? path.slice("metadata.".length) : undefined;

/** Spells a path as the caller would write it: `metadata.tags[0]["odd key"]`. */
export function spellPath(root: string, keys: readonly string[]): string {
  const spell = (key: string): string => {
    if (/^[a-z_$][\w$]*$/i.test(key)) return `.${key}`;
    return `[${String(Number(key)) === key ? key : JSON.stringify(key)}]`;
  };
  return root + keys.map(spell).join("");
}

/** A document, or why there is none, e.g. `null, neither ...`; it never holds the value. */
export type ParsedDocument =
  | {
      /** There is a document. */
      ok: true;
      /** The metadata. */
      document: Metadata;
    }
  | {
      /** There is none. */
      ok: false;
      /** What was found instead, without its value. */
      reason: string;
    };

/**
 * Takes metadata as a vendor's answer holds it: an object is the document, a string that is the JSON text of an object
 * is read as that object (AgentSight's old rows), `null` is `{}` only with `nullIsEmpty`. All else is a reason, never an
 * empty document: a merge onto that would wipe what is really there. Never throws.
 */
export function parseDocument(
  value: unknown,
  { nullIsEmpty = false }: { nullIsEmpty?: boolean } = {},
): ParsedDocument {
  const document = typeof value === "string" ? parseText(value) : value;
  if (isDocument(document)) return { ok: true, document };
  if (value === null && nullIsEmpty) return { ok: true, document: {} };
  return { ok: false, reason: `${kindOf(value)}, neither an object nor the JSON text of one` };
}

/** The value of a JSON text, `undefined` when it is none. */
export function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
