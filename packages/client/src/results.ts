/** What calls give: their data, with what it took to get them, pages of a list and events of a stream. */
import type { ResponseHeaders } from "./errors.ts";
import type { RateLimit } from "./response-headers.ts";

/** The response to a call, with what it took. */
export interface ApiResponse<T> {
  /** The body, parsed. */
  readonly data: T;
  /** HTTP status, 200 to 299. */
  readonly status: number;
  /** The headers of the response. */
  readonly headers: ResponseHeaders;
  /** The vendor's id of the request, where it sends one. */
  readonly requestId?: string;
  /** HTTP requests started for this call, retries and redirects included. */
  readonly httpRequests: number;
  /** Where the vendor tells it. */
  readonly rateLimit?: RateLimit;
  /** The JSON text of `data`, where numbers have all their digits. Not enumerable. */
  readonly text: string;
}

/** A promise of a call's data. Rejects with ConvoError, or with what a callback of the caller threw. */
export interface ApiPromise<T> extends Promise<T> {
  /** The data with status, headers, request id, number of HTTP requests and, where the vendor tells it, the rate limit. */
  withResponse(): Promise<ApiResponse<T>>;
}

/** One page of a list. */
export interface ListPage<Page, Item> extends Omit<ApiResponse<Page>, "text"> {
  /** The items of this page, as the vendor sends them. */
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
