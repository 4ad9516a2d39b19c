/** The capability table of README.md, read from the provider records, so that it cannot say anything else than they do. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ProviderData } from "@convo/core";

const START = /<!-- capabilities:[^\n]*-->\n/;
const END = "<!-- /capabilities -->";

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
  const start = START.exec(text);
  const end = text.indexOf(END);
  if (!start || end < 0) throw new Error("README.md has lost the markers of its capability table");
  return ["README.md", text.slice(0, start.index + start[0].length) + table(core) + text.slice(end)];
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
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return `\n${lines.join("\n")}\n\n`;
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
  const kept = { replace: "replaced whole", merge: "merged", unknown: "replaced or merged: not documented" };
  return `${metadata.values === "string" ? "strings" : "any JSON"}${limits}; ${kept[metadata.write]}`;
}
