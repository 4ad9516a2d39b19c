import type { Handler } from "../../engine/rules.ts";
import type { Doc } from "../../engine/types.ts";
import { wire } from "../../store/store.ts";
import { nested } from "./conversations.ts";
import { at, matches } from "./metadata.ts";
import { environmentOf, paginate, refuse, timeOf } from "./shared.ts";

/** Does this row, with its transcript and ratings, pass? */
type Test = (row: Doc, children: () => Doc, wanted: unknown) => boolean;

const text = (value: unknown): string => (typeof value === "string" ? value.toLowerCase() : "");
const contains = (value: unknown, part: unknown): boolean => text(value).includes(text(part));
const equals =
  (field: string): Test =>
  (row, _, wanted) =>
    row[field] === wanted;
const messages = (children: () => Doc): Doc[] => children().messages as Doc[];
const feedbacks = (children: () => Doc): Doc[] => children().feedbacks as Doc[];

/** One test per filter of the list; parameters that are not here are ignored, as the vendor ignores them. */
const FILTERS: Readonly<Record<string, Test>> = {
  conversation_id: equals("conversation_id"),
  customer_id: equals("customer_id"),
  customer_ip_address: equals("customer_ip_address"),
  device: equals("device"),
  language: equals("language"),
  is_marked: equals("is_marked"),
  customer_id__icontains: (row, _, part) => contains(row.customer_id, part),
  name: (row, _, part) => contains(row.name, part),
  environment: (row, _, wanted) => row.environment === environmentOf(wanted).environment,
  env: (row, _, wanted) => row.environment === environmentOf(wanted).environment,
  has_messages: (_, children, wanted) => messages(children).length > 0 === wanted,
  has_feedback: (_, children, wanted) => feedbacks(children).length > 0 === wanted,
  has_action: (_, children, wanted) =>
    messages(children).some((message) => message.action_name !== null) === wanted,
  action_name: (_, children, name) => messages(children).some((message) => message.action_name === name),
  feedback_sentiment: (_, children, wanted) =>
    feedbacks(children).some((entry) => entry.sentiment === wanted),
  message_contains: (_, children, part) =>
    messages(children).some((message) => contains(message.content, part)),
  search: (row, children, part) =>
    [row.name, row.conversation_id, row.customer_id].some((value) => contains(value, part)) ||
    messages(children).some((message) => contains(message.content, part)),
  metadata: (row, _, pairs) =>
    String(pairs)
      .split(",")
      .every((pair) => {
        const [key = "", ...value] = pair.split(":");
        return matches(row, key, value.join(":"));
      }),
  started_at_after: (row, _, time) => Date.parse(String(row.started_at)) >= timeOf("started_at_after", time),
  started_at_before: (row, _, time) =>
    Date.parse(String(row.started_at)) <= timeOf("started_at_before", time),
};

/** Rows without a value come last in both directions. */
function order(rows: readonly Doc[], ordering: unknown): Doc[] {
  const name = String(ordering ?? "-started_at");
  const field = name.replace(/^-/, "");
  const sign = name.startsWith("-") ? -1 : 1;
  // Text compares as text and numbers as numbers.
  const rank = ({ [field]: value }: Doc): string | number =>
    typeof value === "number" ? value : String(value);
  const valued = rows.filter((row) => (row[field] ?? null) !== null);
  valued.sort((a, b) => {
    const [x, y] = [rank(a), rank(b)];
    return x === y ? sign * (Number(a.id) - Number(b.id)) : sign * (x < y ? -1 : 1);
  });
  return [...valued, ...rows.filter((row) => (row[field] ?? null) === null)];
}

/** The list with its filters. `full` rows (the default for API keys) carry the whole transcript. */
export const listConversations: Handler = (call) => {
  const { query, store } = call;
  const lookup = query.conversation_id;
  const all = lookup === undefined ? store.list("conversation") : store.find("conversation", String(lookup));
  const kept = all.filter((row) => passes(row, query, () => nested(store, row)));
  const page = paginate(call, order(kept, query.ordering));
  const results = (page.results as Doc[]).map((row) => shape(row, query, nested(store, row)));
  return { status: 200, body: { ...page, results } };
};

function passes(row: Doc, query: Doc, children: () => Doc): boolean {
  if (row.is_deleted === true && query.include_deleted !== true) return false;
  // No conversation of the sandbox has a ticket, and the parameter narrows to those that have.
  if (query.include_tickets === true) return false;
  if (query.metadata_key !== undefined) {
    const value = query.metadata_value;
    const key = String(query.metadata_key);
    if (value === undefined ? at(row, key) === undefined : !matches(row, key, String(value))) return false;
  }
  return Object.entries(query).every(([name, wanted]) => FILTERS[name]?.(row, children, wanted) ?? true);
}

function shape(row: Doc, query: Doc, children: Doc): Doc {
  const tickets = query.include_tickets === true ? { tickets: [] } : {};
  if (query.full !== false) return { ...wire(row), ...children, ...tickets };
  const counts = {
    message_count: (children.messages as unknown[]).length,
    feedback_count: (children.feedbacks as unknown[]).length,
  };
  return { ...wire(row), ...counts, ...tickets };
}

/** Id of a conversation by its business id. Deleted rows are not seen here. */
export const lookup: Handler = ({ query, store }) => {
  const found = store
    .find("conversation", String(query.conversation_id))
    .find((row) => row.is_deleted !== true);
  if (!found) throw refuse(404, "No conversation matches the given query.");
  return { status: 200, body: { id: found.id, conversation_id: found.conversation_id } };
};
