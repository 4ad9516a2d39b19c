import { branchesOf, escapePointer, type SchemaIndex } from "../src/engine/schema-index.ts";
import type { Doc } from "../src/index.ts";

/** Random numbers from a seed, so that a failing run can be run again (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A variant of a union, and where in the value it was used. */
export interface Choice {
  readonly pointer: string;
  readonly path: readonly (string | number)[];
}

/** A value made from a schema, with the points of the schema that it exercises. */
export interface Sample {
  readonly value: unknown;
  readonly points: readonly string[];
  readonly choices: readonly Choice[];
}

/** Makes values from schemas, fitting ones and, by `spoil`, ones with a single place wrong. */
export interface Sampler {
  pick<T>(list: readonly T[]): T;
  chance(share: number): boolean;
  /** A value that fits the schema at a pointer; points that are still wanted are preferred. */
  sample(pointer: string): Sample;
  spoil(value: unknown): unknown;
}

const WORDS = [
  "",
  "a",
  "Ada",
  "ünïcödé",
  "😀😀",
  "conv_1",
  "null",
  "0",
  "x".repeat(600),
  "a\nb",
  "'; DROP TABLE docs; --",
];
const STRANGE: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e21,
  "x",
  [],
  {},
  [null],
  { a: { b: null } },
  "y".repeat(600),
];

/** Levels below which optional fields and elements are left out, unless they lead to a point that is wanted. */
const SHALLOW = 5;
/** Levels below which nothing is wanted any more: schemas may nest forever. */
const DEEPEST = 14;

/** A node of a schema by its pointer; a type of several is one variant each. */
const typesOf = (schema: Doc): string[] => (Array.isArray(schema.type) ? (schema.type as string[]) : []);
const propertiesOf = (schema: Doc): string[] => Object.keys((schema.properties ?? {}) as Doc);
const requiredOf = (schema: Doc): string[] => (schema.required ?? []) as string[];

/** Every point of the schema at a pointer: each variant of a union, each optional field there and left out. */
export function pointsOf(schemas: SchemaIndex, start: string, seen = new Set<string>()): Set<string> {
  const points = new Set<string>();
  const { pointer, schema } = schemas.resolve(start);
  if (seen.has(pointer)) return points;
  seen.add(pointer);
  const into = (next: string): void => {
    for (const point of pointsOf(schemas, next, seen)) points.add(point);
  };
  const branches = branchesOf(schemas, pointer);
  if (branches.length > 1)
    for (const branch of branches) {
      points.add(branch.pointer);
      into(branch.pointer);
    }
  for (const type of typesOf(schema)) points.add(`${pointer}:${type}`);
  for (const name of propertiesOf(schema)) {
    const at = `${pointer}/properties/${escapePointer(name)}`;
    if (!requiredOf(schema).includes(name)) points.add(`+${at}`).add(`-${at}`);
    into(at);
  }
  for (const keyword of ["items", "additionalProperties"])
    if (typeof schema[keyword] === "object") into(`${pointer}/${keyword}`);
  for (const [n] of ((schema.allOf ?? []) as Doc[]).entries()) into(`${pointer}/allOf/${n}`);
  return points;
}

/**
 * `hints`: values that exist in the seed, by the name of the field; taken every other time.
 * `wanted`: points to make for; whoever sends a sample takes what it exercised out of the set.
 */
export function sampler(
  schemas: SchemaIndex,
  random: () => number,
  hints: Readonly<Record<string, readonly unknown[]>> = {},
  wanted: ReadonlySet<string> = new Set(),
): Sampler {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const chance = (share: number): boolean => random() < share;
  const between = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  const reachable = new Map<string, Set<string>>();

  /** Whether a point that is wanted lies at or below a pointer. */
  function leads(pointer: string, depth: number): boolean {
    if (wanted.size === 0 || depth > DEEPEST) return false;
    const known = reachable.get(pointer) ?? pointsOf(schemas, pointer);
    reachable.set(pointer, known);
    for (const point of wanted) if (known.has(point)) return true;
    return false;
  }

  /** Makes one value, and notes what it exercises. */
  class Maker {
    readonly points = new Set<string>();
    readonly choices: Choice[] = [];

    value(start: string, path: readonly (string | number)[], depth: number): unknown {
      const { pointer, schema } = schemas.resolve(start);
      const branches = branchesOf(schemas, pointer);
      if (branches.length > 1) return this.variant(branches, path, depth);
      if ("const" in schema) return schema.const;
      if (Array.isArray(schema.enum)) return pick(schema.enum as unknown[]);
      const type = typesOf(schema).length > 0 ? this.type(pointer, schema, depth) : schema.type;
      if (type === "string") return text(schema);
      if (type === "boolean") return chance(0.5);
      if (type === "null") return null;
      const { minimum = -3, maximum = 300 } = schema as { minimum?: number; maximum?: number };
      if (type === "integer") return between(minimum, maximum);
      if (type === "number") return minimum + random() * (maximum - minimum);
      if (type === "array") return this.array(pointer, schema, path, depth);
      if (type === "object" || schema.properties || schema.allOf)
        return this.object(pointer, schema, path, depth);
      return pick([1, "free", true, { free: [1] }]);
    }

    variant(
      branches: ReturnType<typeof branchesOf>,
      path: readonly (string | number)[],
      depth: number,
    ): unknown {
      const better = branches.filter((branch) => wanted.has(branch.pointer) || leads(branch.pointer, depth));
      const { pointer } = pick(better.length > 0 ? better : branches);
      this.points.add(pointer);
      this.choices.push({ pointer, path });
      return this.value(pointer, path, depth + 1);
    }

    type(pointer: string, schema: Doc, depth: number): string {
      const types = typesOf(schema);
      const better = types.filter((type) => wanted.has(`${pointer}:${type}`));
      const deeper = types.includes("object") || types.includes("array");
      const kind =
        deeper && leads(pointer, depth) ? pick(types.filter((type) => type !== "null")) : pick(types);
      const type = better.length > 0 ? pick(better) : kind;
      this.points.add(`${pointer}:${type}`);
      return type;
    }

    array(pointer: string, schema: Doc, path: readonly (string | number)[], depth: number): unknown[] {
      const { minItems = 0, maxItems = 3 } = schema as { minItems?: number; maxItems?: number };
      const sought = leads(`${pointer}/items`, depth) ? 1 : 0;
      const most = Math.max(minItems, Math.min(maxItems, depth > SHALLOW ? sought : 3));
      const length = between(Math.max(minItems, Math.min(sought, most)), most);
      return Array.from({ length }, (_, n) => this.value(`${pointer}/items`, [...path, n], depth + 1));
    }

    object(pointer: string, schema: Doc, path: readonly (string | number)[], depth: number): Doc {
      const out: Doc = {};
      for (const [n] of ((schema.allOf ?? []) as Doc[]).entries())
        Object.assign(out, this.value(`${pointer}/allOf/${n}`, path, depth));
      for (const name of propertiesOf(schema)) {
        const at = `${pointer}/properties/${escapePointer(name)}`;
        if (!requiredOf(schema).includes(name) && !this.takes(at, depth)) continue;
        const hint = hints[name];
        out[name] = hint && chance(0.5) ? pick(hint) : this.value(at, [...path, name], depth + 1);
      }
      const extra = schema.additionalProperties;
      if (extra !== undefined && extra !== false && chance(0.7))
        for (let n = between(0, 3); n > 0; n -= 1) {
          const inner = typeof extra === "object" ? `${pointer}/additionalProperties` : undefined;
          out[`key${n}`] = inner ? this.value(inner, [...path, `key${n}`], depth + 1) : pick([1, "free"]);
        }
      return out;
    }

    /** Whether an optional field is to be there. */
    takes(at: string, depth: number): boolean {
      const seek = wanted.has(`+${at}`) || leads(at, depth + 1);
      const avoid = wanted.has(`-${at}`);
      const takes = seek && avoid ? chance(0.5) : seek || (!avoid && depth < SHALLOW && chance(0.4));
      this.points.add(`${takes ? "+" : "-"}${at}`);
      return takes;
    }
  }

  function text(schema: Doc): string {
    if (schema.format === "date-time") return pick(["2026-01-01T00:00:00Z", "2026-11-02T09:30:00.123Z"]);
    if (schema.format === "uri") return "https://example.com/a";
    if (typeof schema.pattern === "string")
      return schema.pattern.includes("tunnel") ? `tunnel_${"a1".repeat(16)}` : "abc";
    const { minLength = 0, maxLength = 2000 } = schema as { minLength?: number; maxLength?: number };
    const word = pick(WORDS).padEnd(Math.min(minLength, 50), "p");
    return [...word].slice(0, maxLength).join("");
  }

  function spoil(original: unknown): unknown {
    if (chance(0.25) || typeof original !== "object" || original === null) return pick(STRANGE);
    const keys = Object.keys(original);
    if (keys.length === 0) return { [pick(["zz", "name", "metadata"])]: pick(STRANGE) };
    const copy = (Array.isArray(original) ? [...original] : { ...original }) as Record<string, unknown>;
    const key = pick(keys);
    if (chance(0.2) && !Array.isArray(original)) delete copy[key];
    else copy[key] = spoil(copy[key]);
    return copy;
  }

  return {
    pick,
    chance,
    sample(pointer) {
      const maker = new Maker();
      const value = maker.value(pointer, [], 0);
      return { value, points: [...maker.points], choices: maker.choices };
    },
    spoil,
  };
}

/** The value with something else, or nothing (`undefined`), at a path. */
export function changed(value: unknown, path: readonly (string | number)[], to: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return to;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as Doc) }) as Record<
    string | number,
    unknown
  >;
  if (rest.length === 0 && to === undefined) delete copy[key];
  else copy[key] = changed(copy[key], rest, to);
  return copy;
}
