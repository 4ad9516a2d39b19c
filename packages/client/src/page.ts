import type { CreateError } from "./errors.ts";
import type { Query } from "./request.ts";
import type { PageRule } from "./vendor.ts";

/** A list call. Awaited it is the first page; iterated it is every item of every page. Nothing is sent before. */
export type PageRequest<Page, Item> = PromiseLike<Page> & AsyncIterable<Item>;

/** Builds a list call from one page's fetcher. */
export function createPages(
  rule: PageRule,
  query: Query | undefined,
  get: (query?: Query) => Promise<unknown>,
  createError: CreateError,
): PageRequest<unknown, unknown> {
  let first: Promise<unknown> | undefined;
  const start = (): Promise<unknown> => (first ??= get(query));
  return {
    // biome-ignore lint/suspicious/noThenProperty: awaiting a list call gives its first page.
    then: (done, failed) => start().then(done, failed),
    async *[Symbol.asyncIterator]() {
      const asked = { ...query };
      // Loaded when a list is first walked, so that only who walks one pays for it.
      const [{ iteratePages }, page] = await Promise.all([import("./iterate-pages.ts"), start()]);
      yield* iteratePages(rule, asked, page, get, createError);
    },
  };
}
