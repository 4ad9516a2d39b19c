/** What a spec says of the values of a request's fields, as far as it can be checked before sending. */
import type { Schema, Spec } from "./openapi.ts";
import { resolve } from "./resolve.ts";

/** A row's limits of one field; `FieldLimits` of @convo/client is what the consumer sees. */
export type Limits = Record<string, number | string | readonly string[]>;

/** Limits of a body's top-level fields. Lengths are in Unicode code points, as JSON Schema counts them. */
export function bodyLimits(spec: Spec, schema: string): Record<string, Limits> | undefined {
  const { properties = {} } = resolve(spec, { $ref: `#/components/schemas/${schema}` } as Schema);
  const limited = Object.entries(properties)
    .map(([field, value]) => [field, fieldLimits(spec, value)] as const)
    .filter(([, limits]) => Object.keys(limits).length > 0);
  return limited.length > 0 ? Object.fromEntries(limited) : undefined;
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
      enum: branch.enum?.filter((one) => typeof one === "string"),
      maxProperties,
      maxKeyLength: propertyNames?.maxLength,
      maxValueLength: values?.maxLength,
    };
    for (const [key, limit] of Object.entries(found)) if (limit !== undefined) limits[key] = limit;
  }
  return limits;
}

/** Whether JavaScript can read it; what it cannot is left to the vendor to check. */
function isPattern(text: string): boolean {
  try {
    return Boolean(new RegExp(text, "u"));
  } catch {
    return false;
  }
}
