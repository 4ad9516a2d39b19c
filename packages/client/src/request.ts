import type { Reply } from "./attempt.ts";
import type { Fail } from "./errors.ts";
import type { CallOptions } from "./options.ts";
import { fillPath, fillQuery, stringify } from "./serialize.ts";
import type { Send } from "./transport.ts";

/** Query parameters; undefined and null are left out. */
export type Query = Readonly<Record<string, unknown>>;

/** What a request is made of. */
export interface RequestInput {
  readonly path?: Readonly<Record<string, string | number>> | undefined;
  readonly query?: Query | undefined;
  readonly body?: unknown;
}

/** Sends one request by its route, `"GET /conversations/{conversation_id}"`. Rejects with ConvoError only. */
export type SendRoute = (
  route: string,
  input?: RequestInput,
  options?: CallOptions,
) => Promise<Reply<unknown>>;

/** The typed way to the transport; openapi-fetch's `Headers` would cost a fifth of a call here (`http.ts` has it). */
export function createRequest(send: Send, fail: Fail): SendRoute {
  return (route, input, options) =>
    send(route, options, ({ verb, parts }) => {
      const { path = {}, query, body } = input ?? {};
      if (!verb) throw fail("invalid", "a route is like GET /things/{id}");
      const search = fillQuery(query, fail);
      return {
        url: fillPath(parts, path, fail) + (search && `?${search}`),
        body: stringify(body, fail),
      };
    });
}
