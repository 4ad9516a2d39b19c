/** How a client says who calls: the credentials, and the headers that every request needs. */
import type { ConvoExtension, Spec } from "../generate/openapi.ts";
import { resolve } from "../generate/resolve.ts";
import { type Item, parametersOf, type Route, routesOf } from "./items.ts";
import { pascal } from "./names.ts";
import { type Node, node } from "./node.ts";
import { listed, type Note, note } from "./note.ts";

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
  const { type, scheme, name, in: place } = value;
  const word = String(scheme).toLowerCase();
  if (type === "http") return word === "bearer" ? 0 : word === "basic" ? 2 : 9;
  if (type === "apiKey")
    return place === "header" && name ? (/^authorization$/i.test(String(name)) ? 1 : 1.5) : 9;
  return type === "oauth2" || type === "openIdConnect" ? 3 : 9;
}

/** What a document says of credentials, and what was made of it. */
interface Choice {
  /** The schemes that go together, the one that is the key first. */
  chosen: Scheme[];
  /** Whether none is usable, so that a bearer token is assumed. */
  isAssumed: boolean;
  /** Whether the key is a header that no scheme declares. */
  isHeader: boolean;
  /** A key that every operation wants in its query. */
  inQuery: Scheme | undefined;
  /** Names of schemes that would have done as well. */
  others: string[];
  declared: Scheme[];
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
  const choice = choose(document, item, wanted);
  const headers = writeSchemes(document, choice, vendor);
  return [...notesOn(choice), ...headers];
}

function choose(document: Node, item: Item | undefined, wanted: string | undefined): Choice {
  const declared = Object.entries(node(node(document.components).securitySchemes)).map(([name, value]) => ({
    name,
    value: resolve(document as unknown as Spec, node(value)),
  }));
  const operation = (item?.update ?? item?.read)?.operation ?? routesOf(document)[0]?.operation;
  const alternative = alternatives(document, operation, declared);
  const inQuery = alternative
    .flatMap((set) => set.filter(isInQuery))
    .find((one) => alternative.every((set) => set.includes(one)));
  const sets = alternative
    .map((set) => set.filter((one) => !isInQuery(one)))
    .filter((set) => set.length > 0)
    .map((set) => ({ set, rank: Math.max(...set.map(schemeRank)), best: Math.min(...set.map(schemeRank)) }))
    .sort(
      (one, other) => one.best - other.best || one.rank - other.rank || one.set.length - other.set.length,
    );
  const asked = wanted === undefined ? undefined : askedScheme(wanted, declared);
  const key = declared.length === 0 ? keyHeader(document, item) : undefined;
  const best = asked ? [asked] : sets[0] && sets[0].rank < 9 ? sets[0].set : key && [key];
  const chosen = (best ?? [BEARER]).toSorted((one, other) => schemeRank(one) - schemeRank(other));
  const rest = best && !asked ? sets.slice(1).flatMap(({ set }) => set.map(({ name }) => name)) : [];
  return {
    chosen,
    isAssumed: !best,
    isHeader: key !== undefined && chosen[0] === key,
    inQuery,
    others: [...new Set(rest)].filter((name) => name !== chosen[0]?.name),
    declared,
  };
}

/** Writes the key's scheme into the document, and the word before it; what goes with it are headers, which are told. */
function writeSchemes(document: Node, { chosen: [first = BEARER, ...rest] }: Choice, vendor: string): Note[] {
  // Documents call them `Bearer Auth` and the like, which no reference could.
  const name = /^[\w.-]+$/.test(first.name) ? first.name : pascal(first.name);
  document.components = { ...node(document.components), securitySchemes: { [name]: usable(first) } };
  document.security = [{ [name]: [] }];
  for (const route of routesOf(document)) delete route.operation.security;
  const convo = document["x-convo"] as ConvoExtension;
  const isBearer = first.value.type === "apiKey" && /\bbearer\b/i.test(String(first.value.description));
  const prefix = first.prefix ?? convo.keyPrefix ?? (isBearer ? "Bearer " : undefined);
  if (prefix !== undefined) convo.keyPrefix = prefix;
  return rest.flatMap(({ name, value }) => {
    const header = String(value.name ?? "");
    if (value.type !== "apiKey" || header === "") return [];
    const variable = variableName(vendor, header);
    convo.env.headers = { ...convo.env.headers, [header]: variable };
    return [note("guessed", ["components", "securitySchemes", name], `${header} comes from ${variable}`)];
  });
}

function notesOn({
  chosen: [first = BEARER],
  isAssumed,
  isHeader,
  inQuery,
  others,
  declared,
}: Choice): Note[] {
  const at = ["components", "securitySchemes"];
  const own = [...at, first.name];
  const isToken = first.value.type === "oauth2" || first.value.type === "openIdConnect";
  return [
    ...(isHeader ? [note("guessed", at, `the key is sent in the header ${first.value.name}`)] : []),
    ...(isAssumed ? [assumeBearer(declared)] : []),
    ...(inQuery
      ? [
          note(
            "missing",
            [...at, inQuery.name],
            `${String(inQuery.value.name)} goes in the query, where no client of ours puts a key: add it in the option \`fetch\``,
          ),
        ]
      : []),
    ...(isToken ? [note("guessed", own, "an OAuth token is sent as a bearer token")] : []),
    ...(others.length > 0
      ? [note("guessed", own, `${first.name} is used; also there: ${listed(others)} (--auth)`)]
      : []),
  ];
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
