/** What a spec says of the values of a body's fields, whichever way it says it. */
import { expect, it } from "vitest";
import { bodyLimits } from "../generate/limits.ts";
import type { Schema } from "../generate/openapi.ts";
import { base } from "./hostile.ts";

function limitsOf(Body: Schema): ReturnType<typeof bodyLimits> {
  const spec = structuredClone(base);
  const Title: Schema = { type: "string", maxLength: 80 };
  const Base: Schema = { type: "object", properties: { title: { $ref: "#/components/schemas/Title" } } };
  Object.assign(spec.components.schemas, { Title, Base, Body });
  return bodyLimits(spec, "Body");
}

const title: Schema = { $ref: "#/components/schemas/Title" };
const missing: Schema = { type: "null" };
const object = (properties: Record<string, Schema>): Schema => ({ type: "object", properties });

it.each<[string, Schema]>([
  ["by reference", object({ title })],
  ["or null", object({ title: { anyOf: [title, missing] } })],
  ["or null, as one of", object({ title: { oneOf: [missing, title] } })],
  ["in a part", object({ title: { allOf: [title], description: "Shown in lists." } })],
  ["in a part, or null", object({ title: { anyOf: [{ allOf: [title] }, missing] } })],
  ["beside a part", object({ title: { allOf: [{ type: "string" }], maxLength: 80 } })],
  ["of a body in parts", { allOf: [{ $ref: "#/components/schemas/Base" }, object({ other: {} })] }],
  ["of a body that may be null", { anyOf: [{ $ref: "#/components/schemas/Base" }, missing] }],
  ["said in two parts", { allOf: [object({ title: { type: "string" } }), object({ title })] }],
])("a limit %s is one", (_, body) => {
  expect(limitsOf(body)).toEqual({ title: { maxLength: 80 } });
});

it("a limit inside of an object that may be null has its path", () => {
  const owner: Schema = { anyOf: [{ allOf: [object({ title })] }, missing] };
  expect(limitsOf(object({ owner }))).toEqual({ "owner.title": { maxLength: 80 } });
});

it.each<[string, Schema]>([
  ["of one of several kinds of value", object({ title: { anyOf: [title, { type: "string" }] } })],
  ["of one of several kinds of body", { oneOf: [object({ title }), object({ title: { type: "string" } })] }],
])("a limit %s is none", (_, body) => {
  expect(limitsOf(body)).toBeUndefined();
});
