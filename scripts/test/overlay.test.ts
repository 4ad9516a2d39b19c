/** Overlays: RFC 9535 targets, and nothing that passes in silence. */
import { describe, expect, it } from "vitest";
import { applyOverlay, jsonPath, type OverlayAction } from "../generate/overlay.ts";

const document = {
  paths: {
    "/a/{id}": { get: { parameters: [{ name: "x" }, { name: "y" }], responses: { 200: {}, 404: {} } } },
    "/b'c": { get: { tags: ["one"] } },
  },
  components: { schemas: { A: { type: "object", required: ["p"] }, B: { type: "string" } } },
};
const info = { title: "Corrections", version: "1.0.0" };
const apply = (...actions: OverlayAction[]) => applyOverlay(document, { overlay: "1.0.0", info, actions });

describe("an action", () => {
  it.each<[string, OverlayAction, object]>([
    [
      "one of a list",
      { target: "$.paths['/a/{id}'].get.parameters[0]", remove: true },
      { parameters: [{ name: "y" }] },
    ],
    [
      "those a filter finds",
      { target: "$.paths['/a/{id}'].get.parameters[?@.name == 'y']", update: { required: true } },
      { parameters: [{ name: "x" }, { name: "y", required: true }] },
    ],
    [
      "a name of digits",
      { target: "$.paths['/a/{id}'].get.responses['404']", remove: true },
      { responses: { 200: {} } },
    ],
    ["every member", { target: "$.paths['/a/{id}'].get.parameters[*]", remove: true }, { parameters: [] }],
    [
      "a list, which takes it as one more",
      { target: "$.paths['/a/{id}'].get.parameters", update: { name: "z" } },
      { parameters: [{ name: "x" }, { name: "y" }, { name: "z" }] },
    ],
  ])("acts on %s and on nothing else", (_, action, changed) => {
    const result = apply(action).document as typeof document;
    expect(result).toEqual({
      ...document,
      paths: { ...document.paths, "/a/{id}": { get: { ...document.paths["/a/{id}"].get, ...changed } } },
    });
  });

  it("in double quotes removes one schema, not all of them", () => {
    const result = apply({ target: '$.components.schemas["A"]', remove: true }).document as typeof document;
    expect(result.components.schemas).toEqual({ B: { type: "string" } });
  });

  it("joins lists and merges objects", () => {
    const result = apply({ target: "$.components.schemas.A", update: { required: ["q"], title: "A" } });
    expect((result.document as typeof document).components.schemas.A).toEqual({
      type: "object",
      required: ["p", "q"],
      title: "A",
    });
  });

  it.each<[string, OverlayAction]>([
    ["an update", { target: "$.components.schemas.A", update: { type: "object" } }],
    ["an entry of a list", { target: "$.components.schemas.A", update: { required: ["p"] } }],
  ])("that upstream has made needless is told: %s", (_, action) => {
    const { document: result, needless } = apply({ ...action, description: "was wrong" });
    expect(result).toEqual(document);
    expect(needless).toEqual([`action 1 (${action.target}) changes nothing any more, remove it: was wrong`]);
  });
});

describe("invalid actions", () => {
  it.each<[string, OverlayAction, RegExp]>([
    ["matches nothing", { target: "$.paths['/none']", remove: true }, /action 1 .* matches nothing: why/],
    ["is no JSONPath", { target: "$.responses.404", remove: true }, /unexpected/],
    ["does not begin at the root", { target: "components", remove: true }, /expected '\$'/],
    ["is the whole document", { target: "$", remove: true }, /the whole document/],
    ["is a text", { target: "$.components.schemas.A.type", update: {} }, /neither an object nor a list/],
  ])("is an error where the target %s", (_, action, message) => {
    expect(() => apply({ ...action, description: "why" })).toThrow(message);
  });

  it("is told all at once", () => {
    const wrong = () => apply({ target: "$.x", remove: true }, { target: "$.y", remove: true });
    expect(wrong).toThrow(/action 1 .*\n.*action 2 /);
  });

  it.each<[string, unknown, RegExp]>([
    ["a typo", { target: "$.paths", updates: {} }, /`updates` is not a field of an action/],
    ["no effect", { target: "$.paths" }, /give either `update` or `remove: true`/],
    ["no target", { update: {} }, /`target` must be a JSONPath/],
  ])("is an error in the action: %s", (_, action, message) => {
    expect(() => applyOverlay(document, { overlay: "1.0.0", info, actions: [action] })).toThrow(message);
  });

  it.each([
    [{ overlay: "2.0.0", info, actions: [] }, /must be 1\.0\.0/],
    [{ overlay: "1.0.0", info, action: [], actions: [] }, /`action` is not a field/],
    [[], /no list `actions`/],
    [null, /no list `actions`/],
  ])("is an error in the document: %j", (overlay, message) => {
    expect(() => applyOverlay(document, overlay)).toThrow(message);
  });
});

it("places are written so that they can be used as targets", () => {
  const odd = { "a b": { "it's": [{ "/x/{y}": { 'say "hi"': { "back\\slash": 1 } } }] } };
  const target = jsonPath(["a b", "it's", 0, "/x/{y}", 'say "hi"']);
  const { document: result } = applyOverlay(odd, {
    overlay: "1.0.0",
    info,
    actions: [{ target, update: { found: true } }],
  });
  expect(JSON.stringify(result)).toContain('"found":true');
});
