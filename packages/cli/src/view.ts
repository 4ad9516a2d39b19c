import type { Conversation, Plan, Warning } from "@convo/core";
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
export function planView({ before, after, diff, warnings, curl }: Plan): string {
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
  if (lines.length === 0) lines.push("Nothing would change.");
  return [...lines, ...warningLines(warnings), "", paint("dim", printable(curl))].join("\n");
}

const quoted = (value: unknown): string => printable(JSON.stringify(value));

/** Warnings, one per line. */
export const warningLines = (warnings: readonly Warning[]): string[] =>
  warnings.map(({ code, field, detail }) => paint("yellow", `! ${field}: ${printable(detail)} (${code})`));
