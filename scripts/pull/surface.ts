/** The part of a vendor's API that is about conversations, in our format. */
import type { Spec } from "../generate/spec.ts";
import { adapt } from "./adapt.ts";
import { extract, segments } from "./extract.ts";
import type { Node } from "./node.ts";

/**
 * Takes the surface out of an upstream document, which stays as it is.
 *
 * @param current the spec we have, if any
 * @param wanted path prefixes; by default those of the spec we have, else those that sound like conversations
 */
export function surfaceOf(
  vendor: string,
  upstream: Node,
  current: Spec | undefined,
  wanted: string[] | undefined,
): { paths: string[]; document: Node } {
  const paths = wanted ?? (current ? topmost(Object.keys(current.paths)) : conversationPaths(upstream));
  return { paths, document: adapt(extract(upstream, paths), current, vendor, mainSegment(paths)) };
}

/** Where a whole API keeps conversations, by the words vendors use for them. */
function conversationPaths(upstream: Record<string, unknown>): string[] {
  const found = Object.keys(Object(upstream.paths)).flatMap(
    (path) => /^.*?\/(conversations|threads|chats|sessions)(?=\/|$)/.exec(path)?.[0] ?? [],
  );
  return found.length > 0 ? [...new Set(found)] : ["/conversations"];
}

const mainSegment = ([first = ""]: string[]): string =>
  segments(first).findLast((segment) => segment !== "{}") ?? "";

/** The paths that no other path leads to: what a spec we have says its surface is. */
function topmost(paths: string[]): string[] {
  const starts = (path: string, prefix: string): boolean =>
    segments(prefix).every((one, index) => one === segments(path)[index]);
  return paths.filter(
    (path, index) =>
      !paths.some(
        (other, at) =>
          at !== index &&
          starts(path, other) &&
          (segments(other).length < segments(path).length || at < index),
      ),
  );
}
