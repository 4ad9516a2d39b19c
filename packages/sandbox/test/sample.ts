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

/** Makes values from schemas, fitting ones and, by `spoil`, ones with a single place wrong. */
export interface Sampler {
  pick<T>(list: readonly T[]): T;
  chance(share: number): boolean;
  value(schema: Doc, depth?: number): unknown;
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

/** `hints`: values that exist in the seed, by the name of the field; taken every other time. */
export function sampler(
  document: Doc,
  random: () => number,
  hints: Readonly<Record<string, readonly unknown[]>> = {},
): Sampler {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const chance = (share: number): boolean => random() < share;
  const between = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));

  function follow(schema: Doc): Doc {
    if (typeof schema.$ref !== "string") return schema;
    const path = schema.$ref.split("/").slice(1);
    return follow(path.reduce<Doc>((node, part) => node[part.replaceAll("~1", "/")] as Doc, document));
  }

  function text(schema: Doc): string {
    if (schema.format === "date-time") return pick(["2026-01-01T00:00:00Z", "2026-11-02T09:30:00.123Z"]);
    if (schema.format === "uri") return "https://example.com/a";
    if (typeof schema.pattern === "string") return "abc";
    const { minLength = 0, maxLength = 2000 } = schema as { minLength?: number; maxLength?: number };
    const word = pick(WORDS).padEnd(Math.min(minLength, 50), "p");
    return [...word].slice(0, maxLength).join("");
  }

  function object(schema: Doc, depth: number): Doc {
    const properties = (schema.properties ?? {}) as Record<string, Doc>;
    const required = (schema.required ?? []) as string[];
    const out: Doc = {};
    for (const [name, inner] of Object.entries(properties))
      if (required.includes(name) || (depth < 5 && chance(0.4)))
        out[name] = hints[name] && chance(0.5) ? pick(hints[name]) : value(inner, depth + 1);
    const extra = schema.additionalProperties;
    if (extra !== undefined && extra !== false && chance(0.7)) {
      const inner = typeof extra === "object" ? (extra as Doc) : {};
      for (let n = between(0, 3); n > 0; n -= 1) out[`key${n}`] = value(inner, depth + 1);
    }
    return out;
  }

  function value(given: Doc, depth = 0): unknown {
    const schema = follow(given);
    if ("const" in schema) return schema.const;
    if (Array.isArray(schema.enum)) return pick(schema.enum as unknown[]);
    const union = (schema.anyOf ?? schema.oneOf) as Doc[] | undefined;
    if (union) return value(pick(union), depth + 1);
    if (Array.isArray(schema.allOf)) {
      const parts = (schema.allOf as Doc[]).map((part) => value(part, depth));
      return Object.assign({}, ...parts, object(schema, depth));
    }
    const type = Array.isArray(schema.type) ? pick(schema.type as string[]) : schema.type;
    const { minimum = -3, maximum = 300 } = schema as { minimum?: number; maximum?: number };
    if (type === "string") return text(schema);
    if (type === "boolean") return chance(0.5);
    if (type === "null") return null;
    if (type === "integer") return between(minimum, maximum);
    if (type === "number") return minimum + random() * (maximum - minimum);
    if (type === "array") {
      const { minItems = 0, maxItems = 3 } = schema as { minItems?: number; maxItems?: number };
      const length = between(minItems, Math.max(minItems, Math.min(maxItems, depth > 5 ? 0 : 3)));
      return Array.from({ length }, () => value((schema.items ?? {}) as Doc, depth + 1));
    }
    if (type === "object" || schema.properties) return object(schema, depth);
    return pick([1, "free", true, { free: [1] }]);
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

  return { pick, chance, value, spoil };
}
