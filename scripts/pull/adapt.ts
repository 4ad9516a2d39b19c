/**
 * A vendor's own document in our spec format (see CONTRIBUTING.md). What OpenAPI cannot say, and the names callers
 * already know, are taken over from the spec we have; the rest is the vendor's, said the way the generator needs it.
 */
import type { OperationObject, Spec } from "../generate/openapi.ts";
import { pointerSteps } from "../generate/resolve.ts";
import { isData, isNameMap, visitNodes } from "../generate/walk.ts";
import { adaptOperation, adaptParameters } from "./adapt-operation.ts";
import { adaptSchemas } from "./adapt-schema.ts";
import { segments } from "./extract.ts";
import { type Item, type Route, routesOf } from "./items.ts";
import { camel, operationName, pascal, unusedName } from "./names.ts";
import { type Node, node } from "./node.ts";
import { type Note, note } from "./note.ts";
import { guessPages } from "./paging.ts";
import { separateBodies } from "./separate-bodies.ts";

/** Who an adapted document is for. */
export interface Adaptation {
  vendor: string;
  /** The spec we have, whose names and extensions stay. */
  current: Spec | undefined;
  /** The item that is the vendor's conversation; its operations have our names. */
  item: Item | undefined;
  /** The path segment that is the vendor's word for conversations. */
  main: string;
}

/** Changes `document`, which is OpenAPI 3.1 and not in our format yet, in place; says what had to be mended. */
export function adapt(document: Node, adaptation: Adaptation): Note[] {
  const { current, vendor } = adaptation;
  document.openapi = "3.1.0";
  document["x-convo"] = current?.["x-convo"] ?? firstExtension(document, vendor);
  describeDocument(document, vendor);
  const components = node(document.components);
  document.components = { ...components, schemas: node(components.schemas) };
  const notes = renameComponents(document);
  const schemas = node(node(document.components).schemas);
  const names = operationNames(document, adaptation);
  for (const route of routesOf(document)) {
    const name = names.get(route.operation) ?? "";
    if (
      !current &&
      route.method === "put" &&
      name === "updateConversation" &&
      !/\/(patch|update)\/?$/i.test(route.path)
    ) {
      route.operation["x-convo-replaces"] = true;
      const text =
        "a PUT is taken to clear what it leaves out, so core reads first and sends the whole conversation";
      notes.push(note("guessed", ["paths", route.path, route.method], text));
    }
    adaptOperation(document, route.operation, schemas, known(current, route), name);
    notes.push(...adaptParameters(document, route));
  }
  for (const item of Object.values(node(document.paths))) removeUnused(node(item));
  notes.push(...guessPages(document, (route) => known(current, route) === undefined));
  assumeFailures(document);
  adaptSchemas(document);
  separateBodies(document);
  return notes;
}

/** What a vendor is called and where its key comes from, until somebody knows better. */
function firstExtension(document: Node, vendor: string): Spec["x-convo"] {
  const docs = String(node(document.externalDocs).url ?? "");
  const env = vendor.toUpperCase();
  return {
    displayName: pascal(vendor),
    ...(/^https:\/\/[^\s<>()`"']+$/.test(docs) ? { docs } : {}),
    env: { apiKey: `${env}_API_KEY`, baseUrl: `${env}_BASE_URL` },
  };
}

/** `info` is the generator's title and version; a vendor may leave it out. */
function describeDocument(document: Node, vendor: string): void {
  const info = node(document.info);
  document.info = {
    ...info,
    title: String(info.title ?? pascal(vendor)),
    version: String(info.version ?? "1"),
  };
}

/**
 * Every operation's name. Those we have keep theirs, whatever the vendor calls them by now; the conversation's own have ours; the vendor's
 * are kept where they are a verb and a noun. No two are the same.
 */
function operationNames(document: Node, { current, item, main }: Adaptation): Map<Node, string> {
  const names = new Map<Node, string>();
  const used = new Set<string>();
  const routes = routesOf(document);
  const give = (operation: Node | undefined, name: string | undefined): void => {
    if (operation && name !== undefined && !names.has(operation))
      names.set(operation, unusedName(name, used));
  };
  for (const route of routes) give(route.operation, known(current, route)?.operationId);
  if (!current && item) {
    const at = (one: Route | undefined): Node | undefined =>
      one && (node(node(document.paths)[one.path])[one.method] as Node | undefined);
    give(at(item.read), "getConversation");
    give(at(item.update), "updateConversation");
    give(at(item.list), "listConversations");
    give(at(item.create), "createConversation");
    give(at(item.remove), "deleteConversation");
  }
  for (const { method, path, operation } of routes) {
    const ours = camel(operationName(method, path, main));
    // A POST to an item is an update only where it was found to be one.
    const runsSomething = method === "post" && path === item?.path;
    const theirs = camel(String(operation.operationId ?? (runsSomething ? `run${pascal(ours)}` : ours)));
    const isVerbNoun = /^(get|list|create|update|delete|add|remove|replace|send|search)[A-Z]/.test(theirs);
    give(operation, isVerbNoun || runsSomething || used.has(ours) ? theirs : ours);
  }
  return names;
}

/** The operation we have for a route, whatever its parameters are called. */
function known(current: Spec | undefined, { method, path }: Route): OperationObject | undefined {
  const same = Object.entries(current?.paths ?? {}).find(
    ([one]) =>
      segments(one).join("/") === segments(path).join("/") &&
      one.split("}").at(-1) === path.split("}").at(-1),
  );
  return same?.[1][method] as OperationObject | undefined;
}

/** Of a path, only operations and their parameters count. */
function removeUnused(item: Node): void {
  for (const key of Object.keys(item))
    if (!["get", "put", "post", "patch", "delete", "parameters"].includes(key)) delete item[key];
}

/** Gives components names that can be printed as such, in every reference too. */
function renameComponents(document: Node): Note[] {
  const notes: Note[] = [];
  const renamed = new Map<string, string>();
  for (const [section, entries] of Object.entries(node(document.components))) {
    const isName = section === "schemas" ? /^[A-Za-z_]\w*$/ : /^[\w.-]+$/;
    const used = new Set(Object.keys(node(entries)).filter((name) => isName.test(name)));
    const next = Object.entries(node(entries)).map(([name, component]) => {
      if (isName.test(name)) return [name, component];
      const better = unusedName(pascal(name), used);
      renamed.set(`${section}/${name}`, better);
      notes.push(note("mended", ["components", section, name], `is called ${better} here`));
      return [better, component];
    });
    node(document.components)[section] = Object.fromEntries(next);
  }
  if (renamed.size > 0) renameReferences(document, renamed);
  return notes;
}

function renameReferences(document: Node, renamed: ReadonlyMap<string, string>): void {
  const replaced = (text: string): string => {
    const [, section = "", rest = ""] = /^#\/components\/([\w-]+)\/[^/]+(.*)$/s.exec(text) ?? [];
    const name = renamed.get(pointerSteps(text).slice(1, 3).join("/"));
    return name === undefined ? text : `#/components/${section}/${name}${rest}`;
  };
  visitNodes(document, (value, steps) => {
    if (isData(steps) || isNameMap(steps)) return;
    if (typeof value.$ref === "string") value.$ref = replaced(value.$ref);
    if (steps.at(-1) !== "discriminator") return;
    const mapping = node(value.mapping);
    for (const [tag, target] of Object.entries(mapping)) {
      const bare = renamed.get(`schemas/${String(target)}`);
      mapping[tag] = bare ?? (typeof target === "string" ? replaced(target) : target);
    }
  });
}

/** Every call can fail in ways its vendor does not list: where no `default` is given, it is taken to fail as it, or another, does. */
function assumeFailures(document: Node): void {
  const operations = routesOf(document).map(({ operation }) => operation as { responses?: Node });
  const failure = ({ responses }: { responses?: Node }): unknown =>
    Object.entries(responses ?? {}).find(([status]) => /^([45]|default)/.test(status))?.[1];
  const anyKnown = operations.map(failure).find(Boolean);
  for (const operation of operations) {
    if (!operation.responses || operation.responses.default) continue;
    const { $ref, content } = node(failure(operation) ?? anyKnown);
    operation.responses.default = $ref
      ? { $ref }
      : {
          description: "Any other failure.",
          ...(content ? { content } : {}),
          "x-assumed": true,
          "x-assumed-reason": "The vendor does not list every failure of this operation.",
        };
  }
}
