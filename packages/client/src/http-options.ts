import type { ClientOptions as FetchClientOptions } from "openapi-fetch";

/**
 * What openapi-fetch's `createClient` takes, for all calls of `client.http`: `querySerializer`, `bodySerializer`,
 * `pathSerializer`, `headers`, `Request`, a `fetch` that takes a `Request`, and whatever `fetch` itself understands. See
 * https://openapi-ts.dev/openapi-fetch/api. The base URL is the client's.
 */
export type HttpOptions = Omit<FetchClientOptions, "baseUrl" | "body" | "method" | "signal">;
