import type { Fail } from "./errors.ts";
import type { CallOptions } from "./options.ts";
import { createPages } from "./page.ts";
import type { SendRoute } from "./request.ts";
import type { Operation } from "./vendor.ts";

/** Turns a row of the operation table into a method: path parameters in order, then body, query and options. */
export function createMethod(
  operation: Operation,
  request: SendRoute,
  fail: Fail,
): (...args: unknown[]) => unknown {
  const { route, page } = operation;
  const names = Array.from(route.matchAll(/\{([^{}]+)\}/g), (match) => match[1] as string);
  return (...args) => {
    const path = Object.fromEntries(names.map((name) => [name, args.shift()])) as Record<string, string>;
    const body = operation.body && args.shift();
    const query = operation.query && (args.shift() as Record<string, unknown>);
    const options = args.shift() as CallOptions | undefined;
    const get = async (asked: typeof query): Promise<unknown> =>
      (await request(route, { path, query: asked, body }, options)).data;
    return page ? createPages(page, query, get, fail) : get(query);
  };
}
