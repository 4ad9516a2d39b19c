/** What a spec change is, and how much it asks of a caller. */

/** A caller's view: `major` may stop compiling or act otherwise, `minor` can do or see more, `patch` is words. */
export type Rating = "none" | "patch" | "minor" | "major";

/** Ratings, smallest first. */
export const RATINGS: readonly Rating[] = ["none", "patch", "minor", "major"];

/** Which way a value travels: what a caller sends, what a caller gets, or what holds for every call. */
export type Direction = "request" | "response" | "service";

/** One rated difference. */
export interface Change {
  rating: Rating;
  /** Which check saw it. `wire`: the documents differ; `types`: only the generated types do. */
  check: "types" | "wire";
  direction: Direction;
  /** The operationId, or null for what concerns the whole service. */
  operation: string | null;
  /** Where in the operation, e.g. `body.metadata.*`, `query.limit`, `200.data[].model`; empty for the operation itself. */
  field: string;
  what: string;
}

/** A difference below some node; the walk that found the node puts its own place before `field`. */
export type Finding = Pick<Change, "rating" | "field" | "what">;

/** The larger of two ratings. */
export const larger = (a: Rating, b: Rating): Rating => (RATINGS.indexOf(a) > RATINGS.indexOf(b) ? a : b);

/** The rating of a set of changes: that of its largest. */
export const rate = (changes: readonly { rating: Rating }[]): Rating =>
  changes.reduce<Rating>((worst, { rating }) => larger(worst, rating), "none");

/** Below 1.0 everything moves one down, so that a breaking change is a minor and nothing jumps to 1.0.0 by itself. */
export function bumpFor(rating: Rating, version: string): Rating {
  if (!version.startsWith("0.") || rating === "none" || rating === "patch") return rating;
  return rating === "major" ? "minor" : "patch";
}

/** Puts `place` before a field: `join("200", "data[].id")` is `200.data[].id`, `join("tags", "[]")` is `tags[]`; `items[]<message>.id` is of one variant. */
export function join(place: string, field: string): string {
  if (field === "" || place === "") return place + field;
  return /^[[<]/.test(field) ? place + field : `${place}.${field}`;
}

/** The findings as seen from one step above. */
export const below = (place: string, findings: readonly Finding[]): Finding[] =>
  findings.map((finding) => ({ ...finding, field: join(place, finding.field) }));
