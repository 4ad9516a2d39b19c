import type { Handler } from "../../engine/rules.ts";
import { type Doc, Refusal } from "../../engine/types.ts";
import { wire } from "../../store/store.ts";
import { detail, environmentOf, paginate, timeOf } from "./shared.ts";

type Test = (row: Doc, wanted: unknown) => boolean;
const equals =
  (name: string): Test =>
  (row, wanted) =>
    row[name] === wanted;
const inEnvironment: Test = (row, wanted) => row.environment === environmentOf(wanted).environment;
const contains: Test = (row, part) =>
  typeof row.comment === "string" && row.comment.toLowerCase().includes(String(part).toLowerCase());

const FILTERS: Readonly<Record<string, Test>> = {
  ...Object.fromEntries(
    "kind sentiment conversation conversation_id message topic reason agent user category"
      .split(" ")
      .map((name) => [name, equals(name)]),
  ),
  environment: inEnvironment,
  env: inEnvironment,
  has_comment: (row, wanted) => (row.comment !== null && row.comment !== "") === wanted,
  comment_contains: contains,
  search: contains,
  created_at_after: (row, time) => Date.parse(String(row.created_at)) >= timeOf("created_at_after", time),
  created_at_before: (row, time) => Date.parse(String(row.created_at)) <= timeOf("created_at_before", time),
};

/** Newest first; the envelope has `counts` besides. */
export const listFeedbacks: Handler = (call) => {
  const { query, store } = call;
  const tickets = query.include_tickets === true;
  if (!tickets && (query.has_ticket !== undefined || query.ticket_status !== undefined))
    throw new Refusal(detail(400, "has_ticket and ticket_status need include_tickets=true."));
  const rows = store
    .list("feedback")
    .filter((row) => Object.entries(query).every(([name, wanted]) => FILTERS[name]?.(row, wanted) ?? true));
  const ordering = String(query.ordering ?? "-created_at");
  const name = ordering.replace(/^-/, "");
  const rank = (row: Doc): string =>
    name === "id" ? String(row.id).padStart(12, "0") : String(row[name] ?? "");
  rows.sort((a, b) => (rank(a) === rank(b) ? Number(a.id) - Number(b.id) : rank(a) < rank(b) ? -1 : 1));
  if (ordering.startsWith("-")) rows.reverse();
  const page = paginate(call, rows);
  const results = (page.results as Doc[]).map((row) => ({
    ...wire(row),
    ...(tickets ? { ticket: null } : {}),
  }));
  return { status: 200, body: { ...page, results, counts: { all: rows.length } } };
};
