/**
 * Our corrections to a vendor's spec, as an OpenAPI Overlay 1.0 document with targets kept to plain JSON Pointers
 * in `$['a']['b']` or `$.a.b` form. Every action must still match something: a correction which no longer applies
 * is an error, not a silent no-op.
 *
 * @see https://spec.openapis.org/overlay/v1.0.0.html
 */
export interface Overlay {
  overlay: string;
  info: { title: string; version: string };
  actions: { target: string; description?: string; update?: Record<string, unknown>; remove?: boolean }[];
}

/** Returns a copy of `document` with every action applied in order. Throws when one matches nothing. */
export function applyOverlay(document: unknown, overlay: Overlay): unknown {
  const result: unknown = structuredClone(document);
  overlay.actions.forEach((action, index) => {
    const steps = targetSteps(action.target);
    const last = steps.at(-1);
    const parent = steps.slice(0, -1).reduce<unknown>(child, result);
    const node = last === undefined ? result : child(parent, last);
    if (!isObject(node)) {
      const why = action.description ? ` (${action.description})` : "";
      throw new Error(
        `overlay action ${index + 1} no longer applies: ${action.target} matches nothing${why}`,
      );
    }
    if (action.remove && last !== undefined) delete (parent as Record<string, unknown>)[last];
    else if (action.update) merge(node, action.update);
  });
  return result;
}

function targetSteps(target: string): string[] {
  const steps = target.matchAll(/\['((?:[^'\\]|\\.)*)'\]|\.([A-Za-z_][\w-]*)/g);
  return [...steps].map(([, quoted, plain]) => quoted ?? plain ?? "");
}

function child(node: unknown, step: string): unknown {
  return isObject(node) && Object.hasOwn(node, step) ? node[step] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function merge(node: Record<string, unknown>, update: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(update)) {
    const existing = child(node, key);
    if (Array.isArray(existing) && Array.isArray(value)) existing.push(...value);
    else if (isObject(existing) && isObject(value)) merge(existing, value);
    else Object.defineProperty(node, key, { value, writable: true, enumerable: true, configurable: true });
  }
}
