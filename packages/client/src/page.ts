import type { Fail } from "./errors.ts";
import type { PageRule } from "./vendor.ts";

/** A list call. Awaited it is the first page; iterated it is every item of every page. Nothing is sent before. */
export type PageRequest<Page, Item> = PromiseLike<Page> & AsyncIterable<Item>;

type Query = Readonly<Record<string, unknown>>;

const pick = (value: unknown, path: string): unknown =>
  path.split(".").reduce((at, name) => Object(at)[name] as unknown, value);

/** Builds a list call from one page's fetcher. */
export function createPages(
  rule: PageRule,
  query: Query | undefined,
  get: (query: Query | undefined) => Promise<unknown>,
  fail: Fail,
): PageRequest<unknown, unknown> {
  let first: Promise<unknown> | undefined;
  const start = (): Promise<unknown> => (first ??= get(query));
  return {
    // biome-ignore lint/suspicious/noThenProperty: awaiting a list call gives its first page.
    then: (done, failed) => start().then(done, failed),
    async *[Symbol.asyncIterator]() {
      let asked = { ...query };
      for (let page = await start(); ; page = await get(asked)) {
        const items = rule.items === undefined ? page : pick(page, rule.items);
        if (!Array.isArray(items)) throw fail("bad_response", "a page has no list of items");
        yield* items;
        const next = nextQuery(rule, asked, page, items, fail);
        if (!next) return;
        asked = next;
      }
    },
  };
}

/** The query of the page after this one; undefined after the last. */
function nextQuery(
  rule: PageRule,
  query: Query,
  page: unknown,
  items: unknown[],
  fail: Fail,
): Query | undefined {
  const more = rule.more === undefined ? undefined : pick(page, rule.more);
  // A vendor may give fewer than asked for, but hardly fewer than its default unless there are no more.
  const full = rule.size && Math.min(Number(query[rule.size.param] ?? rule.size.default), rule.size.default);
  const last = more === undefined ? items.length < (full ?? 1) : !more;
  if (last || !items.length) return undefined;
  const back = rule.back !== undefined && query[rule.back] != null;
  const param = (back && rule.back) || (query.order === "asc" && rule.whenAsc) || rule.param;
  const before = query[param];
  const [from, path] = rule.cursor.split(/\.(.*)/s) as [string, string];
  const cursor =
    from === "page" ? Number(before ?? 1) + 1 : pick(from === "item" ? items.at(back ? 0 : -1) : page, path);
  if (cursor == null || cursor === "" || cursor === before) {
    throw fail("bad_response", `a page says there is more, but its cursor ${rule.cursor} leads nowhere`);
  }
  return { ...query, [param]: cursor };
}
