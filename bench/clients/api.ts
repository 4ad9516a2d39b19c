import type { ErrorKind } from "@convo/client";

export type Metadata = Record<string, string>;

/** Options under our names; a client leaves out what it does not have. */
export interface Setup {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly headers: Record<string, string>;
  readonly timeoutMs?: number;
  readonly deadlineMs?: number;
  readonly maxRetries?: number;
}

/** One client, made. Ids may be anything: what happens to a wrong one is measured. */
export interface Api {
  /** The object a user holds, and might log. */
  readonly client: unknown;
  read(id: string, signal?: AbortSignal): Promise<unknown>;
  update(id: string, metadata: Metadata, signal?: AbortSignal): Promise<unknown>;
  create(metadata: Metadata, signal?: AbortSignal): Promise<unknown>;
  /** Reads through the layer that compares the answer with what was asked for, where there is one. */
  check?(id: string, signal?: AbortSignal): Promise<unknown>;
}

/** What an error says of itself. */
export interface Fact {
  /** False for a bare TypeError, SyntaxError, ...: nothing a caller can act on. */
  readonly typed: boolean;
  readonly name: string;
  readonly kind?: ErrorKind;
  readonly status?: number;
  readonly outcome?: "unknown";
  readonly retryAfterMs?: number;
}

export interface Subject {
  /** Whether `deadlineMs` bounds a call with all its attempts and waits. */
  readonly hasDeadline?: true;
  make(setup: Setup): Api;
  explain(error: unknown): Fact;
}

export const nameOf = (error: unknown): string =>
  (error as Error | undefined)?.constructor?.name ?? typeof error;

/** What the platform throws when a signal aborts: as good as a class of the client's own. */
export const isAbort = (error: unknown): boolean =>
  /^(AbortError|TimeoutError)$/.test(String((error as Error | undefined)?.name));
