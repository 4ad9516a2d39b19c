/** Bodies with maps, such as metadata: which take a type of the caller's own. */
import { expect, it } from "vitest";
import { clientFile } from "../generate/client.ts";
import type { Schema } from "../generate/openapi.ts";
import { rows } from "../generate/operations.ts";
import { base } from "./hostile.ts";

const map: Schema = { type: "object", additionalProperties: { type: "string" } };

/** The type of acme's update body in its client, where the body's schema is this. */
function bodyType(Body: Schema): string {
  const spec = structuredClone(base);
  const update = rows(spec).find(({ kind }) => kind === "update");
  spec.components.schemas[update?.body?.schema as string] = Body;
  const text = clientFile({ vendor: "acme", spec } as never, rows(spec));
  return new RegExp(`${update?.name}.*body\\??: (.*), options`).exec(text)?.[1] as string;
}

it.each<[string, Schema, string]>([
  ["a map", { type: "object", properties: { meta: map } }, 'WithMap<Schemas["B"], "meta", Own>'],
  [
    "a map or null",
    { type: "object", properties: { "a-b": { anyOf: [map, { type: "null" }] } } },
    'WithMap<Schemas["B"], "a-b", Own>',
  ],
  [
    "two",
    { type: "object", properties: { a: map, b: { type: "object", additionalProperties: true } } },
    'WithMap<WithMap<Schemas["B"], "a", Own>, "b", Own2>',
  ],
  [
    "none: its fields are known",
    { type: "object", properties: { a: { ...map, properties: { b: map } } } },
    'Schemas["B"]',
  ],
  [
    "none: text is another choice",
    { type: "object", properties: { a: { anyOf: [map, { type: "string" }] } } },
    'Schemas["B"]',
  ],
  ["a choice of bodies", { oneOf: [{ type: "object", properties: { a: map } }, map] }, 'Schemas["B"]'],
  ["fields of any name beside", { ...map, properties: { a: map } }, 'Schemas["B"]'],
])("%s", (_, body, type) => {
  expect(bodyType(body).replaceAll(/Schemas\["\w+"\]/g, 'Schemas["B"]')).toBe(type);
});
