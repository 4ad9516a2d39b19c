/** The tables of the READMEs, read from the records they are about, so that they cannot say anything else than those do. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ProviderData } from "@convo/core";
import { rows } from "./generate/operations.ts";
import { loadSpec, vendorNames } from "./generate/spec.ts";

/** Text with what stands between the markers of a name replaced. Throws when the markers are gone. */
function between(file: string, text: string, name: string, content: string): string {
  const start = new RegExp(`<!-- ${name}:[^\\n]*-->\\n`).exec(text);
  const end = text.indexOf(`<!-- /${name} -->`);
  if (!start || end < 0) throw new Error(`${file} has lost the markers of its ${name} table`);
  return `${text.slice(0, start.index + start[0].length)}\n${content}\n\n${text.slice(end)}`;
}

const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

/** The sandbox's README with its tables of operations and switches, as [path, text]; undefined where there is none. */
export async function sandboxDocs(root: string): Promise<[file: string, text: string] | undefined> {
  const file = "packages/sandbox/README.md";
  const source = join(root, "packages/sandbox/src/switches.ts");
  if (!existsSync(join(root, file)) || !existsSync(source)) return undefined;
  const { SWITCHES } = (await import(pathToFileURL(source).href)) as { SWITCHES: readonly Switch[] };
  const operations = vendorNames(join(root, "specs")).flatMap((vendor) =>
    rows(loadSpec(join(root, "specs"), vendor).spec).map((row) => [
      vendor,
      `\`${row.name}\``,
      `\`${row.method} ${row.path}\``,
    ]),
  );
  const switches = SWITCHES.map((entry) => [
    entry.vendor,
    entry.question,
    `\`${entry.vendor}: { ${entry.option} }\``,
    entry.flag ? `\`--${entry.flag}\`` : "",
    typeof entry.values === "string" ? entry.values : entry.values.map((value) => `\`${value}\``).join(", "),
    entry.default,
  ]);
  const text = readFileSync(join(root, file), "utf8");
  const head = ["vendor", "question", "option", "command line", "values", "default"];
  const withSwitches = between(file, text, "switches", tableOf(head, switches));
  return [
    file,
    between(file, withSwitches, "operations", tableOf(["vendor", "operation", "route"], operations)),
  ];
}

/** As packages/sandbox/src/switches.ts has it. */
interface Switch {
  readonly vendor: string;
  readonly question: string;
  readonly option: string;
  readonly flag?: string;
  readonly values: readonly string[] | string;
  readonly default: string;
}

/**
 * README.md with its table as the records of `root`'s core say, as [path, text]; undefined where there is no core.
 *
 * @throws Error when the markers are gone, or core does not load
 */
export async function capabilityDocs(root: string): Promise<[file: string, text: string] | undefined> {
  const index = join(root, "packages", "core", "src", "index.ts");
  if (!existsSync(index)) return undefined;
  const core = await load(index);
  const text = readFileSync(join(root, "README.md"), "utf8");
  return ["README.md", between("README.md", text, "capabilities", table(core))];
}

async function load(index: string): Promise<Record<string, unknown>> {
  try {
    return (await import(pathToFileURL(index).href)) as Record<string, unknown>;
  } catch (error) {
    const [why] = (error as Error).message.split("\n");
    throw new Error(`core does not load, so the table in README.md may be stale: ${why}`, { cause: error });
  }
}

function table(core: Record<string, unknown>): string {
  const records = Object.values(core).flatMap((value) => (isFactory(value) ? [value.data] : []));
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
