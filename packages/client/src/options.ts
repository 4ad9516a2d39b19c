import type { ResponseHeaders } from "./errors.ts";
import type { Hooks } from "./hooks.ts";

/** What the transport asks of a `fetch`. */
export interface FetchInit {
  method: string;
  headers: Record<string, string>;
  body?: string;
  redirect: "manual";
  signal: AbortSignal;
}

/** What the transport reads of an answer; a global `Response` is one. */
export interface FetchResponse {
  readonly status: number;
  /** `"cors"` where a browser hides headers. */
  readonly type?: string;
  readonly headers: ResponseHeaders;
  readonly body: {
    getReader(): {
      read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
      cancel(): Promise<unknown>;
    };
  } | null;
}

/** Anything that sends one request: `globalThis.fetch`, `undiciFetch()`, a sandbox's `fetch`. Must not follow redirects. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

/**
 * Which failed calls are sent again. `"safe"`: reads, and writes that were certainly not processed. `"always"`: writes
 * whose outcome is unknown too, which may apply them twice. `"never"`: none.
 */
export type RetryMode = "safe" | "always" | "never";

/** Options of one call; they win over the client's. */
export interface CallOptions {
  headers?: Record<string, string>;
  /** Aborts the call at any moment, also while it waits. */
  signal?: AbortSignal;
  timeoutMs?: number;
  deadlineMs?: number;
  maxRetries?: number;
  retry?: RetryMode;
  /** Told besides the client's own; `bodies` is the client's to decide. */
  hooks?: Hooks;
}

/** Options of a client. Numbers are whole, from 1 to 2**31 - 1; anything else is refused when the client is made. */
export interface ClientOptions {
  /** The key, or a function that is asked before every attempt. Default: the vendor's environment variable, read at the first call. `null` sends no credentials. */
  apiKey?: string | null | (() => string | Promise<string>);
  /** Where the API is, without query, fragment or credentials. Default: environment variable, then the vendor's own. */
  baseUrl?: string;
  /** Sent with every request. A credential header given here replaces the key. */
  headers?: Record<string, string>;
  fetch?: Fetch;
  /** Milliseconds for one attempt, from connecting to the last body byte. Default 60,000. */
  timeoutMs?: number;
  /** Milliseconds for the whole call, attempts and waits. Default 300,000. */
  deadlineMs?: number;
  /** Attempts after the first. Default 2. For none use `retry: "never"`. */
  maxRetries?: number;
  /** The longest wait a vendor may ask for, in milliseconds; beyond it the call fails at once. Default 60,000. */
  maxRetryAfterMs?: number;
  /** Bytes of a response body after decompression. Default 8,388,608. */
  maxResponseBytes?: number;
  /** Default `"safe"`. */
  retry?: RetryMode;
  hooks?: Hooks;
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
