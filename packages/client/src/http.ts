import createFetchClient, { type Client as FetchClient } from "openapi-fetch";
import type { Delivery } from "./attempt.ts";
import { type ConvoError, type Fail, isConvoError } from "./errors.ts";
import { fillPath, fillQuery, stringify } from "./serialize.ts";
import type { Send } from "./transport.ts";
import type { Nature } from "./vendor.ts";

/** openapi-fetch over this package's transport: `{ data, error, response }`. */
export type Http<Paths extends {}> = FetchClient<Paths>;

/** openapi-fetch makes one of these instead of a `Request`, which would cost a sixth of a call. */
class LightRequest {
  declare readonly url: string;
  declare readonly headers: Headers;
  declare readonly body: unknown;
  declare readonly signal?: AbortSignal;
  /** Ours: openapi-fetch hands through what it does not know. */
  declare readonly route: string;

  constructor(url: string, init: object) {
    Object.assign(this, init, { url });
  }
}

type Perform = (method: string, path: string, init?: object) => Promise<unknown>;

/** Puts openapi-fetch on a transport, so that its calls have every guarantee except the thrown HTTP error. */
export function createHttp(send: Send, natureOf: (route: string) => Nature, fail: Fail): unknown {
  const raw = createFetchClient<Record<string, never>>({
    Request: LightRequest as never,
    fetch: async (request) => {
      const { url, route, headers, body, signal } = request as unknown as LightRequest;
      if (!/^\/[^{}]*$/.test(url) || !/^(string|undefined)$/.test(typeof body)) {
        throw fail(
          "invalid",
          `${route} cannot be sent`,
          "Give every path parameter, a JSON body and no baseUrl.",
        );
      }
      const options = signal ? { signal } : undefined;
      const out = {
        route,
        ...natureOf(route),
        url,
        headers: Object.fromEntries(headers),
        body: body as string,
      };
      return respond(send({ ...out, options }));
    },
    pathSerializer: (path, values) => fillPath(path, values, fail),
    querySerializer: (query: unknown) => fillQuery(query, fail),
    bodySerializer: (body: unknown) => stringify(body, fail),
  });
  const perform: Perform = (method, path, init) => {
    const route = `${method.toUpperCase()} ${path}`;
    return raw
      .request(method as never, path as never, { ...init, route } as never)
      .catch((error: unknown) => {
        // Its message may quote a header, and a header may be a credential.
        throw isConvoError(error)
          ? error
          : fail("invalid", `${route} cannot be sent`, "Check its headers and options.");
      });
  };
  const http: Record<string, unknown> = { ...raw, request: perform };
  for (const verb in raw)
    if (/^[A-Z]/.test(verb)) http[verb] = (path: string, init?: object) => perform(verb, path, init);
  return http;
}

/** A real `Response` for openapi-fetch; an error never has an empty or falsy body, so `if (error)` can be trusted. */
async function respond(delivery: Promise<Delivery>): Promise<Response> {
  const { status, headers, text } = await delivery.then(
    ({ reply, text }) => ({ ...reply, text }),
    (error: ConvoError) => {
      if (!error.headers || !error.status || error.status < 400) throw error;
      const body = error.body || { message: error.message };
      return {
        status: error.status,
        headers: error.headers,
        text: typeof body === "string" ? body : JSON.stringify(body),
      };
    },
  );
  const own = new Headers([...headers]);
  own.delete("content-length");
  own.delete("content-encoding");
  return new Response(text || null, { status, headers: own });
}
