/** What is said of a document that was read: what was left out, mended or guessed, and what would change that. */
import { stringify } from "yaml";
import { jsonPath, type OverlayAction } from "../generate/overlay.ts";
import type { Steps } from "../generate/walk.ts";

/** One thing to know about a document. */
export interface Note {
  kind: "left out" | "mended" | "guessed" | "missing";
  /** Where, as a JSONPath into the document after its upgrade to OpenAPI 3.1. */
  at: string;
  text: string;
  /** The correction that makes the note go away, where an overlay can. */
  actions?: OverlayAction[];
}

/** A note about the place at these steps. */
export const note = (kind: Note["kind"], steps: Steps, text: string, ...actions: OverlayAction[]): Note => ({
  kind,
  at: jsonPath(steps),
  text,
  ...(actions.length > 0 ? { actions } : {}),
});

/** Names in a note: all, or the first of many. */
export const listed = (names: readonly string[]): string =>
  names.length > 6 ? `${names.slice(0, 6).join(", ")} and ${names.length - 6} more` : names.join(", ");

/** The notes as lines, what is missing first; those that say the same of several places are one line. */
export function noteLines(notes: readonly Note[]): string[] {
  const groups = new Map<string, Note[]>();
  for (const one of notes) {
    const key = `${one.kind} ${one.text}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const order = ["missing", "guessed", "left out", "mended"];
  return [...groups.values()]
    .flatMap(([first, ...others]) => (first ? [{ ...first, count: others.length }] : []))
    .sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind))
    .map(({ kind, at, text, count }) => {
      const more = count > 0 ? ` (and ${count} more)` : "";
      return `${kind.padEnd(8)} ${at}${more}: ${text}`;
    });
}

/** An overlay with every correction the notes offer, ready to be saved; undefined if they offer none. */
export function overlayText(notes: readonly Note[]): string | undefined {
  const actions = notes.flatMap(({ text, actions = [] }) =>
    actions.map(({ target, ...change }) => ({ target, description: text, ...change })),
  );
  if (actions.length === 0) return undefined;
  const info = { title: "Corrections to the vendor's document", version: "1.0.0" };
  return stringify({ overlay: "1.0.0", info, actions }, { lineWidth: 120, aliasDuplicateObjects: false });
}
