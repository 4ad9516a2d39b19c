/** The part of a vendor's API that is about conversations, in our format, and what is to be known about it. */

import type { Spec } from "../generate/openapi.ts";
import { applyOverlay } from "../generate/overlay.ts";
import { resolve } from "../generate/resolve.ts";
import { visitNodes } from "../generate/walk.ts";
import { adapt } from "./adapt.ts";
import { chooseAuth, chooseHeaders } from "./choose-credentials.ts";
import { choosePaths } from "./choose-paths.ts";
import { chooseServer } from "./choose-server.ts";
import { extract, segments } from "./extract.ts";
import { removeForeign } from "./foreign.ts";
import { type Item, itemsOf, routesOf } from "./items.ts";
import { type Node, node } from "./node.ts";
import { type Note, note, noteLines, overlayText } from "./note.ts";
import { omitOperations } from "./omit.ts";
import { omitUnprintable } from "./unprintable.ts";
import { toOpenApi31 } from "./upgrade.ts";

/** What the caller knows better than a guess. */
export interface Wishes {
  /** Path prefixes; by default those of the spec we have, else of what looks like conversations. */
  paths?: string[] | undefined;
  /** The base URL. */
  server?: string | undefined;
  /** `bearer`, `basic`, `header:<name>`, `header:<name>:<word before the key>` or the name of a scheme. */
  auth?: string | undefined;
}

/** The wishes among the options of a command. */
export const wishesOf = ({
  paths,
  server,
  auth,
}: {
  paths?: string;
  server?: string;
  auth?: string;
}): Wishes => ({
  paths: paths?.split(","),
  server,
  auth,
});

/** A surface in our format. */
export interface Surface {
  paths: string[];
  document: Node;
  notes: Note[];
}

/**
 * Takes the surface out of an upstream document, which stays as it is.
 *
 * @param current the spec we have, if any
 * @param source where the document came from
 * @param overlay corrections to the upstream document, once it is OpenAPI 3.1
 * @throws Error when it is not an OpenAPI document, an overlay action does not apply, or no operation is left
 */
export function surfaceOf(
  vendor: string,
  upstream: Node,
  current: Spec | undefined,
  { paths: wanted, server, auth }: Wishes,
  source = "",
  overlay?: unknown,
): Surface {
  const wantedPaths = wanted ?? (current ? topmost(Object.keys(current.paths)) : undefined);
  // In our format already: it is what somebody wrote.
  if (node(upstream)["x-convo"]) {
    const paths = wantedPaths ?? topmost(Object.keys(node(upstream.paths)));
    return { paths, document: extract(upstream, paths), notes: [] };
  }
  const upgraded = toOpenApi31(upstream);
  const corrected = overlay ? applyOverlay(upgraded.document, overlay) : { ...upgraded, needless: [] };
  const whole = corrected.document as Node;
  const early = [...upgraded.notes, ...removeForeign(whole)];
  inlinePathReferences(whole);
  const chosen = choosePaths(whole, wantedPaths);
  const part = extract(whole, chosen.paths);
  const notes = corrected.needless.map((text) => note("mended", [], `overlay: ${text}`));
  notes.push(...early.filter(({ at }) => !isElsewhere(at, whole, part)));
  const { securitySchemes } = node(whole.components);
  notes.push(...omitOperations(part));
  const document = withoutEmptyPaths(part);
  const item = itemsOf(document).find(({ path }) => path === chosen.item?.path);
  notes.push(...chosen.notes);
  const main = mainSegment(chosen.item, chosen.paths);
  notes.push(...chooseServer(document, item, server, source, current?.servers[0]));
  notes.push(...adapt(document, { vendor, current, item, main }));
  // Also those that no operation says it uses.
  document.components = { ...node(document.components), ...(securitySchemes ? { securitySchemes } : {}) };
  notes.push(...chooseAuth(document, item, auth, vendor));
  notes.push(...chooseHeaders(document, vendor));
  notes.push(...omitUnprintable(document));
  const pruned = withoutEmptyPaths(document);
  if (routesOf(pruned).length === 0) throw new Error(`no operation can be generated: ${reasonsIn(notes)}`);
  // A component may be reached by what is left out alone.
  const relevant = notes.filter(
    ({ kind, at }) => kind !== "left out" || at.startsWith("$.paths") || !isElsewhere(at, whole, document),
  );
  return { paths: chosen.paths, document: pruned, notes: relevant };
}

/** Why nothing is left, and what would change that. */
function reasonsIn(notes: readonly Note[]): string {
  const reasons = noteLines(notes.filter(({ kind }) => kind === "left out" || kind === "missing")).join("\n");
  const hint = reasons.includes("another document")
    ? "\nA document in several files is read once it is one: npx @redocly/cli bundle <file>"
    : "";
  const overlay = overlayText(notes);
  return `\n${reasons || "there is none"}${hint}${overlay ? `\n\nOr correct this, save it and pass it as --overlay:\n\n${overlay}` : ""}`;
}

/** What is left once operations were taken out: the paths that have any, and what they reach. */
function withoutEmptyPaths(document: Node): Node {
  const used = new Set(routesOf(document).map(({ path }) => path));
  const paths = Object.entries(node(document.paths)).filter(([path]) => used.has(path));
  if (paths.length === 0) return { ...document, paths: {} };
  const kept = { ...document, paths: Object.fromEntries(paths) };
  return extract(kept, [...used]);
}

/** Whether a place is in a path or a component that a document has and a part of it has not. */
function isElsewhere(at: string, whole: Node, part: Node): boolean {
  const [, place = "", plain, quoted = plain ?? ""] =
    /^\$\.(paths|components\.\w+|definitions)(?:\.(\w+)|\['([^']+)'\])/.exec(at) ?? [];
  const section = place.replace("definitions", "components.schemas").split(".");
  const entries = (of: Node): Node => section.reduce((found, step) => node(found[step]), of);
  return entries(whole)[quoted] !== undefined && entries(part)[quoted] === undefined;
}

/** References to other paths, and to path items among the components, stand for what they name; the other path may not be taken. */
function inlinePathReferences(document: Node): void {
  let left = 1000;
  visitNodes(document, (value) => {
    const { $ref } = value;
    if (typeof $ref !== "string" || !/^#\/(paths|components\/pathItems)\//.test($ref) || left === 0) return;
    left -= 1;
    delete value.$ref;
    try {
      Object.assign(value, structuredClone(resolve(document as unknown as Spec, { $ref })));
    } catch {
      value.$ref = "#/components/schemas/NotThere";
    }
  });
}

const mainSegment = (item: Item | undefined, [first = ""]: string[]): string =>
  segments(item?.collection ?? first).findLast((segment) => segment !== "{}") ?? "";

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
