/**
 * Where a document keeps conversations: the paths that end in an id, what can be done with one of them, and which of them are meant.
 * Names are guesses; each is said, with what else was there.
 */

import type { Parameter, Schema, Spec } from "../generate/openapi.ts";
import { lastOfEach } from "../generate/parameters.ts";
import { type Property, propertiesOf } from "../generate/properties.ts";
import { resolve } from "../generate/resolve.ts";
import { isNode, type Node, node } from "./node.ts";

/** A route of a document. */
export interface Route {
  path: string;
  /** In lower case. */
  method: string;
  operation: Node;
}

/** Something that has an id, and what can be done with it. */
export interface Item {
  /** Its path, which ends in the id. */
  path: string;
  /** The path of all of them. */
  collection: string;
  read: Route | undefined;
  update: Route | undefined;
  /** Other routes that may be an update too. */
  otherUpdates: Route[];
  list: Route | undefined;
  create: Route | undefined;
  remove: Route | undefined;
}

/** What vendors call conversations, likeliest first. */
const WORDS = /(conversation)|(thread)|(chat|dialog)|(session)|(channel|room|space)|(ticket|inbox)/i;
/** What a path below an item is called when it changes the item itself. */
const UPDATE_WORDS =
  /^(update|patch|edit|modify|rename|set|metadata|attributes|properties|settings|details|info|subject|title)/i;
/** What the body of something that runs a model has. */
const RUN_WORDS = /^(stream|inputs?|messages?|prompt|entries|tools)$/i;
/** The end of a path, as in `/{id}`, `/{id}/` and `/{id}.json`. */
export const ITEM_END: RegExp = /\/\{[^{}]+\}(\.json)?\/?$/;

/** A verb before a noun, as in `/get-call/{id}`, which is one item with `/update-call/{id}`. */
const VERB =
  /\/(get|read|fetch|retrieve|update|edit|modify|delete|remove|create|list)([-_](?=[a-z])|(?=[A-Z]))/;

/** Whether a path says what is done there. */
export const hasVerb = (path: string): boolean => VERB.test(path);

/** What is the same of all paths to one thing: the path or, where it has a verb, its nouns. */
const thingAt = (path: string): string =>
  hasVerb(path)
    ? path
        .replace(VERB, "/*")
        .toLowerCase()
        .replaceAll(/s(?=\/|$)/g, "")
    : path;

/** Whether another path is one to the same thing. */
function sameThing(path: string): (other: string) => boolean {
  if (!hasVerb(path)) return (other) => other === path;
  const thing = thingAt(path);
  return (other) => thingAt(other) === thing;
}

/** Every item of the document, the likeliest conversation first. */
export function itemsOf(document: object): Item[] {
  const routes = routesOf(document);
  const ends = routes.filter(({ path }) => ITEM_END.test(path));
  const reads = ends.filter(({ method }) => method === "get");
  const paths = new Map([...ends, ...reads].map(({ path }) => [thingAt(path), path]));
  const items = [...paths.values()]
    .map((path) => itemAt(document, routes, path))
    .filter(({ read, update }) => read ?? update);
  return items
    .map((item, index) => ({ item, index, rank: rankOf(item) }))
    .sort((one, other) => one.rank - other.rank || one.index - other.index)
    .map(({ item }) => item);
}

const METHODS = ["get", "put", "post", "patch", "delete"];

/** Every operation there is, in order. */
export function routesOf(document: object): Route[] {
  return Object.entries(node((document as Node).paths)).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = node(item)[method];
      return isNode(operation) ? [{ path, method, operation }] : [];
    }),
  );
}

/** The parameters of a route that stand in one place, those of its path included. */
export function parametersOf(
  document: object,
  { path, operation }: Pick<Route, "path" | "operation">,
  place: Parameter["in"],
): Parameter[] {
  const all = [node(node((document as Node).paths)[path]).parameters, operation.parameters]
    .flatMap((one) => (Array.isArray(one) ? (one as Parameter[]) : []))
    .flatMap((one) => resolved(document, one));
  return lastOfEach(all).filter((one) => one.in === place);
}

/** What a reference names; nothing where it names nothing, which is told where the operation is left out. */
function resolved(document: object, one: Parameter): Parameter[] {
  try {
    return [resolve(document as Spec, one)];
  } catch {
    return [];
  }
}

/** The word for conversations at the end of a path, where there is one. */
const wordOf = (path: string): RegExpExecArray | null =>
  WORDS.exec(path.split("/").findLast((segment) => segment !== "" && !segment.startsWith("{")) ?? "");

/** The likeliest list that is called conversations, whatever can be done with one of them. */
export function namedList(document: Node): string | undefined {
  const lists = routesOf(document).flatMap(({ path, method }) => {
    const word = method === "get" && !/[{}]/.test(path) && wordOf(path);
    // `conversations-by-tags` tells something about conversations.
    const isWhole = word && /^(e?s|ues?)?(\.json)?\/?$/i.test(word.input.slice(word.index + word[0].length));
    const rank = word ? word.slice(1).findIndex(Boolean) * 1000 + path.length : 0;
    return word ? [{ path, rank: rank + (isWhole ? 0 : 50_000) }] : [];
  });
  return lists.sort((one, other) => one.rank - other.rank)[0]?.path;
}

/** Whether an item is called a conversation, in any of the words for it. */
export const isNamed = ({ collection }: Item): boolean => wordOf(collection) !== null;

function rankOf({ collection, read, update, create }: Item): number {
  const segments = collection.split("/").filter(Boolean);
  const word = wordOf(collection);
  const named = word ? word.slice(1).findIndex(Boolean) : 9;
  // A read and an update first, then the name, then the shortest: `/threads/{id}` before `/threads/{id}/notes/{id}`. What is called
  // a conversation and cannot be updated, or not read, comes before what can be and is called something else altogether.
  return (
    (read && update ? 0 : read ? 4500 : word?.[1] ? 8000 : 20_000) +
    named * 1000 +
    segments.length * 10 +
    (create ? 0 : 1)
  );
}

function itemAt(document: object, routes: readonly Route[], path: string): Item {
  const bare = path.replace(/\/$/, "").replace(/\.json$/, "");
  const collection = bare.replace(/\/[^/]+$/, "");
  const [isItem, isCollection] = [sameThing(path), sameThing(collection)];
  const here = routes.filter((route) => isItem(route.path));
  const all = routes.filter((route) => isCollection(route.path.replace(/(\.json)?\/?$/, "")));
  // Core knows an id, and nothing to put into a query.
  const isPlain = (route: Route): boolean =>
    parametersOf(document, route, "query").every(({ required }) => required !== true);
  const read = here.find((route) => route.method === "get" && isPlain(route));
  const updates = routes
    .filter((route) => (isItem(route.path) || belowItem(route.path, bare)) && isPlain(route))
    .map((route) => ({ route, rank: updateRank(document, route, path, read) }))
    .filter(({ rank }) => rank < 9)
    .sort((one, other) => one.rank - other.rank)
    .map(({ route }) => route);
  return {
    path,
    collection: collection || "/",
    read,
    update: updates[0],
    otherUpdates: updates.slice(1),
    list: all.find(({ method }) => method === "get"),
    create: all.find(({ method, operation }) => method === "post" && operation.requestBody !== undefined),
    remove: here.find(({ method }) => method === "delete"),
  };
}

/** A path one fixed segment below an item. */
const belowItem = (path: string, item: string): boolean =>
  path.startsWith(`${item}/`) && /^[^/{}]+\/?$/.test(path.slice(item.length + 1));

/** How likely a route is the update of the item: 0 is certain, 9 is no. */
function updateRank(
  document: object,
  { path, method, operation }: Route,
  item: string,
  read: Route | undefined,
): number {
  if (!["patch", "put", "post"].includes(method)) return 9;
  const param = /\{([^{}]+)\}[^{}]*$/.exec(item)?.[1];
  const body = unwrapped(document, bodySchema(document, operation));
  if (!body) return 9;
  const answer = read && unwrapped(document, answerSchema(document, read.operation), param);
  const known = new Set([...(answer?.keys ?? [])].map(plain));
  const shared = [...body.keys].filter((name) => known.has(plain(name)));
  const demandsOthers = body.required.some((name) => !known.has(plain(name)));
  if (sameThing(item)(path)) {
    if (method === "patch") return 0;
    if (method === "put") return 3;
    // A POST to an item may as well run something: it is an update only where it takes what a read tells.
    const runs = [...body.keys].some((name) => RUN_WORDS.test(name));
    return shared.length > 0 && !demandsOthers && !runs ? 2 : 9;
  }
  const last = path.replace(/\/$/, "").split("/").at(-1) ?? "";
  if (/^(update|patch)$/i.test(last)) return 1;
  if (shared.length === 0 || demandsOthers) return 9;
  // Ids alone say whom it is assigned to, or what it is filed under.
  const isOwn = shared.length === body.keys.size && shared.some((name) => !/ids?$/.test(plain(name)));
  return UPDATE_WORDS.test(last) || isOwn ? 4 : 9;
}

/** `FriendlyName`, `friendly_name` and `friendlyName` are one name. */
export const plain = (name: string): string => name.replaceAll(/[^A-Za-z0-9]/g, "").toLowerCase();

/** The keys of an object schema, and those it demands. */
interface Keys {
  keys: Set<string>;
  required: string[];
}

function unwrapped(document: object, schema: Schema | undefined, param?: string): Keys | undefined {
  const own = schema && keysOf(document, schema);
  if (!own) return undefined;
  const envelope = schema && envelopeOf(document, schema, { param });
  return envelope ? keysOf(document, envelope.schema) : own;
}

function keysOf(document: object, schema: Schema): Keys {
  const properties = propertiesOf(document, schema);
  const required = [...properties].filter(([, property]) => property.required).map(([name]) => name);
  return { keys: new Set(properties.keys()), required };
}

/** Names of a property that is an id. */
const isIdName = (name: string): boolean => /^(_?id|sid|uuid|uid|key|guid)$|_id$|[a-z]Id$/i.test(name);

/**
 * The one property that holds the conversation, where the answer (or the body) is a box around it: an object without an id of its own
 * whose only property that is an object has one.
 *
 * @param param the path parameter that is the id: what repeats it is the conversation, whatever ids are further in
 * @param inside for a body, which need not repeat the id: properties the content has to share one with
 */
export function envelopeOf(
  document: object,
  given: Schema,
  { param, inside }: { param?: string | undefined; inside?: ReadonlySet<string> },
): { name: string; schema: Schema } | undefined {
  const properties = propertiesOf(document, given);
  const isId = ([name, { types }]: [string, Property]): boolean =>
    isIdName(name) || (plain(name) === plain(param ?? "") && !types.includes("object"));
  if ([...properties].some(isId)) return undefined;
  const objects = [...properties].filter(([, { schema }]) => propertiesOf(document, schema).size > 0);
  const boxes = objects.filter(([, { schema }]) => {
    const names = [...propertiesOf(document, schema).keys()];
    return inside ? names.some((name) => inside.has(plain(name))) : names.some((name) => isIdName(name));
  });
  const [box, ...others] = boxes;
  if (!box || others.length > 0 || (inside && properties.size > 1)) return undefined;
  return { name: box[0], schema: box[1].schema };
}

const JSON_TYPE = /^(application|text)\/([\w.+-]*\+)?json\b|^\*\/\*$/i;
const FORM_TYPE = "application/x-www-form-urlencoded";

/** Whether a media type is JSON's, or may be. */
export const isJsonType = (type: string): boolean => JSON_TYPE.test(type);

/** The schema of a request's body, as JSON or else as a form. */
export function bodySchema(document: object, operation: Node): Schema | undefined {
  const content = node(resolve(document as Spec, node(operation.requestBody)).content);
  const type = Object.keys(content).find(isJsonType) ?? (FORM_TYPE in content ? FORM_TYPE : undefined);
  return type === undefined ? undefined : (node(content[type]).schema as Schema | undefined);
}

/** The schema of the first JSON answer that is a success. */
export function answerSchema(document: object, operation: Node): Schema | undefined {
  for (const [status, response] of Object.entries(node(operation.responses))) {
    if (!status.startsWith("2")) continue;
    const content = node(resolve(document as Spec, node(response)).content);
    const type = Object.keys(content).find(isJsonType);
    if (type !== undefined) return node(content[type]).schema as Schema | undefined;
  }
  return undefined;
}
