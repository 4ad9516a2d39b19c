/** A made-up conversation of a vendor: the row its sandbox starts with, and what its fixtures speak of. */
import { resolve, type Schema, type Spec } from "../generate/spec.ts";
import type { Routes } from "./routes.ts";
import { AT, sample } from "./sample.ts";
import { named, propertiesOf } from "./schema.ts";

export interface Seed {
  /** The key that holds the id. */
  self: string;
  id: string | number;
  row: Record<string, unknown>;
  /** The schema of the vendor's answer to a read, resolved. */
  schema: Schema;
}

/** Makes one from the spec's own example or, where there is none, from the schema of an answer. */
export function seedOf(vendor: string, spec: Spec, { read, id: parameter }: Routes): Seed {
  const schema = resolve(spec, named(spec, read.result[0]) ?? {});
  const properties = propertiesOf(spec, schema);
  const self = ["id", "_id", parameter].find((name) => properties.has(name)) ?? "id";
  const isNumber = properties.get(self)?.types[0] === "integer";
  const example = read.pathParameters.at(-1)?.example;
  const id = isNumber ? 1 : example !== undefined && example !== parameter ? String(example) : `${vendor}_1`;
  const row = { ...(sample(spec, schema) as object), ...(schema.example as object | undefined), [self]: id };
  const given = Object.keys(Object(schema.example));
  for (const [name, { types }] of properties) {
    const value = given.includes(name) ? undefined : telling(name, types[0]);
    if (value !== undefined) Object.assign(row, { [name]: value });
  }
  return { self, id, row, schema };
}

/** A value that reads like one, for the properties people look at. */
function telling(name: string, type: string | undefined): unknown {
  if (name === "metadata" && type === "object") return { topic: "project-x", owner: "ada" };
  if (/^(name|title)$/.test(name) && type === "string") return "Project X";
  if (name === "summary" && type === "string") return "Asked for the state of project x";
  if (!/^(creat|start|updat|modif)/.test(name)) return undefined;
  return type === "string" ? AT : type === "integer" || type === "number" ? Date.parse(AT) / 1000 : undefined;
}
