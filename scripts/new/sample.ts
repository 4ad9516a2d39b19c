/** The smallest value a schema allows, for fixtures; where code knows better, its expression stands in. */
import { resolve, type Schema, type Spec } from "../generate/spec.ts";
import { Code } from "./code.ts";
import { propertiesOf } from "./schema.ts";

/** When everything in a fixture happened. */
export const AT = "2026-11-02T09:30:00.000Z";

/** A schema whose values come from code: the expression of one, and of a list of them. */
export interface Slot {
  schema: Schema;
  one: string;
  all: string;
}

/** A value that fits: required properties only, and those that hold the slot. */
export function sample(spec: Spec, given: Schema | undefined, slot?: Slot, depth = 0): unknown {
  if (!given || depth > 20) return null;
  const schema = resolve(spec, given);
  if (slot && schema === slot.schema) return new Code(slot.one);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const branches = schema.anyOf ?? schema.oneOf;
  const types = [schema.type ?? []].flat();
  if (types.includes("null") || branches?.some(({ type }) => type === "null")) return null;
  if (branches) return sample(spec, branches[0], slot, depth + 1);
  if (schema.properties || schema.allOf || types[0] === "object") return object(spec, schema, slot, depth);
  if (types[0] === "array") return list(spec, schema, slot, depth);
  if (types[0] === "string") return text(schema);
  if (types[0] === "boolean") return false;
  return Number(schema.minimum ?? 0);
}

function object(spec: Spec, schema: Schema, slot: Slot | undefined, depth: number): object {
  const values = [...propertiesOf(spec, schema)].flatMap(([name, property]) => {
    const value = sample(spec, property.schema, slot, depth + 1);
    return property.required || holdsCode(value) ? [[name, value] as const] : [];
  });
  return Object.fromEntries(values);
}

function list(spec: Spec, schema: Schema, slot: Slot | undefined, depth: number): unknown {
  if (slot && schema.items && resolve(spec, schema.items) === slot.schema) return new Code(slot.all);
  return Number(schema.minItems ?? 0) > 0 ? [sample(spec, schema.items, slot, depth + 1)] : [];
}

function text({ format, minLength }: Schema): string {
  const formats: Record<string, string> = {
    "date-time": AT,
    date: AT.slice(0, 10),
    uri: "https://example.com",
    email: "ada@example.com",
    uuid: "00000000-0000-4000-8000-000000000001",
  };
  return formats[String(format)] ?? "a".repeat(Number(minLength ?? 1));
}

const holdsCode = (value: unknown): boolean =>
  value instanceof Code ||
  (typeof value === "object" && value !== null && Object.values(value).some(holdsCode));
