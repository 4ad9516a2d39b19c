import type { CreateError } from "./errors.ts";
import type { Query } from "./request.ts";
import type { PageRule } from "./vendor.ts";

const pick = (value: unknown, path: string): unknown =>
  path.split(".").reduce((at, name) => Object(at)[name] as unknown, value);

/** Every item of this page and those after it. */
export async function* iteratePages(
  rule: PageRule,
  query: Query,
  first: unknown,
  get: (query?: Query) => Promise<unknown>,
  createError: CreateError,
): AsyncGenerator<unknown, void> {
  const seen = new Set<unknown>();
  let asked = query;
  for (let page = first; ; page = await get(asked)) {
    const items = rule.items === undefined ? page : pick(page, rule.items);
    if (!Array.isArray(items)) throw createError("bad_response", "a page has no list of items");
    yield* items;
    const next = nextQuery(rule, asked, page, items, seen, createError);
    if (!next) return;
    asked = next;
  }
}

/** The query of the page after this one; undefined after the last. A cursor that was `seen` before would lead round in circles. */
function nextQuery(
  { more, size, back, whenAsc, param, cursor }: PageRule,
  query: Query,
  page: unknown,
  items: unknown[],
  seen: Set<unknown>,
  createError: CreateError,
): Query | undefined {
  // A vendor may give fewer than asked for, but hardly fewer than its default unless there are no more.
  const full = size ? Math.min(Number(query[size.param] ?? size.default), size.default) : 1;
  const told = more === undefined ? undefined : pick(page, more);
  if (!items.length || (told === undefined ? items.length < full : !told)) return undefined;
  const backwards = back !== undefined && query[back] != null;
  const name = (backwards && back) || (query.order === "asc" && whenAsc) || param;
  const before = query[name];
  seen.add(before);
  const [from, path] = cursor.split(/\.(.*)/s) as [string, string];
  const next =
    from === "page"
      ? Number(before ?? 1) + 1
      : pick(from === "item" ? items.at(backwards ? 0 : -1) : page, path);
  if (next == null || next === "" || seen.has(next))
    throw createError("bad_response", `a page says there is more, but its cursor ${cursor} leads nowhere`);
  return { ...query, [name]: next };
}
