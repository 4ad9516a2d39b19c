/** How the lists of a document go on, by the names of their parameters and the fields of their answers. Each guess is said. */
import { missingKey } from "../generate/client.ts";
import type { Parameter, Schema, Spec } from "../generate/openapi.ts";
import { type Property, propertiesOf, typesOf } from "../generate/properties.ts";
import { resolve } from "../generate/resolve.ts";
import { answerSchema, parametersOf, plain, type Route, routesOf } from "./items.ts";
import { type Node, node } from "./node.ts";
import { type Note, note } from "./note.ts";

/** Parameters that take the place where the next page begins, likeliest first, without case and punctuation. */
const CURSORS = [
  "cursor",
  "nextcursor",
  "pagetoken",
  "nextpagetoken",
  "nexttoken",
  "continuationtoken",
  "continuation",
  "marker",
  "startingafter",
  "pageafter",
  "after",
  "lastid",
  "next",
  "token",
];
/** Those that go back in time, as lists do that begin with what is newest. */
const BACKWARDS = ["before", "endingbefore"];
const NUMBERS = ["page", "pagenumber", "pageno", "pageindex"];
const OFFSETS = ["offset", "skip", "start"];
/** Parameters that say how many. */
const SIZES =
  /^(limit|count|size|take|top|first|max|maxresults|maxitems|perpage|pagesize|maxpagesize|pagelimit|itemsperpage)$/;
/** Fields with the next cursor whatever the parameter is called, and those that say whether there is one. */
const NEXT =
  /^(next|nextcursor|nextpage|nextpagetoken|nexttoken|nextpageurl|nexturl|nextlink|endcursor|aftercursor|continuationtoken|lastid)$/;
const MORE = /^(hasmore|more|hasnext|hasnextpage|hasmoreitems)$/;
const ROWS = ["data", "items", "results", "result", "list", "records", "values", "value", "content"];

/** The query parameters of a route. */
export const queryOf = (document: object, route: Pick<Route, "path" | "operation">): Parameter[] =>
  parametersOf(document, route, "query");

/** Whether a query parameter says how many, or from where. */
export const isPaging = ({ name }: Parameter): boolean =>
  SIZES.test(plain(name)) || [...CURSORS, ...BACKWARDS, ...NUMBERS, ...OFFSETS].includes(plain(name));

/** Writes `x-convo-page` into every new list whose way to go on can be told, and again where the answer lost what its rule names. */
export function guessPages(document: Node, isNew: (route: Route) => boolean): Note[] {
  return routesOf(document).flatMap((route) => {
    const { path, method, operation } = route;
    const at = ["paths", path, method];
    const rule = operation["x-convo-page"] as PageGuess["rule"] | undefined;
    const gone = rule && missingKey(document, { ...rule }, answerSchema(document, operation));
    if (rule ? gone === undefined : !isNew(route)) return [];
    delete operation["x-convo-page"];
    const guess = method === "get" ? pageOf(document, route) : undefined;
    if (!guess)
      return gone ? [note("missing", at, `how the list goes on: its answer has no ${gone} any more`)] : [];
    operation["x-convo-page"] = guess.rule;
    const others = guess.others.length > 0 ? `; also there: ${guess.others.join(", ")}` : "";
    const { param, cursor } = guess.rule;
    const way = param === undefined ? "the header `Link`" : `\`${param}\`, from \`${cursor}\``;
    return [note("guessed", at, `the list goes on by ${way}${others}`)];
  });
}

interface PageGuess {
  rule: { param?: string; cursor: string; first?: number; items?: string; more?: string };
  /** Parameters and fields that were not used. */
  others: string[];
}

function pageOf(document: Node, route: Route): PageGuess | undefined {
  const schema = answerSchema(document, route.operation);
  if (!schema) return undefined;
  const items = typesOf(document, schema).includes("array") ? undefined : rowsField(document, route, schema);
  if (items === null) return undefined;
  const answer = resolve(document as unknown as Spec, schema);
  const row = propertiesOf(
    document,
    items === undefined ? answer.items : propertiesOf(document, schema).get(items)?.schema.items,
  );
  const all = queryOf(document, route);
  const query = all.filter(isPaging);
  const isOrdered = all.some(({ name }) => /^(order|sort)/i.test(name));
  const fields = leavesOf(document, schema, items);
  const more = fields.find(({ path, types }) => MORE.test(last(path)) && types.includes("boolean"))?.path;
  const ids = [...paramsBelow(document, route), "id", "_id", "sid", "uuid"];
  const id = ids.find((name) => row.has(name));
  const found = cursorOf(query, fields, id, isOrdered, hasLinks(document, route));
  if (!found) return undefined;
  const rule = { ...found, ...(items !== undefined && { items }), ...(more !== undefined && { more }) };
  const unused = query
    .map(({ name }) => name)
    .filter((name) => name !== found.param && !SIZES.test(plain(name)));
  return { rule, others: unused };
}

/** What the paths to one thing of a list call its id. */
const paramsBelow = (document: Node, { path }: Route): string[] =>
  Object.keys(node(document.paths)).flatMap((other) =>
    other.startsWith(`${path}/{`) ? [/\{([^{}]+)\}/.exec(other.slice(path.length))?.[1] ?? ""] : [],
  );

/** Whether the successful answer is declared to have the header `Link`. */
const hasLinks = (document: Node, { operation }: Route): boolean =>
  Object.entries(node(operation.responses)).some(
    ([status, response]) =>
      status.startsWith("2") &&
      Object.keys(node(resolve(document as unknown as Spec, node(response)).headers)).some((name) =>
        /^link$/i.test(name),
      ),
  );

/** The one field of an answer that holds rows, as `isRow` tells them by their properties; null where none does, or several may. */
export function rowsField(
  document: object,
  { path }: Route,
  schema: Schema,
  isRow: (row: Map<string, Property>) => boolean = (row) => row.size > 0,
): string | null {
  const rows = [...propertiesOf(document, schema)].filter(
    ([, { types, schema: one }]) => types.join() === "array" && isRow(propertiesOf(document, one.items)),
  );
  const segment = plain(path.split("/").findLast((one) => one !== "" && !one.startsWith("{")) ?? "");
  const named = rows.find(([name]) => ROWS.includes(plain(name)) || plain(name) === segment);
  const [only, ...others] = rows;
  return named?.[0] ?? (only && others.length === 0 ? only[0] : null);
}

/** A field of an answer outside of its rows, by its path. */
interface Leaf {
  path: string;
  types: string[];
  isUrl: boolean;
}

function leavesOf(document: Node, schema: Schema, rows: string | undefined, prefix = "", depth = 0): Leaf[] {
  if (depth > 3) return [];
  return [...propertiesOf(document, schema)].flatMap(([name, { types, schema: one }]): Leaf[] => {
    if (prefix === "" && name === rows) return [];
    const path = prefix + name;
    if (types.includes("object")) return leavesOf(document, one, undefined, `${path}.`, depth + 1);
    return types.includes("array") ? [] : [{ path, types, isUrl: isUrl(name, one) }];
  });
}

/** Whether a field holds the whole URL of the next page. */
const isUrl = (name: string, { format, description, example, examples }: Node): boolean =>
  format === "uri" ||
  format === "url" ||
  /(url|uri|link)$/i.test(name) ||
  /^https?:/.test(String(example ?? (Array.isArray(examples) ? examples[0] : ""))) ||
  /\b(url|link)\b/i.test(String(description));

const last = (path: string): string => plain(path.split(".").at(-1) ?? "");

/** Which parameter takes the cursor, and where the cursor is. */
function cursorOf(
  query: readonly Parameter[],
  fields: readonly Leaf[],
  id: string | undefined,
  isOrdered: boolean,
  hasLinks: boolean,
): { param?: string; cursor: string; first?: number } | undefined {
  const named = (words: readonly string[]): Parameter | undefined =>
    words.flatMap((word) => query.find(({ name }) => plain(name) === word) ?? [])[0];
  const offset = named(OFFSETS);
  const isNumber = /integer|number/.test(String(offset?.schema?.type ?? "integer"));
  const [forward = isNumber ? undefined : offset, backward] = [named(CURSORS), named(BACKWARDS)];
  const texts = fields.filter(({ types }) => types.every((type) => type === "string" || type === "integer"));
  const isSame = (path: string, param: string): boolean =>
    last(path) === plain(param) && path.split(".").some((step) => /^next/i.test(step));
  if (forward) {
    const { name: param } = forward;
    const next =
      texts.find(({ path }) => isSame(path, param)) ??
      texts.find(({ path }) => NEXT.test(last(path)) && !/prev/i.test(path)) ??
      texts.find(({ path }) => last(path) === plain(param) && !/^(after|next)$/.test(plain(param)));
    if (next) return { param, cursor: `${next.isUrl ? "url" : "body"}.${next.path}` };
  }
  // Of two directions, the one that goes on from the newest, unless the order can be chosen.
  const byId = backward && (!forward || !isOrdered) ? backward : forward;
  if (byId && id !== undefined && /after|before|lastid/.test(plain(byId.name)))
    return { param: byId.name, cursor: `item.${id}` };
  if (hasLinks) return { cursor: "link" };
  const page = named(NUMBERS);
  if (page) {
    const { default: given, "x-vendor-default": usual = given, minimum } = page.schema ?? {};
    return { param: page.name, cursor: "page", ...((usual ?? minimum) === 0 && { first: 0 }) };
  }
  return offset && isNumber ? { param: offset.name, cursor: "offset" } : undefined;
}
