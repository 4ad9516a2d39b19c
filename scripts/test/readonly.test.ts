/** Lists in what a caller sends may be read-only; what is received stays as it was. */
import { expect, it } from "vitest";
import type { Schema } from "../generate/openapi.ts";
import { schemaFile } from "../generate/types.ts";
import { base } from "./hostile.ts";

const list: Schema = { type: "array", items: { type: "string" } };
const named = ($ref: string): Schema => ({ type: "object", properties: { list: { $ref } } });
const json = (schema: Schema) => ({ content: { "application/json": { schema } } });
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

const spec = structuredClone(base);
Object.assign(spec.components.schemas, {
  Sent: named(ref("Deep").$ref as string),
  Deep: { type: "array", items: list },
  Received: { type: "object", properties: { got: list, both: ref("Both") } },
  Both: list,
} satisfies Record<string, Schema>);
spec.paths["/lists"] = {
  post: {
    operationId: "sendLists",
    parameters: [{ name: "only", in: "query", schema: list }],
    requestBody: json({ type: "object", properties: { sent: ref("Sent"), both: ref("Both"), own: list } }),
    responses: {
      200: {
        description: "done",
        ...json({ type: "object", properties: { r: ref("Received"), own: list } }),
      },
    },
  } as never,
};
const text = schemaFile(spec);

it.each([
  "Deep: readonly (readonly string[])[];",
  "got?: string[] | undefined;",
  "Both: string[];",
  "only?: readonly string[] | undefined;",
  "own?: readonly string[] | undefined;",
  "own?: string[] | undefined;",
])("%s", (line) => {
  expect(text).toContain(line);
});
