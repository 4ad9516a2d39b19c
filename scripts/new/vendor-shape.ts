/** What a spec tells of a vendor's conversations: where they are, what an update takes, and how answers show them. */
import type { Schema, Spec } from "../generate/openapi.ts";
import { type Property, propertiesOf } from "../generate/properties.ts";
import { resolve } from "../generate/resolve.ts";
import {
  answerSchema,
  bodySchema,
  envelopeOf,
  type Item,
  itemsOf,
  parametersOf,
  plain,
  type Route,
} from "../pull/items.ts";

/** A vendor's conversations. */
export interface VendorShape extends Omit<Item, "read" | "update"> {
  read: Route;
  update: Route;
  /** The path parameter that is the id, its schema, and whether it is a number. */
  id: { param: string; schema: Schema; isInteger: boolean };
  /** Other path parameters, with their schemas. */
  others: [name: string, schema: Schema][];
  /** The property of each route's answer, and of each route's body, that holds the conversation. */
  answerBoxes: Map<Route, string>;
  bodyBoxes: Map<Route, string>;
  /** The conversation in the answer to a read: its schema, and its properties. */
  schema: Schema;
  answer: Map<string, Property>;
  /** What the update takes. */
  body: Map<string, Property>;
  /** What a create takes, and is answered with. */
  created: { body: Map<string, Property>; answer: Map<string, Property> };
  /** The property of an answer that repeats the id. */
  idField: string;
  /** Whether an update is answered with the conversation. */
  returnsConversation: boolean;
  /** Whether a write sets every field. */
  replaces: boolean;
  /** Fields that every update demands, and a read shows. */
  demanded: string[];
}

/** Reads them off; where the spec has no read and update of one thing, undefined, or what is wrong with those that it has. */
export function shapeOf(spec: Spec): VendorShape | string | undefined {
  const item = itemsOf(spec).find(({ read, update }) => read && update);
  if (!item?.read || !item.update) return undefined;
  const { read, update, create } = item;
  const { id, others } = pathOf(spec, item);
  const answerBoxes = new Map<Route, string>();
  const opened = (route: Route): Schema | undefined => {
    const schema = answerSchema(spec, route.operation);
    const box = schema && envelopeOf(spec, schema, { param: id.param });
    if (box) answerBoxes.set(route, box.name);
    return box?.schema ?? schema;
  };
  const schema = opened(read) ?? {};
  const answer = propertiesOf(spec, schema);
  const updated = propertiesOf(spec, opened(update));
  const bodyBoxes = new Map<Route, string>();
  const known = new Set([...answer.keys()].map(plain));
  const bodyOf = (route: Route): Map<string, Property> => {
    const given = bodySchema(spec, route.operation);
    const box = given && envelopeOf(spec, given, { inside: known });
    if (box && !answer.has(box.name)) bodyBoxes.set(route, box.name);
    const properties = propertiesOf(spec, box && bodyBoxes.has(route) ? box.schema : given);
    return new Map([...properties].filter(([, { readOnly }]) => !readOnly));
  };
  const body = bodyOf(update);
  const created = {
    body: create ? bodyOf(create) : new Map(),
    answer: propertiesOf(spec, create && opened(create)),
  };
  const idField = idFieldOf(answer, id.param, item.collection);
  if (idField === undefined)
    return `no field of its answer is the id in ${item.path}: a client is made, and nothing for core`;
  const demanded = [...body]
    .filter(([name, { required }]) => required && answer.has(name))
    .map(([name]) => name);
  return {
    ...item,
    read,
    update,
    id,
    others,
    answerBoxes,
    bodyBoxes,
    schema,
    answer,
    body,
    created,
    idField,
    returnsConversation: updated.has(idField),
    replaces: update.operation["x-convo-replaces"] === true,
    // The only field there is stands in every write anyway.
    demanded: body.size > 1 ? demanded : [],
  };
}

function pathOf(spec: Spec, { path, read, update }: Item): Pick<VendorShape, "id" | "others"> {
  const declared = [update, read].flatMap((route) => (route ? parametersOf(spec, route, "path") : []));
  const all = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]): [string, Schema] => [
    name,
    resolve(spec, declared.find((one) => one.name === name)?.schema ?? {}),
  ]);
  const [param = "", schema = {}] = all.at(-1) ?? [];
  const isInteger = schema.type === "integer" || schema.type === "number";
  return { id: { param, schema, isInteger }, others: all.slice(0, -1) };
}

/**
 * The property that repeats the id of the path: by the parameter's name or its last word, as `number` for `issue_number`, then by the usual
 * names, then any that is called an id. Beside an `id`, a `thread_id` may be another's, and so may the `thread` of `/threads/{thread}`.
 */
function idFieldOf(
  answer: ReadonlyMap<string, Property>,
  param: string,
  collection: string,
): string | undefined {
  const isId = ({ types }: Property): boolean =>
    types.length > 0 && types.every((type) => /^(string|integer|number)$/.test(type));
  const names = [...answer].flatMap(([name, property]) => (isId(property) ? [name] : []));
  const [word = param] = /([A-Z]?[a-z]+|[A-Z]+)$/.exec(param) ?? [];
  const isKind = plain(word) === "id" || plain(collection).includes(plain(param));
  const own = [plain(param), plain(word)];
  const likely = [...(isKind ? ["id", ...own] : own), "id", "sid", "uuid", "uid", "guid", "key"];
  const exact = likely.flatMap((word) => names.filter((name) => plain(name) === word));
  const like = names.filter((name) => plain(name).endsWith(plain(param)));
  return [...exact, ...like, ...names.filter((name) => /id$/i.test(name))][0];
}
