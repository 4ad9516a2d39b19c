/** `src/client.ts` and `src/index.ts`: the thin interface over the vendor's data, and what every generated file begins with. */
import type { Row } from "./operations.ts";
import { resolve, type Spec, type VendorSpec } from "./spec.ts";

const GENERATED = "// Generated from specs/";

/** Whether a file is the generator's by its own words: a source or a README by its first line, a manifest by its description. */
export const isMarked = (text: string): boolean =>
  text.startsWith(GENERATED) ||
  text.startsWith("<!-- Generated from specs/") ||
  /^ {2}"description": ".*, generated from its OpenAPI description\."/m.test(text);

/** The first line of a vendor's generated sources. */
export const header = (vendor: string): string =>
  `${GENERATED}${vendor}/openapi.yaml by \`pnpm regen\`. Do not edit: change the spec.\n`;

/** `src/client.ts`: one method per operation, typed by plain references so that a call costs no instantiations. */
export function clientFile({ vendor, spec }: VendorSpec, rows: Row[]): string {
  const { displayName: display, docs, env } = spec["x-convo"];
  const paged = rows.some((row) => row.page);
  const imports = [
    "createClient",
    "type CallOptions",
    "type Client",
    "type ClientOptions",
    paged ? "type PageRequest" : "",
  ];
  const query = rows.some((row) => row.query);
  return `${header(vendor)}import { ${imports.filter(Boolean).join(", ")} } from "@convo/client";
import type { components, ${query ? "operations, " : ""}paths } from "./schema.ts";
import { vendor } from "./vendor.ts";

type Schemas = components["schemas"];
${query ? 'type Query<Name extends keyof operations> = NonNullable<operations[Name]["parameters"]["query"]>;\n' : ""}
/** Typed client of ${comment(spec.info.title)}: one method per operation. Every method throws \`ConvoError\`. */
export interface ${display}Client extends Client<paths> {
${rows.map((row) => method(spec, row)).join("\n")}
}

/**
 * Creates a client for ${display}. Options left out come from the environment at the first call: the key from
 * \`${comment(env.apiKey)}\`${env.baseUrl ? `, the base URL from \`${comment(env.baseUrl)}\`` : ""}.
 *
 * @throws ConvoError of kind \`invalid\` when an option is not usable.
 * ${docs ? `@see ${comment(docs)}` : ""}
 */
export function create${display}Client(options?: ClientOptions): ${display}Client {
  return createClient<${display}Client>(vendor, options);
}
`;
}

function method(spec: Spec, row: Row): string {
  const { summary, description, deprecated } = row.operation;
  const text = [summary, description].filter(Boolean).map((part) => comment(part ?? "").trim());
  const doc = ["/**", ...text.map((part) => ` * ${part}\n *`), ` * \`${row.method} ${comment(row.path)}\``];
  if (deprecated) doc.push(" * @deprecated");
  return `${doc.join("\n")}\n */\n${row.name}(${args(row).join(", ")}): ${result(spec, row)};\n`;
}

interface Argument {
  name: string;
  type: string;
  required: boolean;
}

function args(row: Row): string[] {
  const { pathParameters, body, query, name } = row;
  const list: Argument[] = pathParameters.map((one) => ({
    name: camel(one.name),
    type: one.type,
    required: true,
  }));
  if (body) {
    const schema = `Schemas["${body.schema}"]`;
    list.push({
      name: "body",
      type: body.only ? `${schema} & { ${body.only} }` : schema,
      required: body.required,
    });
  }
  if (query) list.push({ name: "query", type: `Query<"${name}">`, required: query.required });
  list.push({ name: "options", type: "CallOptions", required: false });
  const lastRequired = list.findLastIndex(({ required }) => required);
  return list.map(({ name, type, required }, index) => {
    if (required) return `${name}: ${type}`;
    return index < lastRequired ? `${name}: ${type} | undefined` : `${name}?: ${type}`;
  });
}

function result(spec: Spec, row: Row): string {
  const type = row.result.map((name) => `Schemas["${name}"]`).join(" | ") || "void";
  if (!row.page) return `Promise<${type}>`;
  const items = row.page.items;
  const itemType = items === undefined ? `${type}[number]` : `${type}[${JSON.stringify(items)}][number]`;
  for (const name of row.result) checkPage(spec, row, name);
  return `PageRequest<${type}, ${itemType}>`;
}

/** A page rule naming a key the response does not have would end every iteration after one page, in silence. */
function checkPage(spec: Spec, row: Row, name: string): void {
  const { items, cursor, more } = row.page as { items?: string; cursor: string; more?: string };
  const { properties = {} } = resolve(spec, { $ref: `#/components/schemas/${name}` } as {
    $ref: string;
    properties?: object;
  });
  const keys = [items, more, cursor.startsWith("body.") ? cursor.slice(5) : undefined];
  for (const key of keys) {
    if (key !== undefined && !Object.hasOwn(properties, key))
      throw new Error(`${row.name}: x-convo-page names ${key}, which ${name} lacks`);
  }
}

/** `conversation_id` -> `conversationId`. */
export const camel = (name: string): string =>
  name.replaceAll(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Text for a doc comment: it cannot close the comment, and stays on one line. */
export const comment = (text: string): string => text.replaceAll("*/", "*\\/").replaceAll(/\s+/g, " ");

/** `src/index.ts`. */
export function indexFile({ vendor, spec }: VendorSpec): string {
  const display = spec["x-convo"].displayName;
  return `${header(vendor)}export { create${display}Client, type ${display}Client } from "./client.ts";
export type { components, operations, paths } from "./schema.ts";
export { vendor } from "./vendor.ts";
`;
}
