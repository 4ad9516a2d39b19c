/** Two versions of a vendor's spec, compared as documents, as types and as methods. */
import { clientFile } from "../generate/client.ts";
import type { Spec } from "../generate/openapi.ts";
import { rows } from "../generate/operations.ts";
import { withoutProse } from "../generate/prose.ts";
import { schemaFile } from "../generate/types.ts";
import { type Change, RATINGS, type Rating } from "./change.ts";
import { compareSignatures } from "./signatures.ts";
import { compareTypes } from "./types.ts";
import { unchangedSchemas } from "./unchanged.ts";
import { compareWire } from "./wire.ts";

/** Every rated difference between two specs, largest first. */
export function diffSpecs(before: Spec, after: Spec): Change[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const wire = compareWire(before, after);
  const told = new Set(wire.map(placeOf));
  // The compiler is asked as well: it sees what the generator makes of a schema. What the documents tell is told once.
  const types = compareTypes(typesOf(before), typesOf(after), unchangedSchemas(before, after)).filter(
    (change) => !told.has(placeOf(change)),
  );
  const changes = [...wire, ...types, ...compareMethods(before, after)];
  // Whatever no rule speaks of is text: it still changes the package's documentation.
  if (changes.length === 0) return [serviceChange("patch", "descriptions, examples or notes changed")];
  return changes.sort((one, other) => RATINGS.indexOf(other.rating) - RATINGS.indexOf(one.rating));
}

const typesOf = (spec: Spec): string => schemaFile(withoutProse(spec) as Spec);

/** A spec that no client can be made of is one that no caller can use. */
function compareMethods(before: Spec, after: Spec): Change[] {
  const old = clientText(before);
  try {
    return compareSignatures(old, clientText(after));
  } catch (error) {
    return [serviceChange("major", `no client can be generated: ${(error as Error).message}`)];
  }
}

const serviceChange = (rating: Rating, what: string): Change => ({
  rating,
  check: "wire",
  direction: "service",
  operation: null,
  field: "",
  what,
});

/** The generated client's methods; whose it is makes no difference. */
export const clientText = (spec: Spec): string => clientFile({ vendor: "vendor", spec }, rows(spec));

/** Types name no variants. */
const placeOf = ({ direction, operation, field }: Change): string =>
  JSON.stringify([direction, operation, field.replaceAll(/<[^>]*>/g, "")]);
