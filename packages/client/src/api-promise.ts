/** What methods return: real promises, which also give the whole response and, for lists and streams, can be iterated. */
import type { ApiResponse } from "./attempt.ts";
import type { CreateError } from "./errors.ts";
import type { Query } from "./request.ts";
import type { PageRule } from "./vendor.ts";

/** A promise of a call's data. Rejects with ConvoError only. */
export interface ApiPromise<T> extends Promise<T> {
  /** The data with status, headers, request id, number of HTTP requests and, where the vendor tells it, the rate limit. */
  withResponse(): Promise<ApiResponse<T>>;
}

/** One page of a list. */
export interface ListPage<Page, Item> extends Omit<ApiResponse<Page>, "text"> {
  readonly items: readonly Item[];
  /** What the next page is asked for with; undefined on the last page. */
  readonly cursor?: string | number;
  /** The query that gets the next page: pass it to the same method to go on later. Undefined on the last page. */
  readonly nextQuery?: Record<string, unknown>;
}

/**
 * A list call. Awaited it is the first page as the vendor sends it; iterated it is every item of every page, each page
 * requested when it is needed. Deleting items while iterating is safe where the cursor comes from the page that was read
 * last, which is every list but those with numbered pages: collect those first, or items are skipped.
 */
export interface PagePromise<Page, Item> extends ApiPromise<Page>, AsyncIterable<Item> {
  /** Every page: items, cursor, request id. */
  pages(): AsyncIterable<ListPage<Page, Item>>;
  /** Every item, at most `limit`, as an array; no page is requested that is not needed. */
  collect(options?: { readonly limit?: number | undefined }): Promise<Item[]>;
}

/**
 * Server-sent events as they arrive, parsed. It can be iterated once; leaving the loop closes the connection. What breaks
 * the stream is a ConvoError whose `events` are those that came before, at most the last 1,000. An event that the vendor
 * names `error` is thrown as well, as kind `server` with its data as `body`: a loop that ends has seen the whole answer.
 */
export interface EventStream<Event> extends AsyncIterable<Event> {
  /** Closes the connection; the iteration ends. */
  cancel(): Promise<void>;
}

/** A call that streams. Awaited it is the stream, as soon as the vendor has accepted the call; iterated it is its events. */
export interface StreamPromise<Event> extends ApiPromise<EventStream<Event>>, AsyncIterable<Event> {}

/** The promise of a call. */
export function toApiPromise<T>(response: Promise<ApiResponse<T>>): ApiPromise<T> {
  const data = response.then((received) => received.data);
  return Object.assign(data, {
    withResponse: () => {
      // Who asks for the response hears of its failure there.
      ignoreRejection(data);
      return response;
    },
  });
}

/** The promise of a list call, from one page's fetcher. */
export function toPagePromise(
  rule: PageRule,
  query: Query | undefined,
  get: (query?: Query) => Promise<ApiResponse<unknown>>,
  createError: CreateError,
): PagePromise<unknown, unknown> {
  const start = { ...query };
  const first = get(query);
  const promise = toApiPromise(first);
  const pages = async function* (): AsyncGenerator<ListPage<unknown, unknown>, void> {
    ignoreRejection(promise);
    // Loaded when a list is first iterated, so that only who does pays for it.
    const [{ iteratePages }] = await Promise.all([import("./iterate-pages.ts"), first]);
    yield* iteratePages(rule, start, first, get, createError);
  };
  const items = async function* (): AsyncGenerator<unknown, void> {
    for await (const page of pages()) yield* page.items;
  };
  return Object.assign(promise, {
    pages,
    collect: async (options?: { readonly limit?: number | undefined }) => {
      ignoreRejection(promise);
      const { limit = Number.POSITIVE_INFINITY } = options ?? {};
      if (typeof limit !== "number" || !(limit >= 0))
        throw createError("invalid", "limit must be a number from 0");
      const all: unknown[] = [];
      if (limit > 0) for await (const item of items()) if (all.push(item) >= limit) break;
      return all;
    },
    [Symbol.asyncIterator]: items,
  });
}

/** The promise of a call that streams. */
export function toStreamPromise(
  response: Promise<ApiResponse<EventStream<unknown>>>,
): StreamPromise<unknown> {
  const promise = toApiPromise(response);
  return Object.assign(promise, {
    async *[Symbol.asyncIterator]() {
      yield* await promise;
    },
  });
}

/** Iterating tells of a failure as well as awaiting does. */
const ignoreRejection = (promise: Promise<unknown>): void => void promise.catch(() => {});
