/** Operations no method can be made of: each is left out by name, with its reason, and never takes the vendor with it. */
import { isPath } from "../generate/check.ts";
import type { Spec } from "../generate/openapi.ts";
import { takesBody } from "../generate/operations.ts";
import { resolve } from "../generate/resolve.ts";
import { references } from "./extract.ts";
import { foreignIn, shortened } from "./foreign.ts";
import { isJsonType, type Route, routesOf } from "./items.ts";
import { type Node, node } from "./node.ts";
import { type Note, note } from "./note.ts";

/** Takes the operations out of `document`, which is changed, and says why. */
export function omitOperations(document: Node): Note[] {
  const notes: Note[] = [];
  const unusable = unusableComponents(document);
  for (const route of routesOf(document)) {
    const reason = reasonAgainst(document, route, unusable);
    if (!reason) continue;
    const { path, method, operation } = route;
    delete node(node(document.paths)[path])[method];
    const name = typeof operation.operationId === "string" ? `${operation.operationId}: ` : "";
    notes.push(
      note("left out", ["paths", path, method], `${name}${reason.text}`, ...(reason.actions?.(route) ?? [])),
    );
  }
  return [...notes, ...omitBodies(document)];
}

/** Optional bodies of verbs that have none. */
function omitBodies(document: Node): Note[] {
  const routes = routesOf(document).filter(
    ({ method, operation }) => operation.requestBody !== undefined && !takesBody(method),
  );
  return routes.map(({ path, method, operation }) => {
    delete operation.requestBody;
    const text = `no body is sent with ${method.toUpperCase()}; this one is optional`;
    return note("left out", ["paths", path, method, "requestBody"], text);
  });
}

interface Reason {
  text: string;
  actions?: (route: Route) => NonNullable<Note["actions"]>;
}

function reasonAgainst(
  document: Node,
  route: Route,
  unusable: ReadonlyMap<string, string>,
): Reason | undefined {
  const { path, operation } = route;
  if (!isPath(path)) return { text: "the path holds what a path cannot, such as `#` or `?`" };
  try {
    const used = { operation, parameters: node(node(document.paths)[path]).parameters };
    const flaw =
      foreignIn(used) ??
      references(used)
        .map((ref) => unusable.get(ref))
        .find(Boolean);
    if (flaw !== undefined) return { text: flaw };
    return (
      answerReason(document, operation) ?? bodyReason(document, route) ?? parameterReason(document, route)
    );
  } catch (error) {
    return { text: (error as Error).message };
  }
}

/** The components that refer, themselves or through others, to another document or to nothing; with what is wrong. */
function unusableComponents(document: Node): Map<string, string> {
  const found = new Map<string, string>();
  const users = new Map<string, string[]>();
  for (const [section, entries] of Object.entries(node(document.components)))
    for (const [name, component] of Object.entries(node(entries))) {
      const flaw = foreignIn(component);
      if (flaw !== undefined) found.set(`${section}/${name}`, flaw);
      for (const ref of references(component))
        users.set(ref, [...(users.get(ref) ?? []), `${section}/${name}`]);
    }
  const rest = [...found.keys()];
  for (let next = rest.pop(); next !== undefined; next = rest.pop())
    for (const user of users.get(next) ?? []) {
      if (found.has(user)) continue;
      found.set(user, found.get(next) ?? "");
      rest.push(user);
    }
  return found;
}

function answerReason(document: Node, { responses }: Node): Reason | undefined {
  const success = Object.entries(node(responses)).filter(([status]) => /^2(\d\d|XX)$/i.test(status));
  if (success.length === 0)
    return {
      text: "it has no successful answer",
      actions: ({ path, method }) => [
        { target: pathTo(path, method), update: { responses: { "200": { description: "Done." } } } },
      ],
    };
  const types = success.flatMap(([, response]) =>
    Object.keys(node(resolve(document as unknown as Spec, node(response)).content)),
  );
  const isReadable =
    types.length === 0 || types.some((type) => isJsonType(type) || type === "text/event-stream");
  return isReadable ? undefined : { text: `it answers ${types.join(", ")}, not JSON` };
}

function bodyReason(document: Node, { method, operation }: Route): Reason | undefined {
  if (operation.requestBody === undefined) return undefined;
  const { required, content } = resolve(document as unknown as Spec, node(operation.requestBody));
  if (!takesBody(method))
    return required ? { text: `its body cannot be sent with ${method.toUpperCase()}` } : undefined;
  const types = Object.keys(node(content));
  if (types.length === 0 || types.some(isJsonType) || types.includes("application/x-www-form-urlencoded"))
    return undefined;
  const schema = { type: "object", additionalProperties: true };
  return {
    text: `its body is ${types.join(", ")}, neither JSON nor a form`,
    actions: ({ path, method }) => [
      {
        target: `${pathTo(path, method)}.requestBody`,
        update: { content: { "application/json": { schema } } },
      },
    ],
  };
}

function parameterReason(document: Node, { path, operation }: Route): Reason | undefined {
  const all = [...list(node(node(document.paths)[path]).parameters), ...list(operation.parameters)];
  for (const one of all) {
    const parameter = resolve(document as unknown as Spec, node(one));
    if (parameter.in === "cookie" && parameter.required === true)
      return { text: `it demands the cookie ${shortened(String(parameter.name))}` };
  }
  return undefined;
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const pathTo = (path: string, method: string): string => `$.paths[${JSON.stringify(path)}].${method}`;
