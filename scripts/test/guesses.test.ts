import { expect, it } from "vitest";
import type { Spec } from "../generate/openapi.ts";
import { parseSpec } from "../generate/parse.ts";
import { guessTimes } from "../new/guesses.ts";
import { shapeOf } from "../new/vendor-shape.ts";
import { surfaceOf } from "../pull/surface.ts";
import { document } from "./documents.ts";

it("who made a conversation is no time, in whatever order the fields are", () => {
  const doc = JSON.parse(JSON.stringify(parseSpec(document("00-control"), "desk")));
  const { Thread } = doc.components.schemas;
  const text = { type: "string" };
  Thread.properties = { creatorId: text, createdBy: text, updaterId: text, ...Thread.properties };
  const shape = shapeOf(surfaceOf("desk", doc, undefined, {}).document as unknown as Spec);
  expect(typeof shape === "object" && guessTimes(shape)).toEqual({
    createdAt: "created_at",
    updatedAt: null,
  });
});
