import { ConvoError, type ErrorDetails } from "@convo/client";
import { type Json, spellPath } from "./json.ts";

/** One value that JSON would lose, alter or refuse. */
export interface NonJson {
  /** Where it is, e.g. `metadata.tags[2]`. */
  path: string;
  /** What is wrong there, e.g. `function`, `instance of Date`, `cycle`. */
  reason: string;
}

/** Levels of nesting that are let through; JSON parsers on the servers' side commonly stop at 64 to 1,000. */
export const MAX_DEPTH = 500;

/** The reason for a value whose getter, or proxy, throws. */
export const UNREADABLE = "cannot be read";

/** Thrown by `snapshot` and `encodeMetadata`: all that is not JSON, at once; kind `invalid`. Its message never shows a value. */
export class NonJsonError extends ConvoError {
  /** Every problem; the message names the first ten. */
  declare readonly problems: readonly NonJson[];

  static {
    // biome-ignore lint/complexity/noThisInStatic: esbuild renames a class that names itself; logs would show `_NonJsonError`
    Object.assign(this.prototype, { name: "NonJsonError" });
  }

  constructor(problems: readonly NonJson[]) {
    const lines = problems.slice(0, 10).map(({ path, reason }) => `${path} (${reason})`);
    const more = problems.length > 10 ? ` and ${problems.length - 10} more` : "";
    const message = `${problems.length} not JSON: ${lines.join(", ")}${more}`;
    super({ provider: "convo", kind: "invalid", message, problems } as ErrorDetails);
  }
}

/**
 * Lists everything in a value that would not come back from JSON as it was: functions, symbols, BigInt, NaN, infinities,
 * instances of any class (Date, Map, Error, boxed primitives ...), cycles, `undefined` or gaps in arrays, symbol and
 * hidden keys, getters that throw, nesting below 500 levels, and half a surrogate pair in a string or key (servers reject
 * or alter it: RFC 8259 section 8.2). Let through: `undefined` as a property (absent), `-0` (JSON and `===` know one
 * zero), one object in two places. Never throws.
 * @param path what the value is called in the paths of the answer
 */
export function findNonJson(value: unknown, path = "metadata"): NonJson[] {
  return inspect(value, path).problems;
}

/**
 * A deep plain copy, read once: later changes of the original do not reach it, getters are gone, `undefined` properties
 * are absent, `-0` is `0`, objects have the ordinary prototype. Throws `NonJsonError` with all that `findNonJson` finds.
 */
export function snapshot(value: unknown, path = "metadata"): Json {
  // Most fields are text, and text has no inside.
  if (typeof value === "string" && !flawOf(value)) return value;
  const { copy, problems } = inspect(value, path);
  if (problems.length > 0) throw new NonJsonError(problems);
  return copy as Json;
}

type Fields = Readonly<Record<string, unknown>>;

function inspect(root: unknown, name: string): { copy: Json | undefined; problems: NonJson[] } {
  const problems: NonJson[] = [];
  const trail: string[] = [];
  const ancestors: object[] = [];

  function report(flaw: string | false): boolean {
    if (flaw !== false) problems.push({ path: spellPath(name, trail), reason: flaw });
    return flaw !== false;
  }

  /** Reads here, not in the caller, so that a getter or proxy that throws is caught with its own path. */
  function visit(holder: Fields, key: string, optional: boolean): Json | undefined {
    try {
      const value = holder[key];
      if (value === undefined && optional) return undefined;
      if (report(flawOf(value))) return null;
      if (typeof value === "number") return value + 0;
      return typeof value === "object" && value !== null ? visitObject(value) : (value as Json);
    } catch {
      report(UNREADABLE);
      return null;
    }
  }

  function visitObject(value: object): Json {
    if (report(ancestors.includes(value) && "cycle")) return null;
    if (report(ancestors.length >= MAX_DEPTH && `deeper than ${MAX_DEPTH} levels`)) return null;
    const list = Array.isArray(value);
    const keys = Object.keys(value);
    report(shapeFlawOf(value, keys));
    ancestors.push(value);
    const entries: [string, Json][] = [];
    for (const key of keys) {
      trail.push(key);
      report(flawOf(key));
      const copy = visit(value as Fields, key, !list);
      if (copy !== undefined) entries.push([key, copy]);
      trail.pop();
    }
    ancestors.pop();
    return list ? entries.map(([, copy]) => copy) : Object.fromEntries(entries);
  }

  return { copy: visit({ root }, "root", false), problems };
}

/** What keeps a value itself (not what is inside it) out of JSON, or `false`. Throws only what a proxy throws. */
export function flawOf(value: unknown): string | false {
  if (typeof value === "string") return /\p{Surrogate}/u.test(value) && "half a surrogate pair";
  if (typeof value === "number") return !Number.isFinite(value) && String(value);
  if (value === null || typeof value === "boolean") return false;
  if (typeof value !== "object") return typeof value;
  if (Array.isArray(value)) return false;
  const prototype: object | null = Object.getPrototypeOf(value);
  // Only `Object.prototype`, of whichever realm, has this method as its own.
  const plain = prototype === null || Object.hasOwn(prototype, "isPrototypeOf");
  return !plain && `instance of ${prototype.constructor?.name}`;
}

/** What JSON would drop from, or add to, a list or plain object with these enumerable string keys, or `false`. */
export function shapeFlawOf(value: object, keys: readonly string[]): string | false {
  const list = Array.isArray(value);
  if (Reflect.ownKeys(value).length > keys.length + (list ? 1 : 0)) return "symbol or hidden keys";
  const dense = !list || (keys.length === value.length && keys.every((key, index) => key === String(index)));
  return !dense && "gaps or named properties";
}
