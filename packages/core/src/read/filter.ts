import { equalJson, inMetadata, isDocument, type Json, type Metadata, own } from "../metadata/json.ts";
import type { Violation } from "../metadata/limits.ts";
import { NonJsonError, snapshot } from "../metadata/non-json.ts";
import type { FilterField, ListRules, WireQuery } from "../provider/verbs.ts";
import type { Conversation } from "../types/conversation.ts";

/** A filter, split into what the vendor narrows and what is compared here. */
export interface ParsedFilter {
  /** Query parameters for the vendor. */
  readonly query: WireQuery;
  /** Fields that the vendor cannot narrow by, as the caller named them. */
  readonly local: readonly string[];
  /** What is asked for, as JSON: two filters with the same meaning have the same. */
  readonly asked: Metadata;
  /** Whether a conversation is what is asked for, whatever the vendor let through. */
  matches(conversation: Conversation): boolean;
}

const TEXT = ["name", "summary", "customerId", "device", "language"] as const;
const TIMES = ["createdAfter", "createdBefore", "updatedAfter", "updatedBefore"] as const;
const FIELDS: readonly string[] = [...TEXT, "marked", ...TIMES, "metadata"];

const spell = (path: string): string => (path === "" ? "filter" : `filter.${path}`);

/** Copies and checks a filter, with every reason against it. */
export function checkFilter(filter: unknown, violations: Violation[]): Metadata {
  const refuse = (path: string, message: string): void =>
    void violations.push({ path: spell(path), kind: "invalid", message: `${spell(path)} ${message}` });
  const asked = copyFilter(filter, refuse);
  for (const [name, value] of Object.entries(asked)) {
    if (!FIELDS.includes(name)) refuse(name, `is unknown; a filter has ${FIELDS.join(", ")}`);
    else if (name === "marked" && typeof value !== "boolean") refuse(name, "must be a boolean");
    else if (name === "metadata" && !isDocument(value)) refuse(name, "must be an object");
    else if ((TIMES as readonly string[]).includes(name)) {
      if (Number.isNaN(Date.parse(String(value)))) refuse(name, "must be an ISO 8601 time or a Date");
    } else if ((TEXT as readonly string[]).includes(name) && typeof value !== "string")
      refuse(name, "must be a string");
  }
  return asked;
}

/**
 * Reads a list's filter. Pure.
 *
 * @param mapped common fields that this provider has
 */
export function parseFilter(
  rules: ListRules,
  filter: unknown,
  mapped: ReadonlySet<string>,
  violations: Violation[],
): ParsedFilter {
  const asked = checkFilter(filter, violations);
  for (const name of Object.keys(asked))
    if (FIELDS.includes(name) && !/(?:After|Before)$/.test(name) && !mapped.has(name))
      violations.push({
        path: `filter.${name}`,
        kind: "unsupported",
        message: `filter.${name} names a field that this vendor does not have`,
      });
  return { ...narrow(rules, asked), asked, matches: (conversation) => matches(conversation, asked) };
}

function copyFilter(filter: unknown, refuse: (path: string, message: string) => void): Metadata {
  if (filter === undefined) return {};
  if (!isDocument(filter)) {
    refuse("", "must be an object");
    return {};
  }
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  const plain = given.map(([name, value]) => [name, value instanceof Date ? (value.toJSON() ?? "") : value]);
  try {
    return snapshot(Object.fromEntries(plain), "filter") as Metadata;
  } catch (error) {
    if (!(error instanceof NonJsonError)) throw error;
    for (const { path, reason } of error.problems) refuse(path, `is ${reason}, which JSON cannot hold`);
    return {};
  }
}

/** Which parts of a filter the vendor can narrow by, and how. */
function narrow(rules: ListRules, asked: Metadata): Pick<ParsedFilter, "query" | "local"> {
  const query: Record<string, string | number | boolean> = {};
  const local: string[] = [];
  for (const [name, value] of Object.entries(asked)) {
    const param = rules.filters[name as FilterField];
    if (name === "metadata") continue;
    if (param) query[param] = value as string | boolean;
    else local.push(name);
  }
  // Two keys may need the same parameter: the first has it, and the others are compared here, on what it lets through.
  for (const [key, value] of Object.entries((asked.metadata ?? {}) as Metadata)) {
    const narrowed = rules.metadata?.(key, value);
    if (!narrowed) local.push(inMetadata(key));
    else if (!Object.keys(narrowed).some((name) => name in query)) Object.assign(query, narrowed);
  }
  return { query, local };
}

/** Whether a conversation has all that a filter asks for. */
export function matches(conversation: Conversation, asked: Metadata): boolean {
  const { metadata = {}, createdAfter, createdBefore, updatedAfter, updatedBefore, ...fields } = asked;
  const row = conversation as unknown as Metadata;
  return (
    Object.entries(fields).every(([name, value]) => own(row, name) === value) &&
    Object.entries(metadata as Metadata).every(([key, value]) =>
      equalJson(own(conversation.metadata ?? {}, key), value),
    ) &&
    isWithin(conversation.createdAt, createdAfter, createdBefore) &&
    isWithin(conversation.updatedAt, updatedAfter, updatedBefore)
  );
}

function isWithin(time: string | undefined, after: Json | undefined, before: Json | undefined): boolean {
  const at = Date.parse(time ?? "");
  return (
    (after === undefined || at >= Date.parse(String(after))) &&
    (before === undefined || at <= Date.parse(String(before)))
  );
}
