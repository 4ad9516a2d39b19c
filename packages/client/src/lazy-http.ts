import { type CreateError, isConvoError } from "./errors.ts";
import { checkHeaders } from "./resolve-options.ts";
import { splitTemplate } from "./route.ts";
import { fillPath, fillQuery, stringify } from "./serialize.ts";
import type { Send } from "./transport.ts";

type Methods = Record<string, (...args: unknown[]) => unknown>;

/**
 * The methods of openapi-fetch's client. It is loaded when the first of them is called, so that only who uses `http`
 * pays for it; calls keep their order. What `use` or `eject` throws, every later call rejects with.
 */
export function createLazyHttp(send: Send, createError: CreateError): unknown {
  let loaded: Promise<Methods> | undefined;
  const load = (): Promise<Methods> =>
    (loaded ??= import("./http.ts").then(({ createHttp }) =>
      createHttp(send, createError, [
        splitTemplate,
        fillPath,
        fillQuery,
        stringify,
        isConvoError,
        checkHeaders,
      ]),
    ));
  const http: Methods = {};
  for (const verb of ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "request"])
    http[verb] = (...args) => load().then((raw) => raw[verb]?.(...args));
  for (const name of ["use", "eject"])
    http[name] = (...args) => {
      loaded = load().then((raw) => {
        raw[name]?.(...args);
        return raw;
      });
      loaded.catch(() => {});
    };
  return http;
}
