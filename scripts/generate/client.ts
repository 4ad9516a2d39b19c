/** `src/client.ts` and `src/index.ts`: the thin interface over the vendor's data, and what every generated file begins with. */

import type { Schema, Spec } from "./openapi.ts";
import type { Row } from "./operations.ts";
import { isMap, propertiesOf, typesOf } from "./properties.ts";
import { resolve } from "./resolve.ts";
import type { VendorSpec } from "./spec.ts";

const GENERATED = "// Generated from specs/";

/** Whether a file is the generator's by its own words: a source or a README by its first line, a manifest by its description. */
export const isMarked = (text: string): boolean =>
  text.startsWith(GENERATED) ||
  text.startsWith("<!-- Generated from specs/") ||
  /^ {2}"description": ".*, generated from its OpenAPI description\."/m.test(text);

/** The first line of a vendor's generated sources. */
export const header = (vendor: string): string =>
  `${GENERATED}${vendor}/openapi.yaml by \`pnpm regen\`. Do not edit: change the spec.\n`;

/** `src/client.ts`: one method per operation, typed by plain references so that a call costs no instantiations, but for maps. */
export function clientFile({ vendor, spec }: VendorSpec, rows: Row[]): string {
  const { displayName: display, docs, env } = spec["x-convo"];
  const methods = rows.map((row) => method(spec, row)).join("\n");
  const options = rows.filter((row) => row.query).map((row) => optionsOf(row));
  const types = ["ApiPromise", "CallOptions", "PagePromise", "StreamPromise", "WithMap"].filter((name) =>
    [methods, ...options].some((text) => new RegExp(`\\b${name}\\b`).test(text)),
  );
  const imports = ["createClient", ...["Client", "ClientOptions", ...types].map((name) => `type ${name}`)];
  return `${header(vendor)}import { ${imports.join(", ")} } from "@convo/client";
import type { components, ${options.length > 0 ? "operations, " : ""}paths } from "./schema.ts";
import { vendor } from "./vendor.ts";

type Schemas = components["schemas"];

${options.join("\n")}
/** Typed client of ${comment(spec.info.title)}: one method per operation. A method rejects with \`ConvoError\`, or with what a callback you gave it throws. */
export interface ${display}Client extends Client<paths> {
${methods}
}

/**
 * Creates a client for ${display}. Options left out come from the environment at the first call: the key from
 * \`${comment(env.apiKey)}\`${env.baseUrl ? `, the base URL from \`${comment(env.baseUrl)}\`` : ""}.
 *
 * @throws ConvoError of kind \`invalid\` or \`auth\` for invalid options.
 * ${docs ? `@see ${comment(docs)}` : ""}
 */
export function create${display}Client(options?: ClientOptions): ${display}Client {
  return createClient<${display}Client>(vendor, options);
}
`;
}

/** `listConversationItems` -> `ListConversationItemsOptions`. */
const optionsName = ({ name }: Row): string => `${name[0]?.toUpperCase()}${name.slice(1)}Options`;

function optionsOf(row: Row): string {
  const type = `NonNullable<operations["${row.name}"]["parameters"]["query"]>`;
  const field = row.query?.required ? `query: ${type}` : `query?: ${type} | undefined`;
  return `/** Options of \`${row.name}\`: its query, and those of every call. */
export interface ${optionsName(row)} extends CallOptions {
${field};
}
`;
}

function method(spec: Spec, row: Row): string {
  const { summary, description, deprecated } = row.operation;
  const text = [summary, description].filter(Boolean).map((part) => comment(part ?? "").trim());
  const doc = ["/**", ...text.map((part) => ` * ${part}\n *`), ` * \`${row.method} ${comment(row.path)}\``];
  if (deprecated) doc.push(" * @deprecated");
  const signatures = variants(spec, row).map(
    ({ body, result, generics = "" }) =>
      `${row.name}${generics}(${args(row, body).join(", ")}): ${result};\n`,
  );
  return signatures.map((signature) => `${doc.join("\n")}\n */\n${signature}`).join("\n");
}

/** One way to call a method: the type of its body, and what it returns. */
interface Variant {
  body: string | undefined;
  result: string;
  /** Type parameters: one for each map in the body. */
  generics?: string;
}

/** A method that streams unless its body says otherwise has two: a call that streams has another type. */
function variants(spec: Spec, row: Row): Variant[] {
  const { body, stream } = row;
  const type = body && `Schemas["${body.schema}"]`;
  const events = `StreamPromise<${stream?.event ? `Schemas["${stream.event}"]` : "unknown"}>`;
  if (!stream) return [{ ...withMaps(spec, row, type), result: result(spec, row) }];
  if (!stream.unless) return [{ body: type, result: events }];
  const fields = Object.entries(stream.unless).map(([name, value]) => [
    JSON.stringify(name),
    JSON.stringify(value),
  ]);
  const json = fields.map(([name, value]) => `${name}: ${value}`).join("; ");
  const other = fields.map(([name, value]) => `${name}?: Exclude<${type}[${name}], ${value}>`).join("; ");
  return [
    { body: `${type} & { ${other} }`, result: events },
    { body: `${type} & { ${json} }`, result: result(spec, row) },
  ];
}

/** The body's type where maps in it, such as metadata, may be of types of the caller's own. */
function withMaps(spec: Spec, row: Row, type: string | undefined): Pick<Variant, "body" | "generics"> {
  const { properties = {}, ...rest } = row.body ? resolve(spec, named(row.body.schema)) : {};
  // Of a choice, null among them, or with fields of any name beside, TypeScript cannot take one field out.
  const isChoice = rest.anyOf || rest.oneOf || rest.allOf || [rest.type].flat().includes("null");
  const isPlain = !isChoice && !rest.additionalProperties;
  const maps = isPlain
    ? Object.keys(properties).filter((name) => isMap(spec, properties[name] as Schema))
    : [];
  let body = type;
  const generics: string[] = [];
  for (const [at, name] of maps.entries()) {
    const own = `Own${at > 0 ? at + 1 : ""}`;
    body = `WithMap<${body}, ${JSON.stringify(name)}, ${own}>`;
    generics.push(`${own} extends object`);
  }
  return { body, ...(generics.length > 0 && { generics: `<${generics.join(", ")}>` }) };
}

const named = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** Path parameters, then a body for every verb that may carry one, then one options object. */
function args(row: Row, body: string | undefined): string[] {
  const { pathParameters, query, takesBody } = row;
  const list: { name: string; type: string; required: boolean }[] = pathParameters.map(({ name, type }) => ({
    name: argumentName(name),
    type,
    required: true,
  }));
  if (takesBody)
    list.push({ name: "body", type: body ?? "undefined", required: row.body?.required ?? false });
  const options = query ? optionsName(row) : "CallOptions";
  list.push({ name: "options", type: options, required: query?.required ?? false });
  const lastRequired = list.findLastIndex(({ required }) => required);
  return list.map(({ name, type, required }, index) => {
    if (required) return `${name}: ${type}`;
    return index < lastRequired ? `${name}: ${type} | undefined` : `${name}?: ${type}`;
  });
}

function result(spec: Spec, row: Row): string {
  const type = row.result.map((name) => `Schemas["${name}"]`).join(" | ") || "void";
  const data = row.empty && row.result.length > 0 ? `${type} | undefined` : type;
  if (!row.page) return `ApiPromise<${data}>`;
  const items = row.page.items as string | undefined;
  for (const name of row.result) checkPage(spec, row, name);
  return `PagePromise<${data}, ${itemType(spec, row, type, items)}>`;
}

/** The type of one item; an answer or a field of it that may be absent or null is one where a page has items. */
function itemType(spec: Spec, { result }: Row, type: string, items: string | undefined): string {
  const [name = ""] = result;
  const answer = named(name);
  const field = items === undefined ? undefined : propertiesOf(spec, answer).get(items);
  // What one part demands, the type of another may allow to be absent.
  const isWhole = resolve(spec, answer).allOf === undefined;
  const isSure = field
    ? field.required && !field.nullable && isWhole
    : !typesOf(spec, answer).includes("null");
  const list = items === undefined ? type : `${type}[${JSON.stringify(items)}]`;
  return isSure ? `${list}[number]` : `NonNullable<${list}>[number]`;
}

/** A page rule naming a key the response does not have would end every iteration after one page, in silence. */
function checkPage(spec: Spec, row: Row, name: string): void {
  const key = missingKey(spec, row.page, named(name));
  if (key !== undefined) throw new Error(`${row.name}: x-convo-page names ${key}, which ${name} lacks`);
}

/** The first key that a page rule names and an answer does not have. */
export function missingKey(
  document: object,
  page: Row["page"],
  answer: Schema | undefined,
): string | undefined {
  const { items, cursor, more } = page as { items?: string; cursor?: string; more?: string };
  const fromBody = /^(?:body|url)\.(.*)$/s.exec(cursor ?? "")?.[1];
  return [items, more, fromBody].find((path) => {
    let schema = answer;
    for (const key of path?.split(".") ?? []) schema = propertiesOf(document, schema).get(key)?.schema;
    return path !== undefined && schema === undefined;
  });
}

/** A path parameter as an argument, beside those that every method has. */
const argumentName = (name: string): string =>
  /^(body|query|options)$/.test(camel(name)) ? `${camel(name)}Parameter` : camel(name);

/** `conversation_id` -> `conversationId`. */
export const camel = (name: string): string =>
  name.replaceAll(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Text for a doc comment: it cannot close the comment, and stays on one line. */
export const comment = (text: string): string => text.replaceAll("*/", "*\\/").replaceAll(/\s+/g, " ");

/** What a vendor package passes on from `@convo/client`, so that nobody has to install that too. */
const PASSED_ON = [
  ...["ConvoError", "isConvoError", "logger"],
  ...[
    ...[
      "ApiKeyFunction",
      "ApiPromise",
      "ApiResponse",
      "AttemptEnd",
      "AttemptOutcome",
      "BodyReader",
      "CallEvent",
    ],
    ...[
      "CallOptions",
      "ClientListener",
      "ClientOptions",
      "ErrorDetails",
      "ErrorEvent",
      "ErrorKind",
      "EventStream",
    ],
    ...[
      "Fetch",
      "FetchInit",
      "FetchResponse",
      "HeadersInput",
      "HttpOptions",
      "ListPage",
      "LogLevel",
      "LogSink",
    ],
    ...[
      "OperationKind",
      "PagePromise",
      "RateLimit",
      "ResponseEvent",
      "ResponseHeaders",
      "RetryEvent",
      "RetryMode",
    ],
    ...["StreamPromise", "UpcomingAttempt", "WithMap"],
  ].map((name) => `type ${name}`),
];

/** `src/index.ts`: the client, the options of its methods, a name for every schema, errors and option types. */
export function indexFile({ vendor, spec }: VendorSpec, rows: Row[]): string {
  const display = spec["x-convo"].displayName;
  const options = rows.filter((row) => row.query).map((row) => `type ${optionsName(row)}`);
  return `${header(vendor)}export { ${PASSED_ON.join(", ")} } from "@convo/client";
export { create${display}Client, type ${display}Client${options.map((name) => `, ${name}`).join("")} } from "./client.ts";
export type { components, operations, paths } from "./schema.ts";
export type * from "./types.ts";
export { vendor } from "./vendor.ts";
`;
}

/** `src/types.ts`: every schema by its own name. A name that the index has already stays reachable through `components`. */
export function typesFile({ vendor, spec }: VendorSpec): string {
  const names = Object.keys(spec.components.schemas).filter((name) => /^[A-Z]\w*$/.test(name));
  const lines = names.map((name) => `export type ${name} = components["schemas"]["${name}"];`);
  if (lines.length === 0) return `${header(vendor)}export type { components } from "./schema.ts";\n`;
  return `${header(vendor)}import type { components } from "./schema.ts";

${lines.join("\n")}
`;
}
