/** A vendor's document as it comes: nothing in it is known to be there. */

/** An object of the document. */
export type Node = Record<string, unknown>;

/** The value, if it is an object or a list; else an empty one, so that a path through what is not there ends in undefined. */
export const node = (value: unknown): Node =>
  typeof value === "object" && value !== null ? (value as Node) : {};

/** Whether the value is an object and no list. */
export const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && !Array.isArray(value);
