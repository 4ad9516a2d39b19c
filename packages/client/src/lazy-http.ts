import type { Transport } from "./attempts.ts";
import { type CreateError, isConvoError } from "./errors.ts";
import type { HttpOptions } from "./http-options.ts";
import { loadPart } from "./load-part.ts";
import { stringify } from "./request.ts";
import { checkBaseUrl, checkHeaders } from "./resolve-options.ts";

type Methods = Record<string, (...args: unknown[]) => unknown>;

/**
 * The methods of openapi-fetch's client. It is loaded when the first of them is called, so that only who uses `http`
 * pays for it; calls keep their order. What `use` or `eject` throws, every later call rejects with.
 */
export function createLazyHttp(
  transport: Transport,
  options: HttpOptions | undefined,
  createError: CreateError,
): unknown {
  let loaded: Promise<Methods> | undefined;
  /** What `use` and `eject` were given, in order. */
  const changes: ((raw: Methods) => Methods)[] = [];
  const load = (): Promise<Methods> => {
    const before = [...changes];
    loaded ??= loadPart(import("./http.ts"), createError).then(
      ({ createHttp }) => {
        const tools = { stringify, isConvoError, checkHeaders, checkBaseUrl };
        const raw = createHttp(transport, options ?? {}, createError, tools);
        for (const change of before) change(raw);
        return raw;
      },
      (error) => {
        loaded = undefined;
        throw error;
      },
    );
    return loaded;
  };
  const http: Methods = {};
  for (const verb of ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "request"])
    http[verb] = (...args) => load().then((raw) => raw[verb]?.(...args));
  for (const name of ["use", "eject"])
    http[name] = (...args) => {
      const change = (raw: Methods): Methods => {
        raw[name]?.(...args);
        return raw;
      };
      changes.push(change);
      loaded = loaded?.then(change);
      loaded?.catch(() => {});
    };
  return http;
}
