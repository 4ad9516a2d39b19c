/** What a spec says of the values of a request's fields, as far as it can be checked before sending. */
import type { Schema, Spec } from "./openapi.ts";
import { typesOf } from "./properties.ts";
import { resolve } from "./resolve.ts";

/** A row's limits of one field; `FieldLimits` of @convo/client is what the consumer sees. */
export type Limits = Record<string, number | string | readonly string[]>;

/** Limits of a body's fields, `a.b` of one inside of an object. Lengths are in Unicode code points, as JSON Schema counts them. */
export function bodyLimits(spec: Spec, schema: string): Record<string, Limits> | undefined {
  const limited = limitsIn(spec, [{ $ref: `#/components/schemas/${schema}` }]);
  return limited.length > 0 ? Object.fromEntries(limited) : undefined;
}

/** Deeper than this no record leads. */
const DEPTH = 3;

function limitsIn(spec: Spec, given: Schema[], prefix = "", depth = 1): [field: string, limits: Limits][] {
  const fields = new Map<string, Schema[]>();
  for (const { properties = {} } of holding(spec, given))
    for (const [name, value] of Object.entries(properties))
      fields.set(name, [...(fields.get(name) ?? []), value]);
  return [...fields].flatMap(([name, values]): [string, Limits][] => {
    const limits = fieldLimits(spec, values);
    const own: [string, Limits][] = Object.keys(limits).length > 0 ? [[prefix + name, limits]] : [];
    return depth < DEPTH ? [...own, ...limitsIn(spec, values, `${prefix}${name}.`, depth + 1)] : own;
  });
}

/** What holds for every value but null: these schemas, their parts, and a choice where it is the only one. */
function holding(spec: Spec, given: Schema[], depth = 0): Schema[] {
  if (depth > 12) return [];
  return given.flatMap((one) => {
    const schema = resolve(spec, one);
    const parts = [...(schema.allOf ?? [])];
    for (const choices of [schema.anyOf ?? [], schema.oneOf ?? []]) {
      const [only, ...others] = choices.filter((choice) => typesOf(spec, choice).join() !== "null");
      // What one of several alternatives demands is no limit.
      if (only && others.length === 0) parts.push(only);
    }
    return [schema, ...holding(spec, parts, depth + 1)];
  });
}

function fieldLimits(spec: Spec, given: Schema[]): Limits {
  const limits: Limits = {};
  for (const branch of holding(spec, given)) {
    const { minLength, maxLength, pattern, maxProperties, propertyNames, additionalProperties } = branch;
    const values = typeof additionalProperties === "object" ? resolve(spec, additionalProperties) : undefined;
    const found = {
      minLength,
      maxLength,
      pattern: pattern !== undefined && isPattern(pattern) ? pattern : undefined,
      enum: branch.enum?.some((one) => typeof one === "string")
        ? branch.enum.filter((one) => typeof one === "string")
        : undefined,
      maxProperties,
      maxKeyLength: propertyNames?.maxLength,
      maxValueLength: values?.maxLength,
    };
    for (const [key, limit] of Object.entries(found)) if (limit !== undefined) limits[key] = limit;
  }
  return limits;
}

/** Whether JavaScript can read it; what it cannot is left to the vendor to check. */
export function isPattern(text: string): boolean {
  try {
    return Boolean(new RegExp(text, "u"));
  } catch {
    return false;
  }
}
