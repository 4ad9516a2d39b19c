import { type CallOptions, isConvoError, type ListPage } from "@convo/client";
import { callOnce, callVendor, pacers, restOf } from "../call.ts";
import { createError } from "../errors.ts";
import { isDocument, type Json, own } from "../metadata/json.ts";
import type { OperationEvent } from "../observe/listener.ts";
import { type OperationContext, runOperation } from "../observe/operation.ts";
import type { Provider } from "../provider/provider.ts";
import type { WireQuery } from "../provider/verbs.ts";
import type { HttpOptions } from "../types/update.ts";

/** A page as the vendor gives it. */
export interface VendorPage {
  readonly items: readonly unknown[];
  /** The query that goes on behind it; absent on the last page. */
  readonly nextQuery?: Readonly<Record<string, unknown>> | undefined;
  readonly requestId?: string | undefined;
  readonly httpRequests: number;
}

type Path = Readonly<Record<string, string | number>>;

/** Where the rows of a list come from. */
export interface Source {
  readonly operation: OperationEvent["operation"];
  /** The conversation it is about, if it is about one. */
  readonly id?: string | number;
  readonly route: string;
  readonly query: WireQuery;
  /** Field of the answer that holds the rows, where the route is not a list of its own. */
  readonly in?: string | undefined;
  /** Path parameters; by default those of the provider. */
  readonly path?: (operation: OperationContext) => Promise<Path>;
  /** The operation that the pages are steps of, in its time; without one, each page is an operation of its own. */
  readonly within?: OperationContext | undefined;
}

/** The pages of a vendor's list, from a query on, each observed. Throws `ConvoError`. */
export async function* readPages(
  provider: Provider,
  source: Source,
  from: Json | undefined,
  http: HttpOptions,
): AsyncGenerator<VendorPage, void> {
  const { operation: name, id = "", within } = source;
  const asked = new Set<string>();
  let path: Path | undefined;
  let last: readonly unknown[] = [];
  for (let query = (from as WireQuery | undefined) ?? source.query; ; ) {
    asked.add(JSON.stringify(query));
    const read = async (operation: OperationContext): Promise<VendorPage> => {
      path ??= (await source.path?.(operation)) ?? provider.path;
      const place = { provider, operation, route: source.route, path, query, http };
      if (source.in !== undefined) return readRows(place, source.in);
      try {
        return await readPage(place);
      } catch (error) {
        return readBehind(place, last, error);
      }
    };
    const page = await (within ? read(within) : runOperation(provider, id, name, read));
    yield page;
    const { nextQuery } = page;
    if (!nextQuery) return;
    if (asked.has(JSON.stringify(nextQuery)))
      throw createError(
        provider,
        "bad_response",
        `The pages of ${source.route} repeat: ${JSON.stringify(nextQuery)}`,
      );
    query = nextQuery as WireQuery;
    last = page.items;
  }
}

type ListMethod = (...args: unknown[]) => { pages(): AsyncIterable<ListPage<unknown, unknown>> };

/** One request of a list: of which operation, where, for what. */
interface PageRequest {
  readonly provider: Provider;
  readonly operation: OperationContext;
  readonly route: string;
  readonly path: Path;
  readonly query: WireQuery;
  readonly http: HttpOptions;
}

/** One page of a list route, by the method that the vendor's client has for it. */
async function readPage({ provider, operation, route, path, query, http }: PageRequest): Promise<VendorPage> {
  const { client } = provider;
  const [name = ""] = Object.entries(client.vendor.operations).find(([, row]) => row.route === route) ?? [];
  const list = (client as unknown as Readonly<Record<string, ListMethod>>)[name] as ListMethod;
  const inPath = [...route.matchAll(/\{(\w+)\}/g)].map(([, parameter = ""]) => path[parameter]);
  const first = async (call: CallOptions): Promise<VendorPage> => {
    for await (const page of list(...inPath, { ...call, query }).pages()) return page;
    return { items: [], httpRequests: 0 };
  };
  // A bulk run of the account paces this too.
  const target = pacers.size > 0 ? await provider.resolveTarget(http) : undefined;
  return callVendor([operation], "read", restOf(provider, operation, http, target), first, (page) => page);
}

/** The rows of an answer that is not a list of its own. */
async function readRows(
  { provider, operation, route, path, query, http }: PageRequest,
  field: string,
): Promise<VendorPage> {
  const response = await callOnce(provider, operation, "read", route, { path, query }, http);
  const { data, requestId, httpRequests } = response;
  const items = isDocument(data) ? own(data, field) : undefined;
  if (Array.isArray(items)) return { items, requestId, httpRequests };
  // A conversation that shows none has none yet.
  const isRead =
    route === provider.data.read && isDocument(data) && own(data, provider.data.idField) !== undefined;
  if (isRead && (items === undefined || items === null)) return { items: [], requestId, httpRequests };
  throw createError(provider, "bad_response", `The answer of ${route} has no list \`${field}\``);
}

/**
 * The page behind a row that somebody has deleted, at a vendor whose cursor is the id of the last row: behind the nearest
 * row before it that is still there, without those that were read already.
 */
async function readBehind(
  request: PageRequest,
  last: readonly unknown[],
  error: unknown,
): Promise<VendorPage> {
  const { provider, route, query } = request;
  const { client } = provider;
  const rule = Object.values(client.vendor.operations).find((row) => row.route === route)?.page;
  const field = /^item\.(\w+)$/.exec(rule?.cursor ?? "")?.[1];
  const ids = last.map((row) => (field !== undefined && isDocument(row) ? row[field] : undefined));
  const param = Object.keys(query).find((key) => query[key] === ids.at(-1));
  if (param === undefined || !isGone(error)) throw error;
  for (const id of ids.slice(0, -1).reverse()) {
    try {
      const page = await readPage({ ...request, query: { ...query, [param]: id as string } });
      const items = page.items.filter((row) => !(isDocument(row) && ids.includes(row[field as string])));
      return { ...page, items };
    } catch (again) {
      if (!isGone(again)) throw again;
    }
  }
  throw createError(
    provider,
    "conflict",
    "Every conversation of the page read last was deleted, so the list cannot continue after it",
    "List again from the beginning, and delete only after listing.",
    { cause: error },
  );
}

/** Whether a vendor may mean that it does not know the cursor: 404, or 400. */
const isGone = (error: unknown): boolean =>
  isConvoError(error) && (error.kind === "not_found" || (error.kind === "invalid" && error.status === 400));
