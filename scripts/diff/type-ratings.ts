/** How the differences between two types are rated and said, for who sends their values and for who reads them. */
import type { Found, Rating } from "./change.ts";
import type { Way } from "./pairs.ts";

/** What can happen to a property. */
export type PropertyChange = "removed" | "added" | "added, required" | "now required" | "now optional";

const PROPERTY: Record<PropertyChange, Record<Way, Rating>> = {
  removed: { request: "major", response: "major" },
  added: { request: "minor", response: "minor" },
  "added, required": { request: "major", response: "minor" },
  "now required": { request: "major", response: "minor" },
  "now optional": { request: "minor", response: "major" },
};

/** The finding that something happened to property `name`. */
export const propertyFound = (name: string, what: PropertyChange, way: Way): Found => ({
  rating: PROPERTY[what][way],
  field: name,
  what: `${way} field ${what}`,
});

/** The finding that a type is another one; `changed` is both wider and narrower. A request may widen, a response may narrow. */
export const typeFound = (
  how: "widened" | "narrowed" | "changed",
  old: string,
  now: string,
  way: Way,
): Found => ({
  rating: how === (way === "request" ? "widened" : "narrowed") ? "minor" : "major",
  field: "",
  what: `type ${how}: ${old} -> ${now}`,
});
