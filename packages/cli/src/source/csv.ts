import { createReadStream } from "node:fs";
import { type CsvError, parse } from "csv-parse";
import { CliError } from "../failure.ts";
import type { SourceLine } from "./line.ts";

const FIELDS = ["id", "name", "summary", "marked", "customerId", "device", "language", "unset"];
const TYPES = ["text", "json", "number", "boolean"] as const;

interface Column {
  /** `id`, a common field, `unset`, or `metadata.<key>`; empty for a column that is left out. */
  readonly target: string;
  readonly type: (typeof TYPES)[number];
}

/** What the parser's codes mean, in words. */
const PROBLEMS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "a quoted cell is not closed, so that it goes on to the end of the file",
  CSV_INVALID_CLOSING_QUOTE: "after a quoted cell comes something other than a comma or the end of the line",
  INVALID_OPENING_QUOTE: 'a quote stands within a cell: write the cell in quotes, and each quote in it as ""',
};

/** A record, or what is wrong with it. */
type Row =
  | { readonly at: number; readonly cells: readonly string[] }
  | { readonly at: number; readonly problem: string };

/**
 * Reads updates from CSV with a header (a name that ends in `.tsv`: tabs). A column is `id`, a common field, `metadata.<key>` or `unset`,
 * or what `columns` says; a cell that is empty changes nothing.
 *
 * @throws CliError for a header that is not understood
 */
export async function* readCsv(
  file: string,
  columns: Readonly<Record<string, string>>,
): AsyncGenerator<SourceLine> {
  let header: Column[] | undefined;
  for await (const row of records(file)) {
    if (!header) {
      if ("problem" in row) throw new CliError(`${file}: the header cannot be read: ${row.problem}`);
      header = readHeader(file, row.cells, columns);
    } else if ("problem" in row) yield row;
    else yield { at: row.at, ...readRow(row.cells, header) };
  }
}

/** Records in their order, with those that are broken. One chunk of the file is held at a time. */
async function* records(file: string): AsyncGenerator<Row> {
  const rows: Row[] = [];
  const parser = parse({
    bom: true,
    delimiter: /\.tsv$/i.test(file) ? "\t" : ",",
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    // Nothing goes on to be read from the parser: records and errors keep their order in `rows`.
    on_record: (cells: string[], { lines }) => {
      rows.push({ at: lines, cells });
      return null;
    },
  });
  parser.on("skip", (error: CsvError) =>
    rows.push({
      at: Number(error.lines ?? 0),
      problem: `The record is not CSV: ${PROBLEMS[error.code] ?? error.code}.`,
    }),
  );
  parser.resume();
  let broken: Error | undefined;
  parser.on("error", (error) => {
    broken = error;
  });
  const feed = (chunk: Buffer | undefined): Promise<void> =>
    new Promise((resolve) => {
      if (chunk) parser.write(chunk, () => resolve());
      else parser.end(() => resolve());
    });
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    await feed(chunk);
    yield* rows.splice(0);
  }
  await feed(undefined);
  yield* rows.splice(0);
  if (broken) throw new CliError(`${file} cannot be read to its end: ${broken.message}`);
}

function readHeader(
  file: string,
  cells: readonly string[],
  columns: Readonly<Record<string, string>>,
): Column[] {
  const names = cells.map((name) => name.trim());
  if (names.length === 1 && names[0]?.includes(";"))
    throw new CliError(
      `${file}: the columns are separated by semicolons, and a CSV file here has commas. Save it with commas, or with tabs under a name that ends in .tsv.`,
    );
  for (const name of Object.keys(columns))
    if (!names.includes(name))
      throw new CliError(`${file} has no column "${name}". It has: ${names.join(", ")}.`);
  const header = names.map((name) =>
    readColumn(file, name, Object.hasOwn(columns, name) ? columns[name] : name),
  );
  const targets = header.map(({ target }) => target).filter(Boolean);
  const twice = targets.find((target, index) => targets.indexOf(target) !== index);
  if (twice !== undefined) throw new CliError(`${file} has two columns for ${twice}.`);
  if (!targets.includes("id"))
    throw new CliError(`${file} has no column "id". Say which one it is: --column 'Ticket=id'`);
  return header;
}

function readColumn(file: string, name: string, given = ""): Column {
  const [target = "", type = "text", ...rest] = given.split(":");
  const known = target === "" || FIELDS.includes(target) || /^metadata\../.test(target);
  if (!known || rest.length > 0 || !TYPES.includes(type as Column["type"]))
    throw new CliError(
      `${file}: the column "${name}" is not understood. Say what it is: --column '${name}=metadata.key' (or a field: ${FIELDS.join(", ")}), or --column '${name}=' to leave it out.`,
    );
  return { target, type: target === "marked" ? "boolean" : (type as Column["type"]) };
}

type Read = { id: string; changes: object } | { problem: string };

function readRow(cells: readonly string[], header: readonly Column[]): Read {
  if (cells.length !== header.length)
    return { problem: `The record has ${cells.length} columns, and the header has ${header.length}.` };
  const changes: Record<string, unknown> = {};
  const metadata: Record<string, unknown> = {};
  let id = "";
  for (const [index, { target, type }] of header.entries()) {
    const cell = cells[index] ?? "";
    if (target === "id") id = cell.trim();
    if (target === "" || target === "id" || cell === "") continue;
    if (target === "unset") {
      changes.unset = cell.split(/[\s;]+/).filter(Boolean);
      continue;
    }
    const value = readCell(cell, type);
    if (value === undefined)
      return { problem: `${target} must be ${type === "boolean" ? "true or false" : `a ${type}`}.` };
    if (target.startsWith("metadata.")) Object.assign(metadata, { [target.slice(9)]: value });
    else changes[target] = value;
  }
  if (id === "") return { problem: "The id is empty." };
  if (Object.keys(metadata).length > 0) changes.metadata = metadata;
  return { id, changes };
}

/** A cell's value; `undefined` where it is not of its type. */
function readCell(cell: string, type: Column["type"]): unknown {
  if (type === "text") return cell;
  if (type === "boolean") return cell === "true" ? true : cell === "false" ? false : undefined;
  if (type === "number") return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(cell) ? Number(cell) : undefined;
  try {
    return JSON.parse(cell);
  } catch {
    return undefined;
  }
}
