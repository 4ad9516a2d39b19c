import type { Conversation, Json, Plan, RestoredValue, Warning } from "@convo/core";
import { clip, paint, printable, show, table } from "./output.ts";

const FIELDS = [
  "name",
  "summary",
  "marked",
  "customerId",
  "device",
  "language",
  "createdAt",
  "updatedAt",
] as const;

/** A conversation as a person reads it. */
export function conversationView(conversation: Conversation): string {
  const lines: [string, unknown][] = [["id", conversation.id]];
  for (const field of FIELDS)
    if (conversation[field] !== undefined && conversation[field] !== null)
      lines.push([field, conversation[field]]);
  for (const [key, value] of Object.entries(conversation.metadata ?? {}))
    lines.push([`metadata.${key}`, value]);
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines
    .map(([name, value]) => `${paint("dim", printable(name).padEnd(width))}  ${show(value)}`)
    .join("\n");
}

/** Conversations as rows. */
export function conversationTable(rows: readonly (Conversation & { readonly seenAt?: string })[]): string {
  const head = ["provider", "id", "name", "summary", "customer", "updated", "seen", "metadata"];
  return table(
    head,
    rows.map((row) => [
      row.provider,
      show(row.id),
      clip(show(row.name ?? ""), 30),
      clip(show(row.summary ?? ""), 40),
      show(row.customerId ?? ""),
      (row.updatedAt ?? row.createdAt ?? "").slice(0, 16),
      (row.seenAt ?? "").slice(0, 16),
      row.metadata ? clip(show(row.metadata), 60) : "",
    ]),
  );
}

/** What a plan would change, in the colours of a diff, and the request as a curl command. */
export function planView(plan: Plan): string {
  const { before, after, diff, warnings, curl } = plan;
  const lines: string[] = [];
  const was = before as unknown as Record<string, unknown>;
  const will = after as unknown as Record<string, unknown>;
  for (const field of FIELDS) {
    const [old, now] = [was[field], will[field]];
    if (JSON.stringify(old) === JSON.stringify(now)) continue;
    if (old !== undefined && old !== null) lines.push(paint("red", `- ${field}  ${quoted(old)}`));
    if (now !== undefined && now !== null) lines.push(paint("green", `+ ${field}  ${quoted(now)}`));
  }
  const minus = (key: string, value: unknown): void =>
    void lines.push(paint("red", `- metadata.${printable(key)}  ${quoted(value)}`));
  const plus = (key: string, value: unknown): void =>
    void lines.push(paint("green", `+ metadata.${printable(key)}  ${quoted(value)}`));
  for (const [key, value] of Object.entries(diff?.removed ?? {})) minus(key, value);
  for (const [key, change] of Object.entries(diff?.changed ?? {})) {
    minus(key, change.before);
    plus(key, change.after);
  }
  for (const [key, value] of Object.entries(diff?.added ?? {})) plus(key, value);
  for (const text of nativeTexts(plan)) lines.push(paint("green", `+ ${text}`));
  if (lines.length === 0) lines.push("Nothing would change.");
  return [...lines, ...warningLines(warnings), "", paint("dim", printable(curl))].join("\n");
}

const quoted = (value: unknown): string => printable(JSON.stringify(value));

/** Changes that a plan shows of many lines. The rest is counted. */
export const SHOWN = 20;

/** One change on one line: `metadata.status: "open" -> "resolved"`. */
export function changeText({ path, before, after }: RestoredValue): string {
  const text = (value: unknown): string => (value === undefined ? "(none)" : clip(quoted(value), 60));
  return `${printable(path)}: ${text(before)} -> ${text(after)}`;
}

/** What a plan would change, value by value. */
export function changesIn({ before, after, diff }: Plan): RestoredValue[] {
  const [was, will] = [before, after] as unknown as Record<string, Json | null | undefined>[];
  const fields = FIELDS.map((path) => change(path, was?.[path] ?? undefined, will?.[path] ?? undefined));
  const metadata = [
    ...Object.entries(diff?.removed ?? {}).map(([key, value]) => change(key, value, undefined)),
    ...Object.entries(diff?.changed ?? {}).map(([key, value]) => change(key, value.before, value.after)),
    ...Object.entries(diff?.added ?? {}).map(([key, value]) => change(key, undefined, value)),
  ].map(({ path, ...values }) => ({ path: `metadata.${path}`, ...values }));
  return [
    ...fields.filter(({ before: old, after: now }) => JSON.stringify(old) !== JSON.stringify(now)),
    ...metadata,
  ];
}

/** Fields of the vendor's own that a plan sets. It does not know their values from before. */
export const nativeTexts = ({ apply }: Plan): string[] =>
  Object.entries(Object(Object(apply.changes).native)).map(
    ([key, value]) => `native.${printable(key)}: ${clip(quoted(value), 60)}`,
  );

const change = (path: string, before: Json | undefined, after: Json | undefined): RestoredValue => ({
  path,
  ...(before !== undefined && { before }),
  ...(after !== undefined && { after }),
});

/** Warnings, one per line. */
export const warningLines = (warnings: readonly Warning[]): string[] =>
  warnings.map(({ code, field, detail }) => {
    const text = detail.startsWith(field) ? detail : `${field}: ${detail}`;
    return paint("yellow", `! ${printable(text)} (${code})`);
  });

/** How often each warning was met, for runs of many lines. */
export class WarningTally {
  readonly #counts = new Map<string, number>();

  add(warnings: readonly Warning[]): void {
    for (const { code, provider } of warnings) {
      const key = `${code} at ${provider}`;
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    }
  }

  /** `unset_uncertain at openai (3)`, one after the other; empty where nothing was met. */
  toString(): string {
    return [...this.#counts].map(([key, count]) => `${key} (${count})`).join(", ");
  }
}
