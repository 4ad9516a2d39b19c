import { styleText } from "node:util";

/** Prints a line of results. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints a value as one line of JSON. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value));
}

/** Tells the person at the keyboard something; what a program reads on standard output stays clean. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Tells where a list has ended and can be gone on with, under `--json` as a line of JSON. */
export const noteCursor = (cursor: string, { json }: { readonly json?: boolean | undefined }): void =>
  note(json ? JSON.stringify({ cursor }) : `There may be more. Go on with --cursor '${cursor}'`);

/** Text in a colour, where the terminal has colours and `NO_COLOR` is not set. */
export function paint(style: Parameters<typeof styleText>[0], text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

/** Text of others without the control characters that would steer the terminal. Line breaks and tabs stay. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
}

/** What messages of the library call an option, and what the command calls it. */
const OPTIONS: readonly (readonly [string, string])[] = [
  ["`verify: true`", "`--verify`"],
  ["as an option: `create(changes, { externalId })`", "with `--external-id <id>`"],
  ["such as `create({ metadata: { externalId } })`", "such as `--set externalId=<id>`"],
  ['the option `unsupported` to "skip"', "`--unsupported skip`"],
];

/** The message of an error, safe for a terminal. */
export const describe = (error: unknown): string =>
  OPTIONS.reduce(
    (text, [name, option]) => text.replace(name, option),
    printable(error instanceof Error ? error.message : String(error)),
  );

/** A value as a person reads it: text as it is, anything else as JSON. */
export const show = (value: unknown): string =>
  printable(typeof value === "string" ? value : (JSON.stringify(value) ?? "")).replace(/\s*\n\s*/g, " ");

/** Rows in columns; the first row is the head. Columns that are empty in every other row are left out. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const used = head.map((_, index) => rows.some((row) => row[index]));
  const lines = [head, ...rows].map((row) => row.filter((_, index) => used[index]));
  const widths = (lines[0] ?? []).map((_, index) =>
    Math.max(...lines.map((line) => (line[index] ?? "").length)),
  );
  return lines
    .map((line, number) => {
      const text = line
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join("  ")
        .trimEnd();
      return number === 0 ? paint("bold", text) : text;
    })
    .join("\n");
}

/** Text cut to a length. */
export const clip = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text;
