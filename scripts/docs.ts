/** The tables of the documents, read from the records they are about, so that they cannot say anything else than those do. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ProviderData } from "@convo/core";
import { callTables, measurementsPage } from "./charts.ts";
import { faultTable, faultWays, withFaultSentence } from "./fault-results.ts";
import { rows } from "./generate/operations.ts";
import { loadSpec, type VendorSpec, vendorNames } from "./generate/spec.ts";
import { type Steps, visitNodes } from "./generate/walk.ts";
import { withCallSentence } from "./results.ts";

/** Text with what stands between the markers of a name replaced. Throws when the markers are gone. */
function between(file: string, text: string, name: string, content: string): string {
  const start = new RegExp(`<!-- ${name}:[^\\n]*-->\\n`).exec(text);
  const end = text.indexOf(`<!-- /${name} -->`);
  if (!start || end < 0) throw new Error(`${file} has lost the markers of its ${name} table`);
  return `${text.slice(0, start.index + start[0].length)}\n${content}\n\n${text.slice(end)}`;
}

const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

/** A document with its path from the root. */
export type Document = readonly [file: string, text: string];

/** The sandbox's documents with their tables of options and operations; none where there is no sandbox. */
export async function sandboxDocs(root: string): Promise<Document[]> {
  const [readme, page] = ["packages/sandbox/README.md", "docs/sandbox.md"];
  const source = join(root, "packages/sandbox/src/command-options.ts");
  if (!existsSync(join(root, readme)) || !existsSync(source)) return [];
  const { COMMAND_OPTIONS, vendorOf } = (await import(pathToFileURL(source).href)) as CommandOptions;
  const operations = vendorNames(join(root, "specs")).flatMap((vendor) =>
    rows(loadSpec(join(root, "specs"), vendor).spec).map((row) => [
      vendor,
      `\`${row.name}\``,
      `\`${row.method} ${row.path}\``,
    ]),
  );
  const inCode = (path: string): string => path.replace(/\.(\w+)/, ": { $1 }");
  const code = (text: string): string => `\`${text.replaceAll("|", "\\|")}\``;
  const flagOf = ({ flag, value }: CommandOption): string => code(`--${flag} ${value}`.trim());
  const switches = COMMAND_OPTIONS.flatMap((option) => {
    const { path, about, default: usual } = option;
    const vendor = vendorOf(option);
    return vendor ? [[vendor, about, code(inCode(path)), flagOf(option), usual]] : [];
  });
  const options = COMMAND_OPTIONS.map((option) => {
    const { path, about, several, default: usual } = option;
    return [code(inCode(path)), flagOf(option), `${about}${several ? " May be repeated." : ""}`, usual];
  });
  const head = ["vendor", "question", "option", "command line", "default"];
  const optionTable = tableOf(["`createSandbox`", "command line", "what it is", "default"], options);
  const withOptions = between(page, readFileSync(join(root, page), "utf8"), "options", optionTable);
  return [
    fill(root, readme, "switches", tableOf(head, switches)),
    [page, between(page, withOptions, "operations", tableOf(["vendor", "operation", "route"], operations))],
  ];
}

/** The page of the command, with the help of each; none where there is no such package. */
export async function commandDocs(root: string): Promise<Document[]> {
  const source = join(root, "packages/cli/src/help.ts");
  if (!existsSync(source)) return [];
  const { helpTexts } = (await import(pathToFileURL(source).href)) as {
    helpTexts(): Promise<readonly (readonly [name: string, text: string])[]>;
  };
  const sections = (await helpTexts()).map(
    ([name, text]) => `### convo ${name}\n\n\`\`\`text\n${text.trimEnd()}\n\`\`\``,
  );
  return [fill(root, "docs/guide/cli.md", "commands", sections.join("\n\n"))];
}

const fill = (root: string, file: string, name: string, content: string): Document => [
  file,
  between(file, readFileSync(join(root, file), "utf8"), name, content),
];

/** As packages/sandbox/src/command-options.ts has them. */
interface CommandOptions {
  readonly COMMAND_OPTIONS: readonly CommandOption[];
  vendorOf(option: CommandOption): string | undefined;
}

interface CommandOption {
  readonly path: string;
  readonly flag: string;
  readonly about: string;
  readonly value: string;
  readonly default: string;
  readonly several: boolean;
}

/** The page of measurements, and the tables of the benches that have kept results; none where there are none. */
export function measurementDocs(root: string): Document[] {
  if (!existsSync(join(root, "bench/results"))) return [];
  const bench = "bench/README.md";
  const text = readFileSync(join(root, bench), "utf8");
  const tables = [
    ["calls", callTables(root)],
    ["faults", faultTable(root)],
    ["fault-ways", faultWays(root)],
  ] as const;
  return [
    ["docs/measurements.md", measurementsPage(root)],
    [bench, tables.reduce((filled, [name, table]) => between(bench, filled, name, table), text)],
  ];
}

/**
 * README.md with its table, and a page for each vendor with its facts, as the records of `root`'s core say; none where there
 * is no core. The page of a new vendor is made.
 *
 * @throws Error when the markers are gone, or core does not load
 */
export async function capabilityDocs(root: string): Promise<Document[]> {
  const index = join(root, "packages", "core", "src", "index.ts");
  if (!existsSync(index)) return [];
  const records = recordsOf(await load(index));
  const pages = records.map((data): Document => {
    const spec = loadSpec(join(root, "specs"), data.client().vendor.name);
    const file = `docs/vendors/${spec.vendor}.md`;
    const text = existsSync(join(root, file)) ? readFileSync(join(root, file), "utf8") : newPage(spec);
    return [file, between(file, text, "facts", facts(data, spec, root))];
  });
  const readme = "README.md";
  const text = between(readme, readFileSync(join(root, readme), "utf8"), "capabilities", table(records));
  const filled = between(readme, text, "verbs", verbTable(records));
  const measured = existsSync(join(root, "bench/results"))
    ? withCallSentence(root, withFaultSentence(root, filled))
    : filled;
  return [[readme, measured], ...pages];
}

const recordsOf = (core: Record<string, unknown>): ProviderData[] =>
  Object.values(core).flatMap((value) => (isFactory(value) ? [value.data] : []));

const newPage = ({ spec }: VendorSpec): string =>
  `# ${spec["x-convo"].displayName}\n\n<!-- facts: written by \`pnpm regen\` from the record and the spec -->\n<!-- /facts -->\n`;

const VERBS = ["create", "list", "messages", "addMessage", "archive", "delete", "import"] as const;

const verbTable = (records: readonly ProviderData[]): string =>
  tableOf(
    ["vendor", ...VERBS.map((verb) => `\`${verb}\``)],
    records.map((data) => [data.client().vendor.name, ...VERBS.map((verb) => verbCell(data, verb))]),
  );

/** Whether a vendor has a verb, and on what terms; or why not. */
function verbCell({ verbs = {} }: ProviderData, verb: (typeof VERBS)[number]): string {
  const { create, list, messages, archive, delete: remove } = verbs;
  const runsModel = "no: the API has none without a model";
  if (verb === "create")
    return create ? (create.externalId?.required ? "yes, with `externalId`" : "yes") : "no";
  if (verb === "list") return list ? "yes" : "no: the API has none";
  if (verb === "messages") return messages ? "yes" : "no";
  if (verb === "addMessage") return messages?.add ? `yes, ${messages.add.most} at a time` : runsModel;
  if (verb === "archive") return archive ? "yes" : "no: the API has none";
  if (verb === "delete") return remove ? (remove.hidden ? "yes, but it stays readable" : "yes") : "no";
  return create && messages?.add ? "yes" : runsModel;
}

/** A vendor's own column of the verb table, with what it can filter and what a delete leaves. */
function verbFacts(data: ProviderData): string {
  const { list, delete: remove } = data.verbs ?? {};
  const filters = Object.keys(list?.filters ?? {});
  const notes = {
    list: list
      ? `filters: ${[...filters, ...(list.metadata ? ["metadata"] : [])].map((name) => `\`${name}\``).join(", ") || "none"}`
      : "",
    delete: remove?.leaves ?? "",
  };
  return tableOf(
    ["verb", "here", "note"],
    VERBS.map((verb) => [`\`${verb}\``, verbCell(data, verb), verb in notes ? notes[verb as "list"] : ""]),
  );
}

/** What a vendor's page says of it: where it is, its fields and their limits, and what is assumed. */
function facts(data: ProviderData, { vendor, spec }: VendorSpec, root: string): string {
  const { auth, env, baseUrl, operations } = data.client().vendor;
  const headers = Object.entries(env.headers ?? {});
  const update = Object.values(operations).find(({ route }) => route === data.update);
  const limits = Object.entries(update?.limits ?? {});
  const access = [
    ["base URL", `\`${baseUrl || "yours"}\``],
    ["key", `\`${auth.header}: ${auth.prefix}<key>\`, from \`${env.apiKey}\``],
    ...(env.baseUrl ? [["another base URL", `\`${env.baseUrl}\``]] : []),
    ...headers.map(([header, name]) => [`header \`${header}\``, `\`${name}\``]),
    ["read", `\`${data.read}\``],
    ["update", `\`${data.update}\``],
    [
      "its answer",
      data.returnsConversation ? "the conversation" : "not the conversation: `verify` reads it back",
    ],
  ];
  const fields = [
    ...Object.entries(data.fields).map(([field, answer]) => [`\`${field}\``, cell(answer)]),
    ["`metadata`", metadataCell(data)],
  ];
  const parts = [
    tableOf(["what", "here"], access),
    "## Fields",
    tableOf(["common field", "here"], fields),
    ...(limits.length > 0
      ? [
          "## Limits, checked by `@convo/core` before anything is sent",
          tableOf(["field", "limit"], limits.map(limitRow)),
        ]
      : []),
    "## Verbs",
    verbFacts(data),
    "## The client alone",
    clientFacts(vendor, spec),
    "## Assumed",
    assumed(spec),
    "## Sources",
    sourceList(join(root, "specs", vendor, "source.json")),
  ];
  return parts.join("\n\n");
}

/** The methods of a vendor's client, and what it does not do that core does. */
function clientFacts(vendor: string, spec: VendorSpec["spec"]): string {
  const factory = `create${spec["x-convo"].displayName}Client`;
  const about = `\`${factory}()\` of \`@convo/${vendor}\` sends what you pass and returns the vendor's answer. It does not merge, and checks no limits: what breaks one is refused by the vendor, with the error [\`invalid\`](../errors/invalid.md). See [options](../client/options.md) and [calls](../client/calls.md).`;
  const methods = rows(spec).map(({ name, method, path }) => [`\`${name}\``, `\`${method} ${path}\``]);
  return `${about}\n\n${tableOf(["method", "route"], methods)}`;
}

const LIMITS: Readonly<Record<string, string>> = {
  minLength: "characters at least",
  maxLength: "characters at most",
  maxProperties: "keys at most",
  maxKeyLength: "characters in a key",
  maxValueLength: "characters in a value",
};

const limitRow = ([field, limits]: readonly [string, object]): string[] => [
  `\`${field}\``,
  Object.entries(limits)
    .map(([name, value]) =>
      LIMITS[name] ? `${value} ${LIMITS[name]}` : `${name}: \`${[value].flat().join("`, `")}\``,
    )
    .join("; ")
    .replaceAll("|", "\\|"),
];

/** What the spec marks `x-assumed`, each with where and why. */
function assumed(spec: unknown): string {
  const found: string[][] = [];
  visitNodes(spec, (node, steps) => {
    if (node["x-assumed"] === true) found.push([placeOf(steps), oneLine(node["x-assumed-reason"] ?? "")]);
  });
  if (found.length === 0) return "Nothing: every part of the spec has a source.";
  return `${found.length} parts of the spec are not documented by the vendor:\n\n${tableOf(["where", "why"], found)}`;
}

/** Where something stands in a spec, in a reader's words: an operation, or a schema and its field. */
function placeOf(steps: Steps): string {
  if (steps[0] === "paths") return `\`${String(steps[2]).toUpperCase()} ${steps[1]}\`${rest(steps.slice(3))}`;
  return `\`${steps[2]}\`${rest(steps.slice(3))}`;
}

function rest(steps: Steps): string {
  const names = steps.filter(
    (step) => !/^(?:properties|schema|content|items|application\/json|parameters)$/.test(`${step}`),
  );
  return names.length > 0 ? `, ${names.join(" ")}` : "";
}

const oneLine = (text: unknown): string => String(text).replace(/\s+/g, " ").replaceAll("|", "\\|").trim();

function sourceList(file: string): string {
  if (!existsSync(file)) return "The spec was given to `pnpm vendor:new`.";
  const { sources = [] } = JSON.parse(readFileSync(file, "utf8")) as { sources?: readonly Source[] };
  return sources
    .map(({ name, url, date, evidence }) => {
      const title = url ? `[${name}](${url})` : name;
      return `- ${title}${date ? `, ${date}` : ""}${evidence ? `: ${oneLine(evidence).replace(/\.$/, "")}` : ""}.`;
    })
    .join("\n");
}

/** As specs/<vendor>/source.json has it. */
interface Source {
  readonly name: string;
  readonly url?: string;
  readonly date?: string;
  readonly evidence?: string;
}

async function load(index: string): Promise<Record<string, unknown>> {
  try {
    return (await import(pathToFileURL(index).href)) as Record<string, unknown>;
  } catch (error) {
    const { message, stack = "" } = error as Error;
    const [why] = message.split("\n");
    const [at = index] = /(?<=file:\/\/)\S+\.ts:\d+/.exec(stack) ?? [];
    throw new Error(`core does not load, so the tables of the documents may be stale: ${why} (${at})`, {
      cause: error,
    });
  }
}

function table(records: readonly ProviderData[]): string {
  const fields = Object.keys(records[0]?.fields ?? {}) as (keyof ProviderData["fields"])[];
  const head = ["vendor", "update", "key sent as", ...fields.map((field) => `\`${field}\``), "`metadata`"];
  const rows = records.map((data) => {
    const { name, auth } = data.client().vendor;
    const wire = fields.map((field) => cell(data.fields[field]));
    return [
      name,
      `\`${data.update}\``,
      `\`${auth.header}: ${auth.prefix}<key>\``,
      ...wire,
      metadataCell(data),
    ];
  });
  return tableOf(head, rows);
}

const isFactory = (value: unknown): value is { data: ProviderData } =>
  typeof value === "function" && "data" in value;

const cell = (answer: unknown): string => (typeof answer === "string" ? `\`${answer}\`` : "no");

function metadataCell({ client, update, metadata }: ProviderData): string {
  if (!metadata || !("field" in metadata)) return "no";
  const operation = Object.values(client().vendor.operations).find(({ route }) => route === update);
  const { maxProperties, maxKeyLength, maxValueLength } = operation?.limits?.[metadata.field] ?? {};
  const limits = maxProperties
    ? `, ${maxProperties} keys of ${maxKeyLength}, values of ${maxValueLength}`
    : "";
  const kept = {
    replace: "replaced whole",
    merge: "merged",
    patch: "merged, null removes",
    unknown: "replaced or merged: not documented",
  };
  return `${metadata.values === "string" ? "strings" : "any JSON"}${limits}; ${kept[metadata.write]}`;
}
