/** What a document leaves open and a client has to know: where the conversations are, which server, which credentials. */

import type { ConvoExtension, Spec } from "../generate/openapi.ts";
import { resolve } from "../generate/resolve.ts";
import {
  hasVerb,
  ITEM_END,
  type Item,
  isNamed,
  itemsOf,
  namedList,
  parametersOf,
  type Route,
  routesOf,
} from "./items.ts";
import { pascal } from "./names.ts";
import { type Node, node } from "./node.ts";
import { type Note, note } from "./note.ts";

/** Chooses the paths that make the conversation surface, and the item they are about. */
export function choosePaths(
  document: Node,
  wanted: string[] | undefined,
): { paths: string[]; item?: Item; notes: Note[] } {
  const items = itemsOf(document);
  if (wanted) {
    const item = items.find(({ path }) => wanted.some((prefix) => path.startsWith(prefix)));
    return { paths: wanted, ...(item && { item }), notes: item ? updateNotes(item) : noItem(document) };
  }
  const [item, ...others] = items;
  const list = item && isNamed(item) ? undefined : namedList(document);
  if (item && list !== undefined) {
    const byId = items.filter(({ read, update }) => read && update).map(({ collection }) => collection);
    const also = byId.length > 0 ? `; by an id there are ${listed(byId)} (--paths)` : "";
    const text = `${list} is taken for the conversations, none of which is read and updated by its id: a client is made, and nothing for core${also}`;
    return { paths: [list], notes: [note("missing", ["paths", list], text)] };
  }
  if (!item) return { paths: ["/"], notes: noItem(document) };
  const also = others.filter(({ read, update }) => read && update).map(({ collection }) => collection);
  const isSure = also.length === 0;
  const guess = `${item.collection} is taken for the conversations${isSure ? "" : `; also there: ${listed(also)} (--paths)`}`;
  const { read, update, list: all, create, remove } = item;
  const used = [read, update, all, create, remove].flatMap((route) => (route ? [route.path] : []));
  const paths = hasVerb(item.path) ? [...new Set(used)] : [item.collection];
  return { paths, item, notes: [note("guessed", ["paths", item.path], guess), ...updateNotes(item)] };
}

/** Says that nothing is updated by its id, or what of a query keeps core from it. */
function noItem(document: Node): Note[] {
  const demanded = routesOf(document)
    .filter(({ path, method }) => method !== "delete" && ITEM_END.test(path))
    .flatMap((route) => parametersOf(document, route, "query").filter(({ required }) => required));
  const names = [...new Set(demanded.map(({ name }) => name))];
  if (names.length > 0)
    return names.map((name) =>
      note(
        "missing",
        ["paths"],
        `${name} is demanded in the query, where core puts nothing: once it is not, callers add it in the option \`fetch\``,
        { target: `$..parameters[?@.name == ${JSON.stringify(name)}]`, update: { required: false } },
      ),
    );
  const text = "no path ends in an id that can be read or updated: name the right ones with --paths";
  return [note("missing", ["paths"], text)];
}

function updateNotes({ path, read, update, otherUpdates }: Item): Note[] {
  if (!update)
    return [
      note(
        "missing",
        ["paths", path],
        "this API has no update of it: a client is made, and nothing for core",
      ),
    ];
  const name = (route: { method: string; path: string }): string =>
    `${route.method.toUpperCase()} ${route.path}`;
  const others = otherUpdates.length > 0 ? `; also there: ${listed(otherUpdates.map(name))}` : "";
  const notes = [
    note(
      "guessed",
      ["paths", update.path, update.method],
      `${name(update)} is taken for the update${others}`,
    ),
  ];
  if (!read) notes.push(note("missing", ["paths", path], "it cannot be read at the path of its id"));
  return notes;
}

const listed = (names: readonly string[]): string =>
  names.length > 6 ? `${names.slice(0, 6).join(", ")} and ${names.length - 6} more` : names.join(", ");

/**
 * Chooses the server, and writes it into the document.
 *
 * @param wanted a URL that wins over the document's
 * @param current the server of the spec we have: it stays as long as the document has it, or none that is usable
 * @param source where the document came from; a relative server is relative to it
 */
export function chooseServer(
  document: Node,
  wanted: string | undefined,
  source: string,
  current?: Spec["servers"][number],
): Note[] {
  const given = Array.isArray(document.servers) ? document.servers.map(node) : [];
  const usable = given.flatMap((server) => {
    const url = absolute(String(server.url ?? ""), source);
    return url === undefined ? [] : [{ ...server, url }];
  });
  const at = wanted ?? current?.url;
  const same = usable.find(({ url }) => url.replace(/\/$/, "") === at?.replace(/\/$/, ""));
  const ours = wanted === undefined ? undefined : { url: wanted };
  const server: Node | undefined = same ?? ours ?? usable[0] ?? (current && { ...current });
  document.servers = server ? [server] : [];
  if (!server)
    return [
      note(
        "missing",
        ["servers"],
        "no server with a full URL: callers have to pass `baseUrl` or set its variable, or give one with --server",
        { target: "$", update: { servers: [{ url: "https://api.example.com" }] } },
      ),
    ];
  const others = usable.filter((one) => one !== server).map(({ url }) => url);
  const notes: Note[] = [];
  if (at === undefined && others.length > 0)
    notes.push(
      note(
        "guessed",
        ["servers", 0],
        `${server.url} is the server; also there: ${listed(others)} (--server)`,
      ),
    );
  notes.push(...serverVariables(server));
  return notes;
}

function absolute(url: string, source: string): string | undefined {
  if (/^https?:\/\//i.test(url)) return url.trim();
  if (!/^https?:\/\//i.test(source) || url === "") return undefined;
  return url.startsWith("/") ? new URL(source).origin + url : undefined;
}

/** Every variable of the URL is declared; what the vendor only shows as an example is asked. */
function serverVariables(server: Node): Note[] {
  const names = [...String(server.url).matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
  const variables = node(server.variables);
  if (names.length === 0) return [];
  server.variables = Object.fromEntries(
    names.map((name) => [name, { default: "", ...node(variables[name]) }]),
  );
  return names.map((name) => {
    const usual = String(node(variables[name]).default ?? "");
    const text = usual
      ? `{${name}} of the server is ${JSON.stringify(usual)} unless \`server: { ${name} }\` says otherwise`
      : `{${name}} of the server has to be passed: \`server: { ${name}: "..." }\``;
    return note("guessed", ["servers", 0, "variables", name], text);
  });
}

/** A way to say who calls. */
interface Scheme {
  name: string;
  value: Node;
  /** What stands before the key in its header. */
  prefix?: string;
}

const isInQuery = ({ value }: Scheme): boolean => value.type === "apiKey" && value.in === "query";

/** How well a client can use a scheme: 0 is best, 9 is not at all. */
function schemeRank({ value }: Scheme): number {
  const { type, scheme, in: place } = value;
  const word = String(scheme).toLowerCase();
  if (type === "http") return word === "bearer" ? 0 : word === "basic" ? 2 : 9;
  if (type === "apiKey")
    return place === "header" ? (/^authorization$/i.test(String(value.name)) ? 1 : 1.5) : 9;
  return type === "oauth2" || type === "openIdConnect" ? 3 : 9;
}

/**
 * Chooses the credentials and writes them into the document: the chosen scheme comes first, those that go with it become headers.
 *
 * @param wanted `bearer`, `basic`, `header:<name>`, `header:<name>:<word before the key>` or the name of a scheme
 */
export function chooseAuth(
  document: Node,
  item: Item | undefined,
  wanted: string | undefined,
  vendor: string,
): Note[] {
  const declared = Object.entries(node(node(document.components).securitySchemes)).map(([name, value]) => ({
    name,
    value: resolve(document as unknown as Spec, node(value)),
  }));
  const operation = (item?.update ?? item?.read)?.operation ?? routesOf(document)[0]?.operation;
  const alternative = alternatives(document, operation, declared);
  const inQuery = alternative.flatMap((set) => set.filter(isInQuery));
  const sets = alternative
    .map((set) => set.filter((one) => !isInQuery(one)))
    .filter((set) => set.length > 0)
    .map((set) => ({ set, rank: Math.max(...set.map(schemeRank)), best: Math.min(...set.map(schemeRank)) }))
    .sort(
      (one, other) => one.best - other.best || one.rank - other.rank || one.set.length - other.set.length,
    );
  const asked = wanted === undefined ? undefined : askedScheme(wanted, declared);
  const key = declared.length === 0 && keyHeader(document, item);
  const best = asked ? [asked] : sets[0] && sets[0].rank < 9 ? sets[0].set : key ? [key] : undefined;
  const notes: Note[] = [];
  if (key && best?.[0] === key)
    notes.push(
      note("guessed", ["components", "securitySchemes"], `the key is sent in the header ${key.value.name}`),
    );
  if (!best) notes.push(assumeBearer(declared));
  const everywhere = inQuery.find((one) => alternative.every((set) => set.includes(one)));
  if (everywhere)
    notes.push(
      note(
        "missing",
        ["components", "securitySchemes", everywhere.name],
        `${String(everywhere.value.name)} goes in the query, where no client of ours puts a key: add it in the option \`fetch\``,
      ),
    );
  const [first = BEARER, ...rest] = (best ?? []).toSorted(
    (one, other) => schemeRank(one) - schemeRank(other),
  );
  // Documents call them `Bearer Auth` and the like, which no reference could.
  const name = /^[\w.-]+$/.test(first.name) ? first.name : pascal(first.name);
  const schemes = { [name]: usable(first) };
  document.components = { ...node(document.components), securitySchemes: schemes };
  document.security = [{ [name]: [] }];
  for (const route of routesOf(document)) delete route.operation.security;
  const convo = document["x-convo"] as ConvoExtension;
  if (first.prefix !== undefined) convo.keyPrefix = first.prefix;
  if (
    first.value.type === "apiKey" &&
    convo.keyPrefix === undefined &&
    /\bbearer\b/i.test(String(first.value.description))
  )
    convo.keyPrefix = "Bearer ";
  for (const { name, value } of rest) {
    const header = String(value.name ?? "");
    if (value.type !== "apiKey" || header === "") continue;
    const variable = variableName(vendor, header);
    convo.env.headers = { ...convo.env.headers, [header]: variable };
    notes.push(note("guessed", ["components", "securitySchemes", name], `${header} comes from ${variable}`));
  }
  if (first.value.type === "oauth2" || first.value.type === "openIdConnect")
    notes.push(
      note(
        "guessed",
        ["components", "securitySchemes", first.name],
        "an OAuth token is sent as a bearer token",
      ),
    );
  const others = sets
    .slice(1)
    .flatMap(({ set }) => set.map(({ name }) => name))
    .filter((name) => name !== first.name);
  if (best && !asked && others.length > 0)
    notes.push(
      note(
        "guessed",
        ["components", "securitySchemes", first.name],
        `${first.name} is used; also there: ${listed([...new Set(others)])} (--auth)`,
      ),
    );
  return notes;
}

/** A header of the conversation's operations, or else of others, that is called a key, at best one its own demand: the scheme of a vendor that declares none. */
function keyHeader(document: Node, { read, update }: Partial<Item> = {}): Scheme | undefined {
  const own = [update, read].flatMap((route) => (route ? headersOf(document, route) : []));
  const all = [...own, ...routesOf(document).flatMap((route) => headersOf(document, route))];
  const called = (headers: Node[], pattern: RegExp): string | undefined =>
    headers.map(({ name }) => String(name)).find((name) => pattern.test(name));
  const name =
    called(own.filter(isRequired), /(token|key)$/i) ?? called(all, /(api|auth|access)[-_]?(token|key)$/i);
  return name === undefined ? undefined : { name: "key", value: { type: "apiKey", in: "header", name } };
}

const isRequired = (parameter: Node): boolean => parameter.required === true;

/** The headers that a route takes, but for those the client sends by itself. */
const headersOf = (document: Node, route: Route): Node[] =>
  (parametersOf(document, route, "header") as unknown as Node[]).filter(
    ({ name }) => !OWN_HEADERS.test(String(name)),
  );

const BEARER: Scheme = {
  name: "assumed",
  value: {
    type: "http",
    scheme: "bearer",
    "x-assumed": true,
    "x-assumed-reason": "The vendor's document names no scheme a client could use.",
  },
};

function assumeBearer(declared: readonly Scheme[]): Note {
  const there = declared.length === 0 ? "" : ` (it names ${listed(declared.map(({ name }) => name))})`;
  return note(
    "missing",
    ["components", "securitySchemes"],
    `no security scheme a client could use${there}; a bearer token is assumed (--auth bearer, basic or header:<name>)`,
    {
      target: "$",
      update: {
        security: [{ key: [] }],
        components: { securitySchemes: { key: { type: "http", scheme: "bearer" } } },
      },
    },
  );
}

/** Sets of schemes of which any one is enough, as the operation or the document says; else every scheme by itself. */
function alternatives(document: Node, operation: Node | undefined, declared: readonly Scheme[]): Scheme[][] {
  const listedSets = [operation?.security, document.security].find(
    (one) => Array.isArray(one) && one.length > 0,
  );
  const byName = new Map(declared.map((scheme) => [scheme.name, scheme]));
  const sets = ((listedSets ?? []) as unknown[]).map((set) =>
    Object.keys(node(set)).flatMap((name) => byName.get(name) ?? []),
  );
  return sets.some((set) => set.length > 0) ? sets : declared.map((scheme) => [scheme]);
}

function askedScheme(wanted: string, declared: readonly Scheme[]): Scheme {
  const [kind = "", header = "", word] = wanted.split(":");
  const own = declared.find(({ name }) => name === wanted);
  if (own) return own;
  if (kind === "bearer" || kind === "basic") return { name: kind, value: { type: "http", scheme: kind } };
  if (kind === "header" && /^[A-Za-z0-9-]+$/.test(header))
    return {
      name: "key",
      value: { type: "apiKey", in: "header", name: header },
      ...(word !== undefined && { prefix: `${word} ` }),
    };
  const names = declared.map(({ name }) => name);
  throw new Error(
    `--auth ${wanted}: give bearer, basic, header:<name>${names.length > 0 ? ` or one of ${listed(names)}` : ""}`,
  );
}

/** The scheme as the generator knows it. */
function usable({ value }: Scheme): Node {
  if (value.type === "oauth2" || value.type === "openIdConnect")
    return {
      type: "http",
      scheme: "bearer",
      ...(value.description ? { description: value.description } : {}),
    };
  if (value.type === "http") return { ...value, scheme: String(value.scheme).toLowerCase() };
  return value;
}

/** Headers the client sends by itself, or that carry nothing a vendor needs. */
const OWN_HEADERS =
  /^(accept|content-type|content-length|authorization|user-agent|host|cookie|x-request-id|idempotency-key|if-.*)$/i;

/** Names of headers that say who calls. */
const CREDENTIAL = /(token|key|secret|auth|password|session|signature|user|account|tenant|customer)(-?id)?$/i;

/** Headers that every operation demands become the client's: fixed where the document says the value, else from the environment. */
export function chooseHeaders(document: Node, vendor: string): Note[] {
  const convo = document["x-convo"] as ConvoExtension;
  const schemes = Object.values(node(node(document.components).securitySchemes)).map((one) => node(one).name);
  const notes: Note[] = [];
  for (const { path, method, operation } of routesOf(document)) {
    for (const { name, required } of parametersOf(document, { path, operation }, "header"))
      if (required && /^if-/i.test(name))
        notes.push(
          note(
            "missing",
            ["paths", path, method, "parameters"],
            `it demands the header ${name}, which is sent only where a caller gives it in \`headers\``,
          ),
        );
    for (const parameter of headersOf(document, { path, method, operation }).filter(isRequired)) {
      const name = String(parameter.name);
      if (
        schemes.includes(name) ||
        convo.headers?.[name] !== undefined ||
        convo.env.headers?.[name] !== undefined
      )
        continue;
      // An example of a key or of who calls is somebody's, not every caller's.
      const value = CREDENTIAL.test(name) ? undefined : fixedValue(parameter);
      const at = ["paths", path, method, "parameters"];
      if (value !== undefined) {
        convo.headers = { ...convo.headers, [name]: value };
        notes.push(note("guessed", at, `the header ${name} is always ${JSON.stringify(value)}`));
      } else if (/^[A-Za-z0-9-]+$/.test(name)) {
        const variable = variableName(vendor, name);
        convo.env.headers = { ...convo.env.headers, [name]: variable };
        notes.push(note("guessed", at, `the header ${name} comes from ${variable}`));
      }
    }
  }
  return notes;
}

/** The one value a header takes, or the vendor's own choice of several. */
function fixedValue(parameter: Node): string | undefined {
  const schema = node(parameter.schema);
  const example =
    parameter.example ?? Object.values(node(parameter.examples)).map((one) => node(one).value)[0];
  const examples = Array.isArray(schema.examples) ? schema.examples[0] : undefined;
  const choice = Array.isArray(schema.enum) ? schema.enum[0] : undefined;
  const value = schema.const ?? schema.default ?? schema["x-vendor-default"] ?? choice ?? example ?? examples;
  return typeof value === "string" && /^[!-~]+( [!-~]+)*$/.test(value) ? value : undefined;
}

const variableName = (vendor: string, header: string): string =>
  `${vendor}_${header.replace(/^x-/i, "")}`.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_");
