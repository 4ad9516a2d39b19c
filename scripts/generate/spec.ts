/**
 * Reads one vendor's promise: `specs/<vendor>/openapi.yaml` with its overlay applied, as plain data.
 * A spec is untrusted input, so everything taken from it is checked here or quoted where it is printed.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkSpec, misread } from "./check.ts";
import type { Spec } from "./openapi.ts";
import { applyOverlay } from "./overlay.ts";
import { parseSpec } from "./parse.ts";

/** One vendor: its lowercase name (the folder's), its spec, and what is to be said of its overlay. */
export interface VendorSpec {
  readonly vendor: string;
  readonly spec: Spec;
  readonly notes?: readonly string[];
}

/** The vendors there are: a folder with an `openapi.yaml` under `specs/` is the registration. */
export function vendorNames(specsDir: string): string[] {
  return readdirSync(specsDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(specsDir, entry.name, "openapi.yaml")))
    .map((entry) => entry.name)
    .sort();
}

/**
 * Loads and checks one vendor's spec.
 *
 * @throws Error naming the file and the place when the spec breaks a rule generation relies on.
 */
export function loadSpec(specsDir: string, vendor: string): VendorSpec {
  if (!/^[a-z][a-z0-9]*$/.test(vendor))
    throw new Error(`specs/${vendor}: a vendor's name is one lowercase word`);
  const overlay = join(specsDir, vendor, "overlay.yaml");
  checkVendor(specsDir, vendor);
  const document = readFileSync(join(specsDir, vendor, "openapi.yaml"), "utf8");
  return readSpec(vendor, document, existsSync(overlay) ? readFileSync(overlay, "utf8") : undefined);
}

/** Throws, naming those there are, when there is no such vendor. */
export function checkVendor(specsDir: string, vendor: string): void {
  const all = vendorNames(specsDir);
  if (!all.includes(vendor))
    throw new Error(
      `there is no specs/${vendor}/openapi.yaml (${all.join(", ")}); a new vendor: pnpm vendor:new`,
    );
}

/** A vendor's spec from the text of its `openapi.yaml` and of its `overlay.yaml`, if it has one; throws as `loadSpec` does. */
export const specFrom = (vendor: string, document: string, overlay?: string): Spec =>
  readSpec(vendor, document, overlay).spec;

function readSpec(vendor: string, document: string, overlay: string | undefined): VendorSpec {
  const file = `specs/${vendor}/openapi.yaml`;
  const data = parseSpec(document, file);
  const { document: corrected, needless } =
    overlay === undefined ? { document: data, needless: [] } : overlaid(data, overlay, vendor);
  try {
    return { vendor, spec: checkSpec(corrected as Spec, file), notes: needless };
  } catch (error) {
    throw misread(file, error);
  }
}

function overlaid(data: unknown, overlay: string, vendor: string): ReturnType<typeof applyOverlay> {
  const file = `specs/${vendor}/overlay.yaml`;
  try {
    return applyOverlay(data, parseSpec(overlay, file));
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}
