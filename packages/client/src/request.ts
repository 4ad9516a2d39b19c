import type { Reply } from "./attempt.ts";
import { type Fail, isConvoError } from "./errors.ts";
import { safeCause } from "./key.ts";
import type { CallOptions } from "./options.ts";
import { fillPath, fillQuery, stringify } from "./serialize.ts";
import type { Send } from "./transport.ts";
import type { Nature, OperationKind, Vendor } from "./vendor.ts";

/** What a request is made of. */
export interface RequestInput {
  readonly path?: Readonly<Record<string, string | number>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
}

/** Sends one request by its route, `"GET /conversations/{conversation_id}"`. Rejects with ConvoError only. */
export type SendRoute = (
  route: string,
  input?: RequestInput,
  options?: CallOptions,
) => Promise<Reply<unknown>>;

/** What a route does: as the vendor's table says, else by its verb. */
export function createNatures(vendor: Vendor): (route: string) => Nature {
  const known = new Map(
    Object.values(vendor.operations).map(({ route, kind, scalar }) => [
      route,
      { kind, ...(scalar && { scalar }) },
    ]),
  );
  return (route) => known.get(route) ?? { kind: byVerb(route) };
}

const byVerb = (route: string): OperationKind =>
  /^(GET|HEAD) /.test(route) ? "read" : route.startsWith("DELETE ") ? "delete" : "update";

const JSON_BODY = { "content-type": "application/json" };

/** The typed way to the transport; openapi-fetch's `Headers` would cost a fifth of a call here (`http.ts` has it). */
export function createRequest(send: Send, natureOf: (route: string) => Nature, fail: Fail): SendRoute {
  return async (route, { path = {}, query, body } = {}, options) => {
    try {
      const template = /^[A-Z]+ (\/.*)$/.exec(route)?.[1];
      if (!template)
        throw fail(
          "invalid",
          "a route is a verb and a path template",
          'Give for instance "GET /things/{id}".',
        );
      const search = query ? fillQuery(query, fail) : "";
      const url = fillPath(template, path, fail) + (search && `?${search}`);
      const text = body === undefined ? undefined : stringify(body, fail);
      const headers = text === undefined ? {} : JSON_BODY;
      return (await send({ route, ...natureOf(route), url, body: text, headers, options })).reply;
    } catch (error) {
      if (isConvoError(error)) throw error;
      throw fail("invalid", `${route} cannot be sent`, "See the cause.", { cause: safeCause(error, []) });
    }
  };
}
