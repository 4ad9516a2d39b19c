/** What a vendor's spec tells of creating, listing, deleting and archiving conversations, and of their messages. */

import type { Parameter, Schema, Spec } from "../generate/openapi.ts";
import { rows } from "../generate/operations.ts";
import { type Property, propertiesOf, schemasIn, typesOf } from "../generate/properties.ts";
import { resolve } from "../generate/resolve.ts";
import { answerSchema, plain, type Route, routesOf } from "../pull/items.ts";
import type { Node } from "../pull/node.ts";
import { isPaging, queryOf, rowsField } from "../pull/paging.ts";
import { type Ask, CREATED, type FieldGuess, type MetadataGuess, snake, typeOf, words } from "./guesses.ts";
import { sample } from "./sample.ts";
import type { VendorShape } from "./vendor-shape.ts";

/** The verbs' part of a record: rules as data, or null. */
export interface VerbsDraft {
  create: CreateRules | null;
  list: object | null;
  delete: object | null;
  archive: object | null;
  messages: MessageRules | null;
}

interface CreateRules {
  route: string;
  request: { in: string } | undefined;
  returns: string | { in: string } | { id: string };
  lacks: string[] | undefined;
}

/** Where messages are, and which of their fields say what. */
interface MessageRules {
  route: string;
  query: object | undefined;
  in: string | undefined;
  id: string | null;
  role: string;
  roles: Record<string, string>;
  text: string;
  createdAt: string | null;
  attachments: string | undefined;
}

/** Rules, or the reason why there are none. */
type Guess<T = object> = T | string;

/** What the guesses stand on. */
interface Known {
  spec: Spec;
  shape: VendorShape;
  fields: readonly FieldGuess[];
  metadata: MetadataGuess;
  ask: Ask;
}

/** `"GET /threads/{id}"`. */
export const routeText = ({ method, path }: Route): string => `${method.toUpperCase()} ${path}`;

/** One answer for each verb. `ask` gets a question for each guess, and the reason of each null. */
export function guessVerbs(
  spec: Spec,
  shape: VendorShape,
  fields: readonly FieldGuess[],
  metadata: MetadataGuess,
  ask: Ask,
): VerbsDraft {
  const known = { spec, shape, fields, metadata, ask };
  const given = <T extends object>(verb: keyof VerbsDraft, guess: Guess<T>): T | null => {
    if (typeof guess !== "string") return guess;
    ask(verb, `null, since ${guess}`);
    return null;
  };
  return {
    create: given("create", guessCreate(known)),
    list: given("list", guessList(known)),
    delete: given("delete", guessDelete(known)),
    archive: given("archive", guessArchive(known)),
    messages: given("messages", guessMessages(known)),
  };
}

function guessCreate({ spec, shape, fields, metadata, ask }: Known): Guess<CreateRules> {
  const { create, idField } = shape;
  const { body, answer: shown } = shape.created;
  if (!create) return "the spec has no operation that creates a conversation";
  const answerBox = shape.answerBoxes.get(create);
  // The answer may be something else, such as the first message, with an id of its own.
  const elsewhere = [...shown.keys()].find(
    (name) => name !== idField && plain(name) === plain(shape.id.param),
  );
  if (!shown.has(idField) && elsewhere === undefined)
    return `the answer to ${routeText(create)} has no ${idField}`;
  const isWhole = [...shown.keys()].filter((name) => shape.answer.has(name)).length > shape.answer.size / 2;
  if (answerBox !== undefined && !isWhole)
    return `the answer to ${routeText(create)} has little more than the id, inside of ${answerBox}`;
  const box = shape.bodyBoxes.get(create);
  const mapped = fields.flatMap(({ name, path }) => (path === undefined ? [] : [{ name, path }]));
  if (metadata.path !== undefined) mapped.push({ name: "metadata", path: metadata.path });
  const lacks = mapped.filter(({ name, path }) => !takes(spec, body, path, typeOf(name)));
  const covered = new Set(mapped.map(({ path }) => path.split(".")[0]));
  const demanded = [...body].filter(([name, { required }]) => required && !covered.has(name));
  if (demanded.length > 0)
    ask(
      "create",
      `it demands ${demanded.map(([name]) => name).join(", ")}, which callers give in \`native\`: is one of them the external id (externalId)?`,
    );
  const whole = answerBox === undefined ? "conversation" : { in: answerBox };
  const returns = isWhole ? whole : elsewhere === undefined ? "id" : { id: elsewhere };
  ask("create.returns", "is that the new conversation as a read would show it?");
  return {
    route: routeText(create),
    request: box === undefined ? undefined : { in: box },
    returns,
    lacks: lacks.length > 0 ? lacks.map(({ name }) => name) : undefined,
  };
}

/** Whether a body has a field of this type at a path. */
function takes(spec: Spec, body: ReadonlyMap<string, Property>, path: string, type: string): boolean {
  const [first = "", second] = path.split(".");
  const property = body.get(first);
  const found = second === undefined ? property : property && propertiesOf(spec, property.schema).get(second);
  return found?.types.includes(type) === true;
}

function guessList(known: Known): Guess {
  const { spec, shape, ask } = known;
  const { list, idField } = shape;
  if (!list) return "the spec has no operation that lists conversations";
  const found = rowsOf(spec, list, (row) => row.has(idField));
  if (typeof found === "string") return found;
  const filters = filtersOf(known, list);
  ask("list", `${found.pages}?`);
  const names = Object.values(filters);
  if (names.length > 0)
    ask("list.filters", `do ${names.join(", ")} let through every conversation with exactly that value?`);
  return { route: routeText(list), in: found.in, queries: [found.query], filters };
}

/** Query parameters with exactly the name of a common field that the record has, or of a time that it has. */
function filtersOf({ spec, shape, fields }: Known, list: Route): Record<string, string> {
  const times = [...shape.answer.keys()].map(plain);
  const names = [
    ...fields.flatMap(({ name, path }) => (path === undefined ? [] : [name])),
    ...(times.some((name) => CREATED.includes(name)) ? ["createdAfter", "createdBefore"] : []),
  ];
  const query = queryOf(spec, list);
  return Object.fromEntries(
    names.flatMap((name) => {
      const found = query.find((one) => one.name === name || one.name === snake(name));
      return found && resolve(spec, found.schema ?? {}).type === typeOf(name) ? [[name, found.name]] : [];
    }),
  );
}

function guessDelete({ spec, shape: { remove }, ask }: Known): Guess {
  if (!remove) return "the spec has no operation that deletes a conversation";
  const demanded = demandedBy(spec, remove);
  if (demanded.length > 0)
    return `${routeText(remove)} demands the query ${demanded.map(({ name }) => name).join(", ")}`;
  if (resolve(spec, (remove.operation.requestBody ?? {}) as Node).required === true)
    return `${routeText(remove)} demands a body`;
  ask("delete.leaves", "what does the vendor keep of a conversation that is deleted?");
  return { route: routeText(remove), leaves: null };
}

function guessArchive({ shape: { body, answer }, ask }: Known): Guess {
  const field = [...body.keys()].find(
    (name) => /^(is)?archived$/.test(plain(name)) && body.get(name)?.types.join() === "boolean",
  );
  if (field === undefined || !answer.has(field))
    return "no field of the update that a read shows says `archived`";
  ask("archive", `does ${field} archive the conversation, and false bring it back?`);
  return { field };
}

/** What vendors call the messages of a conversation in a path, likeliest first. */
const MESSAGES = words("messages items entries turns posts replies comments events");
const ROLE = /^(role|(sender|author|from)(role|type)?|speaker|direction|type)$/;
const TEXT = ["text", "content", "body", "message", "parts"];
const SENT = [...CREATED, "sentat", "timestamp", "time", "date"];
/** Our word for what a vendor calls a speaker, or the way a message goes, likeliest names first. */
const ROLES: Record<string, string> = {
  ...each("user human customer contact visitor enduser inbound incoming in", "user"),
  ...each("assistant bot ai agent model business outbound outgoing out", "assistant"),
  ...each("system developer", "system"),
  ...each("tool function", "tool"),
};
/** Fields that are true for a message of somebody, and whose. */
const FLAGS: Record<string, [whenTrue: string, whenFalse: string]> = {
  ...each("inbound incoming", ["user", "assistant"]),
  ...each("outbound outgoing bot fromai", ["assistant", "user"]),
};

function each<T>(names: string, value: T): Record<string, T> {
  return Object.fromEntries(words(names).map((name) => [name, value]));
}

function guessMessages({ spec, shape, ask }: Known): Guess<MessageRules> {
  const route = messagesRoute(spec, shape);
  // Some show them in the conversation itself.
  const own = shape.answerBoxes.has(shape.read) ? undefined : shape.answer.get("messages");
  const inside = route === undefined && own?.types.join() === "array" ? own : undefined;
  if (!route && !inside) return `the spec has no list below ${shape.read.path} with a name for messages`;
  const at = route ?? shape.read;
  const found = inside
    ? {
        row: propertiesOf(spec, inside.schema.items),
        in: "messages",
        query: {},
        pages: "does a read show all",
      }
    : rowsOf(spec, at, (row) => row.size > 0);
  if (typeof found === "string") return found;
  const { row } = found;
  const speaker = speakerOf(spec, row);
  const text = named(row, TEXT, ({ types, schema }) => isText(spec, types, schema));
  if (speaker === undefined) return `no field of the messages of ${routeText(at)} says who speaks`;
  if (text === undefined) return `no field of the messages of ${routeText(at)} holds their text`;
  const order = queryOf(spec, at).find(
    ({ name, schema }) =>
      /^(sort|order|sortorder|orderby)$/.test(plain(name)) && enumOf(spec, schema).includes("asc"),
  );
  ask("messages", `are ${speaker.role} and ${text} who speaks and what is said; ${found.pages}?`);
  const query = { ...found.query, ...(order && { [order.name]: "asc" }) };
  return {
    route: routeText(at),
    query: Object.keys(query).length > 0 ? query : undefined,
    in: found.in,
    id: named(row, ["id", "sid", "uuid", "messageid"], () => true) ?? null,
    ...speaker,
    text,
    createdAt: named(row, SENT, ({ types }) => types.join() === "string") ?? null,
    attachments: row.get("attachments")?.types.includes("array") ? "attachments" : undefined,
  };
}

/** The list of messages below the conversation. */
function messagesRoute(spec: Spec, shape: VendorShape): Route | undefined {
  // The id is not called the same in every path.
  const bare = (path: string): string => path.replaceAll(/\{[^{}]+\}/g, "{}");
  const item = `${bare(shape.read.path.replace(/(\.json)?\/?$/, ""))}/`;
  const below = routesOf(spec).filter(({ path, method }) => method === "get" && bare(path).startsWith(item));
  return MESSAGES.flatMap(
    (word) =>
      below.find(
        ({ path }) =>
          plain(path.slice(path.lastIndexOf("}") + 1)) === word && bare(path).lastIndexOf("{}") < item.length,
      ) ?? [],
  )[0];
}

/** The field that says who speaks, also one object further in, and our words for its values. */
function speakerOf(
  spec: Spec,
  row: ReadonlyMap<string, Property>,
): { role: string; roles: Record<string, string> } | undefined {
  const inner = [...row].flatMap(([name, { types, schema }]) =>
    /^(author|sender|from)$/i.test(name) && types.join() === "object"
      ? [...propertiesOf(spec, schema)].map(([key, one]) => [`${name}.${key}`, one] as const)
      : [],
  );
  // A message's own type more often says what kind it is.
  const isType = (role: string): number => Number(plain(role) === "type");
  for (const [role, { types, schema, required }] of [...row, ...inner].sort(
    ([a], [b]) => isType(a) - isType(b),
  )) {
    const name = plain(role.split(".").at(-1) ?? "").replace(/^is/, "");
    const flag = types.join() === "boolean" ? FLAGS[name] : undefined;
    if (flag)
      return { role, roles: { true: flag[0], false: flag[1], ...(!required && { undefined: flag[1] }) } };
    if (!ROLE.test(name) || types.join() !== "string") continue;
    const known = enumOf(spec, schema);
    const values =
      name === "role" && known.length === 0 ? words("user assistant system developer tool bot") : known;
    const roles = values.flatMap((value) => {
      const word = ROLES[plain(value)];
      return word === undefined ? [] : [[value, word]];
    });
    if (roles.length > 0) return { role, roles: Object.fromEntries(roles) };
  }
  return undefined;
}

/** Every text that a value may be, by all branches. */
const enumOf = (spec: Spec, given: Schema = {}): string[] =>
  schemasIn(spec, given).flatMap(({ enum: values = [] }) => values.map(String));

/** The first property, by these words, that fits. */
const named = (
  properties: ReadonlyMap<string, Property>,
  words: readonly string[],
  fits: (property: Property, name: string) => boolean,
): string | undefined =>
  words.flatMap((word) =>
    [...properties].flatMap(([name, one]) => (plain(name) === word && fits(one, name) ? [name] : [])),
  )[0];

/** A text, or parts that have one. */
function isText(spec: Spec, types: readonly string[], schema: Schema): boolean {
  if (types.includes("string")) return true;
  const part = types.includes("array") ? resolve(spec, schema.items ?? {}) : schema;
  return part.type === "string" || propertiesOf(spec, part).has("text");
}

/** The rows of a list's answer. */
interface Rows {
  row: Map<string, Property>;
  /** The field that holds them, where the client does not know the answer as a list. */
  in: string | undefined;
  /** What it demands and the spec has a value for. */
  query: Record<string, unknown>;
  /** The question about its pages. */
  pages: string;
}

/** Finds them; or the reason why the list cannot be read. */
function rowsOf(spec: Spec, route: Route, isRow: (row: Map<string, Property>) => boolean): Rows | string {
  const at = routeText(route);
  const query = demandedQuery(spec, route);
  if (typeof query === "string") return query;
  const page = rows(spec).find(({ name }) => name === route.operation.operationId)?.page;
  const schema = answerSchema(spec, route.operation);
  const answer = schema && resolve(spec, schema);
  if (!answer) return `${at} answers no JSON`;
  const isList = typesOf(spec, answer).includes("array");
  const field = isList
    ? null
    : ((page?.items as string | undefined) ?? rowsField(spec, route, answer, isRow));
  const list = field === null ? answer : propertiesOf(spec, answer).get(field)?.schema;
  const row = propertiesOf(spec, list?.items);
  if (!isRow(row)) return `the answer to ${at} has no list of them`;
  if (isList && page === undefined) return `the answer to ${at} may be something else than a list`;
  const paging = queryOf(spec, route).filter(isPaging);
  const pages =
    page?.cursor !== undefined
      ? `does it go on by ${page.param === undefined ? "the header Link" : `${page.param}, from ${page.cursor}`}`
      : paging.length > 0
        ? `it takes ${paging.map(({ name }) => name).join(", ")}, and nothing tells how it goes on (x-convo-page): does one answer hold all`
        : "does one answer hold all";
  return { row, query, pages, in: page === undefined ? (field ?? undefined) : undefined };
}

/** What a route demands in its query, where the spec names a value: a constant, a default or, of pages, the first. */
function demandedQuery(spec: Spec, route: Route): Record<string, unknown> | string {
  const values = demandedBy(spec, route).map((one): [string, unknown] => {
    const { const: only, default: usual, "x-vendor-default": kept = usual } = resolve(spec, one.schema ?? {});
    return [one.name, only ?? kept ?? (isPaging(one) ? sample(spec, one.schema) : undefined)];
  });
  const unknown = values.filter(([, value]) => value === undefined).map(([name]) => name);
  return unknown.length > 0
    ? `${routeText(route)} demands the query ${unknown.join(", ")}`
    : Object.fromEntries(values);
}

/** The query parameters that a route demands. */
export const demandedBy = (spec: Spec, route: Route): Parameter[] =>
  queryOf(spec, route).filter(({ required }) => required);
