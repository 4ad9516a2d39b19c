/** Two versions of a vendor's spec, compared as documents and as types. */
import type { Spec } from "../generate/spec.ts";
import { schemaFile } from "../generate/types.ts";
import { type Change, RATINGS } from "./change.ts";
import { compareTypes } from "./types.ts";
import { compareWire } from "./wire.ts";

/** Every rated difference between two specs, largest first. */
export function diffSpecs(before: Spec, after: Spec): Change[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const wire = compareWire(before, after);
  const told = new Set(wire.map(placeOf));
  // The compiler is asked as well: it sees what the generator makes of a schema. What the documents tell is told once.
  const types = compareTypes(schemaFile(before), schemaFile(after)).filter(
    (change) => !told.has(placeOf(change)),
  );
  const changes = [...wire, ...types];
  // Whatever no rule speaks of is text: it still changes the package's documentation.
  if (changes.length === 0)
    return [
      {
        rating: "patch",
        check: "wire",
        direction: "service",
        operation: null,
        field: "",
        what: "descriptions, examples or notes changed",
      },
    ];
  return changes.sort((one, other) => RATINGS.indexOf(other.rating) - RATINGS.indexOf(one.rating));
}

/** Types name no variants. */
const placeOf = ({ direction, operation, field }: Change): string =>
  JSON.stringify([direction, operation, field.replaceAll(/<[^>]*>/g, "")]);
