/** What a spec says of the values of a request's fields, as far as it can be checked before sending. */
import type { Schema, Spec } from "./openapi.ts";
import { resolve } from "./resolve.ts";

/** A row's limits of one field; `FieldLimits` of @convo/client is what the consumer sees. */
export type Limits = Record<string, number | string | readonly string[]>;

/** Limits of a body's fields, `a.b` of one inside of an object. Lengths are in Unicode code points, as JSON Schema counts them. */
export function bodyLimits(spec: Spec, schema: string): Record<string, Limits> | undefined {
  const limited = limitsIn(spec, { $ref: `#/components/schemas/${schema}` });
  return limited.length > 0 ? Object.fromEntries(limited) : undefined;
}

/** Deeper than this no record leads. */
const DEPTH = 3;

function limitsIn(spec: Spec, given: Schema, prefix = "", depth = 1): [field: string, limits: Limits][] {
  const { properties = {} } = resolve(spec, given);
  return Object.entries(properties).flatMap(([name, value]): [string, Limits][] => {
    const limits = fieldLimits(spec, value);
    const own: [string, Limits][] = Object.keys(limits).length > 0 ? [[prefix + name, limits]] : [];
    return depth < DEPTH ? [...own, ...limitsIn(spec, value, `${prefix}${name}.`, depth + 1)] : own;
  });
}

function fieldLimits(spec: Spec, value: Schema): Limits {
  const schema = resolve(spec, value);
  const options = (schema.anyOf ?? []).map((branch) => resolve(spec, branch));
  const [only, ...others] = options.filter(({ type }) => type !== "null");
  // What one of several alternatives demands is no limit of the field.
  const branches = others.length > 0 || !only ? [schema] : [schema, only];
  const limits: Limits = {};
  for (const branch of branches) {
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
