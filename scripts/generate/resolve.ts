/** Local references. */
import type { Spec } from "./openapi.ts";

/** Follows local `$ref`s to the object they name. */
export function resolve<T extends { $ref?: string }>(spec: Spec, value: T, hops = 0): T {
  if (value.$ref === undefined) return value;
  if (hops > 50) throw new Error(`${value.$ref} leads back to itself`);
  let found: unknown = spec;
  for (const step of pointerSteps(value.$ref))
    found = Object.hasOwn(found ?? {}, step) ? (found as Record<string, unknown>)[step] : undefined;
  if (found === undefined) throw new Error(`${value.$ref} names nothing in the spec`);
  return resolve(spec, found as T, hops + 1);
}

/** The steps of `#/a/b~1c`; they may be percent-encoded, as a JSON Pointer in a URI is. */
export function pointerSteps(ref: string): string[] {
  const unescaped = (step: string): string => step.replaceAll("~1", "/").replaceAll("~0", "~");
  return ref
    .replace(/^#\/?/, "")
    .split("/")
    .map((step) => {
      try {
        return unescaped(decodeURIComponent(step));
      } catch {
        return unescaped(step);
      }
    });
}
