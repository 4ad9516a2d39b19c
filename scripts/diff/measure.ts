/** One vendor's working tree against its base: changes, rating, and the bump each package needs. */
import { join } from "node:path";
import type { Spec } from "../generate/openapi.ts";
import { rows } from "../generate/operations.ts";
import { loadSpec } from "../generate/spec.ts";
import { schemaFile } from "../generate/types.ts";
import { type Base, findBase, versionOf } from "./base.ts";
import { bumpFor, type Change, rate } from "./change.ts";
import { clientText, diffSpecs } from "./diff.ts";
import { readProvider, routesOf } from "./provider-file.ts";
import type { Report } from "./report.ts";
import { compareSignatures } from "./signatures.ts";
import { compareTypes } from "./types.ts";

/** What to compare with, and whether to measure the generator too. */
export interface MeasureOptions {
  base?: string | undefined;
  since?: string | undefined;
  generated?: boolean | undefined;
}

/**
 * Compares `specs/<vendor>` as it is with the last release (or with `base`, a file or a revision; before the first release with
 * `since`).
 * With `generated`, what the generator made then is also compared with what it makes now: an upgrade of the generator
 * can break callers with no change to any spec.
 */
export function measure(root: string, vendor: string, options: MeasureOptions = {}): Report {
  const { spec } = loadSpec(join(root, "specs"), vendor);
  const base = findBase(root, vendor, options.base, options.since);
  const changes = base.spec ? diffSpecs(base.spec, spec) : [firstRelease];
  if (options.generated) changes.push(...generatorChanges(base));
  const rating = rate(changes);
  const surface = rate(coreChanges(root, vendor, changes, [base.spec, spec]));
  const bumps = {
    [`@convo/${vendor}`]: bumpFor(rating, versionOf(root, vendor)),
    "@convo/core": bumpFor(surface, versionOf(root, "core")),
  };
  return { vendor, base: base.name, rating, bumps, changes };
}

const firstRelease: Change = {
  rating: "minor",
  check: "types",
  direction: "service",
  operation: null,
  field: "",
  what: "new package",
};

/** What the generator made of the base then, against what it makes of it now. */
function generatorChanges({ spec, schema, client }: Base): Change[] {
  if (!spec) return [];
  return [
    ...(schema === undefined ? [] : compareTypes(schema, schemaFile(spec))),
    ...(client === undefined ? [] : compareSignatures(client, clientText(spec))),
  ];
}

/** Core shows its callers the vendor's update body and both answers, and takes the client's options. Nothing else. */
function coreChanges(
  root: string,
  vendor: string,
  changes: readonly Change[],
  specs: (Spec | undefined)[],
): Change[] {
  const provider = readProvider(root, vendor);
  if (!provider) return [];
  const routes = routesOf(provider);
  const used = new Set(
    specs
      .flatMap((spec) => (spec ? rows(spec) : []))
      .flatMap(({ name, method, path }) => (routes.includes(`${method} ${path}`) ? [name] : [])),
  );
  return changes.filter(({ operation, check, rating }) =>
    operation === null ? check === "wire" && rating !== "patch" : used.has(operation),
  );
}
