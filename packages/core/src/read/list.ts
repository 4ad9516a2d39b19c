import { validationError } from "../errors.ts";
import { isDocument, type Json } from "../metadata/json.ts";
import type { Violation } from "../metadata/limits.ts";
import { checkOptions } from "../options.ts";
import type { Provider } from "../provider/provider.ts";
import { type ListRules, rulesFor, type WireQuery } from "../provider/verbs.ts";
import type { HttpOptions } from "../types/update.ts";
import type { ListedConversation, ListOptions, Page } from "../types/verbs.ts";
import { toListed } from "../wire/from-wire.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { type ParsedFilter, parseFilter } from "./filter.ts";
import { readPages } from "./pages.ts";

/** Where a list goes on: in which of the vendor's lists, from which of its cursors, behind which conversation. */
type Place = { list: number; from?: Json; past?: Json };

interface ListRequest {
  readonly filter: ParsedFilter;
  readonly limit: number;
  readonly start: Place;
  readonly http: HttpOptions;
}

/**
 * Every page of a list of conversations.
 *
 * @throws ConvoError of kind `invalid` for options or a cursor that do not fit, `unsupported` for a filter that the vendor
 * cannot answer without `scan`; ConvoError of the transport
 */
export async function* readList(
  provider: Provider,
  options: ListOptions = {},
): AsyncGenerator<Page<ListedConversation>, void> {
  const rules = rulesFor(provider, "list");
  const request = parseOptions(provider, rules, options);
  const { filter, start, http } = request;
  let left = request.limit;
  // A conversation may move from one of the vendor's lists to another while they are read.
  const seen = rules.queries.length > 1 ? new Set<string | number>() : undefined;
  for (let { list, from, past } = start; list < rules.queries.length; list++) {
    const query: WireQuery = { ...rules.queries[list], ...filter.query };
    for await (const page of readPages(
      provider,
      { operation: "list", route: rules.route, query, in: rules.in },
      from,
      http,
    )) {
      const rows = after(past, acceptRows(provider, rules, filter, page.items)).filter(
        ({ id }) => !seen?.has(id),
      );
      const items = rows.slice(0, left);
      for (const { id } of items) seen?.add(id);
      left -= items.length;
      const place = (): Place | undefined => {
        const past = items.at(-1)?.id;
        if (items.length < rows.length && past !== undefined)
          return { list, ...(from !== undefined && { from }), past };
        if (page.nextQuery) return { list, from: page.nextQuery as Json };
        return list + 1 < rules.queries.length ? { list: list + 1 } : undefined;
      };
      const next = place();
      const { requestId, httpRequests } = page;
      yield {
        items,
        scanned: page.items.length,
        httpRequests,
        ...(requestId && { requestId }),
        ...(next && { cursor: writeCursor(listOf(provider, filter), next) }),
      };
      if (left <= 0) return;
      from = page.nextQuery as Json | undefined;
      past = undefined;
    }
    from = undefined;
  }
}

/** The rows of a page that are conversations asked for. */
function acceptRows(
  provider: Provider,
  { deleted }: ListRules,
  filter: ParsedFilter,
  rows: readonly unknown[],
): ListedConversation[] {
  return rows
    .filter((row) => !(deleted && isDocument(row) && row[deleted] === true))
    .map((row) => toListed(provider, row))
    .filter((conversation) => filter.matches(conversation));
}

/** What comes behind a conversation; everything where it is not there any more: better twice than never. */
function after(past: Json | undefined, rows: ListedConversation[]): ListedConversation[] {
  return past === undefined ? rows : rows.slice(rows.findIndex(({ id }) => id === past) + 1);
}

function parseOptions(provider: Provider, rules: ListRules, options: ListOptions): ListRequest {
  const violations: Violation[] = [];
  const refuse = (path: string, message: string, kind: Violation["kind"] = "invalid"): void =>
    void violations.push({ path, kind, message: `${path} ${message}` });
  if (!isDocument(options)) refuse("options", "must be an object");
  const { filter: asked, scan = false, limit, cursor, ...http } = isDocument(options) ? options : {};
  const mapped = new Set(Object.entries(provider.fields).flatMap(([name, target]) => (target ? [name] : [])));
  if (provider.metadata) mapped.add("metadata");
  violations.push(...checkOptions("list", http));
  const filter = parseFilter(rules, asked, mapped, violations);
  if (typeof scan !== "boolean") refuse("scan", "must be a boolean");
  if (limit !== undefined && !(Number.isSafeInteger(limit) && Number(limit) > 0))
    refuse("limit", "must be a whole number from 1");
  if (filter.local.length > 0 && !scan && violations.length === 0)
    refuse(
      "filter",
      `has ${filter.local.join(", ")}, which ${provider.name} cannot filter by: set \`scan: true\` to read all conversations and compare here`,
      "unsupported",
    );
  const place = cursor === undefined ? { list: 0 } : readCursor(listOf(provider, filter), cursor);
  if (typeof place === "string") refuse("cursor", place);
  if (violations.length > 0) throw validationError(provider.name, violations);
  return {
    filter,
    limit: (limit as number | undefined) ?? Number.POSITIVE_INFINITY,
    start: place as unknown as Place,
    http,
  };
}

/** What a cursor belongs to: only the same list may go on from it. */
const listOf = ({ name, path }: Provider, { asked }: ParsedFilter): string =>
  JSON.stringify([name, path, Object.entries(asked).sort(([a], [b]) => (a < b ? -1 : 1))]);
