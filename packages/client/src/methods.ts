import type { CreateError } from "./errors.ts";
import type { CallOptions } from "./options.ts";
import { createPages } from "./page.ts";
import type { Query, SendRoute } from "./request.ts";
import { splitTemplate } from "./route.ts";

import type { Operation } from "./vendor.ts";

/** Turns a row of the operation table into a method: path parameters in order, then body, query and options. */
export function createMethod(
  { route, page, ...takes }: Operation,
  request: SendRoute,
  createError: CreateError,
): (...args: unknown[]) => unknown {
  const names = splitTemplate(route).filter((_, at) => at % 2);
  return (...args) => {
    const path: Record<string, never> = {};
    for (const name of names) path[name] = args.shift() as never;
    const body = takes.body && args.shift();
    const query = takes.query && (args.shift() as Query);
    const options = args.shift() as CallOptions | undefined;
    const get = async (asked?: Query): Promise<unknown> =>
      (await request(route, { path, query: asked, body }, options)).data;
    return page ? createPages(page, query, get, createError) : get(query);
  };
}
