/** Real promises that also give the whole response and, for lists and streams, can be iterated. */
import type { CreateError } from "./errors.ts";
import { loadPart } from "./load-part.ts";
import type { Query } from "./request.ts";
import { type Success, toApiResponse } from "./response.ts";
import type {
  ApiPromise,
  ApiResponse,
  EventStream,
  ListPage,
  PagePromise,
  StreamPromise,
} from "./results.ts";
import type { PageRule } from "./vendor.ts";

/** The promise of a call. */
export function toApiPromise<T>(success: Promise<Success>): ApiPromise<T> {
  const promise = success.then(({ data }) => data) as ApiPromise<T>;
  promise.withResponse = () => {
    // Who asks for the response hears of its failure there.
    ignoreRejection(promise);
    return success.then(toApiResponse) as ReturnType<typeof promise.withResponse>;
  };
  return promise;
}

/** The promise of a list call, from one page's fetcher. */
export function toPagePromise(
  rule: PageRule,
  query: Query | undefined,
  get: (query?: Query) => Promise<Success>,
  createError: CreateError,
): PagePromise<unknown, unknown> {
  const start = { ...query };
  const first = get(query);
  const promise = toApiPromise(first);
  const getPage = async (asked?: Query): Promise<ApiResponse<unknown>> => toApiResponse(await get(asked));
  // Loaded when a list is first iterated, so that only who does pays for it.
  const load = (): Promise<typeof import("./iterate-pages.ts")> => {
    ignoreRejection(promise);
    return loadPart(import("./iterate-pages.ts"), createError);
  };
  const pages = async function* (): AsyncGenerator<ListPage<unknown, unknown>, void> {
    const [{ iteratePages }] = await Promise.all([load(), first]);
    yield* iteratePages(rule, start, first.then(toApiResponse), getPage, createError);
  };
  const items = async function* (): AsyncGenerator<unknown, void> {
    for await (const page of pages()) yield* page.items;
  };
  return Object.assign(promise, {
    pages,
    collect: async (options?: { readonly limit?: number | undefined }) =>
      (await load()).collect(items(), options, createError),
    [Symbol.asyncIterator]: items,
  });
}

/** The promise of a call that streams. */
export function toStreamPromise(success: Promise<Success>): StreamPromise<unknown> {
  const promise = toApiPromise<EventStream<unknown>>(success);
  return Object.assign(promise, {
    [Symbol.asyncIterator]() {
      const events = promise.then((stream) => stream[Symbol.asyncIterator]());
      ignoreRejection(events);
      return {
        next: async () => (await events).next(),
        return: async () => (await events).return?.() as Promise<IteratorResult<unknown>>,
      };
    },
  });
}

/** Iterating tells of a failure as well as awaiting does. */
const ignoreRejection = (promise: Promise<unknown>): void => void promise.catch(() => {});
