/**
 * Our corrections to a vendor's document: OpenAPI Overlay 1.0, whose targets are RFC 9535 JSONPath. Stricter than the standard in
 * one way: an action that matches nothing is an error, because a correction which no longer applies must not pass in silence.
 *
 * @see https://spec.openapis.org/overlay/v1.0.0.html
 */
import { type JSONPathNode, query } from "json-p3";

/** One correction: what it is about, and what becomes of it. */
export interface OverlayAction {
  /** JSONPath of the objects and lists it is about. */
  target: string;
  /** Why. */
  description?: string;
  /** Merged into every object that matches, appended to every list. */
  update?: unknown;
  /** Takes every match out of the object or list it is in. */
  remove?: boolean;
}

/** An overlay document. */
export interface Overlay {
  overlay: string;
  info: { title: string; version: string };
  actions: OverlayAction[];
}

/** The corrected copy, and what is to be said of actions that changed nothing. */
export interface Overlaid {
  document: unknown;
  needless: string[];
}

const FIELDS = ["overlay", "info", "extends", "actions"];
const ACTION_FIELDS = ["target", "description", "update", "remove"];

/**
 * Applies every action in order to a copy of `document`.
 *
 * @throws Error that lists every action which cannot be read or matches nothing, by its number
 */
export function applyOverlay(document: unknown, overlay: unknown): Overlaid {
  const actions = checkOverlay(overlay);
  const root = { document: structuredClone(document) };
  const faults: string[] = [];
  const needless: string[] = [];
  for (const [index, action] of actions.entries()) {
    const name = `action ${index + 1} (${action.target})`;
    const because = action.description ? `: ${action.description}` : "";
    try {
      if (!applyAction(root, action)) needless.push(`${name} changes nothing any more, remove it${because}`);
    } catch (error) {
      faults.push(`${name} ${(error as Error).message}${because}`);
    }
  }
  if (faults.length > 0) throw new Error(faults.join("\n  "));
  return { document: root.document, needless };
}

/** The actions, once the document is known to be an overlay with nothing in it that would be ignored. */
function checkOverlay(overlay: unknown): OverlayAction[] {
  if (!isObject(overlay) || !Array.isArray(overlay.actions))
    throw new Error("not an OpenAPI Overlay: it has no list `actions`");
  const faults = unknownFields(overlay, FIELDS).map((name) => `\`${name}\` is not a field of an overlay`);
  if (!/^1\.0\.\d+$/.test(String(overlay.overlay))) faults.push("`overlay` must be 1.0.0");
  for (const [index, action] of overlay.actions.entries()) {
    const fault = (text: string): unknown => faults.push(`action ${index + 1}: ${text}`);
    if (!isObject(action) || typeof action.target !== "string") {
      fault("`target` must be a JSONPath");
      continue;
    }
    for (const name of unknownFields(action, ACTION_FIELDS)) fault(`\`${name}\` is not a field of an action`);
    if ((action.remove === true) === Object.hasOwn(action, "update"))
      fault("give either `update` or `remove: true`");
  }
  if (faults.length > 0) throw new Error(faults.join("\n  "));
  return overlay.actions as OverlayAction[];
}

const unknownFields = (value: object, known: readonly string[]): string[] =>
  Object.keys(value).filter((name) => !known.includes(name) && !name.startsWith("x-"));

/** Whether anything changed. */
function applyAction(root: { document: unknown }, { target, update, remove }: OverlayAction): boolean {
  const found = query(target, root.document as Parameters<typeof query>[1]).nodes;
  // A path such as `$.a[0,0]` finds one place twice.
  const nodes = [...new Map(found.map((node) => [node.path, node])).values()];
  if (nodes.length === 0) throw new Error("matches nothing");
  if (remove) {
    // From the end, so that the places in a list stay right.
    for (const node of nodes.toReversed()) removeNode(root.document, node);
    return true;
  }
  return nodes.map(({ value }) => updateNode(value, update)).some(Boolean);
}

function removeNode(document: unknown, { location }: JSONPathNode): void {
  const last = location.at(-1);
  if (last === undefined) throw new Error("would remove the whole document");
  const parent = location.slice(0, -1).reduce<unknown>((value, step) => Object(value)[step], document);
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete Object(parent)[last];
}

function updateNode(value: unknown, update: unknown): boolean {
  if (Array.isArray(value)) {
    if (value.some((item) => isSame(item, update))) return false;
    value.push(structuredClone(update));
    return true;
  }
  if (!isObject(value)) throw new Error("matches something that is neither an object nor a list");
  if (!isObject(update)) throw new Error("matches an object, so `update` must be one too");
  return merge(value, update);
}

/** Objects are merged, lists joined, all else replaced; whether anything changed. */
function merge(target: Record<string, unknown>, update: Record<string, unknown>): boolean {
  let changed = false;
  for (const [key, value] of Object.entries(update)) {
    const existing = Object.hasOwn(target, key) ? target[key] : undefined;
    if (Array.isArray(existing) && Array.isArray(value)) {
      const added = value.filter((item) => !existing.some((known) => isSame(known, item)));
      existing.push(...structuredClone(added));
      changed ||= added.length > 0;
    } else if (isObject(existing) && isObject(value)) changed = merge(existing, value) || changed;
    else if (!isSame(existing, value)) {
      const own = { value: structuredClone(value), writable: true, enumerable: true, configurable: true };
      Object.defineProperty(target, key, own);
      changed = true;
    }
  }
  return changed;
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A place in a document as JSONPath: `$.paths['/a/{id}'].get`. */
export const jsonPath = (steps: readonly (string | number)[]): string =>
  `$${steps
    .map((step) => {
      if (typeof step === "number") return `[${step}]`;
      if (/^[A-Za-z_]\w*$/.test(step)) return `.${step}`;
      return `['${JSON.stringify(step).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}']`;
    })
    .join("")}`;
