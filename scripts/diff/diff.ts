/** Two versions of a vendor's spec, compared through both lenses. */
import type { Spec } from "../generate/spec.ts";
import { schemaFile } from "../generate/types.ts";
import { type Change, RATINGS } from "./change.ts";
import { compareTypes } from "./types.ts";
import { compareWire } from "./wire.ts";

/** Every rated difference between two specs, largest first. */
export function diffSpecs(before: Spec, after: Spec): Change[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const types = compareTypes(schemaFile(before), schemaFile(after));
  const changes = [...types, ...compareWire(before, after)];
  // Whatever no rule speaks of is text: it still changes the package's documentation.
  if (changes.length === 0)
    return [
      {
        rating: "patch",
        lens: "wire",
        direction: "service",
        operation: null,
        field: "",
        what: "descriptions, examples or notes changed",
      },
    ];
  return changes.sort((one, other) => RATINGS.indexOf(other.rating) - RATINGS.indexOf(one.rating));
}
