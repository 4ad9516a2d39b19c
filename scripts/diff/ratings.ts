/** The table of ratings: what a difference asks of who sends a value, and of who reads it. */
import type { Rating } from "./change.ts";
import type { Way } from "./walk.ts";

/** What can happen to a set of values: it holds less, more, or others. */
export type Move = "narrowed" | "widened" | "changed";

/** What can happen to a named field. */
export type FieldChange = "removed" | "added" | "added, required" | "now required" | "now optional";

/** A type, a variant, a listed value: a request may widen (what callers send still fits), an answer may narrow (what they handle is all there is). */
export const OF_TYPE: Record<Way, Record<Move, Rating>> = {
  request: { narrowed: "major", widened: "minor", changed: "major" },
  response: { narrowed: "minor", widened: "major", changed: "major" },
};

/** A limit, a pattern, a condition: no type shows it. Callers fail on what a request no longer takes; few read an answer by it. */
export const OF_RULE: Record<Way, Record<Move, Rating>> = {
  request: { narrowed: "major", widened: "minor", changed: "major" },
  response: { narrowed: "patch", widened: "minor", changed: "minor" },
};

/** A format of an answer: callers parse by it, so that a weaker promise breaks them. */
export const OF_FORMAT: Record<Way, Record<Move, Rating>> = {
  request: OF_RULE.request,
  response: { narrowed: "patch", widened: "major", changed: "major" },
};

/** A named field. */
export const OF_FIELD: Record<FieldChange, Record<Way, Rating>> = {
  removed: { request: "major", response: "major" },
  added: { request: "minor", response: "minor" },
  "added, required": { request: "major", response: "minor" },
  "now required": { request: "major", response: "minor" },
  "now optional": { request: "minor", response: "major" },
};
