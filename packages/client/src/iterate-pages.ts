import type { CreateError } from "./errors.ts";
import type { Query } from "./request.ts";
import type { ApiResponse, ListPage } from "./results.ts";
import type { PageRule } from "./vendor.ts";

/** More empty pages in a row than this is not a list any more. */
const MAX_EMPTY_PAGES = 100;

const pick = (value: unknown, path: string): unknown =>
  path.split(".").reduce((at, name) => Object(at)[name] as unknown, value);

/** A parameter that is repeated becomes an array. */
const toQuery = (search: URLSearchParams): Query =>
  Object.fromEntries(
    [...new Set(search.keys())].map((name) => {
      const values = search.getAll(name);
      return [name, values.length > 1 ? values : values[0]];
    }),
  );

/** This page and those after it. A page that says there is more, without a usable cursor, is an error. */
export async function* iteratePages(
  rule: PageRule,
  query: Query,
  first: Promise<ApiResponse<unknown>>,
  get: (query?: Query) => Promise<ApiResponse<unknown>>,
  createError: CreateError,
): AsyncGenerator<ListPage<unknown, unknown>, void> {
  const seen = new Set<unknown>();
  let asked = query;
  let empty = 0;
  for (let request = first; ; request = get(asked)) {
    const response = await request;
    const items = rule.items === undefined ? response.data : pick(response.data, rule.items);
    if (!Array.isArray(items)) throw createError("bad_response", "a page has no list of items");
    const next = nextCursor(rule, asked, response, items, seen, createError);
    if (!next) {
      yield { ...response, items };
      return;
    }
    empty = items.length ? 0 : empty + 1;
    if (empty > MAX_EMPTY_PAGES)
      throw createError("bad_response", `${MAX_EMPTY_PAGES} empty pages in a row say there is more`);
    asked = { ...asked, ...next.query };
    yield { ...response, items, cursor: next.cursor, nextQuery: asked };
  }
}

/** The items as an array, at most `limit`. Rejects with kind `invalid` for an invalid limit. */
export async function collect(
  items: AsyncIterable<unknown>,
  options: { readonly limit?: number | undefined } | undefined,
  createError: CreateError,
): Promise<unknown[]> {
  const { limit = Number.POSITIVE_INFINITY } = options ?? {};
  if (typeof limit !== "number" || !(limit >= 0))
    throw createError("invalid", "limit must be a number from 0");
  const all: unknown[] = [];
  if (limit > 0) for await (const item of items) if (all.push(item) >= limit) break;
  return all;
}

/** How the page after this one is asked for; undefined after the last. A cursor that was `seen` before would repeat pages. */
function nextCursor(
  { more, size, back, whenAsc, param, cursor, first = 1 }: PageRule,
  query: Query,
  { data: page, headers }: ApiResponse<unknown>,
  items: unknown[],
  seen: Set<unknown>,
  createError: CreateError,
): { query: Query; cursor: string | number } | undefined {
  if (cursor === undefined) return undefined;
  const backwards = back !== undefined && query[back] != null;
  const name = (backwards && back) || (query.order === "asc" && whenAsc) || param;
  const before = name && query[name];
  const [from, path] = cursor.split(/\.(.*)/s) as [string, string?];
  const counted = from === "page" ? Number(before ?? first) + 1 : Number(before ?? 0) + items.length;
  const told =
    from === "link"
      ? /<([^<>]*)>[^,<]*;\s*rel="?next\b/i.exec(headers.get("link") ?? "")?.[1]
      : pick(from === "item" ? items.at(backwards ? 0 : -1) : page, path ?? "");
  if (!promisesMore()) return undefined;
  const link = (from === "url" || from === "link") && new URLSearchParams(String(told).split(/[?#]/)[1]);
  const next = link ? (name ? link.get(name) : link.toString()) : path ? told : counted;
  const usable = (typeof next === "string" && next !== "") || Number.isSafeInteger(next);
  seen.add(before);
  if (!usable || seen.has(next))
    throw createError(
      "bad_response",
      `a page says there is more, but its cursor ${cursor} cannot be followed`,
    );
  seen.add(next);
  return {
    query: link ? toQuery(link) : { [name as string]: next },
    cursor: next as string | number,
  };

  /** The field for it decides; without one a cursor in the body, which is null or empty on the last page; else the number of items. */
  function promisesMore(): boolean {
    const said = more === undefined ? undefined : pick(page, more);
    if (said !== undefined) return Boolean(said);
    if (more === undefined && ["body", "url", "link"].includes(from)) return told != null && told !== "";
    // A vendor may give fewer than asked for, but hardly fewer than its default unless there are no more.
    const full = size ? Math.min(Number(query[size.param] ?? size.default), size.default) : 1;
    return items.length >= full;
  }
}
