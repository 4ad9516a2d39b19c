import { expect } from "vitest";
import { parse, stringify } from "yaml";
import type { Schema, Spec } from "../generate/openapi.ts";
import type { Copied } from "./copied.ts";

/** Changes a vendor's spec in a copy, as its vendor would. */
export function changeSpec(copy: Copied, vendor: string, by: (spec: Spec) => void): void {
  const file = `specs/${vendor}/openapi.yaml`;
  const spec = parse(copy.read(file)) as Spec;
  by(spec);
  copy.write(file, stringify(spec, { aliasDuplicateObjects: false }));
}

/** Renames a field of some schemas. */
export function renameField(spec: Spec, field: string, to: string, schemas: readonly string[]): void {
  for (const name of schemas) {
    const schema = spec.components.schemas[name] as Schema & { required?: string[] };
    const entries = Object.entries(schema.properties ?? {});
    expect(entries.map(([key]) => key)).toContain(field);
    schema.properties = Object.fromEntries(entries.map(([key, value]) => [key === field ? to : key, value]));
    if (schema.required) schema.required = schema.required.map((key) => (key === field ? to : key));
  }
}
