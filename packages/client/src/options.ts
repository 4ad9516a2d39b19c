import type { ConvoError, ResponseHeaders } from "./errors.ts";
import type { HttpOptions } from "./http-options.ts";
import type { ClientListener } from "./observe.ts";
import type { RateLimit } from "./response-headers.ts";
import type { OperationKind } from "./vendor.ts";

/** What the transport passes to a `fetch`, besides `fetchOptions`. */
export interface FetchInit {
  /** In upper case: `GET`, `POST`, `PUT`, `PATCH` or `DELETE`; with `request` and `http` any other, such as `HEAD`. */
  method: string;
  /** Names in any case, each once. */
  headers: Record<string, string>;
  /** JSON or a form as text, with `http` also text and bytes of any type; absent where nothing is sent. */
  body?: string | ArrayBuffer;
  /** Redirects are not followed: credentials must not go elsewhere. */
  redirect: "manual";
  /** Aborted when the call ends: its time is over, or its caller has gone. */
  signal: AbortSignal;
}

/** Reads a body, chunk by chunk. */
export interface BodyReader {
  /** The next chunk, or `done`. */
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
  /** Gives up the rest, and frees the connection. */
  cancel(): Promise<unknown>;
}

/** What the transport reads of a response; a global `Response` is one. Needs `body` or, where nothing can be streamed, `text`. */
export interface FetchResponse {
  /** HTTP status. */
  readonly status: number;
  /** `"cors"` where a browser hides headers. */
  readonly type?: string;
  /** The headers, as far as the runtime shows them. */
  readonly headers: ResponseHeaders;
  /** A web stream, or anything that gives bytes when iterated, as Node's streams do. */
  readonly body?: { getReader(): BodyReader } | AsyncIterable<Uint8Array> | null | undefined;
  /** The whole body as text: read where there is no `body`. */
  text?(): Promise<string>;
}

/** Anything that sends one request: `globalThis.fetch`, `undiciFetch()`, a sandbox's `fetch`. Must not follow redirects. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

/** A function that returns the key. It is called before every attempt. */
export type ApiKeyFunction = () => string | Promise<string>;

/**
 * Which failed calls are sent again. `"safe"`: reads, and writes that were certainly not processed. `"always"`: writes
 * whose outcome is unknown too, which may apply them twice. `"never"`: none.
 */
export type RetryMode = "safe" | "always" | "never";

/** What the callback that makes a body is told. */
export interface Attempt {
  /** 1 for the first. */
  readonly number: number;
  /** Why the attempt before failed. */
  readonly lastError?: ConvoError;
}

/** Headers by name. `null` removes a default: one of the client's, or one that the client sets itself, but for the content type of a body. */
export type HeadersInput =
  | Readonly<Record<string, string | null | undefined>>
  | Iterable<readonly [string, string | null]>;

/** How one attempt ended, for what counts or limits requests. */
export interface AttemptOutcome {
  /** HTTP status; `undefined` where no response came. */
  readonly status?: number | undefined;
  /** How long the vendor asks to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** What the response says of the limit for requests, where it says anything. */
  readonly rateLimit?: RateLimit | undefined;
}

/** Called once when the attempt is over, however it ended. */
export type AttemptEnd = (outcome: AttemptOutcome) => void;

/** An attempt that is about to be made. */
export interface UpcomingAttempt {
  /** 1 for the first request of the call. */
  readonly number: number;
  /** Whether the call reads, creates, updates or deletes. */
  readonly kind: OperationKind;
  /** Aborted when the call ends while this waits. */
  readonly signal: AbortSignal;
}

/** Options of one call; they win over the client's. `undefined` is the same as leaving an option out. Methods take `query` too. */
export interface CallOptions {
  /** The key of this call: text, a function, or `null` for none. */
  apiKey?: string | null | ApiKeyFunction | undefined;
  /** Where this call goes. */
  baseUrl?: string | undefined;
  /** Sent with this call, over those of the client. A credential header given here replaces the key. */
  headers?: HeadersInput | undefined;
  /** Aborts the call at any moment, also while it waits. */
  signal?: AbortSignal | undefined;
  /** Milliseconds for one attempt, from connecting to the last byte of the body; of a stream, for its head and for each silence. */
  timeoutMs?: number | undefined;
  /** Milliseconds for the whole call, attempts and waits; given here, a whole stream too. */
  deadlineMs?: number | undefined;
  /** Attempts after the first; 0 for none. */
  maxRetries?: number | undefined;
  /** Which failed requests are sent again, see {@link RetryMode}. */
  retry?: RetryMode | undefined;
  /**
   * Names this write, so that the vendor can recognise a repeated one: it is then sent again even if its outcome is
   * unknown. Refused (`unsupported`) where the vendor documents no such keys.
   */
  idempotencyKey?: string | undefined;
  /** Passed to `fetch` as it is, e.g. `{ cache: "no-store" }` or Next.js' `next`; cannot replace what the client sets. */
  fetchOptions?: Readonly<Record<string, unknown>> | undefined;
  /** Called in addition to the client's listener. */
  observe?: ClientListener | undefined;
  /**
   * Called before every attempt, which waits for it: a rate limiter, or a check that ends the call by throwing. The wait counts against
   * `deadlineMs` only. What it returns is called when the attempt is over.
   */
  // biome-ignore lint/suspicious/noConfusingVoidType: a function that returns nothing is one of them
  beforeAttempt?: ((attempt: UpcomingAttempt) => AttemptEnd | void | Promise<AttemptEnd | void>) | undefined;
}

/** Options of a client. Numbers are whole, at most 2**31 - 1; invalid options throw when the client is created. */
export interface ClientOptions {
  /** The key, or a function that is called before every attempt. Default: the vendor's environment variable, read at the first call. `null` sends no credentials. */
  apiKey?: string | null | ApiKeyFunction | undefined;
  /** Where the API is, without query, fragment or credentials. Default: environment variable, then the vendor's own. */
  baseUrl?: string | undefined;
  /** Variables of the vendor's own base URL, such as `{ subdomain: "acme" }`. */
  server?: Readonly<Record<string, string>> | undefined;
  /** Sent with every request. A credential header given here replaces the key. */
  headers?: HeadersInput | undefined;
  /** What sends the requests: default `globalThis.fetch`; `undiciFetch()` costs less on Node. */
  fetch?: Fetch | undefined;
  /** Milliseconds for one attempt, from connecting to the last byte of the body; of a stream, for its head and for each silence. Default 60,000. */
  timeoutMs?: number | undefined;
  /** Milliseconds for the whole call, attempts and waits; of a stream, up to its head. Default 300,000. */
  deadlineMs?: number | undefined;
  /** Attempts after the first; 0 for none. Default 2. */
  maxRetries?: number | undefined;
  /** The longest wait a vendor may ask for, in milliseconds; beyond it the call fails at once. Default 60,000. */
  maxRetryAfterMs?: number | undefined;
  /** Bytes of a response body after decompression. Default 8,388,608. */
  maxResponseBytes?: number | undefined;
  /** Which failed requests are sent again, see {@link RetryMode}. Default `"safe"`. */
  retry?: RetryMode | undefined;
  /** Options of `client.http` alone. */
  http?: HttpOptions | undefined;
  /** Passed to `fetch` with every request. */
  fetchOptions?: Readonly<Record<string, unknown>> | undefined;
  /** Is called as calls proceed: requests, responses, retries, failures. */
  observe?: ClientListener | undefined;
}

/** What is in force where neither client nor call says otherwise: milliseconds, bytes and counts, as {@link ClientOptions} tells. */
export const DEFAULTS = {
  timeoutMs: 60_000,
  deadlineMs: 300_000,
  maxRetries: 2,
  maxRetryAfterMs: 60_000,
  maxResponseBytes: 8_388_608,
  retry: "safe" as RetryMode,
};

/** The options in force for one call. */
export type Settings = typeof DEFAULTS;
