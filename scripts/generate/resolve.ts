/** Local references. */
import type { Spec } from "./spec.ts";

/** Follows local `$ref`s to the object they name. */
export function resolve<T extends { $ref?: string }>(spec: Spec, value: T, hops = 0): T {
  if (value.$ref === undefined) return value;
  if (hops > 50) throw new Error(`${value.$ref} leads back to itself`);
  const steps = value.$ref
    .replace(/^#\//, "")
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  let found: unknown = spec;
  for (const step of steps)
    found = Object.hasOwn(found ?? {}, step) ? (found as Record<string, unknown>)[step] : undefined;
  if (found === undefined) throw new Error(`${value.$ref} names nothing in the spec`);
  return resolve(spec, found as T, hops + 1);
}
